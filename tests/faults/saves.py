"""Every kind of save that the program makes, done through the window.

A ``Save`` goes to its place (``prepare``, which writes nothing) and then does what the clerk does
(``act``). ``kept`` tells from a dossier whether what was typed or asked for is there.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6.QtGui import QGuiApplication

import ui.alerts
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.review import Place
from tests.faults.base import SAMPLE, YEAR
from tests.faults.desk import Desk
from tests.ui.test_page_view import pause
from ui.importing import ImportDialog
from ui.pages.documents import DocumentsPage
from ui.pages.measures import MeasuresPage
from ui.pages.office import OfficePage
from ui.pages.oit import OitPage
from ui.pages.progress import ProgressPage
from ui.pages.scores import ScoresPage

Do = Callable[[Desk], object]
ASSESSED = YEAR - 1
TYPED = "หมู่ ๗ ป่าฟั่น"
DOCUMENTS_TAB = {"register": 3, "editor": 4}


@dataclass(frozen=True)
class Save:
    """One kind of save."""

    name: str
    prepare: Do
    act: Do
    kept: Callable[[Dossier], bool]
    waits: bool = False
    """Whether what the disk refuses waits in the window and is written later; others are told."""


def _keys(*keys: str) -> Do:
    return lambda desk: desk.keys.press(*keys)


def _at_field(key: str) -> Do:
    def go(desk: Desk) -> None:
        desk.keys.press("Ctrl+1")
        field = desk.page(OfficePage).form.fields[key]
        field.setFocus()
        desk.keys.press("End")

    return go


def _type(desk: Desk) -> None:
    """Type a text in one visit; it is written several times on the way."""
    for part in (TYPED[:4], TYPED[4:8], TYPED[8:]):
        desk.keys.type(part)
        desk.settle(40)
    desk.keys.press("Tab")


def _at_score(desk: Desk) -> None:
    desk.keys.press("Ctrl+2")
    page = desk.page(ScoresPage)
    page.show_year(ASSESSED)
    page.view.setFocus()
    page.view.go(page.model.index_of("i1"))


def _type_scores(desk: Desk) -> None:
    for text in ("55.25", "66.5", "77"):
        desk.keys.type(text).press("Return")
    desk.keys.press("Esc")


def _type_draft(desk: Desk) -> None:
    desk.keys.type("93,5").press("Return").press("Esc")


def _paste_scores(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("\n".join(f"{60 + n}.25" for n in range(12)))
    desk.keys.press("Ctrl+V")


def _at_list(desk: Desk) -> None:
    desk.keys.press("Ctrl+5")
    page = desk.page(OitPage)
    page.show_year(YEAR)
    page.go_to(Place("oit", "o1", "url"))


def _paste_list(desk: Desk) -> None:
    """Two blocks of a hundred cells: 20 items with address, text, owner, day and checker."""
    for turn in (1, 2):
        rows = (
            f"https://www.example.go.th/{turn}/{n}\tหน้า {n}\tสำนักปลัด\t7/1/69\tสมหญิง {turn}"
            for n in range(1, 21)
        )
        QGuiApplication.clipboard().setText("\n".join(rows))
        desk.page(OitPage).go_to(Place("oit", "o1", "url"))
        desk.keys.press("Ctrl+V")


def _at_progress(desk: Desk) -> None:
    desk.keys.press("Ctrl+4", "Home")
    page = desk.page(ProgressPage)
    page.show_round(Round.TWELVE)
    page.list.setFocus()


def _photo(desk: Desk) -> None:
    from PIL import Image

    photos = desk.page(ProgressPage).photos
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "กิจกรรม.jpg"
        Image.effect_noise((240, 180), 60).convert("RGB").save(path)
        photos.add_pictures([path])
        photos.preparer.finish()
    pause(1)


def _undo_redo(desk: Desk) -> None:
    for key in ("Ctrl+Y", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Y"):
        desk.keys.press(key)


def _import(desk: Desk) -> None:
    """Choose a file in the dialog and go through its steps."""
    data = json.loads(SAMPLE.read_text("utf-8"))
    data["office"]["name"] = TYPED

    def work(dialog: ImportDialog) -> int:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "นำเข้า.json"
            path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
            dialog.read(path)
            dialog.reader.finish()
        pause(1)
        for _ in range(3):
            if dialog.taken is None:
                dialog.forward()
        return 0

    with patch.object(ImportDialog, "exec", work):
        desk.window.import_action.trigger()


def at_documents(tab: int = 0, kind: str = "district-line") -> Do:
    """Go to a document and one of the tabs beside it."""

    def go(desk: Desk) -> None:
        desk.keys.press("Ctrl+6")
        page = desk.page(DocumentsPage)
        page.kind.show_value(kind)
        page._offer_rounds()
        page.tabs.setCurrentIndex(tab)

    return go


def _issue(desk: Desk) -> None:
    desk.page(DocumentsPage).issue()


def _aside(desk: Desk) -> None:
    panel = desk.page(DocumentsPage).review
    ui.alerts.ask_text = lambda *_: TYPED
    panel.list.setCurrentRow(0)
    panel.aside_button.click()


def _mend(desk: Desk) -> None:
    panel = desk.page(DocumentsPage).review
    for at in range(panel.list.count()):
        panel.list.setCurrentRow(at)
        if panel.finding and panel.finding.fix:
            panel.mend_button.click()
            return


def _letterhead(desk: Desk) -> None:
    from PIL import Image

    cards = desk.page(OfficePage).letterhead
    field = cards.form.fields["left_mm"]
    field.setFocus()
    desk.keys.press("Ctrl+A").type("27").press("Tab")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ตรา.png"
        Image.new("RGB", (60, 60), "gold").save(path)
        cards.pictures["seal"].take(path)
        cards.finish()


def _delete(desk: Desk) -> None:
    desk.page(MeasuresPage).list.setFocus()
    desk.keys.press("Home", "Ctrl+Del")


def _delete_issued(desk: Desk) -> None:
    desk.page(DocumentsPage).register.delete()


def _template(desk: Desk) -> None:
    editor = desk.page(DocumentsPage).editor
    assert editor._own
    kinds = [part.kind for part in editor._own.parts()]
    editor.parts.setCurrentRow(kinds.index("heading"))
    field = editor.form.fields["text"]
    field.setFocus()
    desk.keys.press("Ctrl+A").type("แบบของเรา").press("Tab")


def _add_measure(desk: Desk) -> None:
    desk.keys.press("Ctrl+N").type(TYPED).press("Tab")


def _close(desk: Desk) -> None:
    """Type and close the window at once: the last save, and the end of the journal."""
    desk.keys.type(TYPED)
    desk.window.close()


def _first(dossier: Dossier) -> Any:
    return dossier.measures_of(YEAR, MeasureKind.MEASURE)[0].progress_in(Round.TWELVE)


def _entered(code: str, score: str) -> Callable[[Dossier], bool]:
    return lambda dossier: str(dossier.sheet(ASSESSED).entered.get(code)) == score


def _count(number: int) -> Callable[[Dossier], bool]:
    return lambda dossier: len(dossier.measures_of(YEAR, MeasureKind.MEASURE)) == number


SAVES = (
    Save("text", _at_field("address"), _type, lambda d: d.office.address.endswith(TYPED), True),
    Save("score", _at_score, _type_scores, _entered("i1", "55.25"), True),
    Save(
        "draft",
        _at_score,
        _type_draft,
        lambda d: d.sheet(ASSESSED).drafts.get("i1") == "93,5",
        True,
    ),
    Save("paste scores", _at_score, _paste_scores, _entered("i3", "62.25"), True),
    Save(
        "paste 200 cells",
        _at_list,
        _paste_list,
        lambda d: d.disclosure(YEAR, "o20").checked_by == "สมหญิง 2",
    ),
    Save(
        "status",
        _at_progress,
        _keys("Alt+3", "Alt+2"),
        lambda d: _first(d).status is list(Status)[1],
        True,
    ),
    Save("photo", _at_progress, _photo, lambda d: bool(_first(d).photos)),
    Save(
        "undo and redo",
        _keys("Ctrl+3"),
        _undo_redo,
        lambda d: d.office.district != "เมือง",
    ),
    Save("import", _keys("Ctrl+1"), _import, lambda d: d.office.name == TYPED),
    Save("issue", at_documents(), _issue, lambda d: len(d.issued) == 2),
    Save(
        "set aside",
        at_documents(),
        _aside,
        lambda d: TYPED in d.set_aside.get(YEAR, {}).values(),
    ),
    Save("mend", at_documents(), _mend, lambda d: "องค์กร" not in _first(d).result),
    Save(
        "letterhead",
        _keys("Ctrl+1"),
        _letterhead,
        lambda d: d.letterhead.left_mm == 27 and bool(d.letterhead.seal),
    ),
    Save("delete measure", _keys("Ctrl+3"), _delete, _count(7)),
    Save(
        "delete issued",
        at_documents(DOCUMENTS_TAB["register"]),
        _delete_issued,
        lambda d: not d.issued,
    ),
    Save(
        "template",
        at_documents(DOCUMENTS_TAB["editor"], "measures-report"),
        _template,
        lambda d: bool(d.templates),
        True,
    ),
    Save("add measure", _keys("Ctrl+3"), _add_measure, lambda d: TYPED in _titles(d)),
    Save("close", _at_field("address"), _close, lambda d: d.office.address.endswith(TYPED)),
)


def _titles(dossier: Dossier) -> set[str]:
    return {each.title for each in dossier.measures_of(YEAR, MeasureKind.MEASURE)}
