"""Pictures made ready for the data file in the background, so that a big photo freezes nothing."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage

WORKING = "กำลังเตรียมภาพ…"
PASTED = "ภาพที่วาง"
KINDS = "ภาพ (*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff)"
"""What a file dialog offers."""
CANNOT_OPEN = "เปิดแฟ้มนี้ไม่ได้ โปรดตรวจว่าแฟ้มยังอยู่"
CANNOT_PREPARE = "เตรียมภาพนี้ไม่ได้ โปรดบันทึกภาพเป็น JPEG หรือ PNG แล้วลองอีกครั้ง"

Source = Path | QImage
"""A picture file, or a picture from the clipboard."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One picture as it is to be kept. ``problem``: a Thai sentence where it can't be taken."""

    name: str
    content: bytes
    problem: str


@dataclass(eq=False, slots=True)
class _Asked:
    """A picture that is asked for. ``left``: nobody wants it any more."""

    name: str
    then: Callable[[Prepared], object]
    """What its asker wants done with it, in the window's thread."""
    left: bool = False


class _Post(QObject):
    """Rings in the window's thread when something is ready."""

    ready = Signal()


class Preparer(QObject):
    """Makes pictures ready one after the other, in a thread of its own, in the order asked."""

    changed = Signal()
    """Another picture is being waited for, or one less."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, "pictures")
        self._done: SimpleQueue[tuple[_Asked, Prepared]] = SimpleQueue()
        self._futures: list[Future[None]] = []
        self._asked: list[_Asked] = []
        self._closed = False
        self._post = _Post()
        self._post.ready.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether a picture is being waited for."""
        return bool(self._asked)

    @property
    def left(self) -> tuple[str, ...]:
        """The names of the pictures being waited for; the first is in hand."""
        return tuple(each.name for each in self._asked)

    def ask(self, source: Source, then: Callable[[Prepared], object]) -> None:
        """Have a picture made ready; ``then`` is called with it, later."""
        if self._closed:
            return
        asked = _Asked(source.name if isinstance(source, Path) else PASTED, then)
        self._asked.append(asked)
        self._futures = [each for each in self._futures if not each.done()]
        self._futures.append(self._thread.submit(self._make, source, asked))
        self.changed.emit()

    def cancel(self) -> None:
        """Want nothing any more of what is not ready yet; it is never handed over.

        The picture in hand is made to its end, and forgotten.
        """
        for each in self._asked:
            each.left = True
        for future in self._futures:
            future.cancel()
        self._asked.clear()
        self.changed.emit()

    def finish(self) -> None:
        """Wait for what was asked, and hand it over."""
        wait(self._futures)
        self._take()

    def close(self) -> None:
        """Wait for what was asked, hand it over, and take no more."""
        self._closed = True
        self.finish()
        self._thread.shutdown(wait=True)

    def _make(self, source: Source, asked: _Asked) -> None:
        """In the other thread: whatever goes wrong becomes a sentence."""
        content, problem = _prepared(source)
        self._done.put((asked, Prepared(asked.name, content, problem)))
        try:
            self._post.ready.emit()
        except RuntimeError:
            return  # the program has ended meanwhile

    def _take(self) -> None:
        while True:
            try:
                asked, done = self._done.get_nowait()
            except Empty:
                return
            if asked.left:
                continue
            self._asked.remove(asked)
            try:
                asked.then(done)
            finally:
                self.changed.emit()


def _prepared(source: Source) -> tuple[bytes, str]:
    """The picture as it is kept and "", or nothing and why not."""
    from ita_desktop.exchange.pictures import PictureError, prepare_picture

    try:
        raw = source.read_bytes() if isinstance(source, Path) else _png(source)
        return prepare_picture(raw), ""
    except PictureError as error:
        return b"", str(error)
    except OSError:
        return b"", CANNOT_OPEN
    except Exception:  # noqa: BLE001 - a fault must reach the window, not end with the thread
        traceback.print_exc()
        return b"", CANNOT_PREPARE


def _png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(kept.data())


def pictures_in(mime: QMimeData) -> list[Source]:
    """The pictures a clipboard or a drop holds: files, or else one picture."""
    files: list[Source] = [
        Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and url.toLocalFile()
    ]
    if files:
        return files
    image = mime.imageData() if mime.hasImage() else None
    return [image] if isinstance(image, QImage) and not image.isNull() else []
