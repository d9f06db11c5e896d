"""Every window that opens over the main one, each with a way to it on the sample office.

The gallery draws them, ``test_every_window.py`` checks them and that none is missing here.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QProgressDialog, QWidget

from db.backup import Backups
from db.deeds import Deed
from db.store import Store
from ita_desktop.domain.fiscal import Round
from ita_desktop.exchange.lock import lock
from ita_desktop.updates.shelf import Installed
from ita_desktop.updates.update_file import build_update
from tests.exchange.packages import of_office, package_of
from tests.exchange.sheets.tables import PROGRESS_HTML
from tests.ui.disasters import sample, until
from tests.updates.conftest import ABOUT, KEY, framework
from ui.about import AboutDialog
from ui.alerts import MessageBox
from ui.frameworks import FrameworksDialog
from ui.handover.frame import HandoverDialog
from ui.handover.gather import GatherDialog
from ui.handover.look import LookDialog
from ui.handover.send import SendDialog
from ui.importing import ImportDialog
from ui.keeping import Kept, Unfinished
from ui.main_window import PAGES, MainWindow
from ui.oit_paper import OitPaperPanel
from ui.pages.oit import OitPage
from ui.printing import progress_dialog
from ui.session import Session
from ui.support import SupportPanel
from ui.updating import UpdatesDialog
from ui.widgets.backups import BackupsPanel, LookPanel
from ui.widgets.dates import CalendarPopup, DateField
from ui.widgets.help import HelpWindow
from ui.widgets.history import HistoryPanel, PastPanel
from ui.widgets.photo_bank import PhotoBank, used_photos
from ui.widgets.recovery import RecoveryPanel, ReportPanel, TextPanel
from ui.widgets.search_panel import SearchPanel
from ui.widgets.text_question import TextQuestion
from ui.year_change import STEPS, YearChangeDialog

YEAR = 2569
PASSWORD = "น้ำใสไหลเย็น"
QUESTION = "กรอบของปี ๒๕๖๘ ที่แก้ไว้จะหายไป และกลับไปใช้ของโปรแกรม คะแนนที่กรอกไว้ไม่หาย\n\nต้องการทำต่อหรือไม่"
REPORT = "รุ่น ๐.๑\nที่ main_window บรรทัด ๑๒๐\nValueError\n" * 30
Seen = Iterator[tuple[str, QWidget]]
"""What a way shows one after the other: a name, and the window that shows it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The main window over the sample office, and a folder with what some windows need."""

    window: MainWindow
    folder: Path

    @property
    def session(self) -> Session:
        """The open file's session."""
        assert self.window.session is not None
        return self.window.session


@dataclass(frozen=True, slots=True)
class Way:
    """How a window is come to. ``chapter``: what F1 opens in it, "" where F1 has no place."""

    kind: type[QWidget]
    chapter: str
    show: Callable[[Desk], Seen]


