"""Fonts, colours and spacing of the window: light or dark, and as large as she likes.

Every pair of text and ground keeps a contrast of at least 4.5 : 1 in both; a test computes it.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from ita_desktop.paths import resources

FAMILY, STYLE = "Sarabun", "Fusion"
SIZES = {10: "เล็ก", 11: "ปกติ", 13: "ใหญ่", 15: "ใหญ่มาก"}
"""Sizes of the screen's text in points, and what they are called."""
USUAL_SIZE = 11
LOOKS = {"": "ตามเครื่อง", "light": "สว่าง", "dark": "มืด"}
"""Kept name of each look, and what it is called; "" follows the system."""

_OVER, _UNDER = 0.27, 0.18
"""Pixels per point of text that Thai marks need above and below a label's lines: ้ over ี and ุ
reach beyond what the font tells, and Qt cuts them off at the label's edge."""

_LOOK, _SIZE = "screen/look", "screen/points"


class Colours(NamedTuple):  # made at every start: a dataclass of so many fields takes 5 ms
    """The colours of one look."""

    ground: str
    text: str
    base: str
    row: str
    head: str
    line: str
    edge: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_off: str
    soft: str
    tab: str
    muted: str
    off: str
    off_ground: str
    wrong: str
    caution: str
    good: str
    field: str
    notice: str
    on_notice: str
    notice_edge: str
    grave: str
    on_grave: str
    tip: str
    on_tip: str


LIGHT = Colours(
    ground="#f3f6f7",
    text="#172126",
    base="#ffffff",
    row="#f7fafb",
    head="#e8eef0",
    line="#d3dde1",
    edge="#7f9199",
    accent="#0b5563",
    on_accent="#ffffff",
    accent_hover="#0d6b7d",
    accent_off="#5f8790",
    soft="#e0eef0",
    tab="#37444b",
    muted="#55626a",
    off="#616d73",
    off_ground="#eef2f3",
    wrong="#a61b1b",
    caution="#8a4b00",
    good="#1b6b35",
    field="#fffbea",
    notice="#fff4dc",
    on_notice="#4d3800",
    notice_edge="#b08a2c",
    grave="#fdeaea",
    on_grave="#6d1010",
    tip="#172126",
    on_tip="#ffffff",
)
DARK = Colours(
    ground="#1d2427",
    text="#e6edef",
    base="#262f33",
    row="#2b3539",
    head="#303b40",
    line="#3f4c52",
    edge="#82959d",
    accent="#7fd0de",
    on_accent="#0d2429",
    accent_hover="#a5e2ec",
    accent_off="#5f9aa5",
    soft="#21444b",
    tab="#c9d5d9",
    muted="#aebcc2",
    off="#9aa8ae",
    off_ground="#232b2f",
    wrong="#ff9d94",
    caution="#f2b866",
    good="#86d9a0",
    field="#37341f",
    notice="#463a17",
    on_notice="#ffe7ad",
    notice_edge="#9c8138",
    grave="#4a2222",
    on_grave="#ffd2cd",
    tip="#e6edef",
    on_tip="#172126",
)


class _Now:
    fonts_loaded = False
    colours = LIGHT
    points = USUAL_SIZE


def colours() -> Colours:
    """The colours of the look that is on."""
    return _Now.colours


def points() -> int:
    """Size of the screen's text."""
    return _Now.points


def down_arrow() -> str:
    """The icon file of the arrow of pick lists that is seen in the look that is on."""
    return f"{'down-light' if _Now.colours is DARK else 'down'}.png"


def scaled(pixels: int) -> int:
    """A height that holds text, given for the usual size."""
    return round(pixels * max(points(), USUAL_SIZE) / USUAL_SIZE)


def chosen_look() -> str:
    """The kept look: "", light or dark."""
    kept = QSettings().value(_LOOK, "", type=str)
    return kept if isinstance(kept, str) and kept in LOOKS else ""


