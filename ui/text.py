"""How text is shown on the screen: one place decides between Thai and Arabic digits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from ita_desktop.domain.fiscal import thai_date
from ita_desktop.thai.digits import to_arabic, to_thai

if TYPE_CHECKING:
    from decimal import Decimal

_SETTING = "screen/thai_digits"


class _Digits:
    thai: bool | None = None


def thai_digits() -> bool:
    """Whether the screen shows Thai digits (the default)."""
    if _Digits.thai is None:
        _Digits.thai = QSettings().value(_SETTING, True, type=bool) is True
    return _Digits.thai


def set_thai_digits(on: bool) -> None:
    """Choose the screen's digits, kept for the next start."""
    _Digits.thai = on
    QSettings().setValue(_SETTING, on)


def shown(text: object) -> str:
    """The program's own text with the screen's digits. What the user typed is shown as typed."""
    return to_thai(str(text)) if thai_digits() else to_arabic(str(text))


def score_text(score: Decimal | None) -> str:
    """A score with two decimals, "" when unknown."""
    return "" if score is None else shown(f"{score:.2f}")


def change_text(change: Decimal | None) -> str:
    """A change in points with an arrow, so that it is not told by colour alone."""
    if change is None:
        return ""
    arrow = "▲" if change > 0 else "▼" if change < 0 else "＝"
    return shown(f"{arrow} {abs(change):.2f}")


def clock_text(moment: datetime) -> str:
    """Date and time of day as the status bar says them."""
    return shown(f"{thai_date(moment.date(), short=True)} เวลา {moment:%H.%M.%S} น.")
