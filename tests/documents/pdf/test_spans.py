"""Cells over several rows and columns, headings over groups of columns."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from ita_desktop.documents.blocks import (
    Cell,
    Column,
    PageSetup,
    SignatureChain,
    Signer,
    Table,
)
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.pdf.grid import groups, placed
from ita_desktop.documents.pdf.lines import MM
from ita_desktop.documents.pdf.widths import column_widths

from .geometry import Area, Pages
from .reading import document, joined, paragraph, readings

PAGE = PageSetup(number_from=0)
WIDE = PageSetup(number_from=0, landscape=True)


def cell(text: str, **settings: object) -> Cell:
    return Cell((paragraph(text),), **settings)  # type: ignore[arg-type]


def words(name: str, count: int) -> str:
    return " ".join(f"{name}w{at}z" for at in range(count))


def lines(name: str, count: int) -> str:
    return "\n".join(f"{name}w{at}z" for at in range(count))


def shown(made: Table, page: PageSetup = PAGE) -> Pages:
    return Pages(render_pdf(document(made, page=page)))


# --- headings ------------------------------------------------------------------------------------

GROUPED = (
    Column("ลำดับ"),
    Column("มกรา", group="ไตรมาส"),
    Column("กุมภา", group="ไตรมาส"),
    Column("ผลงาน"),
)


def test_a_group_stands_over_its_columns_and_the_others_in_the_middle() -> None:
    found = shown(Table(GROUPED, (tuple(cell(f"c{n}z") for n in range(4)),)))
    places = {word: found.one(word)[1] for word in ("ลำดับ", "ไตรมาส", "มกรา", "กุมภา", "ผลงาน")}
    group, first, second = places["ไตรมาส"], places["มกรา"], places["กุมภา"]
    assert group.bottom > max(first.top, second.top)
    assert first.right < second.left
    middle = (group.left + group.right) / 2
    assert first.right < middle < second.left
    for word in ("ลำดับ", "ผลงาน"):
        area = places[word]
        x = (area.left + area.right) / 2
        assert first.top < area.top < group.top
        (foot, top) = found.across(0, x, area.bottom - 40, area.top + 40)[-2:]
        assert foot < area.bottom < area.top < top
    # one rule between the group and its columns, which goes over these two only
    between = [
        rule
        for rule in found.rules(0)
        if first.top - 2 < rule.bottom < group.bottom + 2 and rule.right - rule.left > 20
    ]
    edges = min(rule.left for rule in between), max(rule.right for rule in between)
    assert places["ลำดับ"].right < edges[0] < first.left
    assert second.right < edges[1] < places["ผลงาน"].left


def test_the_grouped_heading_is_repeated_and_read_in_order() -> None:
    rows = tuple(tuple(cell(lines(f"r{n}c{at}", 3)) for at in range(4)) for n in range(30))
    data = render_pdf(document(Table(GROUPED, rows)))
    for pages in readings(data)[:2]:
        assert len(pages) > 2
        for page in pages:
            text = "".join(page.split())
            assert text.startswith("ลำดับไตรมาสผลงานมกรากุมภา")


def test_groups_are_neighbours_with_one_name() -> None:
    assert groups(["", "", "a", "a", "b", "", "a"]) == [
        *((0, 1), (1, 1), (2, 2), (4, 1), (5, 1), (6, 1))
    ]


# --- where cells stand ---------------------------------------------------------------------------


def test_cells_below_a_rowspan_move_aside() -> None:
    rows = (
        (cell("a", rowspan=2), cell("b")),
        (cell("c"), cell("surplus")),
        (cell("d"), cell("e", colspan=9, rowspan=9)),
    )
    found = [
        [(at.cell and at.cell.blocks[0].runs[0].text, *at[1:]) for at in row]  # type: ignore
        for row in placed(rows, 2)
    ]
    assert found == [
        [("a", 0, 1, 2), ("b", 1, 1, 1)],
        [("c", 1, 1, 1)],
        [("d", 0, 1, 1), ("e", 1, 1, 1)],
    ]


def test_no_rule_crosses_a_spanned_cell_and_its_rows_have_theirs() -> None:
    rows = (
        (cell("spanz", rowspan=3), cell("onez")),
        (cell("twoz"),),
        (cell("threez"),),
        (cell("afterz"), cell("lastz")),
    )
    found = shown(Table((Column("ก"), Column("ข")), rows))
    span, after = found.one("spanz")[1], found.one("afterz")[1]
    assert len(found.across(0, span.left, after.bottom, span.top)) == 1
    right = found.one("onez")[1]
    assert len(found.across(0, right.left, after.bottom, right.top)) == 3


def test_the_last_row_of_a_span_makes_room_for_a_tall_cell() -> None:
    rows = (
        (cell(lines("t", 9), rowspan=3), cell("onez")),
        (cell("twoz"),),
        (cell("threez"),),
        (cell("afterz"), cell("lastz")),
    )
    found = shown(Table((Column("ก"), Column("ข")), rows))
    tall = found.one("tw8z")[1]
    after = found.one("afterz")[1]
    (rule,) = found.across(0, tall.left, after.top, tall.bottom)
    assert after.top < rule < tall.bottom
    ones = [found.one(word)[1].bottom for word in ("onez", "twoz", "threez")]
    assert ones[0] - ones[1] == pytest.approx(ones[1] - ones[2], abs=0.5)
    assert ones[2] - after.bottom > 3 * (ones[0] - ones[1])


# --- page ends -----------------------------------------------------------------------------------


def parted(text: str, continued: str = "") -> Pages:
    rows = [(cell(text, rowspan=40, continued=continued), cell("x\nr0z"))]
    rows += [(cell(f"x\nr{n}z"),) for n in range(1, 40)]
    rows.append((cell("afterz"), cell("lastz")))
    return shown(Table((Column("ก"), Column("ข")), tuple(rows)))


def test_a_short_spanned_cell_says_that_it_goes_on() -> None:
    found = parted("shortz", "goesonz")
    assert len(found) >= 3
    assert found.one("shortz")[0] == 0
    assert [page for page, _ in found.find("goesonz")] == list(range(1, len(found)))


def test_a_short_spanned_cell_stays_blank_without_words_for_it() -> None:
    found = parted("shortz")
    assert found.one("shortz")[0] == 0
    first = found.one("afterz")
    assert first[0] == len(found) - 1


def test_a_long_spanned_cell_goes_on_with_its_own_text_first() -> None:
    found = parted(lines("t", 40), "goesonz")
    places = [found.one(f"tw{n}z") for n in range(40)]
    assert [page for page, _ in places] == sorted(page for page, _ in places)
    assert {page for page, _ in places} == {0, 1}
    # the text does not stretch the rows: the part ends right under its last row
    last = min(area.bottom for n in range(40) for page, area in found.find(f"r{n}z") if page == 0)
    assert last - min(rule.bottom for rule in found.rules(0)) < 14
    assert [page for page, _ in found.find("goesonz")] == list(range(2, len(found)))


def test_both_parts_of_a_spanned_cell_are_framed_on_their_pages() -> None:
    found = parted("shortz", "goesonz")
    for page in range(len(found)):
        rows = [area for n in range(40) for at, area in found.find(f"r{n}z") if at == page]
        low, high = min(area.bottom for area in rows), max(area.top for area in rows)
        left = 30 * MM + 5
        # one rule over and one under the part, none through it
        assert found.across(page, left, low, high) == []
        assert len(found.across(page, left, low - 14, low)) == 1
        upright = [
            rule
            for rule in found.rules(page)
            if rule.right - rule.left < 2 and rule.bottom < low and rule.top > high
        ]
        assert min(rule.left for rule in upright) == pytest.approx(30 * MM, abs=1)


def test_rows_fill_the_pages_to_the_foot() -> None:
    found = parted("shortz")
    for page in range(len(found) - 1):
        lowest = min(rule.bottom for rule in found.rules(page))
        assert lowest - 20 * MM < 60  # less than a row is left


@pytest.mark.parametrize("before", [12, 14, 18, 22])
@pytest.mark.parametrize("signed", [False, True])
def test_rows_of_a_span_that_fits_a_page_begin_where_there_is_room(
    before: int, signed: bool
) -> None:
    body = [paragraph(f"line{n}z") for n in range(before)]
    rows = [(cell("spanz", rowspan=10), cell("x\nr0z"))]
    rows += [(cell(f"x\nr{n}z"),) for n in range(1, 10)]
    made = Table((Column("ก"), Column("ข")), tuple(rows))
    chain = SignatureChain((Signer("ใจดี", "ปลัด"), Signer("ใจงาม", "นายก")))
    found = Pages(render_pdf(document(*body, made, *([chain] if signed else []))))
    assert found.one("r0z")[0] == 0
    assert found.one("r9z")[0] == 1
    if signed:
        assert found.one("ใจดี")[0] == found.one("ใจงาม")[0] == 1
    assert min(rule.bottom for rule in found.rules(0)) - 20 * MM < 60


def test_a_row_inside_a_span_is_parted_when_it_is_taller_than_a_page() -> None:
    rows = (
        (cell("spanz", rowspan=2, continued="goesonz"), cell("headz")),
        (cell(lines("t", 90)),),
    )
    found = shown(Table((Column("ก"), Column("ข")), rows))
    assert len(found) >= 3
    assert found.one("spanz")[0] == 0
    assert found.one("tw0z")[0] == 0
    assert [found.one(f"tw{n}z")[0] for n in range(90)] == sorted(
        found.one(f"tw{n}z")[0] for n in range(90)
    )
    assert [page for page, _ in found.find("goesonz")] == list(range(1, len(found)))


def test_a_spanned_cell_taller_than_a_page_loses_nothing() -> None:
    rows = ((cell(lines("t", 120), rowspan=2), cell("onez")), (cell("twoz"),))
    found = shown(Table((Column("ก"), Column("ข")), rows))
    assert len(found) >= 3
    for n in range(120):
        found.one(f"tw{n}z")


@pytest.mark.parametrize("count", range(8, 30, 3))
def test_signatures_go_over_with_rows_of_a_span(count: int) -> None:
    rows = [(cell("spanz", rowspan=count), cell("x\nr0z"))]
    rows += [(cell(f"x\nr{n}z"),) for n in range(1, count)]
    chain = SignatureChain((Signer("ใจดี", "ปลัด"), Signer("ใจงาม", "นายก")))
    made = Table((Column("ก"), Column("ข")), tuple(rows))
    found = Pages(render_pdf(document(made, chain)))
    page = found.one("ใจดี")[0]
    assert any(found.find(f"r{n}z")[0][0] == page for n in range(count))
    for n in range(count):
        found.one(f"r{n}z")
    if page:  # the page before is not left half empty
        lowest = min(rule.bottom for rule in found.rules(page - 1))
        assert lowest < 842 * 0.55


# --- random tables -------------------------------------------------------------------------------


def random_table(chance: random.Random) -> tuple[Table, dict[str, tuple[int, int]]]:
    """A table of any spans, and for each of its words the columns it stands in."""
    columns, count = chance.randint(2, 5), chance.randint(3, 26)
    covered = [0] * columns
    rows: list[tuple[Cell, ...]] = []
    known: dict[str, tuple[int, int]] = {}
    number = 0
    for _ in range(count):
        row: list[Cell] = []
        at = 0
        while at < columns:
            if covered[at]:
                at += 1
                continue
            wide = 1
            while wide < 3 and at + wide < columns and not covered[at + wide]:
                if chance.random() < 0.75:
                    break
                wide += 1
            high = chance.choice((1, 1, 1, 2, 3, 8))
            length = chance.choice((0, 1, 3, 6, 14, 30 if chance.random() < 0.2 else 2))
            text = words(f"q{number}", length)
            known.update((word, (at, at + wide)) for word in text.split())
            row.append(cell(text, colspan=wide, rowspan=high, continued=f"k{number}"))
            covered[at : at + wide] = [high] * wide
            number += 1
            at += wide
        rows.append(tuple(row))
        covered = [max(0, left - 1) for left in covered]
    names = chance.choices(("", "", "AA", "BB"), k=columns)
    made = tuple(Column(f"h{n}", chance.uniform(1, 2), group=names[n]) for n in range(columns))
    return Table(made, tuple(rows), size_pt=14), known


@pytest.mark.parametrize("seed", range(40))
def test_random_tables_are_set_right(seed: int) -> None:
    chance = random.Random(seed)
    made, known = random_table(chance)
    page = chance.choice((PAGE, WIDE))
    found = shown(made, page)
    width, height = found.size(0)
    widths = column_widths(made, page.font, 14, width - 50 * MM)
    edges = [30 * MM + sum(widths[:at]) for at in range(len(widths) + 1)]
    by_page: dict[int, list[tuple[str, Area]]] = {}
    for word, (first, last) in known.items():
        number, area = found.one(word)
        by_page.setdefault(number, []).append((word, area))
        assert edges[first] < area.left < area.right < edges[last], word
        assert 20 * MM - 0.5 <= area.bottom < area.top <= height - 25 * MM, word
    for number, held in by_page.items():
        for one, other in combinations(held, 2):
            assert not one[1].meets(other[1], 0.5), (one, other)
        for rule in found.rules(number):
            assert rule.left >= 30 * MM - 1
            assert rule.right <= width - 20 * MM + 1
            assert rule.bottom >= 20 * MM - 1
            struck = [word for word, area in held if area.meets(rule, 0.3)]
            assert not struck, (struck, rule)


@pytest.mark.parametrize("seed", range(8))
def test_every_reader_gets_the_cells_of_random_tables_once(seed: int) -> None:
    made, known = random_table(random.Random(seed))
    for pages in readings(render_pdf(document(made, page=WIDE))):
        found = Counter("\n".join(pages).split())
        assert {word: found[word] for word in known} == dict.fromkeys(known, 1)


@pytest.mark.parametrize("seed", range(6))
def test_thai_cells_with_spans_come_back_exactly(seed: int) -> None:
    chance = random.Random(seed)
    thai = (
        *("น้ำใจ", "กตัญญู", "ฐานะ", "ป่าไม้", "องค์การบริหารส่วนตำบล"),
        *("จำเป็น", "ฟั่นเฟือน", "ประจำปี", "พ.ศ.", "๒๕๖๙"),
    )
    texts = [f"{n}) " + " ".join(chance.choices(thai, k=chance.randint(2, 30))) for n in range(7)]
    first, second, third, fourth, fifth, sixth, last = map(cell, texts)
    rows = (
        (replace(first, rowspan=3), second, third),
        (replace(fourth, colspan=2),),
        (fifth, replace(sixth, rowspan=2)),
        (replace(last, colspan=2),),
    )
    columns = (Column("หนึ่ง"), Column("สอง", group="รวม"), Column("สาม", group="รวม"))
    data = render_pdf(document(Table(columns, rows), page=WIDE))
    for pages in readings(data)[:2]:
        if len(pages) == 1:
            found = joined("".join(pages))
            # A line of a tall cell may stand level with the row beside it: a reader that goes by
            # lines, as pdfium does, then reads across.
            single = [text for at, text in enumerate(texts) if at not in (0, 5)]
            assert all(found.count(text) == 1 for text in single if text != texts[6])
            said = "".join(("หนึ่งรวมสองสาม" + "".join(texts)).split())
            assert sorted("".join(found.split())) == sorted(said)


@pytest.mark.parametrize("seed", range(12))
def test_pages_lower_than_a_row_come_to_an_end(seed: int) -> None:
    chance = random.Random(seed)
    made, known = random_table(chance)
    tight = PageSetup(top_mm=chance.choice((200, 230, 250, 300)), bottom_mm=25, number_from=0)
    chain = SignatureChain((Signer("ก", "ข", opinion="ค"), Signer("ง", "จ")))
    found = Pages(render_pdf(document(made, chain, page=tight)))
    assert len(found) < 400
    assert sum(len(found.find(word)) for word in known) >= len(known) * 0.9
