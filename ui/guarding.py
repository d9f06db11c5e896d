"""What the window does when things go wrong: tells it in the bar, keeps what is typed, offers ways.

Nothing here closes the window or waits at a box: she goes on typing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import DataFileError
from ui import alerts
from ui.backing import Backing, reminder
from ui.crash import Crashes, report_of_fault
from ui.data_place import Form, data_place
from ui.keeping import Keeper, Kept, read_kept
from ui.runs import EarlierRun, Here, Run
from ui.session import Session
from ui.text import clock_text, shown
from ui.widgets.troubles import Troubles

if TYPE_CHECKING:
    from db.elsewhere import SavedElsewhere
    from db.shelf import Backup
    from ui.widgets.recovery import RecoveryPanel, ReportPanel

PLACE, COPIES, BACKUP, UPGRADED = "place", "copies", "backup", "upgraded"
MEDIUM, _HEARD = "medium", "told_of_medium"
REMIND_MS = 3000
SAVING, MISTAKE, KEEPING, EARLIER, LEFT = "saving", "mistake", "keeping", "earlier", "left"
_GOES_ON = "พิมพ์ต่อได้ตามปกติ สิ่งที่พิมพ์ถูกเก็บไว้ชั่วคราว และจะลงแฟ้มเองเมื่อเขียนได้"
FILE_FILTER = "แฟ้มข้อมูล ITA (*.ita)"


class Guard(QObject):
    """Stands beside one window. ``run``: this start's private folder; None keeps nothing."""

    moved = Signal(object)
    """The data were saved elsewhere: the path to go on with."""
    open_asked = Signal(object)
    """A data file is to be opened: its path."""
    put_back = Signal()
    """What was kept is in the data file again: show all anew."""
    said = Signal(str)
    reminded = Signal(str)
    """What is to be remembered about back-ups; "" when nothing is."""

    def __init__(self, window: QWidget, run: Run | None = None) -> None:
        super().__init__(window)
        self._window = window
        self.run = run
        self.troubles = Troubles()
        self.session: Session | None = None
        self.keeper = Keeper(run, window) if run is not None else None
        self.crashes = Crashes(run, self) if run is not None else None
        self.earlier: tuple[EarlierRun, ...] = ()
        self.panel: RecoveryPanel | ReportPanel | None = None
        self.backing = Backing(self)
        self.backing.failed.connect(self._on_no_backup)
        self.backing.made.connect(self._on_backup)
        if self.keeper is not None and self.crashes is not None:
            self.keeper.failed.connect(self._on_not_kept)
            self.crashes.happened.connect(self._on_mistake)

    # --- the open file ---------------------------------------------------------------------------

    def follow(self, session: Session | None) -> None:
        """Watch over another open file; None: none is open."""
        if session is self.session:
            return
        self.session = session
        self.troubles.solve(SAVING)
        self.troubles.solve(KEEPING)
        if self.keeper is not None:
            self.keeper.follow(session)
        self.note("")
        for key in (PLACE, COPIES, BACKUP, UPGRADED):
            self.troubles.solve(key)
        if self.run is not None:  # a window with a life of its own, not one of a test
            self.backing.follow(session)
            QTimer.singleShot(REMIND_MS, self, self._remind)
        if session is not None:
            session.saver.failed.connect(self._on_failed)
            session.saver.recovered.connect(self._on_recovered)
            self._offer_kept(session)
            self._look_around(session.store.path)

    def _tell_upgrade(self, path: Path) -> None:
        """A file of an earlier program was brought up to date: where it lies as it was."""
        done = self.session.store.upgraded if self.session is not None else None
        if done is not None:
            self.troubles.show_trouble(
                UPGRADED,
                done.sentence(path),
                ("รับทราบ", lambda: self.troubles.solve(UPGRADED)),
                grave=False,
            )

    def _look_around(self, path: Path) -> None:
        """A folder that others reach, a second version beside: told, with a way out."""
        from db.surroundings import conflict_copies, conflict_sentence, place_of

        self._tell_upgrade(path)
        place = place_of(path)
        if place is not None:
            self.troubles.show_trouble(
                PLACE,
                place.sentence(),
                ("ย้ายมาไว้ในเครื่องนี้…", self.ask_elsewhere),
                ("รับทราบ", lambda: self.troubles.solve(PLACE)),
                grave=False,
            )
        copies = conflict_copies(path)
        if copies:
            self.troubles.show_trouble(
                COPIES,
                conflict_sentence(path, copies),
                (f"เปิด “{copies[0].name}”", lambda: self.open_asked.emit(copies[0])),
                ("รับทราบ", lambda: self.troubles.solve(COPIES)),
                grave=False,
            )

    def _remind(self) -> None:
        """Speak of the copy on another drive where it is missing or old."""
        backups = self.backing.backups()
        words = reminder(backups, datetime.now().astimezone()) if backups is not None else ""
        self.reminded.emit(shown(words))

    def _on_no_backup(self, sentence: str) -> None:
        from db.shelf import Reason

        self.troubles.show_trouble(
            BACKUP,
            sentence,
            ("ลองอีกครั้ง", lambda: self.backing.begin(Reason.ASKED)),
            ("รับทราบ", lambda: self.troubles.solve(BACKUP)),
            grave=False,
        )

    def _on_backup(self, _backup: Backup) -> None:
        self.troubles.solve(BACKUP)
        self._remind()
        self.said.emit("ทำสำเนาสำรองและตรวจแล้ว")

    def tell_of_place(self) -> None:
        """Say where data go when the program's own medium takes nothing, until she knows."""
        place = data_place()
        folder = str(place.folder)
        if place.form is not Form.READ_ONLY or QSettings().value(_HEARD, "", type=str) == folder:
            return

        def heard() -> None:
            QSettings().setValue(_HEARD, folder)
            self.troubles.solve(MEDIUM)

        self.troubles.show_trouble(
            MEDIUM,
            f"โปรแกรมอยู่ในที่ที่เขียนไม่ได้ เช่น แผ่นซีดี หรือแฟลชไดรฟ์ที่ล็อกไว้ ข้อมูลจึงเก็บไว้ในเครื่องนี้ที่ “{folder}”",
            ("รับทราบ", heard),
            grave=False,
        )

    def note(self, page: str) -> None:
        """Remember for the next start what is open."""
        if self.run is not None:
            self.run.note(Here(self.session.store.path if self.session else None, page))

    def _on_failed(self, sentence: str) -> None:
        path = self.session.store.path if self.session else Path()
        if not path.exists():
            sentence = (
                f"ไม่พบแฟ้ม “{path.name}” แล้ว อาจถอดแฟลชไดรฟ์ หรือแฟ้มถูกย้าย เปลี่ยนชื่อ หรือลบ "
                "เมื่อเสียบกลับหรือย้ายกลับที่เดิม โปรแกรมจะบันทึกต่อให้เอง"
            )
        self.troubles.show_trouble(
            SAVING,
            f"{sentence}\n{_GOES_ON}",
            ("ลองบันทึกอีกครั้ง", self._try_again),
            ("บันทึกไว้ที่อื่น…", self.ask_elsewhere),
        )

    def _on_recovered(self) -> None:
        self.troubles.solve(SAVING)
        self.troubles.solve(KEEPING)
        self.said.emit("บันทึกได้แล้ว ทุกสิ่งที่พิมพ์อยู่ในแฟ้มครบ")

    def _try_again(self) -> None:
        if self.session is not None and not self.session.saver.flush():
            self.said.emit("ยังบันทึกไม่ได้ โปรแกรมจะลองอีกทุก ๓ วินาที")

    def ask_elsewhere(self) -> None:
        """Ask for a place and save a whole copy there, what waits included; then go on there."""
        if self.session is None:
            return
        name = f"{self.session.store.path.stem} (บันทึกไว้ที่อื่น).ita"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "บันทึกข้อมูลทั้งหมดไว้ที่อื่น", str(Path.home() / name), FILE_FILTER
        )
        if chosen:
            self.save_elsewhere(Path(chosen if chosen.endswith(".ita") else chosen + ".ita"))

    def save_elsewhere(self, path: Path) -> bool:
        """Save a whole copy with what waits, and go on with it."""
        from db.elsewhere import save_elsewhere

        session = self.session
        if session is None:
            return False
        try:
            found = save_elsewhere(session.store, path, session.saver.deeds())
        except DataFileError as error:
            alerts.warn(self._window, "บันทึกไว้ที่อื่นไม่สำเร็จ", str(error))
            return False
        session.saver.forget()
        self.moved.emit(path)
        alerts.tell(self._window, "บันทึกไว้ที่อื่นแล้ว", shown(_saved_text(found)))
        return True

    def keep_for_later(self) -> bool:
        """Keep what waits for the next time this file is opened; False when it can't be."""
        if self.keeper is None or self.session is None:
            return False
        return self.keeper.hand_over()

    def keep_unfinished(self) -> None:
        """Keep texts that are no values yet for the next time this file is opened."""
        if self.keeper is not None:
            self.keeper.hand_over_unfinished()

    # --- mistakes --------------------------------------------------------------------------------

    def _on_mistake(self) -> None:
        self.troubles.show_trouble(
            MISTAKE,
            "โปรแกรมพบข้อผิดพลาดที่ไม่คาดคิด แต่ยังทำงานต่อได้ และสิ่งที่พิมพ์ไม่หาย "
            "ถ้าหน้าจอดูผิดปกติ โปรดปิดแล้วเปิดโปรแกรมใหม่ และส่งรายงานให้ผู้ดูแลโปรแกรม",
            ("ดูรายงาน…", self._show_reports),
            ("ปิดข้อความนี้", lambda: self.troubles.solve(MISTAKE)),
        )

    def all_reports(self) -> tuple[str, ...]:
        """The reports of mistakes of this start and of those that ended badly; they name nobody."""
        here = self.run.reports() if self.run is not None else ()
        return (*here, *(text for each in self.earlier if (text := _report_of(each))))

    def _show_reports(self) -> None:
        from ui.widgets.recovery import ReportPanel

        if self.run is not None:
            self._show(ReportPanel("\n\n".join(self.run.reports()), self._window))

    def _on_not_kept(self) -> None:
        self.troubles.show_trouble(
            KEEPING,
            "ดิสก์ของเครื่องนี้ก็เต็มหรือเขียนไม่ได้ สิ่งที่พิมพ์จึงอยู่ในหน่วยความจำเท่านั้น "
            "อย่าเพิ่งปิดโปรแกรม โปรดลบแฟ้มที่ไม่ใช้ หรือบันทึกไว้ที่อื่น เช่น แฟลชไดรฟ์",
            ("บันทึกไว้ที่อื่น…", self.ask_elsewhere),
        )

    # --- after a bad end -------------------------------------------------------------------------

    def tell_of(self, earlier: tuple[EarlierRun, ...]) -> None:
        """Tell of runs that did not end as they should; what they kept is offered with its file."""
        from ui.widgets.recovery import ReportPanel

        self.earlier = earlier
        crashed = next((each for each in earlier if not each.here.left), None)
        if crashed is not None:
            report = _report_of(crashed)
            ways: list[tuple[str, Callable[[], object]]] = []
            if report:
                ways.append(("ดูรายงาน…", lambda: self._show(ReportPanel(report, self._window))))
            ways.append(("รับทราบ", self._on_heard))
            self.troubles.show_trouble(EARLIER, _ended_text(crashed), *ways, grave=False)
        if self.session is not None:
            self._offer_kept(self.session)
        self._point_to_kept()

    def _on_heard(self) -> None:
        """She knows: runs with nothing more to tell are over."""
        self.troubles.solve(EARLIER)
        for each in self.earlier:
            if read_kept(each.kept) is None:
                each.done()
        self.earlier = tuple(each for each in self.earlier if each.folder.exists())

    def _waiting(self) -> list[tuple[EarlierRun, Kept]]:
        return [(each, kept) for each in self.earlier if (kept := read_kept(each.kept))]

    def _point_to_kept(self) -> None:
        """Say where kept typing belongs when that file is not the open one."""
        here = self.session.store.path if self.session else None
        path = next((k.path for _, k in self._waiting() if not _same(k.path, here)), None)
        if path is None:
            self.troubles.solve(LEFT)
            return
        self.troubles.show_trouble(
            LEFT,
            f"มีสิ่งที่พิมพ์ค้างไว้ของแฟ้ม “{path.name}” ที่ยังไม่ได้บันทึก เปิดแฟ้มนั้นเพื่อนำกลับมา",
            ("เปิดแฟ้มนั้น", lambda: self.open_asked.emit(path)),
            ("ยังไม่ทำตอนนี้", lambda: self.troubles.solve(LEFT)),
            grave=False,
        )

    def _offer_kept(self, session: Session) -> None:
        """Show what was kept for this file, with a preview."""
        from ui.widgets.recovery import RecoveryPanel

        for run, kept in self._waiting():
            if _same(kept.path, session.store.path):
                panel = RecoveryPanel(session, kept, self._window)
                panel.settled.connect(lambda back, run=run: self._on_settled(run, back))
                self._show(panel)
                break
        self._point_to_kept()

    def _on_settled(self, run: EarlierRun, back: bool) -> None:
        run.drop_kept()
        if not self.troubles.text(EARLIER):
            run.done()
        self.earlier = tuple(each for each in self.earlier if each.folder.exists())
        if back:
            self.put_back.emit()
            self.said.emit("นำสิ่งที่พิมพ์ค้างไว้กลับมาแล้ว กด Ctrl+Z เพื่อเลิกทำทั้งหมด")

    def _show(self, panel: RecoveryPanel | ReportPanel) -> None:
        if self.panel is not None:
            with contextlib.suppress(RuntimeError):  # Qt has freed it already
                self.panel.close()
        self.panel = panel
        panel.show()

    # --- the end ---------------------------------------------------------------------------------

    def end(self) -> None:
        """The program ends as it should."""
        if self.crashes is not None:
            self.crashes.remove()
        for each in self.earlier:
            each.leave()
        if self.run is not None:
            self.run.end()


