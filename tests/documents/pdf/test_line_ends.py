"""Where the lines of the reference documents end, and how evenly they are filled."""

from __future__ import annotations

import pytest

from ita_desktop.documents.pdf.lines import MM
from ita_desktop.thai import words
from tests.benchmarks import line_ends
from tests.benchmarks.bench_lines import REFERENCE, ends_here, look_of, paragraphs
from tests.benchmarks.line_ends import End, boundaries, count, kinds_of, without_icu

pytestmark = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference documents are not here"
)
FORBIDDEN = ("number", "before", "date", "name", "code", "cluster")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return paragraphs()


@pytest.fixture(scope="module")
def judged(texts: list[str]) -> dict[str, line_ends.Boundaries]:
    return boundaries(texts, without_icu)


def certain(
    texts: list[str], judged: dict[str, line_ends.Boundaries], width: float
) -> list[tuple[str, str]]:
    """Ends where no dictionary puts a boundary, but for those the field's own list marks.

    ICU is not asked: it lets words such as ผลการ|ดำเนินงาน end, which pythainlp holds whole.
    """
    marked = [
        ("".join(parts[:cut]), "".join(parts[cut:]))
        for parts in words.field_words().values()
        for cut in range(1, len(parts))
    ]
    found = [
        (text[:at], text[at:])
        for text, at in ends_here(texts, width)
        if "certain" in kinds_of(End(text, at), judged[text])
    ]
    return [
        (before[-20:], after[:20])
        for before, after in found
        if not any(before.endswith(one) and after.startswith(two) for one, two in marked)
    ]


@pytest.mark.parametrize("width", [60, 80, 160])
def test_no_line_ends_inside_a_word(
    texts: list[str], judged: dict[str, line_ends.Boundaries], width: float
) -> None:
    found = count(ends_here(texts, width * MM), judged)
    assert found["lines"] > 500
    assert certain(texts, judged, width * MM) == []
    assert found["dictionary"] < 0.01 * found["lines"]
    assert {kind: found[kind] for kind in FORBIDDEN} == dict.fromkeys(FORBIDDEN, 0)


def test_a_column_too_narrow_for_some_words_is_almost_as_good(
    texts: list[str], judged: dict[str, line_ends.Boundaries]
) -> None:
    found = count(ends_here(texts, 40 * MM), judged)
    assert certain(texts, judged, 40 * MM) == []
    assert found["dictionary"] < 0.01 * found["lines"]


def test_justified_lines_open_evenly_and_never_gape(texts: list[str]) -> None:
    looks = look_of(texts, 160 * MM)
    assert looks["lines"] > 500
    assert looks["short of the edge"] <= 0.005 * looks["lines"]
    assert looks["most, em"] <= 0.0851
    assert looks["letters opened, median em"] < 0.02
    assert looks["95 % of lines, em"] < 0.05
    assert looks["last lines under 18 %"] <= 0.01 * len(texts)
    assert looks["of these one word"] == 0
