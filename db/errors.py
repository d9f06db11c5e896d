"""Why a data file can't be opened or written: each reason with its own plain Thai sentence.

``str(error)`` is what the clerk reads: what happened and what to do.
"""

from __future__ import annotations

from pathlib import Path


class DataFileError(Exception):
    """The data file can't be used as asked. The file itself was left as it was."""

    sentence = "ใช้แฟ้มข้อมูล “{name}” ไม่ได้"

    def __init__(self, path: Path, detail: str = "") -> None:
        self.path = path
        self.detail = detail
        super().__init__(self.sentence.format(name=path.name, detail=detail))


class MissingDataFile(DataFileError):
    """There is no such file; none is made in its place."""

    sentence = (
        "ไม่พบแฟ้ม “{name}” อาจถูกย้ายหรือเปลี่ยนชื่อ หรือยังไม่ได้เสียบแฟลชไดรฟ์ โปรดเลือกแฟ้มอื่นหรือสร้างแฟ้มใหม่"
    )


class NotADataFile(DataFileError):
    """The file is something else, or empty."""

    sentence = "แฟ้ม “{name}” ไม่ใช่แฟ้มข้อมูลของโปรแกรมนี้ โปรดเลือกแฟ้มที่ลงท้ายด้วย .ita ซึ่งโปรแกรมนี้สร้างขึ้น"


class NewerDataFile(DataFileError):
    """The file was written by a newer program."""

    sentence = (
        "แฟ้ม “{name}” สร้างด้วยโปรแกรมรุ่นใหม่กว่ารุ่นนี้ จึงไม่เปิดเพื่อไม่ให้ข้อมูลเสียหาย โปรดติดตั้งโปรแกรมรุ่นล่าสุดแล้วเปิดอีกครั้ง"
    )


class LockedDataFile(DataFileError):
    """Another program, or another window of this one, has the file open."""

    sentence = "แฟ้ม “{name}” กำลังเปิดอยู่ในหน้าต่างอื่นหรือเครื่องอื่น โปรดปิดที่นั่นก่อน แล้วเปิดอีกครั้ง"


class ReadOnlyDataFile(DataFileError):
    """The file or its folder can't be written."""

    sentence = (
        "แฟ้ม “{name}” เปิดได้เฉพาะอ่าน จึงบันทึกสิ่งที่พิมพ์ไม่ได้ โปรดคัดลอกไปไว้ในโฟลเดอร์เอกสารของเครื่อง หรือยกเลิกการป้องกันการเขียน แล้วเปิดอีกครั้ง"
    )


class DamagedDataFile(DataFileError):
    """The file is ours but not whole; it is never written to."""

    sentence = (
        "แฟ้ม “{name}” ชำรุด โปรแกรมไม่ได้แก้ไขสิ่งใดในแฟ้ม โปรดเก็บแฟ้มนี้ไว้ แล้วเปิดแฟ้มสำรองล่าสุดแทน"
    )


class ExistingFile(DataFileError):
    """A new data file would overwrite one that is there."""

    sentence = "มีแฟ้ม “{name}” อยู่แล้ว โปรดใช้ชื่ออื่น หรือเปิดแฟ้มเดิม"


class WriteFailed(DataFileError):
    """An edit could not be written. Nothing of it is in the file."""

    sentence = (
        "บันทึกลงแฟ้ม “{name}” ไม่สำเร็จ ({detail}) สิ่งที่พิมพ์ยังอยู่บนหน้าจอ โปรดตรวจพื้นที่ว่างหรือแฟลชไดรฟ์ แล้วลองอีกครั้ง"
    )
