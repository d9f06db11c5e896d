"""Where Thai text may be broken into lines.

Three levels, from best to last resort:

1. ``units``: pieces that stay whole as long as the column can hold them. Dictionary words, words
   of the field, dates, numbers with their unit, codes, abbreviations, names with their title.
2. ``inner``: the inner word boundaries of a unit the column cannot hold.
3. ``shaping.clusters``: anywhere but inside a grapheme cluster.

Pieces always join up to the text they came from; a space belongs to the piece before it.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .digits import ADDRESS

if TYPE_CHECKING:
    from pythainlp.util import Trie

FIELD_WORDS = Path(__file__).parents[2] / "resources" / "dictionary" / "field_words.txt"

_LETTERS = "".join(map(chr, range(0x0E01, 0x0E2F)))

_CONTINUES = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎")
"""Vowels and marks that belong to the letter before them: no word ends in front of one."""

_ONE_LETTER_WORDS = frozenset("ณธ")
"""The only letters that are words; a lone letter else is a piece of one that was misread."""

_GENERAL, _STANDARD = "words_th.txt", "orst_words_th.txt"
"""pythainlp's word list, and the Royal Institute's dictionary in it."""

_CHUNK = 1500
"""Longest stretch of letters given to the word breaker at once: it keeps the time linear."""


class WordIndex:
    """Words, found by their beginning. Stands in for pythainlp's Trie.

    The words lie sorted in one list, and what begins alike is looked up there when it is first
    asked for: a document meets a few hundred beginnings of the many thousands. So it is ready in
    a tenth of the time an index of all beginnings takes.
    """

    def __init__(self, words: Iterable[str], without: Iterable[str] = ()) -> None:
        # Lists come nearly sorted from their files, which makes sorting cheap.
        self._sorted = sorted(words)
        self._words = set(self._sorted)
        self._words.difference_update(without, ("",))
        self._lengths: dict[str, tuple[int, ...]] = {}
        self.excluded: str | None = None
        """A word to leave out: how the inner boundaries of that very word are found."""

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def _candidates(self, text: str, start: int) -> tuple[int, ...]:
        """Lengths of the words with the same first three letters as ``text`` from ``start`` on."""
        beginning = text[start : start + 3]
        found = self._lengths.get(beginning)
        if found is None:
            found = self._lengths[beginning] = self._lengths_of(beginning)
        return found

    def _lengths_of(self, beginning: str) -> tuple[int, ...]:
        words = self._sorted
        first = bisect_left(words, beginning)
        last = bisect_left(words, beginning + "\U0010ffff", first)
        found = {len(word) for word in words[first:last]}
        found.update(n for n in (1, 2) if n < len(beginning) and beginning[:n] in self._words)
        return tuple(sorted(found))

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """All words that begin at ``start`` in ``text``, shortest first."""
        left, words = len(text) - start, self._words
        found = [
            word
            for length in self._candidates(text, start)
            if length <= left and (word := text[start : start + length]) in words
        ]
        if self.excluded is not None and self.excluded in found:
            found.remove(self.excluded)
        return found

    def longest(
        self, text: str, start: int, skipped: Collection[str] = (), whole: bool = True
    ) -> int:
        """Length of the longest word that begins at ``start``, 0 when none does.

        ``skipped`` are no words here. ``whole`` words do not end in front of a vowel or mark
        that belongs to their last letter.
        """
        left = len(text) - start
        for length in reversed(self._candidates(text, start)):
            end = start + length
            if length > left or (whole and text[end : end + 1] in _CONTINUES):
                continue
            word = text[start:end]
            if word in self._words and word not in skipped:
                return length
        return 0


class _Breaker:
    """pythainlp's maximal matching, with the words of the field added."""

    def __init__(self) -> None:
        # Read on import: without these pythainlp makes a folder in the home directory.
        os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
        if "PYTHAINLP_READ_MODE" not in os.environ:
            os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
        from pythainlp.tokenize.newmm import segment

        self._segment = segment
        self.marked, no_words = _read_field_words()
        field = ["".join(parts) for parts in self.marked.values()]
        letters = {*_LETTERS} - _ONE_LETTER_WORDS
        standard = _corpus(_STANDARD)
        self.index = WordIndex([*_corpus(_GENERAL), *field], no_words | letters)
        self.standard = WordIndex([*standard, *field])
        self.no_words = no_words
        self.own = frozenset(field).difference(standard)
        """Words of the field which the Royal Institute's dictionary does not hold."""

    def newmm(self, text: str) -> list[str]:
        """The words of ``text`` by maximal matching."""
        return self._segment(text, custom_dict=cast("Trie", self.index), safe_mode=len(text) > 300)

    def longest(self, text: str) -> list[tuple[int, int]]:
        """Where words of the Royal Institute's dictionary and the field stand, by longest match."""
        return self._longest(text, self.no_words, whole=True)

    def plainly(self, text: str) -> list[tuple[int, int]]:
        """As ``longest``, by that dictionary alone and letter by letter."""
        return self._longest(text, self.own, whole=False)

    def _longest(self, text: str, skipped: Collection[str], whole: bool) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        at, size = 0, len(text)
        while at < size:
            end = at + self.standard.longest(text, at, skipped, whole)
            if end > at:
                found.append((at, end))
            at = max(end, at + 1)
        return found