def chosen_size() -> int:
    """The kept size of the screen's text, in points."""
    kept = QSettings().value(_SIZE, USUAL_SIZE, type=int)
    return kept if isinstance(kept, int) and kept in SIZES else USUAL_SIZE


def choose(*, look: str | None = None, size: int | None = None) -> None:
    """Keep another look or size for this and every later start."""
    if look is not None:
        QSettings().setValue(_LOOK, look)
    if size is not None:
        QSettings().setValue(_SIZE, size)


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for name, colour in {
        role.Window: c.ground,
        role.WindowText: c.text,
        role.Base: c.base,
        role.AlternateBase: c.row,
        role.Text: c.text,
        role.Button: c.base,
        role.ButtonText: c.text,
        role.BrightText: c.wrong,
        role.Link: c.accent,
        role.Highlight: c.accent,
        role.HighlightedText: c.on_accent,
        role.ToolTipBase: c.tip,
        role.ToolTipText: c.on_tip,
        role.PlaceholderText: c.muted,
        role.Light: c.base,
        role.Mid: c.line,
        role.Dark: c.edge,
        role.Shadow: c.edge,
    }.items():
        made.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.off))
    return made


# Plain text for every label, tool tips and message boxes too: a name is never markup.
_SHEET = """
QLabel { padding: $overpx 0 $underpx 0; qproperty-indent: 0; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; background: $ground; }
QTabBar::tab { padding: 8px 15px; margin-right: 2px; border: 1px solid transparent;
    border-bottom: 3px solid transparent; background: transparent; color: $tab; }
QTabBar::tab:selected { color: $accent; font-weight: 600; border-bottom: 3px solid $accent;
    background: $base; }
QTabBar::tab:hover { background: $soft; }
QTabBar::tab:focus { border: 1px solid $accent; border-bottom: 3px solid $accent; }
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox { background: $base; padding: 4px 6px;
    border: 1px solid $edge; border-radius: 4px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QTreeView:focus, QListView:focus, QTableView:focus { border: 2px solid $accent; }
QLineEdit[state="wrong"] { border: 1px solid $wrong; border-bottom: 3px solid $wrong;
    padding-bottom: 2px; }
QLineEdit[state="wrong"]:focus { border: 2px solid $wrong; border-bottom: 3px solid $wrong; }
QTreeView QLineEdit, QTableView QLineEdit, QListView QLineEdit { padding: 0 4px;
    border-radius: 0; }
QComboBox { padding-right: 24px; min-height: 22px; combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("$icons/$arrow.png"); width: 12px; height: 12px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; background: transparent; }
QComboBox QAbstractItemView { border: 1px solid $edge; background: $base;
    selection-background-color: $soft; selection-color: $text; }
QPushButton { padding: 5px 12px; border: 1px solid $edge; border-radius: 4px;
    background: $base; }
QPushButton:hover { background: $soft; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:checked { background: $soft; border: 1px solid $accent; color: $accent; }
QPushButton:checked:focus { border: 2px solid $accent; }
QPushButton:disabled { color: $off; background: $off_ground; border-color: $line; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:disabled { background: $off_ground; color: $off;
    border-color: $line; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QTreeView, QListView, QTableView { background: $base; border: 2px solid $line;
    alternate-background-color: $row; gridline-color: $line; }
QTreeView::item { padding: 4px 2px; min-height: 20px; }
QListView::item { padding: 3px 2px; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {
    background: $soft; color: $text; }
QHeaderView::section { background: $head; padding: 5px 6px; border: 0;
    border-right: 1px solid $line; border-bottom: 1px solid $line; font-weight: 600; }
QFrame[card="true"] { background: $base; border: 1px solid $line; border-radius: 6px; }
QFrame[sample="true"] { background: #ffd54a; border-bottom: 2px solid #8a4b00; }
QFrame[sample="true"] QLabel { color: #3a2600; font-weight: 600; }
QLabel[role="title"] { font-size: $titlept; font-weight: 600; color: $accent;
    padding: 1px 0 4px 0; }
QLabel[role="good"] { color: $good; font-size: $titlept; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="figure"] { font-size: $figurept; font-weight: 600; }
QLabel[role="wrong"] { color: $wrong; font-weight: 600; }
QLabel[role="notice"] { background: $notice; color: $on_notice; border: 1px solid $notice_edge;
    border-radius: 4px; padding: 5px 8px; }
QLabel[role="picture"] { border: 1px dashed $edge; background: #ffffff; color: #55626a; }
QFrame[trouble="grave"] { background: $grave; border: 0; border-bottom: 2px solid $wrong; }
QFrame[trouble="grave"] QLabel { color: $on_grave; font-weight: 600; }
QFrame[trouble="mild"] { background: $notice; border: 0; border-bottom: 1px solid $notice_edge; }
QFrame[trouble="mild"] QLabel { color: $on_notice; }
QRadioButton, QCheckBox { spacing: 7px; padding: 3px; }
QRadioButton:focus, QCheckBox:focus { background: $soft; border-radius: 4px; }
QRadioButton::indicator, QCheckBox::indicator, QListView::indicator, QTreeView::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; background: $base; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator { border-radius: 3px; }
QRadioButton::indicator:checked { border: 1px solid $accent; background: qradialgradient(cx: 0.5,
    cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.5 $accent, stop: 0.62 $base,
    stop: 1 $base); }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {
    border: 1px solid $accent; background: $accent; image: url("$icons/$tick.png"); }
QMenuBar { background: $ground; }
QMenu::item:selected, QMenuBar::item:selected { background: $soft; color: $text; }
QStatusBar { background: $head; }
QLabel, QToolTip { qproperty-textFormat: PlainText; }
QToolTip { background: $tip; color: $on_tip; border: 0; padding: 4px; }
QScrollArea { border: 0; background: transparent; }
QSplitter::handle { background: $line; }
"""


