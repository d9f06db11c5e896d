"""Charts: nothing overlaps, nothing is lost, nothing depends on colour."""

from __future__ import annotations

import re
import zlib
from itertools import combinations
from typing import Any, cast

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_desktop.documents.blocks import Bar, BarChart, BarGroup, PageSetup, Share, ShareChart
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.pdf.chart import chart_strips
from ita_desktop.documents.pdf.flow import Sheets
from ita_desktop.documents.pdf.ink import Ink
from ita_desktop.documents.pdf.lines import Line
from ita_desktop.thai.digits import to_thai

from .reading import document, pages_by_pdfium, paragraph, readings

NAMES = (
    *("การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ"),
    *("การแก้ไขปัญหาการทุจริต", "คุณภาพการดำเนินงาน", "ประสิทธิภาพการสื่อสาร"),
    *("การปรับปรุงระบบการทำงาน", "การเปิดเผยข้อมูล", "การป้องกันการทุจริต"),
)


def bar(value: float | None) -> Bar:
    return Bar(value, "–" if value is None else to_thai(f"{value:.2f}"))


def chart_of(pairs: list[tuple[float | None, float | None]], **more: Any) -> BarChart:
    groups = [
        BarGroup(f"{number + 1}. {NAMES[number % 10]}", (bar(before), bar(now)))
        for number, (before, now) in enumerate(pairs)
    ]
    ticks = tuple((value, to_thai(str(value))) for value in range(0, 101, 20))
    return BarChart(
        series=("ปี ๒๕๖๗", "ปี ๒๕๖๘"),
        groups=tuple(groups),
        title="คะแนนรายตัวชี้วัด",
        ticks=ticks,
        mark=(85.0, "เกณฑ์ผ่าน ๘๕"),
        size_pt=14,
        **more,
    )