def _corpus(name: str) -> list[str]:
    """The words of one of pythainlp's lists, in the order of its file.

    pythainlp's own functions give unordered sets, which take three times as long to sort.
    """
    return files("pythainlp.corpus").joinpath(name).read_text("utf-8").lstrip("\ufeff").split("\n")


@lru_cache(maxsize=1)
def _breaker() -> _Breaker:
    return _Breaker()


def warm_up() -> None:
    """Load the dictionary now (some 0.2 s), so that the first document need not wait for it."""
    _breaker()


def loaded() -> bool:
    """Whether the dictionary is there already: asking for words then takes no time to speak of."""
    return _breaker.cache_info().currsize > 0


def field_words() -> dict[str, tuple[str, ...]]:
    """The words of the field, each with the parts it may be broken into if it must."""
    return _read_field_words()[0]


def use_field_words(path: Path) -> None:
    """Take another list of field words from now on; for whoever starts the program."""
    globals()["FIELD_WORDS"] = path
    _breaker.cache_clear()


def _read_field_words() -> tuple[dict[str, tuple[str, ...]], set[str]]:
    """The field's words with their parts, and what is listed as no word at all.

    In the file ``|`` marks where a word may be broken if it must, and ``!`` begins an entry of
    the general dictionary that misleads: การตาม, which would tear ดำเนินการ from ตาม.
    """
    words: dict[str, tuple[str, ...]] = {}
    no_words: set[str] = set()
    for line in FIELD_WORDS.read_text("utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry.startswith("!"):
            no_words.add(entry[1:])
        elif entry:
            words[entry.replace("|", "")] = tuple(entry.split("|"))
    return words, no_words


# --- level 1 -------------------------------------------------------------------------------------

_THAI_RUN = re.compile(r"[ก-ฺเ-ๅ็-๎](?:[ก-ฺเ-๎]|\.(?=[ก-ฮ])|(?<=[ก-ฮ])\.)*")
_DIGIT = r"[0-9๐-๙]"
_NUMBER = rf"{_DIGIT}+(?:[.,/:]{_DIGIT}+)*%?"
_MONTHS = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|"
    r"ธันวาคม|ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\."
)
_UNITS = (
    "เดือน|ปี|วัน|ชั่วโมง|นาที|สัปดาห์|ไตรมาส|คน|ราย|ครั้ง|บาท|ล้านบาท|คะแนน|ข้อ|ฉบับ|เรื่อง|ด้าน|มาตรการ|ตัวชี้วัด|"
    "ประเด็น|โครงการ|กิจกรรม|แห่ง|หน่วยงาน|แผ่น|หน้า|ชุด|ระดับ|กิโลเมตร|เมตร|เซนติเมตร|ตารางกิโลเมตร|ไร่|"
    "หมู่บ้าน|หมู่|ครัวเรือน|อัตรา|ตำแหน่ง|ขั้นตอน|รายการ|ช่องทาง|งาน|กอง|น\\.|เปอร์เซ็นต์|ขึ้นไป|รอบ|กลุ่ม|ท่าน|เล่ม"
)
_BEGINS_OTHER_WORDS = frozenset(("กอง", "ข้อ", "งาน", "ราย", "เรื่อง", "หน้า", "หมู่"))
"""Units only where they are whole words: "๓ กอง", but not "๒๕๖๙ กองคลัง"."""
_COUNTED = (
    "ที่|ข้อ|มาตรา|ร้อยละ|หมู่|โทร.|โทรศัพท์|โทรสาร|พ.ศ.|ค.ศ.|ปี|จำนวน|หน้า|ลำดับ|ไตรมาส|ระดับ|คะแนน|ประมาณ|"
    "เท่ากับ|รอบ|เดือน|งวด|วรรค|อันดับ|ปีงบประมาณ|ครบ|เกิน|อีก|ทุก|ทุกๆ|รหัส|ช่อง|ชั้น|เลข|น.|ถึง|ไม่น้อยกว่า|กว่า"
)
_BEFORE_NUMBER = tuple(_COUNTED.split("|"))
_BEFORE_BRACKET = ("ที่", "ข้อ", "มาตรา", "วรรค", "อนุมาตรา")
"""What a number in brackets counts; after other words it begins an item: ประจำเดือน | (๓) เผยแพร่."""
_TITLES = (
    r"นางสาว|นาย(?!ก|จ้าง|ทะเบียน|อำเภอ|แพทย์|ทหาร|ตำรวจ|ทุน|หน้า|ประกัน|ช่าง|ตรวจ|ด่าน|สิบ|พล|ท้าย|เรือ|ความ|กอง)"
    r"|นาง(?!สาว|ฟ้า|แบบ|พยาบาล|งาม|เอก|รอง|ใน|สนอง|กวัก|นวล)|น\.ส\.|ว่าที่ร้อย(?:ตรี|โท|เอก)(?:หญิง)?|ว่าที่\sร\.ต\.|"
    r"จ่าเอก|จ่าสิบ(?:ตรี|โท|เอก)|สิบ(?:ตำรวจ)?(?:ตรี|โท|เอก)|พัน(?:ตรี|โท|เอก)|ดร\.|จ\.ส\.[ตทอ]\.|ส\.[ตทอ]\.|พ\.ต\.[ตทอ]\."
)

