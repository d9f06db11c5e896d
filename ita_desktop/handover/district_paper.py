"""The district's summary as a document: what stands in the workbook, to read and to file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ita_desktop.documents.blocks import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    PageSetup,
    Paragraph,
    Run,
    Section,
    Share,
    ShareChart,
    Table,
)
from ita_desktop.documents.compose.texts import change_text, line, score_text
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.domain.fiscal import thai_date
from ita_desktop.domain.measures import STATUS_LABELS
from ita_desktop.domain.office import Office
from ita_desktop.exchange.district import District, Fate, Line
from ita_desktop.thai.digits import to_thai

_SIZE = 12.0
_PAGE = PageSetup(
    landscape=True, left_mm=15, right_mm=15, top_mm=20, bottom_mm=12, size_pt=14, number_from=2
)
_TOP_RANKS = 20
"""So many of the best stand on paper; the workbook has all of them."""


def district_pdf(district: District, today: date) -> bytes:
    """The summary as PDF."""
    return render_pdf(district_document(district, today))


def district_document(district: District, today: date) -> Document:
    """The summary as a document."""
    title = f"สรุปผลการประเมิน ITA ปีงบประมาณ พ.ศ. {district.analysed_year}"
    sections = [
        (*_head(district, title, today), _lines(district)),
        (_ranking(district), _indicators(district)),
    ]
    if district.listed is not None:
        sections.append((_missing(district),))
    if any(found.fate is not Fate.TAKEN for found in district.arrivals):
        sections.append((_files(district),))
    return Document(
        title=to_thai(title), sections=tuple(Section(_PAGE, blocks) for blocks in sections)
    )


def _head(district: District, title: str, today: date) -> Iterator[Block]:
    subtitle = f"และมาตรการของปีงบประมาณ พ.ศ. {district.year} ข้อมูล ณ วันที่ {thai_date(today)}"
    yield Heading(to_thai(f"{title}\n{subtitle}"), 1, Align.CENTER, 18)
    for text in _sentences(district):
        yield Paragraph((Run(to_thai(text)),), first_indent_mm=15, space_after_pt=3)
    yield from _statuses(district)


def _sentences(district: District) -> Iterator[str]:
    count, mean = len(district.lines), district.mean
    sent = f"มีหน่วยงานส่งชุดข้อมูลที่ใช้ได้ {count:,} แห่ง"
    if district.listed is not None:
        sent += f" จากบัญชีรายชื่อ {district.listed:,} แห่ง ยังไม่ได้ส่ง {len(district.missing):,} แห่ง"
    yield sent
    if mean is not None:
        levels = [f"{level or 'ยังบอกไม่ได้'} {n:,} แห่ง" for level, n in district.levels.most_common()]
        yield f"คะแนนรวมเฉลี่ย {mean:.2f} คะแนน ระดับ {' '.join(levels)}"
    weak = [found for found in district.weak_indicators() if found.below]
    if weak:
        yield (
            f"ตัวชี้วัดที่ต่ำกว่าเกณฑ์มากที่สุดคือ ตัวชี้วัดที่ {weak[0].code} {weak[0].name} "
            f"({weak[0].below:,} แห่ง เฉลี่ย {weak[0].mean:.2f} คะแนน)"
        )
    fates = district.fates()
    other = [
        f"{fate.value} {fates[fate]:,}" for fate in Fate if fate is not Fate.TAKEN and fates[fate]
    ]
    if other:
        yield f"แฟ้มที่รับ {len(district.arrivals):,} แฟ้ม ในนั้น{' '.join(other)} แฟ้ม"


def _statuses(district: District) -> Iterator[Block]:
    found = district.statuses
    whole = found.total()
    if not whole:
        return
    labels = {**STATUS_LABELS, None: "ยังไม่ระบุ"}
    shares = tuple(
        Share(
            label,
            found[status],
            to_thai(f"{found[status]:,} มาตรการ (ร้อยละ {found[status] * 100 / whole:.2f})"),
            to_thai(f"{found[status] * 100 / whole:.0f} %"),
        )
        for status, label in labels.items()
        if status is not None or found[status]
    )
    yield ShareChart(shares, to_thai(f"มาตรการตามสถานะ รวม {whole:,} มาตรการ"), _SIZE)


_WHERE = (Column("หน่วยงาน", 24), Column("อำเภอ", 13), Column("จังหวัด", 13))


def _where(office: Office) -> tuple[str, str, str]:
    return office.short_name or "ไม่ระบุชื่อ", office.district, office.province


def _table(columns: Sequence[Column], rows: Iterator[Sequence[str]], title: str) -> Table:
    made = tuple(tuple(line(text) for text in row) for row in rows)
    return Table(tuple(columns), made, to_thai(title), size_pt=_SIZE, repeat_title=False)


def _number(name: str, width: float = 8) -> Column:
    return Column(to_thai(name), width, Align.CENTER)


def _lines(district: District) -> Block:
    codes = [instrument.code for instrument in district.framework.instruments]
    columns = (
        _number("ที่", 5),
        *_WHERE,
        *(_number(code, 7) for code in codes),
        _number("คะแนนรวม", 9),
        _number("ระดับ", 12),
        _number(f"ปี {district.analysed_year - 1}"),
        _number("ผลต่าง"),
        _number("อันดับ", 7),
        Column("ต่ำกว่าเกณฑ์", 12),
        Column("มาตรการ (เสร็จ/ทั้งหมด)", 12, Align.CENTER),
        Column("หมายเหตุ", 22),
    )
    pairs = enumerate(zip(district.lines, district.ranks, strict=True), start=1)
    rows = (_line_row(number, found, rank, codes) for number, (found, rank) in pairs)
    return _table(columns, rows, "ผลรายหน่วยงาน")


def _line_row(number: int, found: Line, rank: int | None, codes: Sequence[str]) -> Sequence[str]:
    done = next(iter(STATUS_LABELS))
    return (
        str(number),
        *_where(found.office),
        *(score_text(found.instruments.get(code)) for code in codes),
        score_text(found.total),
        found.level,
        score_text(found.earlier),
        change_text(found.difference),
        "" if rank is None else str(rank),
        ", ".join(found.weak),
        f"{found.statuses[done]}/{found.measures}" if found.round else "–",
        " • ".join(found.remarks),
    )


def _ranking(district: District) -> Block:
    columns = (
        _number("อันดับ"),
        *_WHERE,
        _number("คะแนนรวม", 12),
        _number("ระดับ", 14),
        _number("ผลต่าง", 10),
    )
    ranked = list(district.ranking())
    rows = (
        (
            str(rank),
            *_where(found.office),
            score_text(found.total),
            found.level,
            change_text(found.difference),
        )
        for rank, found in ranked[:_TOP_RANKS]
    )
    shown = f" ({_TOP_RANKS} อันดับแรกจาก {len(ranked):,})" if len(ranked) > _TOP_RANKS else ""
    return _table(columns, rows, f"อันดับตามคะแนนรวม{shown}")


def _indicators(district: District) -> Block:
    columns = (
        _number("ตัวชี้วัด", 8),
        Column("ชื่อ", 30),
        _number("มีคะแนน (แห่ง)", 10),
        _number("ต่ำกว่าเกณฑ์ (แห่ง)", 12),
        _number("เฉลี่ย", 9),
        Column("ต่ำสุด", 45),
    )
    rows = (
        (
            found.code,
            found.name,
            f"{found.known:,}",
            f"{found.below:,}",
            score_text(found.mean),
            " ".join(f"{name} ({score_text(score)})" for name, score in found.lowest),
        )
        for found in district.weak_indicators()
    )
    mark = f"{district.framework.pass_mark.normalize():f}"
    return _table(columns, rows, f"ตัวชี้วัดที่ต่ำกว่าเกณฑ์ {mark} คะแนน เรียงจากจำนวนหน่วยงานมากไปน้อย")


def _missing(district: District) -> Block:
    absent = [(*_where(office), "ยังไม่ได้ส่ง") for office in district.missing]
    extra = [(name, "", "", "ส่งมาแต่ไม่อยู่ในบัญชีรายชื่อ") for name in district.unlisted]
    rows = ((str(number), *row) for number, row in enumerate([*absent, *extra], start=1))
    columns = (_number("ที่", 6), *_WHERE, Column("หมายเหตุ", 30))
    return _table(columns, rows, f"หน่วยงานที่ยังไม่ได้ส่ง {len(district.missing):,} แห่ง")


def _files(district: District) -> Block:
    found = [each for each in district.arrivals if each.fate is not Fate.TAKEN]
    rows = (
        (str(number), each.name, each.fate.value, each.office, each.reason)
        for number, each in enumerate(found, start=1)
    )
    columns = (
        _number("ที่", 5),
        Column("แฟ้ม", 25),
        Column("ผล", 15),
        Column("หน่วยงาน", 20),
        Column("เหตุผล", 45),
    )
    return _table(columns, rows, f"แฟ้มที่ไม่ได้ใช้ {len(found):,} แฟ้ม")
