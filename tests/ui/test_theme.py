"""Light and dark, and the size of the text: kept, shown at once, and legible."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Keyboard, page_of
from ui.pages.measures import MeasuresPage
from ui.theme import DARK, LIGHT, USUAL_SIZE, Colours, apply_theme, choose, chosen_look, chosen_size

TEXT = [
    *(("text", ground) for ground in ("ground", "base", "row", "head", "soft", "field")),
    *(("muted", ground) for ground in ("ground", "base", "row", "head", "soft")),
    *((kind, ground) for kind in ("wrong", "caution", "good") for ground in ("base", "ground")),
    *((kind, "soft") for kind in ("wrong", "caution")),
    *(("accent", ground) for ground in ("base", "ground", "soft")),
    *(("tab", "ground"), ("tab", "soft"), ("off", "off_ground"), ("off", "base")),
    *(("on_accent", "accent"), ("on_accent", "accent_hover")),
    *(("on_notice", "notice"), ("on_grave", "grave"), ("on_tip", "tip")),
]
EDGES = [("edge", "base"), ("edge", "ground"), ("accent", "base"), ("accent", "ground")]


@pytest.fixture
def usual(qapp: QApplication) -> Iterator[None]:
    """Asked for before the window: the usual look comes back when that is gone."""
    yield
    choose(look="light", size=USUAL_SIZE)
    apply_theme(qapp)


def luminance(colour: str) -> float:
    """Relative luminance as the web's accessibility guidelines define it."""
    made = QColor(colour)
    parts = (made.redF(), made.greenF(), made.blueF())
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_edges_stand_off_from_their_ground(look: Colours):
    pairs = [(pair, 4.5) for pair in TEXT] + [(pair, 3.0) for pair in EDGES]
    faint = [
        (pair, round(found, 2))
        for pair, least in pairs
        if (found := contrast(getattr(look, pair[0]), getattr(look, pair[1]))) < least
    ]
    assert faint == []


@pytest.mark.usefixtures("usual")
def test_the_look_is_changed_at_once_and_kept(sample_keys: Keyboard, qapp: QApplication):
    window = sample_keys.window
    sample_keys.press("Ctrl+3")
    window.look_actions["dark"].trigger()
    role = QPalette.ColorRole.Window
    assert qapp.palette().color(role).lightness() < 64
    assert chosen_look() == "dark"
    assert page_of(window, MeasuresPage).isVisible()
    window.look_actions["light"].trigger()
    assert qapp.palette().color(role).lightness() > 200


@pytest.mark.usefixtures("usual")
def test_the_text_grows_and_shrinks_by_key(sample_keys: Keyboard, qapp: QApplication):
    window = sample_keys.window
    height = window.tabs.tabBar().height()
    sample_keys.press("Ctrl+=")
    sample_keys.press("Ctrl+=")
    assert (chosen_size(), qapp.font().pointSize()) == (15, 15)
    assert window.size_actions[15].isChecked()
    assert window.tabs.tabBar().height() > height
    sample_keys.press("Ctrl+=")
    assert chosen_size() == 15
    for _ in range(4):
        sample_keys.press("Ctrl+-")
    assert chosen_size() == 10


@pytest.mark.parametrize("kept", ["purple", "", None])
def test_a_look_nobody_knows_is_that_of_the_system(kept: str | None):
    choose(look=kept)
    assert chosen_look() == ""