# Each pattern begins with one set of letters or a few words, so that the search can skip on to
# them: what comes before is looked at from behind the first letter.
_WHOLE = (
    # ๒๖ เมษายน ๒๕๖๕
    re.compile(rf"{_DIGIT}{_DIGIT}?\s(?:{_MONTHS})(?:\s(?:พ\.\s?ศ\.\s?)?{_DIGIT}{{2,4}})?"),
    # เมษายน ๒๕๖๕
    re.compile(rf"(?:{_MONTHS})\s(?:พ\.\s?ศ\.\s?)?{_DIGIT}{{4}}"),
    # พ.ศ. ๒๕๖๑ - ๒๕๘๐
    re.compile(rf"[พค]\.\s?ศ\.\s?{_DIGIT}{{4}}(?:\s?[-–]\s?{_DIGIT}{{4}})?"),
    # ที่ สห ๗๔๖๐๑/๔๔๗
    re.compile(rf"[ก-ฮ](?<![ก-์].)[ก-ฮ]\s{_DIGIT}{{3,}}(?:[./]{_DIGIT}+)*"),
    re.compile(rf"ที่\s[ก-ฮ]{{2}}\s(?={_DIGIT}{{3}})"),
    # ๐ ๓๖๕๑ ๐๘๐๔
    re.compile(rf"{_DIGIT}{{1,3}}(?:[\s-]{_DIGIT}{{3,4}}){{2}}"),
    # ๑ - ๑๒
    re.compile(rf"{_NUMBER}(?:\s?[-–]\s?{_NUMBER})+"),
    # i๑, ITA ๒๕๖๙, and Latin words
    re.compile(
        rf"[A-Za-z](?:[A-Za-z]{{,4}}\s?{_DIGIT}+(?:[.-]{_DIGIT}+)*|[A-Za-z]*(?:['’&/.-][A-Za-z]+)*)"
    ),
    re.compile(r"(?:ระดับ|เกรด)\s[A-F]{1,2}(?![A-Za-z])"),
    # นางสาวสมหญิง นามสมมุติ
    re.compile(
        rf"(?:{_TITLES})\s?[ก-์]{{1,24}}"
        r"(?:\s(?!(?:และ|เป็น|ได้|ตำแหน่ง|ผู้))[ก-์]{1,20}(?=[\s),.]|$))?"
    ),
)
_GLUED_SPACE = (
    # an enumerator and its text
    re.compile(rf"(?:\((?<!\S.){_DIGIT}{{1,3}}(?:\.{_DIGIT}+)*\))(\s+)"),
    re.compile(rf"{_DIGIT}(?<!\S.){_DIGIT}?(?:\.{_DIGIT}{{1,2}})*[.)](\s+)"),
    re.compile(r"[-•*–●▪](?<!\S.)(?<![0-9๐-๙]\s.)(\s+)"),
    # a dash between two times or numbers stays with the first: ตุลาคม ๒๕๖๘ -|กันยายน ๒๕๖๙
    re.compile(rf"(?<={_DIGIT})(\s+)(?=[-–]\s)"),
    # what cannot begin a line, what cannot end one
    re.compile(r"(\s+)(?=[ๆฯ)\]}”’,;:!?%»])"),
    re.compile(r"[(\[{“‘«](\s+)"),
    # น.ส.๓, ป.ป.ช. ๑
    re.compile(rf"[ก-ฮ](?<![ก-์].)\.(?:[ก-ฮ]\.)+(\s)(?={_DIGIT})"),
)
_UNIT_SPACE = re.compile(rf"{_DIGIT}%?(\s+)({_UNITS})(?!ที่)")
_BEFORE_NUMBER_SPACE = re.compile(rf"\s+(?=\(?{_DIGIT})")
_LETTER = re.compile("[ก-๎]")
_LATIN = re.compile("[A-Za-z]")
_JOINT_AFTER = re.compile(
    rf"""
    [/–A-Za-z)\]}}”’»,:;0-9๐-๙](?:
        (?<=[ก-๎A-Za-z][/–])(?=[ก-๎A-Za-z])      # มาตรการ/กิจกรรม; not "-", which readers drop
        | (?<=[A-Za-z)\]}}”’»,:;])(?=[ก-ฮเ-ไ])     # from Latin or a bracket to Thai
        | (?<={_DIGIT})(?=[ก-ฮเ-ไ])(?!.(?:{_UNITS})) # ปี๒๕๖๔องค์การ, but not ๖เดือน
    )
    """,
    re.VERBOSE,
)
_JOINT_BEFORE = re.compile(r"[A-Za-z(\[{“‘«](?<=[ก-๎].)")
_TITLED = re.compile(_TITLES)
_SEAM = re.compile(r" (?<=[ก-๎]{3} )(?=[ก-ฮเ-ไ][ก-๎]{3})")
_SHORT = 40
"""Letters of a text not worth splitting."""
_SPACES = re.compile(r"\s+")
_CANNOT_BEGIN = _CONTINUES | frozenset("ๆฯ)]}”’,.;:!?%»…/-–")
_CANNOT_END = frozenset("([{“‘«เแโใไ")