def _sheet(c: Colours, size: int) -> str:
    words = c._asdict()
    words |= {
        "icons": (resources() / "icons").as_posix(),
        "arrow": "down-light" if c is DARK else "down",
        "tick": "tick-dark" if c is DARK else "tick",
        "titlept": f"{size + 2}pt",
        "figurept": f"{size + 4}pt",
        "overpx": f"{round(size * _OVER)}px",
        "underpx": f"{round(size * _UNDER)}px",
    }
    sheet = _SHEET
    for name in sorted(words, key=len, reverse=True):  # $on_tip before $on …
        sheet = sheet.replace(f"${name}", words[name])
    return sheet


def _is_dark(app: QApplication) -> bool:
    look = chosen_look()
    if look:
        return look == "dark"
    app.styleHints().unsetColorScheme()
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply_theme(app: QApplication, has_style: bool = False) -> None:
    """Load the program's own Thai fonts, and put on the chosen look and size.

    ``has_style``: it was started in STYLE, which is 20 ms quicker than asking for it here.
    """
    if not _Now.fonts_loaded:  # asking Qt for its families takes longer than loading four more
        _Now.fonts_loaded = True
        for path in sorted((resources() / "fonts" / "screen").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
        if not has_style:
            app.setStyle(STYLE)
        app.setWindowIcon(QIcon(f"{(resources() / 'icons').as_posix()}/app.png"))
    dark = _is_dark(app)
    schemes = Qt.ColorScheme
    app.styleHints().setColorScheme(schemes.Dark if dark else schemes.Light)
    _Now.colours, _Now.points = DARK if dark else LIGHT, chosen_size()
    app.setPalette(_palette(_Now.colours))
    font = QFont(FAMILY, _Now.points)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(font)
    app.setStyleSheet(_sheet(_Now.colours, _Now.points))