def prepare(folder: Path) -> Path:
    """The sample's data file with a back-up, something deleted, a photo; and files to open."""
    path = sample(folder / "แฟ้มตัวอย่าง.ita")
    with Store(path) as store:
        Backups(path, None).make(store).run()
        first, *_, last = store.dossier().measures[YEAR]
        digest = store.add_picture(_photo())
        store.add_photos(first.id, Round.SIX, [(digest, "ประชุมชี้แจงเจ้าหน้าที่ ณ ห้องประชุมสภา")])
        store.set_measure(first.id, title="ปรับปรุงการให้บริการประชาชนให้สะดวกและรวดเร็ว")
        store.delete_measure(last.id)
    content = package_of(of_office("ทุ่งตัวอย่าง", total="88.00"))
    (folder / "ชุด.itapack").write_bytes(content)
    (folder / "เสีย.itapack").write_bytes(content[: len(content) // 2])
    (folder / "ล็อก.itapack").write_bytes(lock(content, PASSWORD))
    update = build_update(ABOUT, {"frameworks/2570.json": framework(2570)}, KEY)
    (folder / "ใหม่.itaupdate").write_bytes(update)
    return path


def _photo() -> bytes:
    """A picture as a phone makes it."""
    kept = io.BytesIO()
    Image.new("RGB", (640, 480), "#7fa0b8").save(kept, "JPEG")
    return kept.getvalue()


def copied(prepared: Path, folder: Path) -> Path:
    """The prepared files once more, for a window of their own; the data file's place."""
    shutil.copytree(prepared.parent, folder, dirs_exist_ok=True)
    return folder / prepared.name


def _made(widget: QWidget) -> QWidget:
    widget.show()
    return widget


def _panels(dialog: HandoverDialog) -> None:
    """Let what runs behind a dialog of hand-over come to its end."""
    until(lambda: not dialog.work.busy and not getattr(dialog, "reviewing", False))


# --- the ways ------------------------------------------------------------------------------------


def _find(desk: Desk) -> Seen:
    desk.window.find_action.trigger()
    panel = desk.window.searching.panel
    assert panel is not None
    yield "empty", panel
    panel.field.setText("ประชาชน")
    yield "found", panel
    panel.field.setText("ไม่มีคำนี้ในแฟ้มแน่นอน")
    yield "nothing", panel
    panel.field.clear()


def _history(desk: Desk) -> Seen:
    desk.window.history_action.trigger()
    panel = desk.window.helping.history
    assert panel is not None
    for at, name in enumerate(("edits", "bin", "since")):
        panel.tabs.setCurrentIndex(at)
        yield name, panel


def _past(desk: Desk) -> Seen:
    measure = desk.session.dossier.measures[YEAR][0]
    desk.window.helping.show_past("measure", measure.id, "title")
    assert desk.window.helping.past is not None
    yield "", desk.window.helping.past


def _backups(desk: Desk) -> Seen:
    desk.window.backups_action.trigger()
    assert desk.window.helping.panel is not None
    yield "", desk.window.helping.panel


def _look_into_backup(desk: Desk) -> Seen:
    panel = BackupsPanel(desk.session.store.path, desk.session, None, desk.window)
    panel.look()
    assert panel.looking is not None
    yield "", panel.looking
    panel.deleteLater()


def _frameworks(desk: Desk) -> Seen:
    desk.window.frameworks_action.trigger()
    dialog = desk.window.findChildren(FrameworksDialog)[-1]
    yield "years", dialog
    editor = dialog.editor
    dialog.edit_year(2568)
    for name, path in (("year", ()), ("level", ("levels", 0)), ("issue", ("issues", 0))):
        item = next(item for item in editor._items() if editor._path_of(item) == path)
        editor.tree.setCurrentItem(item)
        yield name, dialog
    editor.tree.setCurrentItem(
        next(i for i in editor._items() if editor._path_of(i) == editor.draft.item_paths["i2"])
    )
    editor._on_typed("code", "i1")
    yield "wrong", dialog
    dialog.edit_year(YEAR)
    for code in ("o1", "i1", "e1"):
        editor._take(editor.draft.remove(editor.draft.item_paths[code]), ())
    editor.use()
    yield "effects", dialog
    for year in (2568, YEAR):
        desk.session.store.keep_framework_draft(year, "")


def _year_change(desk: Desk) -> Seen:
    dialog = YearChangeDialog(desk.session, desk.window)
    dialog.open()
    for at in range(len(STEPS)):
        dialog.go_to(at)
        yield f"step{at + 1}", dialog


def _import(desk: Desk) -> Seen:
    dialog = ImportDialog(desk.session, desk.window)
    dialog.open()
    yield "source", dialog
    mime = QMimeData()
    mime.setHtml(PROGRESS_HTML)
    mime.setText("ที่\tมาตรการ")
    dialog._take_mime(mime)
    dialog.reader.finish()
    until(lambda: dialog.stack.currentIndex() == 1)
    yield "matching", dialog
    dialog.forward()
    yield "changes", dialog


def _send(desk: Desk) -> Seen:
    desk.window.handover.send_action.trigger()
    dialog = desk.window.handover.dialog
    assert isinstance(dialog, SendDialog)
    _panels(dialog)
    dialog.password.setText("กข")
    dialog._show_ready()
    yield "form", dialog
    dialog.password.clear()
    dialog._show_ready()
    dialog.documents.show_values(("0",))
    dialog.make_at(desk.folder / "ส่ง.itapack")
    yield "working", dialog
    _panels(dialog)
    yield "made", dialog


def _look(desk: Desk, name: str, password: bool = False) -> Iterator[LookDialog]:
    dialog = LookDialog(desk.session, desk.window)
    dialog.open()
    dialog.look_at(desk.folder / name)
    _panels(dialog)
    yield dialog
    dialog.reject()


def _looks(desk: Desk) -> Seen:
    for name in ("ล็อก", "ชุด"):
        for dialog in _look(desk, f"{name}.itapack"):
            yield {"ล็อก": "locked", "ชุด": "whole"}[name], dialog


def _gather(desk: Desk) -> Seen:
    desk.window.handover.gather_action.trigger()
    dialog = desk.window.handover.dialog
    assert isinstance(dialog, GatherDialog)
    yield "form", dialog
    dialog.folder.show_value(str(desk.folder))
    dialog.start()
    _panels(dialog)
    for at in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(at)
        yield f"result{at + 1}", dialog


def _updates(desk: Desk) -> Seen:
    desk.window.updates_action.trigger()
    dialog = desk.window.findChildren(UpdatesDialog)[-1]
    yield "none", dialog
    dialog.look_at(desk.folder / "ใหม่.itaupdate")
    yield "check", dialog
    update = dialog._update
    assert update is not None
    at = datetime(2027, 1, 20, 9, tzinfo=UTC)
    found = Installed(update.about, at, "", update.checksum, desk.folder)
    dialog.show_list()
    dialog.list.show_list((found,))
    yield "installed", dialog


def _support(desk: Desk) -> Seen:
    desk.window.support_action.trigger()
    assert desk.window.helping.support is not None
    yield "", desk.window.helping.support


def _about(desk: Desk) -> Seen:
    desk.window.about_action.trigger()
    yield "", desk.window.findChildren(AboutDialog)[-1]


def _manual(desk: Desk) -> Seen:
    desk.window.help_action.trigger()
    assert desk.window._help is not None
    yield "", desk.window._help


def _oit_paper(desk: Desk) -> Seen:
    page = desk.window.pages["oit"]
    assert isinstance(page, OitPage)
    page.show_papers()
    assert page.papers is not None
    yield "", page.papers


def _photo_bank(desk: Desk) -> Seen:
    bank = PhotoBank(desk.session, used_photos(desk.session.dossier), desk.window)
    yield "", _made(bank)


def _recovery(desk: Desk) -> Seen:
    deeds = (Deed("set_office", ("address", "เลขที่ ๙๙ หมู่ ๒")),)
    kept = Kept(desk.session.store.path, deeds, (Unfinished("วันที่", "31/2/"),), cut=True)
    yield "", _made(RecoveryPanel(desk.session, kept, desk.window))


def _rescued(desk: Desk) -> Seen:
    lines = "หายไป:\n• มาตรการ “อบรมคุณธรรม”\nควรตรวจ:\n• คะแนน ปี ๒๕๖๘ i๓"
    yield (
        "",
        _made(TextPanel("ผลการกู้ข้อมูล", "กู้ข้อมูลได้ ๑๒๐ รายการ หายไป ๑ รายการ", lines, desk.window)),
    )


def _report(desk: Desk) -> Seen:
    yield "", _made(ReportPanel(REPORT, desk.window))


def _message(desk: Desk) -> Seen:
    icons = QMessageBox.Icon
    for name, icon in (("tell", icons.Information), ("warn", icons.Warning)):
        box = MessageBox(desk.window, icon, "บันทึกไว้ที่อื่นไม่สำเร็จ", QUESTION)
        box.addButton("ตกลง", QMessageBox.ButtonRole.AcceptRole)
        yield name, _made(box)
        box.close()
    box = MessageBox(desk.window, icons.Question, "กลับไปใช้ของโปรแกรม", QUESTION)
    box.addButton("ใช้ของโปรแกรม", QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton("ยกเลิก", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    yield "ask", _made(box)


def _text_question(desk: Desk) -> Seen:
    asked = TextQuestion(
        desk.window, "ทำเป็นเอกสารใหม่", "ชื่อของเอกสารใหม่", "รายงานผลการดำเนินการ (ของเรา)"
    )
    yield "", _made(asked)


def _printing(desk: Desk) -> Seen:
    dialog = progress_dialog(desk.window, "รายงานผลการดำเนินการ")
    dialog.setLabelText("กำลังพิมพ์แผ่นที่ ๒ จาก ๑๒")
    yield "", _made(dialog)


def _calendar(desk: Desk) -> Seen:
    field = DateField(desk.window)
    field.popup = CalendarPopup(field)
    field.popup.open_at(desk.window, date(2026, 4, 26))
    yield "", field.popup
    field.deleteLater()


WAYS: dict[str, Way] = {
    "find": Way(SearchPanel, "finding", _find),
    "history": Way(HistoryPanel, "safety", _history),
    "past": Way(PastPanel, "safety", _past),
    "backups": Way(BackupsPanel, "safety", _backups),
    "backup": Way(LookPanel, "safety", _look_into_backup),
    "frameworks": Way(FrameworksDialog, "years", _frameworks),
    "year": Way(YearChangeDialog, "years", _year_change),
    "import": Way(ImportDialog, "import", _import),
    "send": Way(SendDialog, "handover", _send),
    "look": Way(LookDialog, "handover", _looks),
    "gather": Way(GatherDialog, "handover", _gather),
    "updates": Way(UpdatesDialog, "updates", _updates),
    "support": Way(SupportPanel, "safety", _support),
    "about": Way(AboutDialog, "updates", _about),
    "manual": Way(HelpWindow, "", _manual),
    "oit-paper": Way(OitPaperPanel, "oit", _oit_paper),
    "photos": Way(PhotoBank, "progress", _photo_bank),
    "recovery": Way(RecoveryPanel, "safety", _recovery),
    "rescued": Way(TextPanel, "safety", _rescued),
    "report": Way(ReportPanel, "safety", _report),
    "message": Way(MessageBox, "overview", _message),
    "question": Way(TextQuestion, "overview", _text_question),
    "printing": Way(QProgressDialog, "", _printing),
    "calendar": Way(CalendarPopup, "", _calendar),
}
NOT_SHOWN = {
    "Dialog": "the ground of all of ours",
    "Panel": "the ground that the panels stand on",
    "HandoverDialog": "the ground of the windows of hand-over",
    "QFileDialog": "the system's",
    "QPrintDialog": "the system's",
    "QMessageBox": "the ground of MessageBox",
    "QDialog": "the ground of all",
}
"""Windows that are not looked at here, and why."""


def walk(
    desk: Desk, leave: Callable[[str, QWidget], object] = lambda _, widget: widget.close()
) -> Iterator[tuple[str, Way, QWidget]]:
    """Open each window in turn; it is left when the next is asked for."""
    for name, way in WAYS.items():
        desk.window.show_page(PAGES.index("overview"))
        shown_last: QWidget | None = None
        for page, widget in way.show(desk):
            shown_last = widget
            yield f"{name}-{page}" if page else name, way, widget
        if shown_last is not None:
            leave(name, shown_last)
            shown_last.close()
    QGuiApplication.clipboard().clear()
