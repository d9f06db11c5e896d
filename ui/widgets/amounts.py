"""A number within limits, typed in Thai or Arabic digits, with a point or a comma."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from ita_desktop.thai.digits import to_arabic
from ui import theme
from ui.text import shown
from ui.widgets.checked import CheckedField
from ui.widgets.layouts import label

_NUMBER = re.compile(r"\d{1,4}(\.\d{0,2})?")
_WIDTH = 110


def read_amount(text: str, limits: tuple[float, float], unit: str) -> float | None:
    """The number in a text, None for an empty one. ``limits``: smallest and largest, in ``unit``.

    Raises ValueError with a plain Thai sentence, Arabic digits.
    """
    plain = to_arabic(text).strip().removesuffix(unit).strip().replace(",", ".")
    if not plain:
        return None
    least, most = limits
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"โปรดพิมพ์เป็นตัวเลข {least:g} ถึง {most:g} หรือเว้นว่าง")
    if not least <= float(plain) <= most:
        raise ValueError(f"ใช้ได้ {least:g} ถึง {most:g} {unit} ค่านี้จึงยังไม่ถูกเก็บ")
    return float(plain)


class AmountField(CheckedField):
    """A number with its unit beside it. ``typed`` carries a float, or None for an empty field."""

    def __init__(
        self, limits: tuple[float, float], unit: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._limits, self._unit = limits, unit
        self.line.setFixedWidth(theme.scaled(_WIDTH))
        self._tools.addWidget(label(unit, "muted"))
        self._tools.addStretch(1)

    def read(self, text: str) -> float | None:
        """The number of a text; raises ValueError with a Thai sentence."""
        try:
            return read_amount(text, self._limits, self._unit)
        except ValueError as error:
            raise ValueError(shown(error)) from error

    def written(self, value: float | None) -> str:
        """The number without needless decimals, in the screen's digits."""
        return "" if value is None else shown(f"{value:g}")