def phrases(text: str) -> list[str]:
    """Split where no rule looks across: the units of the phrases are the units of the text.

    Office text repeats itself by the phrase, so what is found out about one is worth keeping.
    Only names with their titles reach over a space between Thai words; a text with one stays whole.
    """
    if len(text) < _SHORT or _TITLED.search(text):
        return [text]
    ends = [match.end() for match in _SEAM.finditer(text)]
    return list(_cut(text, ends))


@lru_cache(maxsize=20_000)
def units(text: str) -> tuple[str, ...]:
    """Split into the pieces a line may end after (see the module's level 1)."""
    breaks = _breaks(text)
    for pattern in _WHOLE:
        for match in pattern.finditer(text):
            breaks.difference_update(range(match.start() + 1, match.end()))
    if _LATIN.search(text):
        for match in ADDRESS.finditer(text):
            breaks.difference_update(range(match.start() + 1, match.end()))
    breaks.difference_update(_glued_spaces(text, breaks))
    return _cut(text, breaks)


def _breaks(text: str) -> set[int]:
    """Every position where some rule would let a line end."""
    found = {
        match.end()
        for match in _SPACES.finditer(text)
        if text[match.end() : match.end() + 1] not in _CONTINUES
    }
    found.update(at for at in _joints(text) if _may_part(text, at))
    for run in _THAI_RUN.finditer(text):
        start = run.start()
        found.update([start + at for at in _run_breaks(run.group())])
    return found


