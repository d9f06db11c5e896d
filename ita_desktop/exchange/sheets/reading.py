"""Asks another process to read a file or a pasted text, and waits no longer than it may take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ita_desktop.exchange.errors import SourceError, one_line
from ita_desktop.exchange.sheets.child import (
    BROKEN,
    MEND,
    MOST_ANSWER,
    MOST_SECONDS,
    TOO_LARGE,
)
from ita_desktop.exchange.sheets.raw import Source, source_from_data

MOST_BYTES = 30_000_000
"""Of a file."""
MOST_PASTED = 8_000_000
"""Letters on the clipboard."""
COMMAND = "read-tables"
"""The hidden command of the reading process."""


def read_file(path: Path) -> Source:
    """The tables of a file (.xlsx, .docx, .csv, .html, a text). Raises SourceError."""
    name = one_line(path.name)
    try:
        if not path.is_file():
            raise SourceError("", f"ไม่พบแฟ้ม “{name}”", "ตรวจชื่อแฟ้มและที่เก็บ")
        if path.stat().st_size > MOST_BYTES:
            raise SourceError("", "แฟ้มใหญ่เกิน 30 เมกะไบต์", "ตรวจว่าเลือกแฟ้มถูกต้อง")
        content = path.read_bytes()
    except OSError as error:
        problem = f"อ่านแฟ้ม “{name}” ไม่ได้"
        raise SourceError("", problem, "ปิดโปรแกรมที่เปิดแฟ้มนี้อยู่ แล้วลองอีกครั้ง") from error
    return _asked(content)


def read_pasted(text: str, html: str = "") -> Source:
    """The tables of what was copied: the markup where there is a table in it, else the text.

    Raises SourceError.
    """
    if len(text) + len(html) > MOST_PASTED:
        raise SourceError("", "ข้อความที่วางยาวเกินไป", "คัดลอกเฉพาะตาราง")
    chosen = html if "<table" in html.lower() else text
    if not chosen.strip():
        raise SourceError("", "ไม่มีข้อความให้อ่าน", "คัดลอกตารางแล้ววางอีกครั้ง")
    # The mark says which encoding it is, so that no short text is mistaken for another one.
    return _asked(b"\xef\xbb\xbf" + chosen.encode("utf-8", "replace"))


def _asked(content: bytes) -> Source:
    """Have another process read it. Its folder is the user's alone, and gone afterwards."""
    try:
        with tempfile.TemporaryDirectory(prefix="ita-", ignore_cleanup_errors=True) as folder:
            wanted, target = Path(folder) / "in", Path(folder) / "out"
            wanted.write_bytes(content)
            _run(wanted, target)
            return _answer(target)
    except OSError as error:
        problem = "เครื่องไม่มีที่ว่างหรือไม่ยอมให้อ่าน"
        raise SourceError("", problem, "ตรวจพื้นที่ว่างแล้วลองอีกครั้ง") from error


def _command(wanted: Path, target: Path) -> list[str]:
    """The program itself, also when it is one packed program without an interpreter."""
    front = [sys.executable] if getattr(sys, "frozen", False) else _interpreter()
    return [*front, COMMAND, str(wanted), str(target)]


def _interpreter() -> list[str]:
    return [sys.executable, "-m", "ita_desktop"]


def _run(wanted: Path, target: Path) -> None:
    surroundings = dict(os.environ)
    if not getattr(sys, "frozen", False):
        root = str(Path(__file__).resolve().parents[3])
        surroundings["PYTHONPATH"] = root
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            _command(wanted, target),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            env=surroundings,
            creationflags=hidden,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        mend = "แบ่งแฟ้มให้เล็กลง หรือคัดลอกเฉพาะตารางมาวาง"
        raise SourceError("", f"อ่านแฟ้มนี้ไม่เสร็จใน {MOST_SECONDS} วินาที", mend) from error
    if done.returncode != 0:
        raise SourceError("", TOO_LARGE, MEND)


def _answer(target: Path) -> Source:
    if not target.is_file() or target.stat().st_size > MOST_ANSWER:
        raise SourceError("", BROKEN, MEND)
    try:
        data = json.loads(target.read_text("utf-8"))
        if "refused" in data:
            raise SourceError(*data["refused"])
        return source_from_data(data["found"])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError("", BROKEN, MEND) from error
