"""หน่วยงาน: the office, its people, the sign-off chain and the divisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.store import Notice
from ita_desktop.domain.office import NAME_TITLES, OFFICE_KINDS, SIGNER_ROLES, Person
from ita_desktop.domain.phrases import owners, positions
from ita_desktop.domain.review import Place
from ui.models.rows_model import ColumnSpec
from ui.session import Session
from ui.text import shown
from ui.widgets.forms import FieldKind, FieldSpec, Form, Suggest
from ui.widgets.layouts import Turning, card, end, fill, label, scrolling
from ui.widgets.letterhead import LetterheadCards
from ui.widgets.phrases import offer_phrases
from ui.widgets.record_table import RecordTable
from ui.widgets.texts import LineField

OFFICE_FIELDS = (
    FieldSpec(
        "kind",
        "ประเภทหน่วยงาน",
        FieldKind.CHOICE,
        help="ประเภทที่ใช้นำหน้าชื่อหน่วยงานในเอกสาร",
        choices={kind: kind for kind in OFFICE_KINDS},
    ),
    FieldSpec("name", "ชื่อ", help="ชื่อเฉพาะ ไม่ต้องพิมพ์ประเภทนำหน้า", example="เช่น บ้านสุขใจ"),
    FieldSpec("district", "อำเภอ", help="ชื่ออำเภอ ไม่ต้องพิมพ์คำว่าอำเภอ"),
    FieldSpec("province", "จังหวัด", help="ชื่อจังหวัด ไม่ต้องพิมพ์คำว่าจังหวัด"),
    FieldSpec("address", "ที่อยู่", help="เลขที่ หมู่ที่ ตำบล"),
    FieldSpec("postal_code", "รหัสไปรษณีย์", help="รหัสไปรษณีย์ห้าหลัก"),
    FieldSpec("telephone", "โทรศัพท์", help="หมายเลขที่พิมพ์ในหัวหนังสือ"),
    FieldSpec("fax", "โทรสาร", help="หมายเลขโทรสาร เว้นว่างถ้าไม่มี"),
    FieldSpec("website", "เว็บไซต์", help="ที่อยู่เว็บไซต์ของหน่วยงาน", example="https://"),
    FieldSpec("email", "อีเมล", help="อีเมลกลางของหน่วยงาน"),
    FieldSpec(
        "responsible_division",
        "กอง/สำนักเจ้าของเรื่อง",
        FieldKind.SUGGEST,
        help="กองหรือสำนักที่จัดทำเอกสาร ITA เช่น สำนักปลัด",
    ),
    FieldSpec("number_prefix", "เลขที่หนังสือ", help="ส่วนหน้าของเลขที่หนังสือ", example="เช่น สห 74601"),
)
_PIECE = 4
"""So many fields are built at a time."""


class OfficePage(QWidget):
    """The tab of the office."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def build(self) -> Iterator[None]:
        """Build the page, piece by piece; it is whole at the end."""
        office, people, chain, divisions, below = self._lay_out()
        yield
        self.form = Form("office", ())
        fill(office, self.form)
        for at in range(0, len(OFFICE_FIELDS), _PIECE):
            self.form.add(OFFICE_FIELDS[at : at + _PIECE])
            yield
        self.entrance: QWidget = self.form.fields["kind"]
        """Where the keyboard begins on this page."""
        fill(office, self._full_name())
        end(office)
        self.people = _filled(people, "บุคคล", self._people_columns())
        yield
        self.chain = _filled(chain, "ผู้ลงนาม", self._chain_columns())
        yield
        names = (ColumnSpec("name", "ชื่อกอง/สำนัก"),)
        self.divisions = _filled(divisions, "กอง/สำนัก", names)
        yield
        self.letterhead = LetterheadCards(self._session)
        below.addWidget(self.letterhead)
        yield from self.letterhead.build()
        self._connect()
        yield
        self.refresh()

    def _people_columns(self) -> tuple[ColumnSpec, ...]:
        return (
            ColumnSpec(
                "title", "คำนำหน้า", lambda: {t: t for t in NAME_TITLES}, free=True, width=84
            ),
            ColumnSpec("given_name", "ชื่อ", width=92),
            ColumnSpec("family_name", "นามสกุล", width=96),
            ColumnSpec("position", "ตำแหน่ง", width=196, phrases=self._positions),
            ColumnSpec("acting", "รักษาราชการแทน (ถ้ามี)", width=190, phrases=self._positions),
        )

    def _positions(self) -> tuple[str, ...]:
        return positions(self._session.dossier)

    def _chain_columns(self) -> tuple[ColumnSpec, ...]:
        return (
            ColumnSpec(
                "role", "ลงนามในฐานะ", lambda: {r: r for r in SIGNER_ROLES}, free=True, width=120
            ),
            ColumnSpec("person_id", "ผู้ลงนาม", self._person_choices),
        )

    def _person_choices(self) -> dict[int | None, str]:
        people = self._session.dossier.people
        return {None: "– ยังไม่ได้เลือก –", **{person.id: _person_text(person) for person in people}}

    def _full_name(self) -> QLabel:
        self.full_name = label("", "muted")
        self.full_name.setWordWrap(True)
        self.full_name.setMinimumHeight(28)
        self.full_name.setAlignment(Qt.AlignmentFlag.AlignTop)
        return self.full_name

    def _lay_out(self) -> tuple[QFrame, QFrame, QFrame, QFrame, QVBoxLayout]:
        """The empty cards in their places, and the column where the letterhead comes below them."""
        left = card("หน่วยงาน")
        people = card("บุคคลที่มีชื่อในเอกสาร")
        chain = card("สายการลงนาม จากผู้จัดทำถึงผู้อนุมัติ")
        divisions = card("กอง/สำนักที่รับผิดชอบ")
        lower = QHBoxLayout()
        lower.setSpacing(10)
        lower.addWidget(chain, 3)
        lower.addWidget(divisions, 2)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(people, 1)
        right.addLayout(lower, 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(10)
        column.addWidget(Turning(1036, (left, 2), (right, 3)), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))
        return left, people, chain, divisions, column

    def _connect(self) -> None:
        self.form.typed.connect(self._on_office_typed)
        division = self.form.fields["responsible_division"]
        assert isinstance(division, Suggest)
        offer_phrases(division, lambda: owners(self._session.dossier))
        self._offer_places()
        self.letterhead.said.connect(self.said)
        store, saver = self._session.store, self._session.saver
        self.people.model.edited.connect(self._on_person_edited)
        self.people.add_asked.connect(lambda: self._add(self.people, store.add_person))
        self.people.delete_asked.connect(lambda i: self._delete(lambda: store.delete_person(i)))
        self.chain.model.edited.connect(
            lambda i, key, value: saver.later(
                ("chain_link", i, key),
                store.set_chain_link,
                i,
                origin=self.chain,
                **{key: value},
            )
        )
        self.chain.add_asked.connect(lambda: self._add(self.chain, store.add_chain_link))
        self.chain.delete_asked.connect(
            lambda i: self._delete(lambda: store.delete_row("chain_link", i))
        )
        self.divisions.model.edited.connect(self._on_division_edited)
        self.divisions.add_asked.connect(lambda: self._add(self.divisions, store.add_division))
        self.divisions.delete_asked.connect(
            lambda i: self._delete(lambda: store.delete_row("division", i))
        )
        tables = {"person": self.people, "chain_link": self.chain, "division": self.divisions}
        for name, table in tables.items():
            table.move_asked.connect(
                lambda i, by, name=name: self._session.done(lambda: store.move_row(name, i, by))
            )
            table.paste_asked.connect(
                lambda rows, new, name=name: self._session.done(
                    lambda: store.set_rows(name, rows, new)
                )
            )
            table.said.connect(self.said)

    def _offer_places(self) -> None:
        """Provinces, and the districts of the one entered, are found by any part of their names."""
        from ui.widgets.stages import places

        province, district = self.form.fields["province"], self.form.fields["district"]
        assert isinstance(province, LineField)
        assert isinstance(district, LineField)

        def districts() -> tuple[str, ...]:
            known = places().get(province.value().strip())
            return (
                known if known is not None else tuple(d for each in places().values() for d in each)
            )

        offer_phrases(province, lambda: tuple(places()))
        offer_phrases(district, districts)

    def _on_office_typed(self, key: str, value: str) -> None:
        visit = self.form.visit(key)
        self._session.saver.later(
            ("office", key),
            self._session.store.set_office,
            key,
            value,
            origin=self.form,
            merge=visit,
        )

    def _on_person_edited(self, person_id: int, key: str, value: str) -> None:
        visit = ("person", person_id, key)
        self._session.saver.later(
            visit,
            self._session.store.set_person,
            person_id,
            key,
            value,
            origin=self.people,
            merge=visit,
        )

    def _on_division_edited(self, division_id: int, _key: str, value: str) -> None:
        visit = ("division", division_id)
        self._session.saver.later(
            visit,
            self._session.store.set_division,
            division_id,
            value,
            origin=self.divisions,
            merge=visit,
        )

    def _add(self, table: RecordTable, add: Callable[[], int]) -> None:
        record_id = self._session.do(add)
        if record_id is not None:
            table.select(record_id, edit=True)

    def _delete(self, delete: Callable[[], object]) -> None:
        if self._session.done(delete):
            self.said.emit("ลบแล้ว กด Ctrl+Z เพื่อนำกลับมา")

    # --- following the data --------------------------------------------------------------------

    def on_notice(self, notice: Notice) -> None:
        """Follow what changed in the file."""
        if notice.areas & {"office", "people"}:
            self.refresh(notice.origin)
        if "settings" in notice.areas:
            self.letterhead.refresh(notice.origin)

    def refresh(self, origin: object = None) -> None:
        """Show the data as it is; where the user is typing (``origin``) nothing is touched."""
        dossier = self._session.dossier
        if origin is not self.form:
            suggest = self.form.fields["responsible_division"]
            assert isinstance(suggest, Suggest)
            suggest.offer({d.name: d.name for d in dossier.divisions if d.name})
            values = {spec.key: getattr(dossier.office, spec.key) for spec in OFFICE_FIELDS}
            self.form.show_values(values)
        name, place = dossier.office.full_name, dossier.office.place
        self.full_name.setText(f"ในเอกสาร: {name} {place}" if name else "ในเอกสาร: ยังไม่ได้กรอกชื่อ")
        for table, records in (
            (self.people, dossier.people),
            (self.chain, dossier.chain),
            (self.divisions, dossier.divisions),
        ):
            if origin is not table:
                table.show_records(records)
        self.letterhead.refresh(origin)

    @property
    def preparing(self) -> bool:
        """Whether a picture is being made ready, so that to finish takes a while."""
        return self.letterhead.preparing

    def finish(self) -> None:
        """Wait until no picture is being made ready."""
        self.letterhead.finish()

    def close_down(self) -> None:
        """Make nothing more in the background."""
        self.letterhead.close_down()

    def go_to(self, place: Place) -> None:
        """Put the cursor where a finding is."""
        if place.field in self.form.fields:
            self.form.go_to(place.field)
        elif self.letterhead.go_to(place.field):
            return
        elif place.field.startswith("person") and isinstance(place.record, int):
            keys = [column.key for column in self.people.model.columns]
            detail = place.field.partition("/")[2]
            column = keys.index(detail) if detail in keys else 0
            self.people.select(place.record, column, edit=True)
        elif place.field == "division" and isinstance(place.record, int):
            self.divisions.select(place.record, edit=True)
        else:
            if isinstance(place.record, int):
                self.chain.select(place.record, 1)
            self.chain.view.setFocus()


def _filled(place: QFrame, name: str, columns: tuple[ColumnSpec, ...]) -> RecordTable:
    """A table of records in its card."""
    table = RecordTable(name, columns, least_rows=3, pasted=True)
    fill(place, table)
    end(place)
    return table


def _person_text(person: Person) -> str:
    return (
        " – ".join(part for part in (person.full_name, shown(person.position)) if part)
        or "(ยังไม่มีชื่อ)"
    )
