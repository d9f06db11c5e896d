"""Finding: what is the same to a reader is the same here, and every text is found at its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.findable import findable
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.measures import Photo
from ita_desktop.domain.papers import Paper, PaperKey
from ita_desktop.domain.review import Place
from ita_desktop.domain.search import MOST_HITS, Findable, Finder, excerpt, spans
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources

YEAR = 2569


def finder(*texts: str) -> Finder:
    return Finder(Findable("หน้า", f"ช่องที่ {at}", text) for at, text in enumerate(texts))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ปี 2569", "ปีงบประมาณ เริ่มปี ๒๕๖๙"),
        ("๑๒ เดือน", "รอบ 12 เดือน"),
        ("HTTPS://Example", "https://example.go.th"),
        ("แผนปฏิบัติการป้องกัน", "แผนปฏิบัติการ ป้องกันการทุจริต"),
        ("แผน ปฏิบัติการ", "แผนปฏิบัติการ"),
        ("น้ำ", "นํ้าประปา"),
        ("แผน", "เเผนงาน"),
        ("คู่มือ ประชาชน", "ให้ประชาชนอ่านคู่มือ"),
        ("ช่องที่ 0 คู่มือ", "คู่มือการปฏิบัติงาน"),
    ],
)
def test_what_reads_the_same_is_found(query: str, text: str):
    assert finder(text).find(query).count == 1


@pytest.mark.parametrize("query", ["คู่มือ งบ", "คูมือ", "", "   ", "\u200b"])
def test_what_is_not_there_is_not_found(query: str):
    assert finder("คู่มือการปฏิบัติงาน").find(query).count == 0


def test_the_text_as_typed_comes_before_its_words_apart_and_this_year_before_others():
    texts = [
        Findable("ก", "", "คู่มือของประชาชน", year=2569),
        Findable("ก", "", "คู่มือประชาชน", year=2568),
        Findable("ก", "", "คู่มือประชาชน", year=2569),
    ]
    hits = Finder(texts).find("คู่มือ ประชาชน", 2569).hits
    assert [texts.index(hit) for hit in hits] == [2, 1, 0]


def test_no_more_is_handed_over_than_anybody_reads():
    found = finder(*["ข้อ"] * (MOST_HITS + 7)).find("ข้อ")
    assert (len(found.hits), found.count) == (MOST_HITS, MOST_HITS + 7)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("จัดทำ คู่ มือ ใหม่", "คู่มือ", ["คู่ มือ"]),
        ("ปี ๒๕๖๙ และ 2569", "2569", ["๒๕๖๙", "2569"]),
        ("น้ำใจ", "น", ["น้ำ"]),  # no mark is torn from its letter
        ("ที่ดิน", "่ด", ["ที่ดิ"]),
        ("คู่มือ", "ไม่มี", []),
    ],
)
def test_the_words_found_are_marked_whole(text: str, query: str, marked: list[str]):
    found = spans(text, finder(text).find(query).words or (query,))
    assert [text[start:end] for start, end in found] == marked


def test_a_long_text_is_shown_around_what_was_found():
    text = "ข้อความยาว " * 60 + "หา\nพบ" + " ต่อไปอีก" * 60
    words = finder(text).find("หาพบ").words
    part, marked = excerpt(text, words, 60)
    assert part.startswith("…") and part.endswith("…") and len(part) < 80
    assert [part[start:end] for start, end in marked] == ["หา พบ"]


def sample() -> Dossier:
    return read_interchange(resources() / "sample" / "office.json").dossier


def texts_of(dossier: Dossier) -> list[Findable]:
    shelf = FrameworkShelf(resources() / "frameworks")
    return list(findable(dossier, YEAR, shelf.get(YEAR - 1), shelf.get(YEAR), {"i3": "ตรวจอีกครั้ง"}))


def test_every_kind_of_text_is_found_where_it_stands():
    dossier = sample()
    first = dossier.measures[YEAR][0]
    progress = replace(first.progress_in(Round.SIX), photos=(Photo(77, "0", "ภาพพิธีเปิด"),))
    first = replace(first, progress={Round.SIX: progress}, follow_up="กำกับทุกไตรมาส")
    key = PaperKey(YEAR, "memo", 6)
    dossier = replace(
        dossier,
        measures={**dossier.measures, YEAR: (first, *dossier.measures[YEAR][1:])},
        passages={YEAR: {"memo/facts/6": "ข้อเท็จจริงที่ต้องหา"}},
        papers={key: Paper("กข 99/888")},
    )
    look = Finder(texts_of(dossier))
    person = dossier.people[0]
    expected = {
        person.full_name: Place("office", person.id, "person/given_name"),
        dossier.divisions[0].name: Place("office", dossier.divisions[0].id, "division"),
        "ภาพพิธีเปิด": Place("progress", first.id, "photo/77"),
        "กำกับทุกไตรมาส": Place("measures", first.id, "follow_up"),
        "ข้อเท็จจริงที่ต้องหา": Place("documents", "memo/facts/6", "passage"),
        "ตรวจอีกครั้ง": Place("scores", YEAR - 1, "i3"),
        "ita2569/o12": Place("oit", "o12", "url"),
    }
    for query, place in expected.items():
        assert place in [hit.place for hit in look.find(query, YEAR).hits], query
    (paper,) = look.find("๙๙/๘๘๘").hits
    assert paper.paper == key
    (caption,) = look.find("พิธีเปิด").hits
    assert (caption.year, caption.months) == (YEAR, 6)


def test_a_text_of_an_earlier_year_says_so():
    dossier = sample()
    old = tuple(replace(m, year=2560, title="โครงการเก่า") for m in dossier.measures[YEAR][:1])
    dossier = replace(dossier, measures={**dossier.measures, 2560: old})
    hit = Finder(texts_of(dossier)).find("โครงการเก่า", YEAR).hits[0]
    assert hit.year == 2560 and "2560" in hit.kind
