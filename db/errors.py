"""Why a data file can't be opened or written: each reason with its own plain Thai sentence.

``str(error)`` is what the clerk reads: what happened and what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.holders import Holder


class DataFileError(Exception):
    """The data file can't be used as asked. The file itself was left as it was."""

    sentence = "ใช้แฟ้มข้อมูล “{name}” ไม่ได้ โปรดปิดโปรแกรมแล้วเปิดใหม่"

    def __init__(self, path: Path, detail: str = "") -> None:
        self.path = path
        self.detail = detail
        super().__init__(self.sentence.format(name=path.name, detail=detail))


# --- opening ---------------------------------------------------------------------------------


class MissingDataFile(DataFileError):
    """There is no such file; none is made in its place."""

    sentence = (
        "ไม่พบแฟ้ม “{name}” อาจถูกย้ายหรือเปลี่ยนชื่อ หรือยังไม่ได้เสียบแฟลชไดรฟ์ โปรดเลือกแฟ้มอื่นหรือสร้างแฟ้มใหม่"
    )


class NotADataFile(DataFileError):
    """The file is something else, or so broken that nothing in it tells it is ours."""

    sentence = (
        "แฟ้ม “{name}” ไม่ใช่แฟ้มข้อมูลของโปรแกรมนี้ โปรดเลือกแฟ้มที่ลงท้ายด้วย .ita ซึ่งโปรแกรมนี้สร้างขึ้น "
        "หากเคยเปิดแฟ้มนี้ได้ แฟ้มอาจชำรุด โปรดเปิดแฟ้มสำรอง"
    )


class EmptyDataFile(NotADataFile):
    """The file holds no bytes, or only zeros: a copy or a download that went wrong."""

    sentence = "แฟ้ม “{name}” ไม่มีข้อมูลอยู่ภายใน อาจคัดลอกหรือดาวน์โหลดไม่ครบ โปรดคัดลอกมาใหม่ หรือเปิดแฟ้มสำรอง"


class NewerDataFile(DataFileError):
    """The file was written by a newer program."""

    sentence = (
        "แฟ้ม “{name}” สร้างด้วยโปรแกรมรุ่นใหม่กว่ารุ่นนี้ จึงไม่เปิดเพื่อไม่ให้ข้อมูลเสียหาย "
        "โปรดติดตั้งโปรแกรมรุ่นล่าสุดแล้วเปิดอีกครั้ง"
    )


class LockedDataFile(DataFileError):
    """Another program, or another window of this one, has the file open.

    ``holder`` is who, as far as is known; ``shown`` names him, and is for the screen only.
    """

    def __init__(self, path: Path, holder: Holder | None = None) -> None:
        super().__init__(path)
        self.holder = holder

    @property
    def shown(self) -> str:
        """The sentence with computer and user: never to be logged."""
        return self.shown_in(str)

    def shown_in(self, digits: Callable[[str], str]) -> str:
        """The same with the day and the time in the screen's digits; names stay as they are."""
        if self.holder is None:
            return str(self)
        return (
            f"แฟ้ม “{self.path.name}” กำลังเปิดอยู่{self.holder.words(digits)} โปรดปิดที่นั่นก่อน แล้วเปิดอีกครั้ง "
            "หากเครื่องนั้นดับไปแล้ว โปรดรอครู่หนึ่งแล้วลองใหม่ หรือเปิดเครื่องนั้นแล้วปิดแฟ้ม"
        )

    sentence = "แฟ้ม “{name}” กำลังเปิดอยู่ในหน้าต่างอื่นหรือเครื่องอื่น โปรดปิดที่นั่นก่อน แล้วเปิดอีกครั้ง"


class ReadOnlyDataFile(DataFileError):
    """The file or its folder can't be written."""

    sentence = (
        "แฟ้ม “{name}” เปิดได้เฉพาะอ่าน จึงบันทึกสิ่งที่พิมพ์ไม่ได้ "
        "โปรดคัดลอกไปไว้ในเครื่องนี้ หรือยกเลิกการป้องกันการเขียน แล้วเปิดอีกครั้ง"
    )


class UnreadableDataFile(DataFileError):
    """The system refuses to read the file: no permission, or the medium fails."""

    sentence = (
        "อ่านแฟ้ม “{name}” ไม่ได้ ({detail}) โปรดตรวจแฟลชไดรฟ์หรือสิทธิ์ของแฟ้ม แล้วเปิดอีกครั้ง หรือเปิดแฟ้มสำรอง"
    )


class DamagedDataFile(DataFileError):
    """The file is ours but not whole; it is never written to."""

    sentence = "แฟ้ม “{name}” ชำรุด โปรแกรมไม่ได้แก้ไขสิ่งใดในแฟ้ม โปรดเก็บแฟ้มนี้ไว้ แล้วเปิดแฟ้มสำรองล่าสุดแทน"


