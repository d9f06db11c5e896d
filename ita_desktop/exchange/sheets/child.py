"""The process that reads what comes from elsewhere: little memory, little time, one answer file.

``python -m ita_desktop read-tables IN OUT`` is it: it reads IN, writes its answer to OUT and ends
whatever happens to it, the program that asked goes on (see ``reading.py``).
"""

from __future__ import annotations

import io
import json
import re
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.sheets.delimited import decoded, read_delimited
from ita_desktop.exchange.sheets.markup import is_markup, read_markup
from ita_desktop.exchange.sheets.raw import RawTable, Source, source_to_data

MOST_MEMORY = 300_000_000
MOST_SECONDS = 10
CPU_SECONDS = 8
"""Of computing; less than the time that is waited for, so that the system ends it first."""
MOST_ANSWER = 60_000_000
BROKEN = "อ่านแฟ้มนี้ไม่ได้ แฟ้มอาจเสียหาย"
MEND = "เปิดแฟ้มด้วย Excel หรือ Word แล้วบันทึกใหม่ หรือคัดลอกตารางมาวางแทน"
TOO_LARGE = "แฟ้มนี้ใหญ่หรือซับซ้อนเกินกว่าจะอ่านได้อย่างปลอดภัย"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def read_source(content: bytes) -> Source:
    """The tables in the content of a file, whatever its name says. Raises SourceError."""
    try:
        return _read(content)
    except SourceError:
        raise
    except MemoryError as error:
        raise SourceError("", TOO_LARGE, "เลือกแฟ้มอื่น หรือคัดลอกตารางมาวางแทน") from error
    except Exception as error:  # a damaged file makes the readers raise almost anything
        raise SourceError("", BROKEN, MEND) from error


def _read(content: bytes) -> Source:
    if not content.strip(b"\0 \r\n\t"):
        raise SourceError("", "แฟ้มว่างเปล่า", "เลือกแฟ้มอื่น")
    if content.startswith(b"PK"):
        return _packed(content)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            problem = "แฟ้มมีรหัสผ่าน"
            raise SourceError("", problem, "เปิดด้วย Excel แล้วบันทึกใหม่โดยไม่มีรหัสผ่าน")
        problem = "แฟ้มเป็นรูปแบบเก่าของ Office (.xls หรือ .doc)"
        raise SourceError("", problem, "เปิดด้วย Excel หรือ Word แล้วบันทึกเป็น .xlsx หรือ .docx")
    if content.startswith(b"%PDF"):
        mend = "เปิด PDF แล้วคัดลอกตารางมาวาง หรือใช้แฟ้ม Word หรือ Excel ต้นฉบับ"
        raise SourceError("", "อ่านตารางจาก PDF ไม่ได้", mend)
    return read_text(decoded(content))


def read_text(text: str) -> Source:
    """The tables in a text: those of its markup, or the one its lines are."""
    if is_markup(text):
        return Source(read_markup(text))
    if len(_CONTROL.findall(text[:20_000])) > 3:
        raise SourceError("", "ไม่ใช่ตารางหรือข้อความ", "เลือกแฟ้ม .xlsx .docx .csv หรือ .json")
    table = read_delimited(text, "ตาราง", lettered=False)
    return Source((table,) if table.rows else ())


def _packed(content: bytes) -> Source:
    from ita_desktop.exchange.sheets.workbook import check_archive, read_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        check_archive(archive)
    if "word/document.xml" in names:
        return _word(content)
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        return read_workbook(io.BytesIO(content))
    problem = "แฟ้มนี้ไม่ใช่สมุดงาน Excel หรือเอกสาร Word"
    raise SourceError("", problem, "เลือกแฟ้ม .xlsx หรือ .docx")


def _word(content: bytes) -> Source:
    from ita_desktop.domain.review.finished import Grid
    from ita_desktop.exchange.finished import read_word

    grids = [part for part in read_word(content, "").parts if isinstance(part, Grid)]
    return Source(
        tuple(
            RawTable(f"ตารางที่ {number}", grid.rows, lettered=False)
            for number, grid in enumerate(grids, start=1)
        )
    )


def answer(wanted: Path, target: Path) -> None:
    """Read ``wanted`` inside the limits and write what was found, or why not, to ``target``."""
    _limit()
    try:
        source: dict[str, Any] = {"found": source_to_data(read_source(wanted.read_bytes()))}
    except SourceError as error:
        source = {"refused": [error.place, error.problem, error.mend]}
    with target.open("w", encoding="utf-8", errors="replace") as file:
        json.dump(source, file, ensure_ascii=False)


def _limit() -> None:
    """Let the system end this process, or refuse it more, when it wants too much."""
    if sys.platform == "win32":
        threading.Thread(target=_watch, name="watchdog", daemon=True).start()
        return
    import resource

    limits = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: MOST_ANSWER,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform.startswith("linux"):  # elsewhere an address space is not what is used
        limits[resource.RLIMIT_AS] = MOST_MEMORY
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        within = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (within, hard))


def _watch() -> None:
    """End this process when it holds too much memory; Windows has no such limit to set."""
    import os

    while True:
        if _windows_memory() > MOST_MEMORY:
            os._exit(3)
        time.sleep(0.05)


def _windows_memory() -> int:
    """Bytes that this process has been given, by the system's own count."""
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = (  # PROCESS_MEMORY_COUNTERS
            ("cb", ctypes.c_uint32),
            ("faults", ctypes.c_uint32),
            *((f"size_{number}", ctypes.c_size_t) for number in range(7)),
            ("pagefile", ctypes.c_size_t),
        )

    found = Counters()
    found.cb = ctypes.sizeof(found)
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32]
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(found), found.cb)
    return int(found.pagefile)