def _joints(text: str) -> Iterator[int]:
    """Where Thai meets Latin, brackets, a stroke or a digit without a space between."""
    for match in _JOINT_AFTER.finditer(text):
        yield match.end()
    for match in _JOINT_BEFORE.finditer(text):
        yield match.start()


def _glued_spaces(text: str, breaks: set[int]) -> Iterator[int]:
    """Ends of spaces that hold together what stands on both sides."""
    for pattern in _GLUED_SPACE:
        for match in pattern.finditer(text):
            yield match.end(1)
    for match in _BEFORE_NUMBER_SPACE.finditer(text):
        words = _BEFORE_BRACKET if text[match.end()] == "(" else _BEFORE_NUMBER
        if text.endswith(words, 0, match.start()):
            yield match.end()
    for match in _UNIT_SPACE.finditer(text):
        end = match.end()
        whole = end in breaks or not _LETTER.match(text, end)
        if whole or match[2] not in _BEGINS_OTHER_WORDS:
            yield match.end(1)


def _may_part(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at] not in _CANNOT_BEGIN and text[at - 1] not in _CANNOT_END


@lru_cache(maxsize=50_000)
def _run_breaks(run: str) -> tuple[int, ...]:
    """Boundaries in a run of Thai letters on which all ways of looking for words agree."""
    if len(run) > _CHUNK:
        return tuple(_long_run_breaks(run))
    breaker = _breaker()
    words = (*breaker.longest(run), *breaker.plainly(run))
    inside = {at for start, end in words for at in range(start + 1, end)}
    return tuple(at for at in _word_ends(run) if at not in inside and _may_part(run, at))


def _long_run_breaks(run: str) -> Iterator[int]:
    """As ``_run_breaks``, chunk by chunk; a chunk begins at the last boundary of the one before."""
    start = 0
    while start < len(run):
        chunk = run[start : start + _CHUNK]
        found = [at for at in _run_breaks(chunk) if at < len(chunk)]
        last = start + len(chunk) >= len(run)
        if not last and len(found) > 1:
            found.pop()  # the chunk's end may have cut a word
        yield from (start + at for at in found)
        start += len(chunk) if last or not found else found[-1]


