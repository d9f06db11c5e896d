"""Photos, texts, the OIT list, papers and their register: in and out of the data file.

``Papers`` is the part of the store that knows them. Files (pictures, scans, issued documents) are
kept once by their digest and are only added to: history and undo speak of digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db.wording import FIELD_WORDS
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Photo
from ita_desktop.domain.office import LETTERHEAD_LIMITS, Letterhead
from ita_desktop.domain.papers import Disclosure, Issued, Paper, PaperKey, Passing, Step

if TYPE_CHECKING:
    from db.history import Recorder
    from db.rows import Row, Rows

LETTERHEAD = "letterhead/"
_LETTERHEAD_NAMES = tuple(field.name for field in fields(Letterhead))


def now_text() -> str:
    """The time now as the file keeps it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


class Papers:
    """What the store knows of papers. ``Store`` gives it its rows and its edits."""

    if TYPE_CHECKING:
        _table: Rows

        def edit(
            self, label: str, place: str, *, origin: object = None, merge: object = None
        ) -> AbstractContextManager[Recorder]:
            """One edit; see ``Store.edit``."""
            ...

        def setting(self, key: str, default: str = "") -> str:
            """A setting kept in the file."""
            ...

        def _rows(self, table: str, order: str | None = None) -> Iterator[dict[str, Any]]: ...
        def _reading(self) -> AbstractContextManager[None]: ...
        def _append(
            self,
            rows: Recorder,
            table: str,
            values: Mapping[str, Any],
            where: str = "1",
            bound: Iterable[Any] = (),
        ) -> int: ...
        def _present(self, table: str, row_id: int) -> Row: ...

    # --- reading -------------------------------------------------------------------------------

    def _read_letterhead(self) -> Letterhead:
        found: dict[str, Any] = {}
        for name in _LETTERHEAD_NAMES:
            text = self.setting(f"{LETTERHEAD}{name}")
            if text:
                found[name] = float(text) if name in LETTERHEAD_LIMITS else text
        return Letterhead(**found)

    def _read_photos(self) -> dict[tuple[int, int], tuple[Photo, ...]]:
        photos: dict[tuple[int, int], list[Photo]] = {}
        for row in self._rows("photo", "measure_id, round, rank, id"):
            photo = Photo(row["id"], row["digest"], row["caption"])
            photos.setdefault((row["measure_id"], row["round"]), []).append(photo)
        return {key: tuple(found) for key, found in photos.items()}

    def _read_papers(self) -> dict[str, Any]:
        """Passages, disclosures, papers, the register, templates and what was set aside."""
        return {
            "passages": self._read_passages(),
            "disclosures": self._read_disclosures(),
            "papers": {
                PaperKey(row["year"], row["kind"], row["round"]): Paper(
                    row["number"], _day(row["day"])
                )
                for row in self._rows("paper")
            },
            "issued": self._read_issued(),
            "templates": {row["kind"]: row["content"] for row in self._rows("template")},
            "set_aside": self._read_set_aside(),
        }

    def _read_passages(self) -> dict[int, dict[str, str]]:
        passages: dict[int, dict[str, str]] = {}
        for row in self._rows("passage"):
            passages.setdefault(row["year"], {})[row["place"]] = row["content"]
        return passages

    def _read_set_aside(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for row in self._rows("set_aside"):
            found.setdefault(row["year"], {})[row["finding"]] = row["reason"]
        return found

    def _read_disclosures(self) -> dict[int, dict[str, Disclosure]]:
        found: dict[int, dict[str, Disclosure]] = {}
        for row in self._rows("disclosure"):
            disclosed = row["disclosed"]
            found.setdefault(row["year"], {})[row["code"]] = Disclosure(
                code=row["code"],
                disclosed=None if disclosed is None else bool(disclosed),
                url=row["url"],
                explanation=row["explanation"],
                owner=row["owner"],
                day=_day(row["day"]),
                checked_by=row["checked_by"],
            )
        return found

    def _read_issued(self) -> tuple[Issued, ...]:
        passings: dict[int, list[Passing]] = {}
        for row in self._rows("passing", "issued_id, rank, id"):
            passing = Passing(
                id=row["id"],
                step=Step(row["step"]),
                day=_day(row["day"]),
                who=row["who"],
                scan=row["scan"],
                scan_name=row["scan_name"],
            )
            passings.setdefault(row["issued_id"], []).append(passing)
        return tuple(
            Issued(
                id=row["id"],
                key=PaperKey(row["year"], row["kind"], row["round"]),
                **{name: row[name] for name in ("name", "code", "at", "number", "file", "data")},
                day=_day(row["day"]),
                passings=tuple(passings.get(row["id"], ())),
            )
            for row in self._rows("issued", "id DESC")
        )

    # --- files -----------------------------------------------------------------------------------

    def picture(self, digest: str) -> bytes | None:
        """A kept file by its SHA-256; None when there is none or it is not what it was."""
        with self._reading():
            row = self._table.get("picture", digest) if digest else None
        if row is None or hashlib.sha256(row["content"]).hexdigest() != digest:
            return None
        return row["content"]

    def add_picture(self, content: bytes) -> str:
        """Keep a file; returns its SHA-256. One that is there already is not kept again."""
        with self.edit("เก็บแฟ้ม", "picture"):
            return self._keep_file(content)

    def _keep_file(self, content: bytes) -> str:
        """Keep a file inside the edit in hand."""
        digest = hashlib.sha256(content).hexdigest()
        if self._table.get("picture", digest) is None:
            self._table.insert("picture", {"digest": digest, "content": content})
        return digest

    # --- photos ----------------------------------------------------------------------------------

    def add_photo(
        self,
        measure_id: int,
        which: Round,
        digest: str,
        caption: str = "",
        *,
        origin: object = None,
    ) -> int:
        """Add a photo at the end of a measure's photos in a round; returns its id."""
        return self.add_photos(measure_id, which, [(digest, caption)], origin=origin)[0]

    def add_photos(
        self,
        measure_id: int,
        which: Round,
        photos: Iterable[tuple[str, str]],
        *,
        origin: object = None,
    ) -> tuple[int, ...]:
        """Add photos, each a kept picture's digest and a caption, as one edit; returns their ids.

        A picture that another photo shows already is not kept a second time.
        """
        place = {"measure_id": measure_id, "round": int(which)}
        where, args = "measure_id = ? AND round = ?", (measure_id, int(which))
        with self.edit("เพิ่มภาพ", "photo", origin=origin) as rows:
            return tuple(
                self._append(
                    rows, "photo", {**place, "digest": digest, "caption": caption}, where, args
                )
                for digest, caption in photos
            )

    def set_photo(
        self, photo_id: int, *, origin: object = None, merge: object = None, **values: Any
    ) -> None:
        """Set a photo's caption or digest."""
        place = f"photo/{photo_id}/{next(iter(values), '')}"
        with self.edit("แก้ภาพ", place, origin=origin, merge=merge) as rows:
            rows.set("photo", photo_id, values)

    # --- texts and lists -------------------------------------------------------------------------

    def set_passage(
        self, year: int, place: str, text: str, *, origin: object = None, merge: object = None
    ) -> None:
        """Set the office's own text for a place in a measure year's documents; "" removes it."""
        with self.edit(
            "แก้ข้อความในเอกสาร", f"passage/{year}/{place}", origin=origin, merge=merge
        ) as rows:
            if text:
                rows.put("passage", (year, place), {"content": text})
            else:
                rows.delete("passage", (year, place))

    def set_aside(
        self,
        year: int,
        finding: str,
        reason: str | None,
        *,
        origin: object = None,
        merge: object = None,
    ) -> None:
        """Set a finding of the review aside with a reason; None takes it up again."""
        label = "รับข้อสังเกตกลับมา" if reason is None else "พักข้อสังเกต"
        place = f"set_aside/{year}/{finding}"
        with self.edit(label, place, origin=origin, merge=merge) as rows:
            if reason is None:
                rows.delete("set_aside", (year, finding))
            else:
                rows.put("set_aside", (year, finding), {"reason": reason, "at": now_text()})

    def set_disclosure(
        self,
        year: int,
        code: str,
        *,
        origin: object = None,
        merge: object = None,
        **values: Any,
    ) -> None:
        """Set fields of what is disclosed for an OIT item of an assessed year."""
        name = next(iter(values), "")
        place = f"disclosure/{year}/{code}/{name}"
        label = f"แก้{FIELD_WORDS.get(f'disclosure/{name}', '')}ข้อ {code}"
        with self.edit(label, place, origin=origin, merge=merge) as rows:
            rows.put("disclosure", (year, code), _columns(values))

    def set_disclosures(
        self, year: int, found: Mapping[str, Mapping[str, Any]], *, origin: object = None
    ) -> None:
        """Set fields of several OIT items (code -> field -> value) as one edit: a pasted block."""
        label = f"วางข้อมูล OIT {len(found)} ข้อ"
        with self.edit(label, f"disclosure/{year}", origin=origin) as rows:
            for code, values in found.items():
                rows.put("disclosure", (year, code), _columns(values))

    def set_paper(
        self, key: PaperKey, *, origin: object = None, merge: object = None, **values: Any
    ) -> None:
        """Set number or date of a document."""
        place = f"paper/{key.year}/{key.kind}/{key.round}/{next(iter(values), '')}"
        with self.edit("แก้เลขที่และวันที่เอกสาร", place, origin=origin, merge=merge) as rows:
            rows.put("paper", (key.year, key.kind, key.round), _columns(values))

    def set_template(
        self, kind: str, content: str | None, *, origin: object = None, merge: object = None
    ) -> None:
        """Keep the office's own template of a kind; None goes back to the shipped one."""
        with self.edit("แก้แม่แบบเอกสาร", f"template/{kind}", origin=origin, merge=merge) as rows:
            if content is None:
                rows.delete("template", kind)
            else:
                rows.put("template", kind, {"content": content})

    def set_letterhead(self, *, origin: object = None, merge: object = None, **values: Any) -> None:
        """Set fields of the letterhead; None and "" go back to the template's own."""
        replace(Letterhead(), **values)  # refuses a name nobody declared
        place = f"letterhead/{next(iter(values), '')}"
        label = f"แก้{FIELD_WORDS.get(place, 'หัวกระดาษ')}"
        with self.edit(label, place, origin=origin, merge=merge) as rows:
            for name, value in values.items():
                text = "" if value is None else str(value)
                key = f"{LETTERHEAD}{name}"
                if text or rows.row("setting", key):
                    rows.put("setting", key, {"value": text})

    # --- the register ----------------------------------------------------------------------------

    def issue(self, issued: Issued, pdf: bytes, data: bytes, *, origin: object = None) -> int:
        """Enter an issued document with its file and the data as they were; returns its id.

        Of ``issued`` the id, the digests and the passings are not looked at.
        """
        name, key = issued.name, issued.key
        with self.edit(f"ออกเอกสาร “{name[:40]}”", "issued", origin=origin) as rows:
            values = {
                "year": key.year,
                "kind": key.kind,
                "round": key.round,
                "name": name,
                **_columns({"number": issued.number, "day": issued.day}),
                "code": issued.code,
                "at": issued.at,
                "file": self._keep_file(pdf),
                "data": self._keep_file(data),
            }
            found = rows.insert("issued", values)
            rows.place = f"issued/{found}"
            return found

    def delete_issued(self, issued_id: int, *, origin: object = None) -> None:
        """Take a document out of the register with its way up the chain; undo brings it back."""
        code = self._present("issued", issued_id)["code"]
        with self.edit(f"ลบ {code} จากทะเบียน", f"issued/{issued_id}", origin=origin) as rows:
            for row in list(self._rows("passing")):
                if row["issued_id"] == issued_id:
                    rows.delete("passing", row["id"])
            rows.delete("issued", issued_id)

    def add_passing(
        self,
        issued_id: int,
        step: Step,
        *,
        day: date | None = None,
        who: str = "",
        origin: object = None,
    ) -> int:
        """Add a step of an issued document's way up the chain; returns its id."""
        values = {"issued_id": issued_id, **_columns({"step": step, "day": day, "who": who})}
        with self.edit(f"บันทึก{step.label}", "passing", origin=origin) as rows:
            return self._append(rows, "passing", values, "issued_id = ?", (issued_id,))

    def set_passing(
        self, passing_id: int, *, origin: object = None, merge: object = None, **values: Any
    ) -> None:
        """Set fields of a step: day, who, scan, scan_name."""
        place = f"passing/{passing_id}/{next(iter(values), '')}"
        with self.edit("แก้การเดินเรื่อง", place, origin=origin, merge=merge) as rows:
            rows.set("passing", passing_id, _columns(values))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the domain as columns."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        match value:
            case date():
                columns[name] = value.isoformat()
            case Step():
                columns[name] = value.value
            case bool():
                columns[name] = int(value)
            case _:
                columns[name] = value
    return columns