class UnsafeDataFile(DataFileError):
    """A safety setting did not take: this SQLite or this place can't keep the promise."""

    sentence = (
        "เปิดแฟ้ม “{name}” ให้ปลอดภัยไม่ได้ ({detail}) โปรดคัดลอกไปไว้ในเครื่องนี้แล้วเปิดอีกครั้ง "
        "ถ้ายังไม่ได้ โปรดติดตั้งโปรแกรมใหม่"
    )


class UpgradeFailed(DataFileError):
    """The file of an older program could not be brought up to this one; it is as it was."""

    sentence = (
        "ปรับแฟ้ม “{name}” ให้เข้ากับโปรแกรมรุ่นนี้ไม่สำเร็จ ({detail}) แฟ้มยังเป็นเหมือนเดิม "
        "โปรดตรวจพื้นที่ว่าง แล้วเปิดอีกครั้ง"
    )


# --- creating --------------------------------------------------------------------------------


class ExistingFile(DataFileError):
    """A new data file would overwrite one that is there."""

    sentence = "มีแฟ้ม “{name}” อยู่แล้ว โปรดใช้ชื่ออื่น หรือเปิดแฟ้มเดิม"


class CreateFailed(DataFileError):
    """A new data file could not be made; nothing of it is left."""

    sentence = "สร้างแฟ้ม “{name}” ไม่สำเร็จ ({detail}) โปรดตรวจพื้นที่ว่าง หรือเลือกโฟลเดอร์อื่น แล้วลองอีกครั้ง"


# --- writing ---------------------------------------------------------------------------------


class WriteFailed(DataFileError):
    """The disk refused an edit. Nothing of it is in the file; trying again may help."""

    sentence = (
        "บันทึกลงแฟ้ม “{name}” ไม่สำเร็จ ({detail}) สิ่งที่พิมพ์ยังอยู่บนหน้าจอ "
        "โปรดตรวจพื้นที่ว่างหรือแฟลชไดรฟ์ แล้วลองอีกครั้ง"
    )


class MovedDataFile(WriteFailed):
    """Under the open file's name there is another one now; it is not written to."""

    sentence = (
        "แฟ้ม “{name}” ในที่เดิมไม่ใช่แฟ้มที่เปิดไว้ หรือถูกแก้จากที่อื่น โปรแกรมจึงไม่เขียนทับ "
        "สิ่งที่พิมพ์ยังอยู่ครบ โปรดกดบันทึกไว้ที่อื่น"
    )


class RefusedEdit(DataFileError):
    """The data file's rules refuse what was to be kept; trying again will not help."""

    sentence = "เก็บค่านี้ลงแฟ้ม “{name}” ไม่ได้ ข้อมูลเดิมยังอยู่ครบ โปรดตรวจสิ่งที่กรอก แล้วแก้ไข"


class GoneRow(RefusedEdit):
    """What was to be edited is no longer there."""

    sentence = (
        "บันทึกลงแฟ้ม “{name}” ไม่ได้ เพราะรายการนี้ถูกลบไปแล้ว "
        "โปรดเลิกทำ (Ctrl+Z) เพื่อนำรายการกลับมา แล้วแก้ไขอีกครั้ง"
    )


class NotPutBack(RefusedEdit):
    """What was deleted can't be brought back as it was."""

    sentence = "นำสิ่งที่ลบกลับมาในแฟ้ม “{name}” ไม่ได้ เพราะ{detail} โปรดดูเนื้อหาเดิมในรายการ แล้วพิมพ์ใหม่"


# --- back-ups --------------------------------------------------------------------------------


class BackupFailed(DataFileError):
    """No back-up could be made; the data file and the earlier back-ups are as they were."""

    sentence = (
        "สำรองแฟ้ม “{name}” ไม่สำเร็จ ({detail}) ข้อมูลและแฟ้มสำรองเดิมยังอยู่ครบ "
        "โปรดตรวจพื้นที่ว่าง แล้วสั่งสำรองอีกครั้ง"
    )


class RestoreFailed(DataFileError):
    """The back-up was not put back; the data file is as it was."""

    sentence = (
        "กู้คืนแฟ้ม “{name}” ไม่สำเร็จ ({detail}) แฟ้มเดิมยังอยู่เหมือนเดิม "
        "โปรดเลือกแฟ้มสำรองอื่น หรือตรวจพื้นที่ว่างแล้วลองอีกครั้ง"
    )


class RescueFailed(DataFileError):
    """Nothing of a damaged file could be brought into a new one."""

    sentence = (
        "กู้ข้อมูลจากแฟ้ม “{name}” ไม่สำเร็จ ({detail}) แฟ้มนั้นยังอยู่เหมือนเดิม โปรดกู้คืนจากแฟ้มสำรอง หรือเลือกที่เก็บอื่น"
    )
