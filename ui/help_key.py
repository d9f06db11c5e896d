"""F1 in the windows beside the main one: each opens the chapter that speaks of it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

CHAPTERS = {
    "ui.about": "updates",
    "ui.updating": "updates",
    "ui.widgets.search_panel": "finding",
    "ui.importing": "import",
    "ui.widgets.matching": "import",
    "ui.handover": "handover",
    "ui.year_change": "years",
    "ui.frameworks": "years",
    "ui.widgets.framework": "years",
    "ui.widgets.backups": "safety",
    "ui.widgets.history": "safety",
    "ui.widgets.recovery": "safety",
    "ui.support": "safety",
    "ui.oit_paper": "oit",
    "ui.widgets.photo": "progress",
    "ui.widgets.register": "documents",
    "ui.widgets.passages": "documents",
    "ui.widgets.template": "documents",
    "ui.widgets.offers": "analysis",
}
"""Where a window is made (the longest beginning counts) -> key of its chapter."""
_HAS = "help_key"


def chapter_of(window: QWidget, otherwise: str) -> str:
    """The chapter about a window, else about the one it asks for; ``otherwise`` where none is."""
    made_in = type(window).__module__
    fitting = [each for each in CHAPTERS if made_in.startswith(each)]
    if fitting:
        return CHAPTERS[max(fitting, key=len)]
    above = window.parentWidget()
    return chapter_of(above, otherwise) if above is not None else otherwise


def give_help_key(window: QWidget, otherwise: str) -> None:
    """Let F1 open the manual in a window of the program; once is enough.

    A dialog that has to be answered first keeps the main window from hearing its keys, and the
    manual opened by the main window from being read: so the manual is opened by the dialog.
    """
    ours = isinstance(window, QDialog) and type(window).__module__.startswith("ui.")
    if not ours or window.property(_HAS) or type(window).__module__ == "ui.widgets.help":
        return
    window.setProperty(_HAS, True)
    key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window)
    key.activated.connect(lambda: open_help(window, chapter_of(window, otherwise)))


def open_help(window: QWidget, chapter: str) -> None:
    """Open the manual beside a window; it closes with it."""
    from ui.widgets.help import HelpWindow

    found = window.findChildren(HelpWindow)
    (found[0] if found else HelpWindow(window)).show_chapter(chapter)
