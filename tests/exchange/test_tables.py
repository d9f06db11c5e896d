"""CSV as Thai Excel reads it: the right code page, numbers that are numbers, nothing a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.scores import score_tree
from ita_desktop.exchange.tables import (
    LONGEST_CELL,
    csv_bytes,
    disclosure_rows,
    measure_rows,
    plain_text,
    score_rows,
)
from ita_desktop.paths import resources
from tests.exchange.packages import SAMPLE

SHELF = FrameworkShelf(resources() / "frameworks")
HOSTILE = [
    *(
        "=1+1",
        "=cmd|'/c calc'!A1",
        "\t=1",
        "\r\n=1",
        " =1",
        "+66",
        "-1",
        "@SUM(A1)",
        "\u22121",
        "|x",
        "%x",
    ),
    *("\u200b=1", "\ufeff=1", "\u202e=1", "＝1", "\x00=1", "\x0b=1"),
]


def as_excel_reads(content: bytes) -> list[list[str]]:
    """By the mark it is UTF-8, whatever the code page of the computer; CRLF ends a row."""
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def would_calculate(cell: str) -> bool:
    """Whether Excel takes the text for a formula."""
    return cell.lstrip()[:1] in ("=", "+", "-", "@") and not _is_number(cell)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str):
    (row,) = as_excel_reads(csv_bytes([(text, "ก")]))
    assert row[0].startswith("'") and not would_calculate(row[0])
    assert would_calculate("=1+1") and would_calculate(" -ก")  # the control


def test_numbers_stay_numbers_and_texts_with_commas_whole():
    rows = [(Decimal("-1.50"), 7, None, 'ก,"ข"\nค', "00123"), ("",)]
    assert as_excel_reads(csv_bytes(rows)) == [["-1.50", "7", "", 'ก,"ข"\nค', "00123"], [""]]


@given(st.text(max_size=80))
def test_any_text_comes_back_as_it_can_be_seen(text: str):
    (row,) = as_excel_reads(csv_bytes([(text, "x")]))
    assert row == [plain_text(text), "x"]
    assert not would_calculate(row[0])


def test_a_text_too_long_for_a_cell_is_cut():
    assert len(plain_text("ก" * 100_000)) == LONGEST_CELL


def test_the_scores_are_those_of_the_tree():
    rows = as_excel_reads(csv_bytes(score_rows(SAMPLE, SHELF.get(2568), SHELF.get(2567))))
    assert rows[0][2:4] == ["คะแนนปี 2567", "คะแนนปี 2568"]
    tree = score_tree(SHELF.get(2568), SAMPLE.sheet(2568))
    found = {row[0]: row for row in rows[1:-1]}
    assert found.keys() == {node.code for node in tree.root.walk() if node.score is not None}
    assert found["total"][2:5] == ["88.16", "96.61", "8.45"]
    assert rows[-1][1:4] == ["ระดับ", "ผ่าน", "ผ่านดี"]


def test_measures_and_the_list_stand_in_their_order():
    rows = as_excel_reads(csv_bytes(measure_rows(SAMPLE, 2569)))
    assert len(rows) - 1 == len(SAMPLE.measures[2569])
    assert all(len(row) == len(rows[0]) == 19 for row in rows)
    titles = [row[2] for row in rows[1:] if row[1] == "มาตรการ"]
    assert titles == [
        plain_text(m.title) for m in SAMPLE.measures[2569] if m.kind.value == "measure"
    ]
    shown = as_excel_reads(csv_bytes(disclosure_rows(SAMPLE, SHELF.get(2569))))
    assert len(shown) - 1 == len(SAMPLE.disclosures[2569])


def test_a_further_way_has_the_number_of_its_measure():
    two = (
        Measure(1, 2569, title="ก"),
        Measure(2, 2569, continued=True),
        Measure(3, 2569, title="ข"),
    )
    rows = list(measure_rows(replace(SAMPLE, measures={2569: two}), 2569))
    assert [row[0] for row in rows[1:]] == [1, 1, 2]
