"""Names of the kinds of saves, for those who need no window. ``saves.py`` has each of them."""

SAVE_NAMES = (
    "text",
    "score",
    "draft",
    "paste scores",
    "paste 200 cells",
    "status",
    "photo",
    "undo and redo",
    "import",
    "issue",
    "set aside",
    "mend",
    "letterhead",
    "delete measure",
    "delete issued",
    "template",
    "add measure",
    "close",
)
EXPORT_NAMES = (
    "document pdf",
    "document docx",
    "document xlsx",
    "issued pdf",
    "template json",
    "command pdf",
    "command docx",
    "command xlsx",
    "sample ita",
)
"""Names of what is written beside the data file. ``exporting.py`` has each of them."""
WAITING = ("text", "score", "draft", "paste scores", "status", "template")
"""Kinds whose writing, once refused, waits in the window until it can be done."""
