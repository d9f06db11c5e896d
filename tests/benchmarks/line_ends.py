"""Line ends looked at by kind: which of them stand inside a word, or where none may stand.

Two ways of counting ends inside a word: *certain*, where pythainlp's maximal matching, ICU and the
longest match in the Royal Institute's dictionary all put no boundary; *dictionary*, inside a word
that dictionary holds. Both are judged by the plain dictionaries, without this program's own words.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

ICU_SCRIPT = Path(__file__).parent / "rivals" / "icu_words.py"

KINDS = ("certain", "dictionary", "number", "before", "date", "name", "code", "cluster")
"""In the order they are printed: two ways inside a word; then between a number and its unit,
before ๆ ฯ and the like, inside a date, a name with its title, a code, a cluster of letters."""

_D = "[0-9๐-๙]"
_MONTH = (
    "(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|[มกสตพธ]\.[คพยจ]\.|ม[ีิ]\.?[คย]\.|เม\.ย\.)"
)
_UNIT = (
    "(?:เดือน|ปี|วัน|ชั่วโมง|นาที|ไตรมาส|คน|ราย|ครั้ง|บาท|คะแนน|ข้อ|ฉบับ|เรื่อง|ด้าน|มาตรการ|ตัวชี้วัด|ประเด็น|"
    "โครงการ|กิจกรรม|แห่ง|หน่วยงาน|แผ่น|หน้า|ชุด|ระดับ|ช่องทาง|หมู่บ้าน|รายการ)"
)
WHOLE = {
    "number": re.compile(
        rf"(?<![0-9๐-๙./]){_D}+(?:[.,]{_D}+)*\s*{_UNIT}(?!ที่)|(?:ร้อยละ|จำนวน|ข้อ|ที่|มาตรา|หมู่ที่|ครั้งที่)\s*{_D}[0-9๐-๙.,/]*"
    ),
    "date": re.compile(
        rf"{_D}{{1,2}}\s+{_MONTH}(?:\s+(?:พ\.\s?ศ\.\s*)?{_D}{{2,4}})?|{_MONTH}\s+(?:พ\.\s?ศ\.\s*)?{_D}{{4}}"
        rf"|[พค]\.\s?ศ\.\s*{_D}{{4}}"
    ),
    "name": re.compile(
        r"(?<![ก-์])(?:นางสาว|นาง|นาย|ว่าที่ร้อย(?:ตรี|โท|เอก)|จ่าเอก|สิบเอก|พันจ่าเอก)\s?"
        r"(?!ก|อำเภอ|ทะเบียน|ช่าง)[ก-์]{2,20}(?=\s+[ก-์]{2,20}[\s)])"
    ),
    "code": re.compile(
        rf"(?<![A-Za-z])[ieoIEO]\s?{_D}{{1,2}}|(?<![ก-์])[ก-ฮ]{{2}}\s{_D}{{5}}(?:\.{_D}+)?/{_D}+"
        rf"|(?:[ก-ฮ]\.){{2,}}|[A-Za-z]{{2,}}|{_D}+(?:[.,/]{_D}+)+"
    ),
}
_BEFORE = re.compile(r"[ๆฯ)\]}”’,.;:!?%]")
_MARK = re.compile("[ะัาำิ-ฺๅ็-๎]")
_THAI = re.compile("[ก-ฺเ-ๆ็-๎]")


class End(NamedTuple):
    """A line end: the paragraph, and the offset in it of the next line's first character."""

    text: str
    at: int


class Boundaries(NamedTuple):
    """Where each of the three judges lets a word end in one text, and what is inside a word."""

    newmm: frozenset[int]
    icu: frozenset[int]
    longest: frozenset[int]
    inside: frozenset[int]


IcuWords = Callable[[list[str]], list[list[int]]]


