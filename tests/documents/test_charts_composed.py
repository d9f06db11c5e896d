"""Charts and page settings that a template names."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ita_desktop.documents.blocks import BarChart, Block, ShareChart
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.templates import TemplateError, parse_template
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import load_framework
from ita_desktop.domain.measures import Measure, Progress, Status
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.paths import resources

YEAR = 2569


def template(*blocks: dict[str, Any], **page: Any) -> dict[str, Any]:
    return {"kind": "k", "name": "ชื่อ", "rounds": [6], "page": page, "blocks": list(blocks)}


def composed(block: dict[str, Any], dossier: Dossier) -> Block:
    folder = resources() / "frameworks"
    now, before = (load_framework(folder / f"{year}.json") for year in (YEAR - 1, YEAR - 2))
    matter = Matter(dossier, YEAR, Round(6), now, before)
    return compose(parse_template(template(block), "ทดสอบ"), matter).sections[0].blocks[0]


def measure(number: int, status: Status | None) -> Measure:
    return Measure(id=number, year=YEAR, progress={Round(6): Progress(status=status)})


def test_shares_of_the_measures_by_status_add_up() -> None:
    statuses = [Status.DONE] * 4 + [Status.IN_PROGRESS] * 2 + [None]
    measures = tuple(measure(number, status) for number, status in enumerate(statuses))
    dossier = replace(Dossier(), measures={YEAR: measures})
    chart = composed({"block": "chart", "source": "statuses", "title": "ปี {measure_year}"}, dossier)
    assert isinstance(chart, ShareChart)
    assert chart.title == "ปี ๒๕๖๙"
    assert sum(share.value for share in chart.shares) == 7
    texts = {share.label: share.text for share in chart.shares}
    assert texts == {
        "ดำเนินการแล้วเสร็จ": "๔ มาตรการ (ร้อยละ ๕๗.๑๔)",
        "ยังไม่ได้ดำเนินการ": "๐ มาตรการ (ร้อยละ ๐.๐๐)",
        "อยู่ระหว่างดำเนินการ": "๒ มาตรการ (ร้อยละ ๒๘.๕๗)",
        "ยังไม่ได้ระบุสถานะ": "๑ มาตรการ (ร้อยละ ๑๔.๒๙)",
    }


def test_indicators_beside_last_year_with_the_pass_mark() -> None:
    sheet = ScoreSheet(YEAR - 1, entered={"1": Decimal("93.385"), "2": Decimal("80")})
    earlier = ScoreSheet(YEAR - 2, entered={"1": Decimal("70")})
    dossier = replace(Dossier(), sheets={YEAR - 1: sheet, YEAR - 2: earlier})
    chart = composed({"block": "chart", "source": "indicators"}, dossier)
    assert isinstance(chart, BarChart)
    assert chart.series == ("ปี ๒๕๖๗", "ปี ๒๕๖๘")
    assert chart.mark == (85.0, "เกณฑ์ผ่าน ๘๕")
    assert len(chart.groups) == 10
    first, second, third = chart.groups[:3]
    assert first.label.startswith("๑. ")
    assert [bar.value for bar in first.bars] == [70.0, 93.385]
    assert [bar.text for bar in second.bars] == ["–", "๘๐.๐๐"]
    assert [bar.value for bar in third.bars] == [None, None]


@pytest.mark.parametrize("source", ["", "scores", 5, None])
def test_an_unknown_source_is_refused_with_its_place(source: Any) -> None:
    with pytest.raises(TemplateError, match=r"blocks\[0\].source"):
        parse_template(template({"block": "chart", "source": source}), "ทดสอบ")


def test_page_settings_of_a_memo() -> None:
    page = parse_template(
        template(font="TH SarabunIT๙", catchwords=True, number_from=3, number_restart=True), "ท"
    ).page
    assert (page.font, page.catchwords, page.number_from) == ("TH SarabunIT๙", True, 3)
    assert page.number_restart
    with pytest.raises(TemplateError, match=r"page\.catchwords"):
        parse_template(template(catchwords="yes"), "ท")
    with pytest.raises(TemplateError, match=r"page\.font"):
        parse_template(template(font=5), "ท")
