"""Draft sentences of the analysis, from live figures and a file of wording.

A draft is what the officer begins with, never a finding: it says how high a score is and which way
it went, and claims no cause that the data do not show. The wording is data
(``resources/wording/analysis.json``), chosen by what an item or indicator is *called*, so that a
new year with other codes is served too.

Figures stand in drafts as placeholders (``{score:i1}``, ``{mean:issue1}``, ``{change:3}``);
``fill_figures`` puts the present ones in. Digits are Arabic; who prints them turns them Thai.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ita_desktop.domain.analysis import (
    Change,
    Direction,
    IssueItem,
    IssueResult,
    changes,
    issue_results,
)
from ita_desktop.domain.framework import Framework, Item
from ita_desktop.domain.scores import HUNDRED, TOTAL, NodeKind, ScoreNode, ScoreTree
from ita_desktop.domain.selection import DEFAULT_SCALE, Scale
from ita_desktop.thai.digits import to_arabic

_OIT = "OIT"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item is about, told by words of its title.

    ``finding`` is what a high score says (with the negation for a negatively worded item);
    ``actions`` are concrete things an office can do about it.
    """

    match: tuple[str, ...]
    about: str = ""
    finding: str = ""
    actions: tuple[str, ...] = ()
    instrument: str = ""
    negative: bool = False
    """True: only for negatively worded items."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The file of wording: subjects of items, actions by indicator, sentences by key."""

    subjects: tuple[Subject, ...]
    groups: tuple[Subject, ...]
    sentences: Mapping[str, tuple[str, ...]]

    def subject(self, item: Item, instrument: str) -> Subject:
        """The first subject that fits an item; one made of the title when none does."""
        for each in self.subjects:
            fits = each.instrument in ("", instrument) and (item.negative or not each.negative)
            if fits and any(words in item.title for words in each.match):
                return each
        return Subject(())

    def group_actions(self, name: str) -> tuple[str, ...]:
        """Actions for an indicator or sub-indicator by its name; () when none fits."""
        for each in self.groups:
            if any(words in name for words in each.match):
                return each.actions
        return ()


