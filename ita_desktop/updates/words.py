"""The words for breaking lines that an update has brought."""

from __future__ import annotations

from ita_desktop.paths import data_file, is_shipped


def use_updated_words() -> None:
    """Hand them to the room of Thai text, which looks up nothing itself; at a start, and quick."""
    path = data_file("dictionary/field_words.txt")
    if not is_shipped(path):
        from ita_desktop.thai.words import use_field_words

        use_field_words(path)