def _word_ends(run: str) -> list[int]:
    """Ends of the words of a Thai run; a full stop ends one only as part of an abbreviation."""
    ends: list[int] = []
    at = 0
    for word in _breaker().newmm(run):
        at += len(word)
        lone = len(word) == 1 and word not in _ONE_LETTER_WORDS
        if at < len(run) and run[at] != "." and not lone and (word[-1] != "." or len(word) > 2):
            ends.append(at)
    return ends


def _cut(text: str, breaks: Iterable[int]) -> tuple[str, ...]:
    bounds = [0, *sorted(at for at in breaks if 0 < at < len(text)), len(text)]
    return tuple(text[a:b] for a, b in pairwise(bounds) if b > a)


@lru_cache(maxsize=50_000)
def soft(unit: str) -> tuple[str, ...]:
    """Split a unit at the marked places of phrases that are no words of the standard dictionary.

    A line may end there for a clear gain only: ผลประโยชน์|ส่วนรวม, but never องค์การบริหารส่วนตำบล.
    """
    breaker = _breaker()
    breaks: list[int] = []
    for run in _THAI_RUN.finditer(unit):
        for start, end in breaker.longest(run.group()):
            word = run.group()[start:end]
            parts = breaker.marked.get(word, ())
            breaks += [
                run.start() + start + at
                for at in _ends(parts)
                if not _in_standard_word(word, at, breaker)
            ]
    return _cut(unit, breaks) or ("",)


def _in_standard_word(text: str, at: int, breaker: _Breaker) -> bool:
    """Whether some word of the standard dictionary (four letters or more) spans position ``at``."""
    spanning = (
        text[start:end]
        for start in range(at)
        for end in range(max(at + 1, start + 4), len(text) + 1)
    )
    return any(word in breaker.standard and word not in breaker.own for word in spanning)


# --- level 2 -------------------------------------------------------------------------------------

_ADDRESS_ENDS = re.compile(r"(?<=[/?&_.=])(?=[^/?&_.=\s])")


@lru_cache(maxsize=20_000)
def inner(unit: str) -> tuple[str, ...]:
    """Split a unit the column cannot hold at its inner boundaries; one piece when it has none."""
    core = unit.rstrip()
    if " " in core.strip():
        return _cut(unit, (match.end() for match in _SPACES.finditer(core) if match.start()))
    if core.isascii():
        return _cut(unit, (match.start() for match in _ADDRESS_ENDS.finditer(core)))
    breaks = [at for at in _inner_breaks(core) if _may_part(core, at)]
    return _cut(unit, breaks)


def _inner_breaks(core: str) -> list[int]:
    found = list(_joints(core))
    for run in _THAI_RUN.finditer(core):
        word = run.group()
        ends = _agreed_ends(word) or _word_ends(word) or _inside_word(word)
        found += [run.start() + at for at in ends]
        found += [at for at in (run.start(), run.end()) if 0 < at < len(core)]
    return found


def _agreed_ends(run: str) -> list[int]:
    """Ends of the words by longest match, when those words make up all of the run."""
    found = _breaker().longest(run)
    if sum(end - start for start, end in found) < len(run):
        return []
    return [end for _, end in found[:-1]]


def _inside_word(word: str) -> list[int]:
    """Inner boundaries of one dictionary word: as the field's list marks them, or as its words.

    A split counts only when every part is itself a word of two letters or more, or else a
    word such as กตัญญู would be torn into sounds.
    """
    breaker = _breaker()
    parts = breaker.marked.get(word, ())
    if len(parts) < 2:
        breaker.index.excluded = word
        try:
            parts = tuple(breaker.newmm(word))
        finally:
            breaker.index.excluded = None
        if any(len(part) < 2 or part not in breaker.index for part in parts):
            return []
    return _ends(parts)


def _ends(parts: Iterable[str]) -> list[int]:
    """Where each part but the last ends."""
    return list(accumulate(len(part) for part in parts))[:-1]


@lru_cache(maxsize=5_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as the dictionary parts them; they join up to the text."""
    return tuple(_breaker().newmm(text)) if text else ()
