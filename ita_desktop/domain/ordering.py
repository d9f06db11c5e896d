"""The order of measures: a measure takes its further ways along, and keeps them together."""

from __future__ import annotations

from collections.abc import Sequence

from ita_desktop.domain.measures import Measure


def dragged(measures: Sequence[Measure], moved: int, before: int | None) -> tuple[int, ...]:
    """The ids of a list after one was put before another (None: at the end).

    A measure takes its further ways along, and never comes between another and its ways.
    """
    block = _block(measures, moved)
    rest = [each for each in measures if each.id not in block]
    at = next((at for at, each in enumerate(rest) if each.id == before), len(rest))
    if before in block:
        at = next(at for at, each in enumerate(measures) if each.id == block[0])
    if not _way(measures, moved):
        while at < len(rest) and rest[at].continued:
            at += 1
    ids = [each.id for each in rest]
    return (*ids[:at], *block, *ids[at:])


def stepped(measures: Sequence[Measure], moved: int, by: int) -> tuple[int, ...]:
    """The ids of a list after one went one place up (-1) or down (1), with its further ways."""
    ids = [each.id for each in measures]
    block = _block(measures, moved)
    first, last = ids.index(block[0]), ids.index(block[-1])
    if (by < 0 and first == 0) or (by > 0 and last == len(ids) - 1):
        return tuple(ids)
    if _way(measures, moved):
        ids.insert(first + by, ids.pop(first))
        return tuple(ids)
    if by > 0:
        below = _block(measures, ids[last + 1])
        after = ids[last + len(below) + 1 :]
        return dragged(measures, moved, after[0] if after else None)
    above = first - 1
    while above > 0 and measures[above].continued:
        above -= 1
    return dragged(measures, moved, ids[above])


def _way(measures: Sequence[Measure], measure_id: int) -> bool:
    return any(each.id == measure_id and each.continued for each in measures)


def _block(measures: Sequence[Measure], measure_id: int) -> tuple[int, ...]:
    """A measure with its further ways; a further way is alone."""
    at = next(at for at, each in enumerate(measures) if each.id == measure_id)
    end = at + 1
    if not measures[at].continued:
        while end < len(measures) and measures[end].continued:
            end += 1
    return tuple(each.id for each in measures[at:end])
