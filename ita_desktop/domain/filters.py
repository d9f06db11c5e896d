"""What is shown of a list. A filter never changes data, numbers or the order of printing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, Status, owner_names
from ita_desktop.domain.papers import Disclosure

NONE = "none"
"""The value of what nobody has filled in yet: no owner, no indicator, no status."""


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """Measures of one owner, one indicator, one status; "" stands for any.

    ``status``: the value of a ``Status``, or NONE.
    """

    owner: str = ""
    indicator: str = ""
    status: str = ""

    def passes(self, measure: Measure, status: Status | None) -> bool:
        """Whether a measure is shown; ``status``: the one it has in the round in view."""
        codes = {code.partition(".")[0] for code in measure.indicators}
        value = NONE if status is None else status.value
        return (
            _names(self.owner, owner_names(measure.owners))
            and _names(self.indicator, codes)
            and self.status in ("", value)
        )


@dataclass(frozen=True, slots=True)
class DisclosureFilter:
    """OIT items of one owner and indicator, disclosed or not, and where something is missing.

    ``disclosed``: "yes", "no" or NONE (not decided). ``missing``: a field of a Disclosure that is
    blank.
    """

    owner: str = ""
    indicator: str = ""
    disclosed: str = ""
    missing: str = ""

    def passes(self, found: Disclosure, indicator: str) -> bool:
        """Whether an item is shown; ``indicator``: the one it belongs to."""
        state = NONE if found.disclosed is None else "yes" if found.disclosed else "no"
        return (
            _names(self.owner, owner_names(found.owner))
            and self.indicator in ("", indicator)
            and self.disclosed in ("", state)
            and (not self.missing or not str(getattr(found, self.missing) or "").strip())
        )


def _names(wanted: str, present: Iterable[str]) -> bool:
    names = tuple(present)
    return not wanted or (not names if wanted == NONE else wanted in names)


def latest_status(measure: Measure) -> Status | None:
    """The status of the last round that has one."""
    for which in sorted(Round, reverse=True):
        status = measure.progress_in(which).status
        if status is not None:
            return status
    return None


def owners_of(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Everybody named as owner, in the order of the list."""
    return tuple(dict.fromkeys(name for each in measures for name in owner_names(each.owners)))