def icu_by(python: Path) -> IcuWords:
    """ICU's boundaries, asked of an interpreter that has PyICU."""

    def ask(texts: list[str]) -> list[list[int]]:
        done = subprocess.run(
            [str(python), str(ICU_SCRIPT)],
            input=json.dumps(texts).encode(),
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(done.stdout)

    return ask


def without_icu(texts: list[str]) -> list[list[int]]:
    """Stands in for ICU where it is missing: it lets no word end, which only counts more."""
    return [[] for _ in texts]


@cache
def _royal() -> tuple[frozenset[str], int]:
    from pythainlp.corpus import thai_orst_words

    words = frozenset(thai_orst_words())
    return words, max(map(len, words))


def longest_match(text: str) -> Iterator[tuple[int, int]]:
    """The words of the Royal Institute's dictionary in ``text``, from left to right."""
    words, most = _royal()
    at = 0
    while at < len(text):
        sizes = range(min(most, len(text) - at), 0, -1)
        size = next((n for n in sizes if text[at : at + n] in words), 0)
        if size:
            yield at, at + size
        at += size or 1


def boundaries(texts: list[str], icu: IcuWords) -> dict[str, Boundaries]:
    """What the judges say of each text."""
    from pythainlp.tokenize import word_tokenize

    made: dict[str, Boundaries] = {}
    for text, by_icu in zip(texts, icu(texts), strict=True):
        at, newmm = 0, set()
        for word in word_tokenize(text, engine="newmm", join_broken_num=False):
            at += len(word)
            newmm.add(at)
        found = list(longest_match(text))
        inside = frozenset(at for start, end in found for at in range(start + 1, end))
        made[text] = Boundaries(
            frozenset(newmm),
            frozenset(by_icu),
            frozenset(at for pair in found for at in pair),
            inside,
        )
    return made


def kinds_of(end: End, judged: Boundaries) -> Iterator[str]:
    """What is wrong with a line end; nothing when nothing is."""
    text, at = end
    if not 0 < at < len(text):
        return
    if not text[at - 1].isspace():
        if at not in judged.newmm | judged.icu | judged.longest and _thai(text, at):
            yield "certain"
        if at in judged.inside:
            yield "dictionary"
        if _MARK.match(text[at]) or text[at - 1] in "เแโใไ":
            yield "cluster"
    if _BEFORE.match(text[at]):
        yield "before"
    before = len(text[:at].rstrip())
    for kind, pattern in WHOLE.items():
        if any(found.start() < before < found.end() for found in pattern.finditer(text)):
            yield kind


def _thai(text: str, at: int) -> bool:
    return bool(_THAI.match(text[at - 1]) and _THAI.match(text[at]))


def count(ends: Iterable[End], judged: dict[str, Boundaries]) -> Counter[str]:
    """How many ends there are ("lines") and how many of each kind."""
    found: Counter[str] = Counter()
    for end in ends:
        found["lines"] += 1
        found.update(set(kinds_of(end, judged[end.text])))
    return found


# --- lines of a finished file --------------------------------------------------------------------

_UNSAFE = re.compile("[^ก-ฮเ-ไ0-9๐-๙A-Za-z]")
"""What a reader may lose or reorder: marks, and anything that is no letter or digit."""


def _key(text: str) -> tuple[str, list[int]]:
    """The letters no reader loses, and where in ``text`` each stands."""
    places = [at for at, char in enumerate(text) if not _UNSAFE.match(char)]
    return "".join(text[at] for at in places), places


def ends_in_file(extracted: str, texts: list[str]) -> Iterator[End]:
    """Line ends of a finished file, found again in the texts it was made from.

    ``extracted`` is the file's text line by line, as read back. The letters around each line end
    are looked for in the texts: where they stand together, the line ended there.
    """
    keyed = [(text, *_key(text)) for text in texts]
    whole = "\n".join(key for _, key, _ in keyed)
    starts: list[int] = []
    at = 0
    for _, key, _ in keyed:
        starts.append(at)
        at += len(key) + 1
    lines = [key for line in extracted.splitlines() if (key := _key(line)[0])]
    for line, following in pairwise(lines):
        tail, head = line[-14:], following[:14]
        found = whole.find(tail + head)
        if found < 0:
            continue
        which = bisect_right(starts, found) - 1
        text, _, places = keyed[which]
        last = places[found + len(tail) - 1 - starts[which]]
        first = places[found + len(tail) - starts[which]]
        yield End(text, _between(text, last, first))


def _between(text: str, last: int, first: int) -> int:
    """Where the next line began, between a line's last sure letter and the next one's first.

    Marks belong to the letter before them; a bracket that opens belongs to the next line.
    """
    at = last + 1
    while at < first and (_MARK.match(text[at]) or text[at] in "ๆฯ)]}”’,.;:!?%/-–"):
        at += 1
    while at < first and text[at].isspace():
        at += 1
    return at
