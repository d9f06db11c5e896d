"""Which back-ups to keep: many of today, fewer of last week, one of each month long ago."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from db.shelf import Backup, Reason

ALWAYS_KEPT = 3
"""So many of the newest healthy ones always stay."""
_LONG = timedelta(days=3650)
_WRECK_KEPT = timedelta(days=14)
_RULES: tuple[tuple[timedelta, Callable[[datetime], tuple[object, ...]]], ...] = (
    (timedelta(days=1), lambda at: (at.date(), at.hour)),
    (timedelta(days=14), lambda at: (at.date(),)),
    (timedelta(days=92), lambda at: tuple(at.isocalendar())[:2]),
    (_LONG * 10, lambda at: (at.year, at.month)),
)
"""Up to which age, and what of a time makes two of the same hour, day, week or month."""
_GUARDED = {Reason.MIGRATION: timedelta(days=92), Reason.RESTORE: timedelta(days=92)}
"""Made before a great change: kept whole for so long."""


def to_delete(backups: Sequence[Backup], now: datetime, most: int) -> list[Backup]:
    """The back-ups that need not be kept; ``most`` bytes may remain, if the rules can be met.

    ``backups`` latest number first. Healthy ones whose time contradicts the order of their
    numbers (the clock was wrong) are left to the bound alone. Without a healthy one nothing goes.
    """
    healthy = [backup for backup in backups if backup.healthy]
    if not healthy:
        return []
    trusted = _trusted(healthy, now)
    kept = _by_rules(healthy, trusted, now)
    kept = _bounded(kept, trusted, now, most)
    stay = {backup.path for backup in kept}
    return [b for b in backups if b.path not in stay and not _fresh_wreck(b, now)]


def _fresh_wreck(backup: Backup, now: datetime) -> bool:
    """One that was spoilt not long ago may still be of use to a rescue."""
    return not backup.healthy and now - backup.at < _WRECK_KEPT


def _trusted(healthy: Sequence[Backup], now: datetime) -> set[int]:
    """Numbers of those whose times agree with their order: the longest such row of them."""
    ends: list[datetime] = []  # of the best row of each length the last time, and its number
    lasts: list[int] = []
    before: dict[int, int | None] = {}
    for backup in reversed(healthy):
        if backup.at <= now:
            place = bisect_right(ends, backup.at)
            before[backup.number] = lasts[place - 1] if place else None
            ends[place : place + 1], lasts[place : place + 1] = [backup.at], [backup.number]
    row: set[int] = set()
    number = lasts[-1] if lasts else None
    while number is not None:
        row.add(number)
        number = before[number]
    return row


def _by_rules(healthy: Sequence[Backup], trusted: set[int], now: datetime) -> list[Backup]:
    """What the rules keep, newest first: of each hour, day, week and month the newest."""
    seen: set[tuple[object, ...]] = set()
    kept: list[Backup] = []
    for place, backup in enumerate(healthy):
        age = now - backup.at
        guarded = age < _GUARDED.get(backup.reason, timedelta())
        if backup.number not in trusted or guarded or place < ALWAYS_KEPT:
            kept.append(backup)
            continue
        slot = next((n, key(backup.at)) for n, (limit, key) in enumerate(_RULES) if age <= limit)
        if slot not in seen:
            seen.add(slot)
            kept.append(backup)
    return kept


def _bounded(kept: list[Backup], trusted: set[int], now: datetime, most: int) -> list[Backup]:
    """Let go of those that are missed least until the rest fits; the newest always stay."""
    kept = list(kept)
    while len(kept) > ALWAYS_KEPT and sum(backup.size for backup in kept) > most:
        ages = _ages(kept, trusted, now)
        least = min(range(ALWAYS_KEPT, len(kept)), key=lambda n: _missed(ages, n))
        del kept[least]
    return kept


def _ages(kept: Sequence[Backup], trusted: set[int], now: datetime) -> list[float]:
    """Seconds since each was made; never less than that of a later number."""
    ages: list[float] = []
    for backup in kept:
        known = (now - backup.at).total_seconds() if backup.number in trusted else 0.0
        ages.append(max(known, *ages[-1:], 0.0))
    return ages


def _missed(ages: Sequence[float], n: int) -> float:
    """How large a hole it would leave, against its age; the oldest one closes the row."""
    older = ages[n + 1] if n + 1 < len(ages) else ages[n] * 2
    return (older - ages[n - 1]) / (ages[n] + 3600)
