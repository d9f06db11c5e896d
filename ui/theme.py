"""Fonts, colours and spacing of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from ita_desktop.paths import resources

FAMILY = "Sarabun"
POINTS = 11
ACCENT = "#0b5563"
ACCENT_SOFT = "#e0eef0"
WRONG = "#a61b1b"
CAUTION = "#8a4b00"
GOOD = "#1b6b35"
MUTED = "#55626a"
FIELD = "#fffbea"

_LIGHT: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "#f3f6f7",
    QPalette.ColorRole.WindowText: "#172126",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f3f6f7",
    QPalette.ColorRole.Text: "#172126",
    QPalette.ColorRole.Button: "#ffffff",
    QPalette.ColorRole.ButtonText: "#172126",
    QPalette.ColorRole.Highlight: ACCENT,
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#172126",
    QPalette.ColorRole.ToolTipText: "#ffffff",
    QPalette.ColorRole.PlaceholderText: "#6b7880",
    QPalette.ColorRole.Mid: "#b9c4c9",
}

_SHEET = f"""
QTabWidget::pane {{ border: 0; border-top: 1px solid #c9d3d7; background: #f3f6f7; }}
QTabBar::tab {{ padding: 8px 15px; margin-right: 2px; border: 1px solid transparent;
    border-bottom: 3px solid transparent; background: transparent; color: #37444b; }}
QTabBar::tab:selected {{ color: {ACCENT}; font-weight: 600; border-bottom: 3px solid {ACCENT};
    background: #ffffff; }}
QTabBar::tab:hover {{ background: {ACCENT_SOFT}; }}
QTabBar::tab:focus {{ border: 1px solid {ACCENT}; border-bottom: 3px solid {ACCENT}; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{ background: #ffffff; padding: 4px 6px;
    border: 1px solid #9fb0b7; border-radius: 4px; selection-background-color: {ACCENT}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QTreeView:focus, QListView:focus, QTableView:focus {{ border: 2px solid {ACCENT}; }}
QTreeView QLineEdit, QTableView QLineEdit, QListView QLineEdit {{ padding: 0 4px;
    border-radius: 0; }}
QComboBox {{ padding-right: 24px; min-height: 22px; combobox-popup: 0; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: url("%(icons)s/down.png"); width: 12px; height: 12px; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: 0; padding: 0; background: transparent; }}
QComboBox QAbstractItemView {{ border: 1px solid #9fb0b7; background: #ffffff;
    selection-background-color: {ACCENT_SOFT}; selection-color: #172126; }}
QPushButton {{ padding: 5px 12px; border: 1px solid #9fb0b7; border-radius: 4px;
    background: #ffffff; }}
QPushButton:hover {{ background: {ACCENT_SOFT}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 4px 11px; }}
QPushButton:checked {{ background: {ACCENT_SOFT}; border: 1px solid {ACCENT}; color: {ACCENT}; }}
QPushButton:checked:focus {{ border: 2px solid {ACCENT}; }}
QPushButton:disabled {{ color: #8a979d; background: #eef2f3; border-color: #cfd8dc; }}
QPushButton[primary="true"] {{ background: {ACCENT}; color: #ffffff; border-color: {ACCENT};
    font-weight: 600; }}
QPushButton[primary="true"]:hover {{ background: #0d6b7d; }}
QPushButton[primary="true"]:disabled {{ background: #8fb0b7; border-color: #8fb0b7; }}
QPushButton[primary="true"]:focus {{ border: 2px solid #172126; }}
QTreeView, QListView, QTableView {{ background: #ffffff; border: 2px solid #d3dde1;
    alternate-background-color: #f7fafb; gridline-color: #dde5e8; }}
QTreeView::item {{ padding: 4px 2px; min-height: 20px; }}
QListView::item {{ padding: 3px 2px; }}
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {{
    background: {ACCENT_SOFT}; color: #172126; }}
QHeaderView::section {{ background: #e8eef0; padding: 5px 6px; border: 0;
    border-right: 1px solid #d3dde1; border-bottom: 1px solid #c9d3d7; font-weight: 600; }}
QFrame[card="true"] {{ background: #ffffff; border: 1px solid #d3dde1; border-radius: 6px; }}
QFrame[sample="true"] {{ background: #ffd54a; border-bottom: 2px solid #8a4b00; }}
QFrame[sample="true"] QLabel {{ color: #3a2600; font-weight: 600; }}
QLabel[role="title"] {{ font-size: 13pt; font-weight: 600; color: {ACCENT};
    padding: 1px 0 4px 0; }}
QLabel[role="good"] {{ color: {GOOD}; font-size: 13pt; font-weight: 600; }}
QLabel[role="muted"] {{ color: {MUTED}; }}
QLabel[role="figure"] {{ font-size: 15pt; font-weight: 600; }}
QLabel[role="wrong"] {{ color: {WRONG}; font-weight: 600; }}
QLabel[role="notice"] {{ background: #fff4dc; color: #4d3800; border: 1px solid #e2c06a;
    border-radius: 4px; padding: 5px 8px; }}
QRadioButton, QCheckBox {{ spacing: 7px; padding: 3px; }}
QRadioButton:focus, QCheckBox:focus {{ background: {ACCENT_SOFT}; border-radius: 4px; }}
QStatusBar {{ background: #e8eef0; }}
QToolTip {{ background: #172126; color: #ffffff; border: 0; padding: 4px; }}
QScrollArea {{ border: 0; background: transparent; }}
QSplitter::handle {{ background: #dde5e8; }}
"""


def apply_theme(app: QApplication) -> None:
    """Load the program's own Thai fonts and colours."""
    for path in sorted((resources() / "fonts" / "screen").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    app.setStyle("Fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    palette = QPalette()
    for role, colour in _LIGHT.items():
        palette.setColor(role, QColor(colour))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, QColor("#7c888e"))
    app.setPalette(palette)
    font = QFont(FAMILY, POINTS)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(font)
    icons = (resources() / "icons").as_posix()
    app.setStyleSheet(_SHEET.replace("%(icons)s", icons))
    app.setWindowIcon(QIcon(f"{icons}/app.png"))
