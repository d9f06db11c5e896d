"""What lists of measures can be filtered by: owner, indicator, status."""

from __future__ import annotations

from collections.abc import Sequence

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.filters import NONE, owners_of
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure, Status
from ui.models.measure_model import MARKS
from ui.text import shown
from ui.widgets.filters import Group


def measure_groups(
    dossier: Dossier, measures: Sequence[Measure], framework: Framework, status: str
) -> tuple[Group, ...]:
    """The groups of a filter over measures; ``status``: what the status is called there."""
    used = owners_of(measures)
    names = [each.name for each in dossier.divisions if each.name in used]
    owners = {name: name for name in (*names, *used)}
    answered = {code.partition(".")[0] for each in measures for code in each.indicators}
    indicators = {
        code: f"{shown(code)}. {indicator.name}"
        for code, indicator in framework.indicators.items()
        if code in answered
    }
    statuses = {each.value: f"{MARKS[each]} {each.label}" for each in Status}
    return (
        Group("owner", "ผู้รับผิดชอบ", {**owners, NONE: "ยังไม่มีผู้รับผิดชอบ"}),
        Group("indicator", "ตัวชี้วัด", {**indicators, NONE: "ยังไม่ได้เลือกตัวชี้วัด"}),
        Group("status", status, {**statuses, NONE: "ยังไม่ได้เลือกสถานะ"}),
    )
