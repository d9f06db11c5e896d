"""Photos of a measure in a round: thumbnails, captions, order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QFileDialog,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, Photo
from ita_desktop.domain.phrases import captions
from ui import alerts
from ui.preparing import KINDS, Prepared, Preparer, Source, pictures_in
from ui.session import Session
from ui.text import shown
from ui.widgets.layouts import button, label, row
from ui.widgets.photo_bank import PhotoBank, Used, small, used_photos
from ui.widgets.phrases import offer_phrases
from ui.widgets.texts import LineField
from ui.widgets.waiting import WaitingBar

_THUMB = QSize(120, 90)


class Photos(QWidget):
    """The photos that show what was done; they are kept in the data file, scaled for print."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._measure: Measure | None = None
        self._round = Round.TWELVE
        self.bank: PhotoBank | None = None
        self.list = self._made_list()
        self.list.currentItemChanged.connect(lambda *_: self._show_caption())
        self._build()

    def _made_list(self) -> QListWidget:
        self.list = QListWidget()
        self.list.setAccessibleName("ภาพของมาตรการ")
        self.list.setToolTip("ลากภาพมาวาง กด Ctrl+V เพื่อวางภาพที่คัดลอก หรือกด เพิ่มภาพ")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setWrapping(False)
        self.list.setIconSize(_THUMB)
        self.list.setFixedHeight(150)
        return self.list

    def _build(self) -> None:
        self.caption = LineField()
        self.caption.setAccessibleName("คำบรรยายภาพ")
        self.caption.setToolTip("ใคร ทำอะไร ที่ไหน เมื่อใด เช่น ประชุมชี้แจงพนักงาน ๑๒ ม.ค. ๒๕๖๙")
        self.caption.setPlaceholderText("คำบรรยายภาพที่เลือก")
        self.caption.typed.connect(self._on_caption)
        offer_phrases(self.caption, lambda: captions(self._session.dossier))
        self.setAcceptDrops(True)
        self.preparer = Preparer(self)
        self.waiting = WaitingBar(self.preparer)
        self.waiting.said.connect(self.said)
        caption_label = label("คำบรรยาย")
        caption_label.setBuddy(self.caption)
        self.add_button = button("เพิ่มภาพ…", self.add, tip="เลือกแฟ้มภาพ หรือลากภาพมาวาง")
        self.paste_button = button("วางภาพ", self.paste, tip="วางภาพที่คัดลอกไว้ (Ctrl+V)")
        self.reuse_button = button(
            "ใช้ภาพที่มี…", self.reuse, tip="เลือกภาพที่เคยใช้ในมาตรการหรือรอบอื่น โดยไม่เก็บซ้ำ"
        )
        self.back_button = button("◀", lambda: self.move_by(-1), tip="เลื่อนภาพไปก่อน")
        self.on_button = button("▶", lambda: self.move_by(1), tip="เลื่อนภาพไปหลัง")
        self.back_button.setAccessibleName("เลื่อนภาพไปก่อน")
        self.on_button.setAccessibleName("เลื่อนภาพไปหลัง")
        self.delete_button = button("ลบภาพ", self.delete, tip="เรียกคืนได้ด้วยเลิกทำ")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        edits = (self.add_button, self.paste_button, self.reuse_button)
        tools = (self.back_button, self.on_button, self.delete_button)
        column.addLayout(row(label("ภาพถ่าย"), *edits, None))
        column.addWidget(self.waiting)
        column.addWidget(self.list)
        column.addLayout(row(caption_label, self.caption, *tools))

    # --- showing ---------------------------------------------------------------------------------

    def show_measure(self, measure: Measure, which: Round) -> None:
        """Show the photos of a measure in a round."""
        chosen = self._photo
        same = self._measure is not None and self._measure.id == measure.id
        self._measure, self._round = measure, which
        photos = measure.progress_in(which).photos
        if [p.id for p in photos] != self._ids() or not same:
            self._fill(photos, chosen.id if chosen else None)
        for at, photo in enumerate(photos):
            item = self.list.item(at)
            item.setText(shown(photo.caption or f"ภาพที่ {at + 1}"))
            item.setToolTip(photo.caption)
        self.list.setVisible(bool(photos))
        self._show_caption()

    def _ids(self) -> list[int]:
        role = Qt.ItemDataRole.UserRole
        return [self.list.item(at).data(role) for at in range(self.list.count())]

    def _fill(self, photos: tuple[Photo, ...], chosen: int | None) -> None:
        self.list.clear()
        for photo in photos:
            picture = small(self._session.store.picture(photo.digest) or b"", _THUMB)
            item = QListWidgetItem(QIcon(picture), "")
            item.setSizeHint(QSize(_THUMB.width() + 16, _THUMB.height() + 34))
            item.setData(Qt.ItemDataRole.UserRole, photo.id)
            self.list.addItem(item)
            if photo.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)

    @property
    def _photo(self) -> Photo | None:
        item = self.list.currentItem()
        if item is None or self._measure is None:
            return None
        wanted = item.data(Qt.ItemDataRole.UserRole)
        photos = self._measure.progress_in(self._round).photos
        return next((photo for photo in photos if photo.id == wanted), None)

    def _show_caption(self) -> None:
        photo = self._photo
        for part in (self.caption, self.back_button, self.on_button, self.delete_button):
            part.setEnabled(photo is not None)
        if not self.caption.hasFocus():
            self.caption.show_value(photo.caption if photo else "")

    def go_to(self, photo_id: int) -> None:
        """Choose a photo, with the cursor in its caption."""
        if photo_id in self._ids():
            self.list.setCurrentRow(self._ids().index(photo_id))
        self.caption.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what the user does ----------------------------------------------------------------------

    def add(self) -> None:
        """Choose picture files and add them."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "เพิ่มภาพ", "", KINDS)
        self.add_pictures([Path(each) for each in chosen])

    def paste(self) -> None:
        """Add the picture or the picture files of the clipboard."""
        found = pictures_in(QGuiApplication.clipboard().mimeData())
        if not found:
            self.said.emit("ไม่มีภาพให้วาง โปรดคัดลอกภาพหรือแฟ้มภาพก่อน")
        self.add_pictures(found)

    def reuse(self) -> None:
        """Offer the pictures of other measures, rounds and years."""
        measure = self._measure
        if measure is None:
            return
        here = [photo.digest for photo in measure.progress_in(self._round).photos]
        found = used_photos(self._session.dossier, here)
        if not found:
            self.said.emit("ยังไม่มีภาพในมาตรการหรือรอบอื่นให้ใช้ซ้ำ")
            return
        which = self._round
        self.bank = PhotoBank(self._session, found, self)
        self.bank.chosen.connect(lambda used: self._use_again(measure.id, which, used))
        self.bank.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bank.show()

    def _use_again(self, measure_id: int, which: Round, used: tuple[Used, ...]) -> None:
        store = self._session.store

        photos = [(each.digest, each.caption) for each in used]
        if self._session.done(lambda: store.add_photos(measure_id, which, photos)):
            self.said.emit(shown(f"ใช้ภาพที่มีอยู่ {len(used)} ภาพแล้ว"))

    def add_pictures(self, sources: Sequence[Source]) -> None:
        """Add pictures to the measure and round now shown, once each is made ready."""
        measure, which = self._measure, self._round
        if measure is None or not self.isEnabled():
            return
        for source in sources:
            self.preparer.ask(source, lambda done: self._keep(measure.id, which, done))

    def _keep(self, measure_id: int, which: Round, done: Prepared) -> None:
        """Keep a picture where it was asked for, whatever is shown by now."""
        if done.problem:
            alerts.warn(self, f"เพิ่มภาพ “{done.name}” ไม่ได้", done.problem)
            return
        store = self._session.store
        if self._session.done(
            lambda: store.add_photo(measure_id, which, store.add_picture(done.content))
        ):
            self.said.emit("เพิ่มภาพแล้ว")

    def delete(self) -> None:
        """Take the chosen photo away; undo brings it back."""
        photo = self._photo
        if photo is not None:
            self._session.done(lambda: self._session.store.delete_row("photo", photo.id))

    def move_by(self, by: int) -> None:
        """Move the chosen photo to an earlier or a later place."""
        photo = self._photo
        if photo is not None:
            self._session.done(lambda: self._session.store.move_row("photo", photo.id, by))

    def _on_caption(self, text: str) -> None:
        photo = self._photo
        if photo is not None:
            merge = (self.caption.visit, photo.id)
            self._session.saver.later(
                ("photo", photo.id),
                self._session.store.set_photo,
                photo.id,
                caption=text,
                origin=self,
                merge=merge,
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures may be dropped here."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.add_pictures(pictures_in(event.mimeData()))
        event.acceptProposedAction()
