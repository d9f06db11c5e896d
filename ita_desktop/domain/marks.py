"""The marks an office analyses by: what counts as a change, as a strength, as high.

They are the office's own choice, not the NACC's; every list printed by a rule says its mark.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ita_desktop.domain.selection import (
    DEFAULT_SCALE,
    RULES,
    Rule,
    Scale,
    biggest_gains,
    biggest_losses,
    lowest,
    risen_high,
    strength,
)

LIMITS: dict[str, tuple[Decimal, Decimal]] = {
    "threshold": (Decimal(0), Decimal(20)),
    "strength": (Decimal(50), Decimal(100)),
    "high": (Decimal(50), Decimal(100)),
    "count": (Decimal(1), Decimal(10)),
}
"""Smallest and largest value of each mark."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The office's marks, in points but for ``count``.

    ``threshold``: a difference of so much or less counts as none. ``strength``: from here on a
    score is a strength. ``high``: a score that rose must lie above it to be listed as a strength.
    ``count``: how many the lists of gains, losses and lowest hold. ``scale``: words for items.
    """

    threshold: Decimal = Decimal(0)
    strength: Decimal = Decimal(95)
    high: Decimal = Decimal(90)
    count: int = 3
    scale: Scale = DEFAULT_SCALE

    def rules(self) -> dict[str, Rule]:
        """The rules with these marks, by key."""
        own = (
            *(risen_high(self.high), strength(self.strength), lowest(self.count)),
            *(biggest_gains(self.count), biggest_losses(self.count)),
        )
        return {**RULES, **{rule.key: rule for rule in own}}

    def text(self) -> str:
        """The marks as they are kept; "" where all are as usual."""
        plain = Marks()
        data: dict[str, Any] = {
            name: str(getattr(self, name))
            for name in LIMITS
            if getattr(self, name) != getattr(plain, name)
        }
        if self.scale != plain.scale:
            data["scale"] = self.scale.to_data()
        return json.dumps(data, ensure_ascii=False) if data else ""


def read_marks(text: str) -> Marks:
    """Marks from what ``Marks.text`` gave; what can't be read is as usual."""
    try:
        data = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return Marks()
    if not isinstance(data, dict):
        return Marks()
    values: dict[str, Any] = {}
    for name in LIMITS:
        if name in data:
            try:
                values[name] = mark_of(name, str(data[name]))
            except ValueError:
                continue
    if "scale" in data:
        with contextlib.suppress(ValueError):
            values["scale"] = Scale.parse(data["scale"])
    if "count" in values:
        values["count"] = int(values["count"])
    return Marks(**values)


def mark_of(name: str, text: str) -> Decimal:
    """A mark that was typed, Arabic digits. Raises ValueError with a Thai sentence."""
    low, high = LIMITS[name]
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    usable = value.is_finite() and low <= value <= high
    if not usable or (name == "count" and value != value.to_integral_value()):
        raise ValueError(f"ต้องเป็นตัวเลข {low} ถึง {high} ยังไม่ได้เก็บค่าที่พิมพ์")
    return value