class _Watched(Ink):
    """Notes where each text and each bar stands."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, tuple[float, float, float, float]]] = []

    def line(self, line: Line, x: float, base: float) -> None:
        if line.text.strip():
            left = x + min(line.x, line.label_x) if line.label else x + line.x
            # What is inked of a line without marks above marks: from foot to head of its letters.
            size = line.pieces[0].segments[0].size
            area = (left, base - size * 0.22, left + line.width, base + size * 0.75)
            self.texts.append((line.text, area))
        super().line(line, x, base)


class _Paper:
    left = top = bottom = 0.0

    def __init__(self) -> None:
        self.ink = _Watched()


def painted(chart: BarChart | ShareChart, width: float) -> _Watched:
    paper, y = _Paper(), 0.0
    for strip in chart_strips(chart, "Laksaman", 16, width):
        if strip.paint:
            strip.paint(cast(Sheets, paper), 0.0, y)
        y -= strip.height
    return paper.ink


def assert_apart(ink: _Watched, width: float) -> None:
    for (one, a), (other, b) in combinations(ink.texts, 2):
        meets = a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        assert not meets, (one, a, other, b)
    for text, area in ink.texts:
        assert area[0] >= -0.1 and area[2] <= width + 0.1, text


score = st.none() | st.sampled_from([0.0, 100.0, 85.0, 50.0]) | st.floats(0, 100)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(score, score), min_size=1, max_size=13), st.sampled_from([300, 453, 740]))
def test_labels_never_overlap(pairs: list[tuple[float | None, float | None]], width: int) -> None:
    ink = painted(chart_of(pairs), width)
    assert_apart(ink, width)
    texts = [text for text, _ in ink.texts]
    for before, now in pairs:
        assert bar(before).text in texts
        assert bar(now).text in texts


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=5), st.sampled_from([200, 453, 740]))
def test_parts_of_a_whole_never_overlap(counts: list[int], width: int) -> None:
    total = sum(counts) or 1
    shares = [
        Share(
            f"สถานะที่ {n}", count, f"{count} มาตรการ ({count / total:.2%})", f"{count / total:.2%}"
        )
        for n, count in enumerate(counts)
    ]
    ink = painted(ShareChart(tuple(shares), "สถานะการดำเนินการ"), width)
    assert_apart(ink, width)
    found = "".join(text for text, _ in ink.texts)
    for share in shares:
        assert share.text in found


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_everything_printed_reads_back() -> None:
    pairs = [(80.0, 90.5), (None, 100.0), (0.0, 85.0)]
    shares = ShareChart((Share("แล้วเสร็จ", 3, "๓ มาตรการ (ร้อยละ ๑๐๐.๐๐)", "๑๐๐.๐๐ %"),), "สถานะ")
    for found in readings(render_pdf(document(chart_of(pairs), shares))):
        text = "".join(found)
        for part in (
            *("คะแนนรายตัวชี้วัด", "ปี ๒๕๖๗", "ปี ๒๕๖๘", "เกณฑ์ผ่าน ๘๕", "๑. การปฏิบัติหน้าที่", "๘๐.๐๐"),
            *(
                "๙๐.๕๐",
                "๒. การใช้งบประมาณ",
                "–",
                "๑๐๐.๐๐",
                "๐.๐๐",
                "แล้วเสร็จ ๓ มาตรการ (ร้อยละ ๑๐๐.๐๐)",
            ),
        ):
            assert squeezed(to_thai(part)) in squeezed(to_thai(text)), part


@pytest.mark.parametrize("landscape", [False, True])
def test_ten_indicators_stand_on_one_page(landscape: bool) -> None:
    page = PageSetup(landscape=landscape, number_from=0)
    pairs: list[tuple[float | None, float | None]] = [(80.0 + n, 90.0) for n in range(10)]
    found = pages_by_pdfium(
        render_pdf(document(paragraph("นำ"), chart_of(pairs), paragraph("ตาม"), page=page))
    )
    holding = [text for text in found if "การ" in text]
    assert len(holding) == 1
    assert all(name in holding[0] for name in (*NAMES, "คะแนนรายตัวชี้วัด", "เกณฑ์ผ่าน"))


def bars_of(ink: _Watched) -> list[tuple[float, float, float, float]]:
    """The bars (x, y, width, height) without the two of the legend."""
    found = re.findall(
        r"q 0\.6 w ([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re", "\n".join(ink.operators)
    )
    return [tuple(map(float, numbers)) for numbers in found][2:]  # type: ignore[misc]


PAIRS: list[tuple[float | None, float | None]] = [(50.0, 100.0), (None, 85.0), *[(1.0, 2.0)] * 8]


def marks_of(ink: _Watched) -> set[tuple[str, str]]:
    return set(re.findall(r"2\.2 w 1 G ([\d.-]+) ([\d.-]+) m", "\n".join(ink.operators)))


def test_a_bar_is_as_long_as_its_value_and_the_mark_stands_at_85() -> None:
    ink = painted(chart_of(PAIRS), 453)
    bars = bars_of(ink)
    assert len(bars) == 19
    fifty, hundred, pass_mark = (width for _, _, width, _ in bars[:3])
    assert fifty == pytest.approx(hundred / 2, abs=0.02)
    assert pass_mark == pytest.approx(hundred * 0.85, abs=0.02)
    for x, _ in marks_of(ink):
        assert float(x) == pytest.approx(bars[2][0] + pass_mark, abs=0.02)


def test_no_colour_and_series_differ_in_print() -> None:
    chart = chart_of([(90.0, 90.0)] * 10)
    data = render_pdf(document(chart, page=PageSetup(number_from=0)))
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    content = b"\n".join(zlib.decompressobj().decompress(s) for s in streams if s[:1] == b"x")
    assert not re.search(rb"[\d.]+ [\d.]+ [\d.]+ (?:rg|RG)\b", content)
    pdf = pypdfium2.PdfDocument(data)
    image = pdf[0].render(scale=3).to_pil().convert("L")
    pdf.close()
    shades = []
    width = 160 * 72 / 25.4
    boxes = bars_of(painted(chart, width))[:2]
    left, top = 30 * 72 / 25.4, 25 * 72 / 25.4
    for x, y, width, height in boxes:
        area = [(left + x + 2) * 3, (top - y - height + 1) * 3, 0, 0]
        area[2:] = [(left + x + width * 0.8) * 3, (top - y - 1) * 3]
        histogram = image.crop(tuple(map(int, area))).histogram()
        shades.append(sum(v * n for v, n in enumerate(histogram)) / sum(histogram))
    assert shades[0] - shades[1] > 80


def test_odd_charts_never_fail() -> None:
    odd = [
        BarChart((), ()),
        BarChart(("ก",), (BarGroup("", ()),)),
        BarChart(
            ("ก",) * 6, (BarGroup("ข" * 300, (bar(1e9), bar(-5))),), most=0.0, mark=(9e9, "x")
        ),
        ShareChart(()),
        ShareChart((Share("ก", -1, ""), Share("", 0, "", "x" * 200))),
    ]
    for chart in odd:
        for page in (PageSetup(), PageSetup(left_mm=150, right_mm=150, top_mm=300, size_pt=72)):
            assert render_pdf(document(chart, page=page)).startswith(b"%PDF")
