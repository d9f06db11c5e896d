"""The data file that every save begins at."""

from __future__ import annotations

from pathlib import Path

from db.opening import create_data_file
from db.store import Store
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind
from ita_desktop.domain.papers import Issued, PaperKey
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources

SAMPLE = resources() / "sample" / "office.json"
YEAR = 2569
WRONG = "องค์กรบริหารส่วนตำบลตัวอย่างสรุปผลการอบรมเจ้าหน้าที่ครบทุกคนแล้ว"
"""A result that the review complains about."""


def make_base(path: Path) -> None:
    """A data file with the sample office, an issued document, and something to undo and redo."""
    create_data_file(path)
    found = read_interchange(SAMPLE)
    with Store(path) as store:
        store.take_in(found.dossier, found.parts)
        store.keep("measure_year", str(YEAR))
        first = store.dossier().measures_of(YEAR, MeasureKind.MEASURE)[0]
        store.set_progress(first.id, Round.TWELVE, result=WRONG)
        key, at = PaperKey(YEAR, "memo", 6), "2026-04-26T10:00:00+07:00"
        store.issue(Issued(0, key, "บันทึก", "2569-06-ABC234", at), b"%PDF-1.4 ...", b"{}")
        store.set_office("district", "เมือง")
        store.set_office("website", "https://www.example.go.th")
        store.undo()