def parse_wording(data: object) -> Wording:
    """The wording from decoded JSON. Raises ValueError for data of another shape."""
    if not isinstance(data, dict):
        raise ValueError("wording must be an object")
    try:
        return Wording(
            subjects=tuple(_subject(each) for each in data["subjects"]),
            groups=tuple(_subject(each) for each in data["groups"]),
            sentences={key: tuple(texts) for key, texts in data["sentences"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("wording has another shape") from error


def _subject(data: Mapping[str, Any]) -> Subject:
    return Subject(
        match=tuple(data["match"]),
        about=data.get("about", ""),
        finding=data.get("finding", ""),
        actions=tuple(data.get("actions", ())),
        instrument=data.get("instrument", ""),
        negative=data.get("negative") is True,
    )


def load_wording(path: Path) -> Wording:
    """The wording from its file. Raises OSError or ValueError when it can't be used."""
    return parse_wording(json.loads(path.read_text("utf-8")))


# --- figures -----------------------------------------------------------------------------------

_PLACEHOLDER = re.compile(
    r"\{(score|earlier|gap|change|points|percent|direction|level|mean):([A-Za-z0-9.]+)\}"
)


def fill_figures(
    text: str, tree: ScoreTree, earlier: ScoreTree | None = None, scale: Scale = DEFAULT_SCALE
) -> str:
    """The text with its placeholders replaced by the present figures, two decimals each.

    ``{score:c}`` score at code c · ``{gap:c}`` points missing to 100 · ``{level:c}`` word of the
    scale (the official level for ``total``) · ``{mean:issue1}``, ``{level:issue1}`` of an issue ·
    against the earlier year: ``{earlier:c}``, ``{points:c}`` (without sign), ``{percent:c}``
    (likewise), ``{direction:c}``, ``{change:c}`` ("ลดลง 3.48 คะแนน").
    What is unknown stays as it is.
    """

    def figure(match: re.Match[str]) -> str:
        return _figure(match[1], match[2], tree, earlier, scale) or match[0]

    return _PLACEHOLDER.sub(figure, text)


def _figure(
    kind: str, code: str, tree: ScoreTree, earlier: ScoreTree | None, scale: Scale
) -> str | None:
    if code.startswith("issue"):
        score = next((r.mean for r in issue_results(tree) if f"issue{r.no}" == code), None)
        kind = "score" if kind == "mean" else kind if kind == "level" else ""
    else:
        score = tree.score(code)
    if kind == "level":
        if code == TOTAL:
            return tree.level
        return None if score is None else scale.word(score)
    if kind in ("score", "gap"):
        value = HUNDRED - score if score is not None and kind == "gap" else score
        return None if value is None else f"{value:.2f}"
    found = changes(tree, earlier, [code])
    return _change_figure(kind, found[0]) if found else None


def _change_figure(kind: str, change: Change) -> str | None:
    value = {"earlier": change.earlier, "percent": change.percent}.get(kind, change.points)
    if value is None:
        return None
    match kind:
        case "direction":
            return change.direction.word
        case "change" if change.direction is Direction.SAME:
            return change.direction.word
        case "change":
            return f"{change.direction.word} {abs(value):.2f} คะแนน"
        case "earlier" | "points" | "percent":
            return f"{abs(value):.2f}"
    return None


@dataclass(frozen=True, slots=True)
class Stale:
    """A typed figure that no longer is the score it stands for.

    ``start`` and ``end`` are its place in the text; ``current`` is what the score is now.
    """

    code: str
    typed: str
    current: Decimal
    start: int
    end: int


_TYPED = re.compile(
    r"(?P<code>(?<![A-Za-z0-9.:])(?:[ieo]\d{1,2}|IIT|EIT|OIT)(?![A-Za-z0-9:}]))"
    r"|(?:ตัวชี้วัด(?:ย่อย)?ที่\s*(?P<indicator>\d{1,2}(?:\.\d)?)(?!\d))"
    r"|(?:ประเด็นที่\s*(?P<issue>\d{1,2})(?!\d))"
    r"|(?P<total>คะแนนรวม)"
    r"|(?P<figure>(?<![\d.])\d{1,3}\.\d{2}(?![\d.]))"
)
_NO_SCORE = re.compile(
    r"(เพิ่มขึ้น|ลดลง|ต่ำที่สุด|สูงที่สุด|ต่ำสุด|สูงสุด|ร้อยละ|เกณฑ์|เป้าหมาย|อีก|ต่ำกว่า|สูงกว่า|ปีก่อน|ระหว่าง)[^\n]{0,8}$"
)
_REACH = 200
"""How many characters after a code a figure is still taken for its score: a long title fits in."""


def stale_figures(
    text: str, tree: ScoreTree, earlier: ScoreTree | None = None
) -> tuple[Stale, ...]:
    """Typed figures (dd.dd, Thai or Arabic digits) that no longer equal the score named before.

    Only the first figure after a code, "ตัวชี้วัดที่ …", "ประเด็นที่ …" or "คะแนนรวม" on the same
    line is taken for its score; differences, per cents and marks are not. A figure that is the
    ``earlier`` year's score is right too. Better miss one than accuse a right one.
    """
    found: list[Stale] = []
    named, since = "", 0
    for match in _TYPED.finditer(to_arabic(text)):
        if not match["figure"]:
            named, since = _named(match), match.end()
            continue
        between = text[since : match.start()]
        now = _score_of(named, tree)
        reached = named and len(between) <= _REACH and "\n" not in between
        if reached and now is not None and not _NO_SCORE.search(between):
            typed = Decimal(match["figure"])
            if typed not in (now, _before(named, tree, earlier)):
                found.append(Stale(named, text[slice(*match.span())], now, *match.span()))
        named = ""
    return tuple(found)


def _named(match: re.Match[str]) -> str:
    if match["issue"]:
        return f"issue{match['issue']}"
    return match["code"] or match["indicator"] or TOTAL


def _score_of(code: str, tree: ScoreTree) -> Decimal | None:
    if code.startswith("issue"):
        return next((r.mean for r in issue_results(tree) if f"issue{r.no}" == code), None)
    return tree.score(code)


def _before(code: str, tree: ScoreTree, earlier: ScoreTree | None) -> Decimal | None:
    found = changes(tree, earlier, [code])
    return found[0].earlier if found else None


# --- sentences ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """An item as sentences need it."""

    item: Item
    instrument: str
    score: Decimal | None
    about: str
    finding: str
    actions: tuple[str, ...]


_WHO = {"IIT": "ผู้มีส่วนได้ส่วนเสียภายใน", "EIT": "ผู้มีส่วนได้ส่วนเสียภายนอก"}
_ASKED = re.compile(r"\s*(มากน้อยเพียงใด|หรือไม่|อย่างไร)\s*$")


class Drafter:
    """Drafts the sentences of one document and remembers what it has said.

    Every method returns sentences in order, with placeholders; none is ever returned twice by one
    drafter, also not after filling. What can't be said anew is left out. The same calls in the
    same order give the same sentences.
    """

    def __init__(
        self,
        tree: ScoreTree,
        wording: Wording,
        *,
        earlier: ScoreTree | None = None,
        scale: Scale = DEFAULT_SCALE,
        strength: Decimal = Decimal(95),
        agency: str = "หน่วยงาน",
    ) -> None:
        """``strength``: from this score on (points) an item is a strength, below it can improve."""
        self._tree, self._earlier = tree, earlier
        self._wording, self._scale = wording, scale
        self._strength, self._agency = strength, agency
        self._pass = tree.framework.pass_mark
        self._instrument = _instrument_of_items(tree.framework)
        self._groups = _groups_of_items(tree.framework)
        self._said: set[str] = set()
        self._turn: dict[str, int] = {}
        self._told: set[str] = set()

    def item(self, code: str) -> tuple[str, ...]:
        """The analysis of an item: how high it is, then which way it went."""
        told = self._tell(code)
        if code in self._told:
            return tuple(self._say("item.again", told)) if told.score is not None else ()
        self._told.add(code)
        said = [*self._say(self._height_key(told), told)]
        if told.instrument == _OIT and told.score == self._before(code):
            return tuple(said)  # nearly every disclosure stands where it stood: not worth a word
        return (*said, *self._change(code, f"ข้อ {code} "))

    def indicator(self, code: str) -> tuple[str, ...]:
        """The analysis of an indicator or sub-indicator: height, change, lowest part."""
        node = self._tree.nodes[code]
        word = "ตัวชี้วัดย่อยที่" if node.kind is NodeKind.SUBINDICATOR else "ตัวชี้วัดที่"
        label = f"{word} {code}"
        key = f"indicator.{self._height(node.score)}".replace("bottom", "low")
        said = [*self._say(key, code=code, label=label, name=node.name)]
        said += self._change(code, f"{label} ")
        return (*said, *self._lowest_part(node, label))

    def actions(self, code: str, count: int = 2) -> tuple[str, ...]:
        """Up to ``count`` suggestions for an item, sub-indicator or indicator, not said before."""
        if code in self._instrument:
            return tuple(self._item_actions(self._tell(code), count))
        node = self._tree.nodes[code]
        banks = (node.name, *(child.name for child in node.children))
        bank = [action for name in banks for action in self._wording.group_actions(name)]
        return tuple(self._unsaid(bank, count))

    def issue_overview(self, issue: IssueResult) -> tuple[str, ...]:
        """Mean and level of an issue, and between what its items lie; or what is missing."""
        if issue.mean is None:
            names = ", ".join(issue.missing)
            return tuple(self._say("issue.missing", no=issue.no, name=issue.name, list=names))
        said = [*self._say("issue.mean", **_of(issue), count=len(issue.items))]
        ranked = self._ranked(issue)
        low, high = ranked[0], ranked[-1]
        key = "issue.even" if low.score == high.score else "issue.range"
        tied = [f"ข้อ {told.item.code}" for told in ranked if told.score == low.score]
        lowest = f"{tied[0]} {low.about}" if len(tied) == 1 else _and(tied)
        codes: dict[str, Any] = {"low": low.item.code, "high": high.item.code, "lowest": lowest}
        return (*said, *self._say(key, **_of(issue), **codes))

    def issue_strengths(self, issue: IssueResult) -> tuple[str, ...]:
        """The items at or above the strength mark, highest first; disclosures in one sentence."""
        ranked = sorted(self._told_items(issue), key=lambda told: -(told.score or Decimal(0)))
        strong = [told for told in ranked if self._is_strong(told)]
        said: list[str] = []
        for told in strong:
            if told.instrument != _OIT:
                said += self._say("strong.item", told)
        said += self._disclosed(issue, [told for told in strong if told.instrument == _OIT])
        if strong or not ranked:
            return tuple(said)
        return tuple(self._say("strong.none", ranked[0], **_of(issue), mark=_mark(self._strength)))

    def issue_improve(self, issue: IssueResult) -> tuple[str, ...]:
        """The items to improve, lowest first: below the strength mark, and high ones that fell."""
        mark = _mark(self._strength)
        said: list[str] = []
        for told in self._to_improve(issue):
            said += self._say(self._improve_key(told), told, mark=mark)
        if said or issue.mean is None:
            return tuple(said)
        return tuple(self._say("improve.none", **_of(issue), mark=mark))

    def issue_lead(self, issue: IssueResult) -> tuple[str, ...]:
        """The sentence before an issue's suggestions: where it stands, so what they are for."""
        if issue.mean is None:
            return ()
        weak = self._to_improve(issue)
        below = sum(self._is_below(told) for told in weak)
        key = "lead.weak" if below else "lead.next" if weak else "lead.good"
        marks = {"count": below or len(weak), "mark": _mark(self._strength)}
        return tuple(self._say(key, **_of(issue), **marks))

    def items_together(self, issue: IssueResult, codes: Sequence[str]) -> tuple[str, ...]:
        """The analysis of items of one instrument that all have the full score, in one sentence."""
        instrument = self._instrument[codes[0]]
        fields = {"list": _and(codes), "count": len(codes), "instrument": instrument}
        return tuple(self._say("together.full", **_of(issue), **fields))

    def issue_suggestions(self, issue: IssueResult) -> tuple[str, ...]:
        """What the office can do: two actions for an item below the pass mark, else one."""
        said: list[str] = []
        weak = self._to_improve(issue)
        for told in weak or self._ranked(issue)[:1]:
            said += self._item_actions(told, 2 if self._is_below(told) else 1)
        if any(told.instrument == _OIT and self._is_strong(told) for told in self._ranked(issue)):
            said += self._say("suggest.keep", **_of(issue))
        return tuple(said)

    def issue_conclusion(self, issue: IssueResult) -> tuple[str, ...]:
        """One closing sentence: level, and what comes first."""
        if issue.mean is None:
            return tuple(self._say("conclude.missing", **_of(issue)))
        weak = self._to_improve(issue)
        if not weak:
            return tuple(self._say("conclude.good", **_of(issue)))
        below = sum(self._is_below(told) for told in weak)
        key = "conclude.weak" if below else "conclude.next"
        return tuple(self._say(key, weak[0], **_of(issue), count=below))

    def total(self) -> tuple[str, ...]:
        """Total and level, change, instruments, and the indicators below the pass mark."""
        tree = self._tree
        if tree.total is None:
            return tuple(self._say("total.unknown", agency=self._agency))
        key = "total.level" if tree.level else "total.score"
        said = [*self._say(key, agency=self._agency), *self._total_change()]
        if tree.total < self._pass:
            said += self._say("total.low")
        parts = [
            f"{c} ได้ {{score:{c}}} คะแนน" for c, s in tree.instruments.items() if s is not None
        ]
        if parts:
            said += self._say("total.parts", list=_and(parts))
        return (*said, *self._below_pass())

    # what the methods above are made of

    def _total_change(self) -> Iterator[str]:
        (change,) = changes(self._tree, self._earlier, [TOTAL])
        if change.direction is not Direction.UNKNOWN:
            same = change.direction is Direction.SAME
            yield from self._say("total.same" if same else "total.change")

    def _below_pass(self) -> Iterator[str]:
        nodes = [self._tree.nodes[code] for code in self._tree.framework.indicators]
        if any(node.score is None for node in nodes):
            return
        below = [node for node in nodes if node.score is not None and node.score < self._pass]
        if not below:
            yield from self._say("total.allpass", count=len(nodes))
            return
        names = [f"ตัวชี้วัดที่ {n.code} {n.name} ({{score:{n.code}}} คะแนน)" for n in below]
        yield from self._say("total.below", count=len(below), list=_and(names))

    def _tell(self, code: str) -> _Told:
        item = self._tree.framework.items[code]
        instrument = self._instrument[code]
        subject = self._wording.subject(item, instrument)
        title = _ASKED.sub("", item.title)
        about, finding = subject.about, subject.finding
        if instrument == _OIT or not about:
            about = item.title if instrument == _OIT else _generic(title, negative=item.negative)
        if not finding:
            finding = "ไม่มีการกระทำตามข้อคำถาม" if item.negative else "การดำเนินงานเป็นไปตามข้อคำถาม"
        score = self._tree.score(code)
        return _Told(item, instrument, score, about, finding, subject.actions)

    def _height(self, score: Decimal | None) -> str:
        if score is None:
            return "unknown"
        steps = ((HUNDRED, "full"), (self._strength, "top"), (self._pass, "high"))
        low = "low" if score >= HUNDRED / 2 else "bottom"
        return next((word for mark, word in steps if score >= mark), low)

    def _height_key(self, told: _Told) -> str:
        if told.instrument != _OIT or told.score is None:
            height = self._height(told.score)
            negative = told.item.negative and height in ("low", "bottom")
            return f"{'negative' if negative else 'item'}.{height}"
        return "oit." + {HUNDRED: "full", Decimal(0): "zero"}.get(told.score, "part")

    def _improve_key(self, told: _Told) -> str:
        if told.instrument == _OIT:
            return "improve.oit"
        if self._is_below(told):
            return "improve.low"
        return "improve.fell" if self._is_strong(told) else "improve.gap"

    def _is_strong(self, told: _Told) -> bool:
        return told.score is not None and told.score >= self._strength

    def _is_below(self, told: _Told) -> bool:
        return told.score is not None and told.score < self._pass

    def _before(self, code: str) -> Decimal | None:
        return _before(code, self._tree, self._earlier)

    def _fell(self, code: str) -> bool:
        return changes(self._tree, self._earlier, [code])[0].direction is Direction.FELL

    def _ranked(self, issue: IssueResult) -> list[_Told]:
        """The issue's items that have a score, lowest first."""
        return sorted(self._told_items(issue), key=lambda each: each.score or Decimal(0))

    def _told_items(self, issue: IssueResult) -> list[_Told]:
        return [self._tell(item.code) for item in issue.items if item.score is not None]

    def _to_improve(self, issue: IssueResult) -> list[_Told]:
        return [
            told
            for told in self._ranked(issue)
            if not self._is_strong(told) or self._fell(told.item.code)
        ]

    def _disclosed(self, issue: IssueResult, strong: Sequence[_Told]) -> Iterator[str]:
        count = sum(item.instrument == _OIT for item in issue.items)
        if not strong:
            return
        in_order = sorted(strong, key=lambda told: _place(issue.items, told.item.code))
        names = [_short(told, len(in_order)) for told in in_order]
        key = "strong.oit" if len(strong) == count else "strong.oitpart"
        fields = {"count": len(strong), "all": count, "list": _and(names)}
        yield from self._say(key, **_of(issue), **fields)

    def _change(self, code: str, label: str) -> Iterator[str]:
        found = changes(self._tree, self._earlier, [code])
        if found and found[0].direction is not Direction.UNKNOWN:
            yield from self._say(f"change.{found[0].direction.value}", code=code, label=label)

    def _lowest_part(self, node: ScoreNode, label: str) -> Iterator[str]:
        known = [child for child in node.children if child.score is not None]
        scores = [child.score for child in known if child.score is not None]
        if len(known) < 2 or len(known) < len(node.children) or min(scores) == max(scores):
            return
        lowest = [child for child in known if child.score == min(scores)]
        child = lowest[0]
        word = "ตัวชี้วัดย่อยที่" if child.item is None else "ข้อ"
        about = child.name if child.item is None else self._tell(child.code).about
        tied = [f"{word} {each.code}" for each in lowest]
        name = f"{tied[0]} {about}" if len(tied) == 1 else _and(tied)
        yield from self._say("indicator.lowest", label=label, child=name, childcode=child.code)

    def _item_actions(self, told: _Told, count: int) -> list[str]:
        group = (
            a for name in self._groups[told.item.code] for a in self._wording.group_actions(name)
        )
        said = [*self._unsaid(told.actions, count)]
        if told.instrument == _OIT and not self._is_strong(told):
            said = [*self._say("suggest.oit", told), *said][:count]
        return [*said, *self._unsaid(group, count - len(said))]

    def _unsaid(self, texts: Iterable[str], count: int) -> Iterator[str]:
        for text in texts:
            if count <= 0:
                return
            if text not in self._said:
                self._said.add(text)
                count -= 1
                yield text

    def _say(self, key: str, told: _Told | None = None, **fields: object) -> Iterator[str]:
        """The next wording of a sentence that has not been said, if there is one."""
        values = {"pass": _mark(self._pass), **(self._fields(told) if told else {}), **fields}
        texts = self._wording.sentences.get(key, ())
        turn = self._turn.get(key, 0)
        for step in range(len(texts)):
            text = _put(texts[(turn + step) % len(texts)], values)
            shown = fill_figures(text, self._tree, self._earlier, self._scale)
            if shown not in self._said:
                self._said.add(shown)
                self._turn[key] = turn + step + 1
                yield text
                return

    @staticmethod
    def _fields(told: _Told) -> dict[str, Any]:
        return {
            "code": told.item.code,
            "about": told.about,
            "finding": told.finding,
            "who": _WHO.get(told.instrument, "ผู้ตอบแบบวัด"),
        }


_TOUCHING = re.compile(r"(?<=[A-Za-z0-9])(?=[ก-๙])|(?<=[ก-๙])(?=[A-Za-z0-9])")
"""Where Thai and Latin touch: a thin place that Thai typing parts with a blank."""


def _put(text: str, values: Mapping[str, object]) -> str:
    def field(match: re.Match[str]) -> str:
        return str(values.get(match[1], match[0]))

    return _TOUCHING.sub(" ", re.sub(r"\[([a-z]+)\]", field, text))


def _of(issue: IssueResult) -> dict[str, Any]:
    return {"no": issue.no, "name": issue.name}


def _mark(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else " ".join(names[:-1]) + " และ" + names[-1]


def _short(told: _Told, count: int) -> str:
    """A disclosure in a list: with its title while the list is short."""
    return f"{told.about} ({told.item.code})" if count <= 4 else told.item.code


def _place(items: Sequence[IssueItem], code: str) -> int:
    return [item.code for item in items].index(code)


def _generic(title: str, *, negative: bool) -> str:
    return f"การไม่เกิดเหตุตามข้อคำถาม “{title}”" if negative else f"เรื่อง “{title}”"


def _instrument_of_items(framework: Framework) -> dict[str, str]:
    return {
        item.code: instrument.code
        for instrument in framework.instruments
        for indicator in instrument.indicators
        for item in indicator.items
    }


def _groups_of_items(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Names of the sub-indicator and indicator of each item, the nearest first."""
    found: dict[str, tuple[str, ...]] = {}
    for indicator in framework.indicators.values():
        found |= {item.code: (indicator.name,) for item in indicator.own_items}
        for sub in indicator.subindicators:
            found |= {item.code: (sub.name, indicator.name) for item in sub.items}
    return found