def _same(one: Path, other: Path | None) -> bool:
    if other is None:
        return False
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return one == other


def _saved_text(found: SavedElsewhere) -> str:
    lines = [f"ข้อมูลทั้งหมดกับสิ่งที่เพิ่งพิมพ์อยู่ที่ “{found.path}” และโปรแกรมใช้แฟ้มนั้นต่อแล้ว"]
    if not found.whole:
        lines.append("แฟ้มเดิมอ่านไม่ได้แล้ว ประวัติการแก้ไขจึงไม่ได้มาด้วย โปรดเก็บแฟ้มเดิมไว้")
    if found.photos:
        lines.append(f"มีภาพหรือเอกสารที่ออกแล้ว {found.photos} แฟ้มที่อ่านไม่ได้ จึงไม่อยู่ในแฟ้มใหม่")
    if found.refused:
        lines.append(f"มี {len(found.refused)} ค่าที่ใส่ไม่ได้ เพราะรายการนั้นถูกลบไปแล้ว")
    return "\n".join(lines)


def _ended_text(run: EarlierRun) -> str:
    name = run.here.path.name if run.here.path else ""
    which = f" ขณะเปิดแฟ้ม “{name}”" if name else ""
    return (
        f"ครั้งก่อนโปรแกรมปิดไปโดยไม่ปกติ{which} ({clock_text(run.ended)}) "
        "เช่น ไฟดับ หรือโปรแกรมขัดข้อง สิ่งที่บันทึกแล้วอยู่ครบในแฟ้ม"
    )


def _report_of(run: EarlierRun) -> str:
    """All that can be sent about a bad end; "" when the system simply ended it."""
    fault = run.faults
    texts = [*run.reports(), *([report_of_fault(fault, run.here.page)] if fault else [])]
    return "\n\n".join(texts)
