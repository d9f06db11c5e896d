"""What has changed between two years' frameworks, and which code stands for which.

Items go by the crosswalk of the later year; where it has none for the earlier year, by equal
titles. Indicators keep their codes, sub-indicators and issues go by name and then by what they
hold. What was joined or split is not written in a framework: it is told from titles that hold one
another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from ita_desktop.domain.framework import Framework, Issue

_SHORTEST_TITLE = 6
"""Letters a title must have before another title that holds it means anything."""


class Level(Enum):
    """What a difference is about; ``word`` is its Thai name."""

    INDICATOR = "indicator"
    SUBINDICATOR = "subindicator"
    ITEM = "item"
    ISSUE = "issue"

    @property
    def word(self) -> str:
        """The Thai name."""
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {
    Level.INDICATOR: "ตัวชี้วัด",
    Level.SUBINDICATOR: "ตัวชี้วัดย่อย",
    Level.ITEM: "ข้อ",
    Level.ISSUE: "ประเด็น",
}


class Kind(Enum):
    """How something of the earlier year is found in the later one; ``word`` is its Thai name."""

    SAME = "same"
    MOVED = "moved"
    """The same words under another code."""
    RENAMED = "renamed"
    """Other words for the same question, whatever the code."""
    SPLIT = "split"
    JOINED = "joined"
    NEW = "new"
    DROPPED = "dropped"

    @property
    def word(self) -> str:
        """The Thai name."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    Kind.SAME: "เหมือนเดิม",
    Kind.MOVED: "เปลี่ยนรหัส",
    Kind.RENAMED: "เปลี่ยนชื่อ",
    Kind.SPLIT: "แยกเป็นหลายข้อ",
    Kind.JOINED: "รวมเข้าด้วยกัน",
    Kind.NEW: "เพิ่มใหม่",
    Kind.DROPPED: "ไม่มีแล้ว",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of either year. ``old`` and ``new`` are codes (issue numbers as text).

    No ``old``: new. No ``new``: dropped. Split: several new; joined: several old ones.
    """

    level: Level
    kind: Kind
    old: tuple[str, ...]
    new: tuple[str, ...]
    old_name: str = ""
    new_name: str = ""


@dataclass(frozen=True)
class Comparison:
    """The later year's framework beside the earlier one's."""

    earlier: Framework
    later: Framework

    @cached_property
    def by_crosswalk(self) -> bool:
        """Whether items go by the crosswalk; otherwise only equal titles are known again."""
        return self.later.crosswalk_year == self.earlier.year or self.later is self.earlier

    @cached_property
    def origins(self) -> dict[str, str | None]:
        """Each item of the later year -> the same question's code in the earlier one, or None."""
        if self.later is self.earlier:
            return {code: code for code in self.later.items}
        if self.by_crosswalk:
            walk = self.later.crosswalk
            found = {code: walk.get(code) for code in self.later.items}
            return {code: old if old in self.earlier.items else None for code, old in found.items()}
        titles = {_plain(item.title): code for code, item in self.earlier.items.items()}
        return {code: titles.get(_plain(item.title)) for code, item in self.later.items.items()}

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Everything in either year: indicators, sub-indicators, items, then issues."""
        return (*self._indicators(), *self._subindicators(), *self._items(), *self._issues())

    @property
    def changed(self) -> tuple[Difference, ...]:
        """Only what is not the same."""
        return tuple(each for each in self.differences if each.kind is not Kind.SAME)

    def codes_of(self, level: Level, old: str) -> tuple[str, ...]:
        """The later year's codes for an earlier code: one, several to choose from, or none."""
        found = [each for each in self.differences if each.level is level and old in each.old]
        return found[0].new if found else ()

    def code_of(self, old: str) -> str | None:
        """The one later code for any earlier code or issue field; None: none, or a choice."""
        levels = {Level.ISSUE} if old.startswith("issue") else set(Level) - {Level.ISSUE}
        number = old.removeprefix("issue")
        for level in levels:
            for new in self.codes_of(level, number)[:1]:
                several = len(self.codes_of(level, number)) > 1
                return None if several else f"{old.removesuffix(number)}{new}"
        return old if old in self._kept_codes else None

    @cached_property
    def _kept_codes(self) -> set[str]:
        """Total and instruments: what both years call alike."""
        both = [{each.code for each in year.instruments} for year in (self.earlier, self.later)]
        return {"total", *(both[0] & both[1])}

    # --- items -----------------------------------------------------------------------------------

    def _items(self) -> Iterator[Difference]:
        heirs: dict[str, list[str]] = {}
        for code, old in self.origins.items():
            if old is not None:
                heirs.setdefault(old, []).append(code)
        orphans = [code for code in self.later.items if self.origins[code] is None]
        for old, item in self.earlier.items.items():
            if old in heirs:
                parts = [c for c in orphans if _holds(item.title, self._title(c))]
                heirs[old] += [c for c in parts if self._same_instrument(old, c)]
        taken = {code for codes in heirs.values() for code in codes}
        joined = self._joined(heirs)
        for code, item in self.later.items.items():
            if code not in taken:
                yield Difference(Level.ITEM, Kind.NEW, (), (code,), "", item.title)
        for old, item in self.earlier.items.items():
            if old in heirs:
                yield self._kept(old, heirs[old], joined)
            else:
                new = tuple(joined.get(old, ()))
                kind = Kind.JOINED if new else Kind.DROPPED
                title = self._title(new[0]) if new else ""
                yield Difference(Level.ITEM, kind, (old,), new, item.title, title)

    def _joined(self, heirs: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
        """Earlier items without an heir whose title stands in that of one later item."""
        found: dict[str, tuple[str, ...]] = {}
        for old, item in self.earlier.items.items():
            if old not in heirs:
                into = [c for c, i in self.later.items.items() if _holds(i.title, item.title)]
                into = [code for code in into if self._same_instrument(old, code)]
                if len(into) == 1:
                    found[old] = (into[0],)
        return found

    def _kept(self, old: str, new: list[str], joined: Mapping[str, tuple[str, ...]]) -> Difference:
        before, after = self.earlier.items[old].title, self._title(new[0])
        if len(new) > 1:
            kind = Kind.SPLIT
        elif (new[0],) in joined.values():
            kind = Kind.JOINED
        elif _plain(before) != _plain(after):
            kind = Kind.RENAMED
        else:
            kind = Kind.SAME if old == new[0] else Kind.MOVED
        return Difference(Level.ITEM, kind, (old,), tuple(new), before, after)

    def _title(self, code: str) -> str:
        return self.later.items[code].title

    @cached_property
    def _instruments(self) -> tuple[dict[str, str], dict[str, str]]:
        """Item -> its instrument, in the earlier and in the later year."""
        return _instrument_of(self.earlier), _instrument_of(self.later)

    def _same_instrument(self, old: str, new: str) -> bool:
        before, after = self._instruments
        return before[old] == after[new]

    # --- indicators and sub-indicators -----------------------------------------------------------

    def _indicators(self) -> Iterator[Difference]:
        before = {code: each.name for code, each in self.earlier.indicators.items()}
        after = {code: each.name for code, each in self.later.indicators.items()}
        yield from _paired(Level.INDICATOR, before, after, {c: c for c in before if c in after})

    def _subindicators(self) -> Iterator[Difference]:
        before, after = _subs(self.earlier), _subs(self.later)
        names = {_plain(name): code for code, name in after.items()}
        pairs = {
            code: names[_plain(name)] for code, name in before.items() if _plain(name) in names
        }
        left = set(after) - set(pairs.values())
        for code in before:
            if code not in pairs and code in left and self._share(code):
                pairs[code] = code
        yield from _paired(Level.SUBINDICATOR, before, after, pairs)

    def _share(self, code: str) -> bool:
        """Whether the sub-indicators of that code in both years hold mostly the same items."""
        old, new = _sub_items(self.earlier, code), _sub_items(self.later, code)
        return self._overlap(old, new) > len(old) / 2

    def _overlap(self, old: Iterable[str], new: Iterable[str]) -> int:
        """How many of the earlier items are among the later ones."""
        return len(set(old) & {self.origins.get(code) for code in new})

    # --- issues ----------------------------------------------------------------------------------

    def _issues(self) -> Iterator[Difference]:
        before = {str(each.no): each.name for each in self.earlier.issues}
        after = {str(each.no): each.name for each in self.later.issues}
        names = {_plain(name): number for number, name in after.items()}
        pairs = {no: names[_plain(name)] for no, name in before.items() if _plain(name) in names}
        free = [each for each in self.later.issues if str(each.no) not in pairs.values()]
        for issue in self.earlier.issues:
            if str(issue.no) not in pairs and (heir := self._issue_heir(issue, free)):
                pairs[str(issue.no)] = str(heir.no)
                free.remove(heir)
        yield from _paired(Level.ISSUE, before, after, pairs)

    def _issue_heir(self, issue: Issue, free: list[Issue]) -> Issue | None:
        """The free issue that holds most of the earlier one's items, when it is over half."""
        best = max(free, key=lambda each: self._overlap(issue.items, each.items), default=None)
        if best and self._overlap(issue.items, best.items) * 2 > len(set(issue.items)):
            return best
        return None


def _paired(
    level: Level, before: Mapping[str, str], after: Mapping[str, str], pairs: Mapping[str, str]
) -> Iterator[Difference]:
    """Differences of named things, given which earlier code is which later one."""
    for old, name in before.items():
        new = pairs.get(old)
        if new is None:
            yield Difference(level, Kind.DROPPED, (old,), (), name)
            continue
        same = _plain(name) == _plain(after[new])
        kind = Kind.RENAMED if not same else Kind.SAME if old == new else Kind.MOVED
        yield Difference(level, kind, (old,), (new,), name, after[new])
    for new, name in after.items():
        if new not in pairs.values():
            yield Difference(level, Kind.NEW, (), (new,), "", name)


def _subs(framework: Framework) -> dict[str, str]:
    """Sub-indicator code -> name."""
    return {
        sub.code: sub.name
        for indicator in framework.indicators.values()
        for sub in indicator.subindicators
    }


def _sub_items(framework: Framework, code: str) -> tuple[str, ...]:
    """The item codes of a sub-indicator; empty when there is none of that code."""
    return tuple(
        item.code
        for indicator in framework.indicators.values()
        for sub in indicator.subindicators
        if sub.code == code
        for item in sub.items
    )


def _instrument_of(framework: Framework) -> dict[str, str]:
    return {
        item.code: instrument.code
        for instrument in framework.instruments
        for indicator in instrument.indicators
        for item in indicator.items
    }


def _holds(longer: str, shorter: str) -> bool:
    """Whether one title stands whole within another, longer one."""
    one, other = _plain(longer), _plain(shorter)
    return len(other) >= _SHORTEST_TITLE and len(one) > len(other) and other in one


def _plain(title: str) -> str:
    """A title without what two printings of it may differ in."""
    return "".join(title.split()).casefold()
