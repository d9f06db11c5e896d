"""ใบนำส่ง: the one page that goes with a package on paper, signed, with its fingerprint."""

from __future__ import annotations

from collections import Counter

from ita_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    PageSetup,
    Paragraph,
    Run,
    Section,
    SignatureChain,
    Signer,
    Table,
)
from ita_desktop.documents.compose import Matter
from ita_desktop.documents.compose.texts import change_text, line, score_text
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.domain.fiscal import thai_date, year_name
from ita_desktop.domain.measures import STATUS_LABELS, MeasureKind
from ita_desktop.exchange.package import Manifest, Part
from ita_desktop.thai.digits import to_thai

_SIZE, _SMALL = 14.0, 13.0
_RECEIVED = f"ผู้รับชุดข้อมูล ลงชื่อ{'.' * 46}({'.' * 50}) วันที่{'.' * 10}/{'.' * 16}/{'.' * 12}"
_MOST_LISTED = 12
"""So many kinds of documents fit on the page; of more, the number is told."""


def make_cover(matter: Matter, manifest: Manifest) -> bytes:
    """The cover as PDF; ``manifest`` holds all parts but the cover."""
    return render_pdf(cover_document(matter, manifest))


def cover_document(matter: Matter, manifest: Manifest) -> Document:
    """The cover as a document."""
    office = matter.dossier.office
    letterhead = matter.dossier.letterhead
    page = PageSetup(
        top_mm=15, bottom_mm=12, size_pt=_SIZE, font=letterhead.font or PageSetup().font
    )
    return Document(
        title=to_thai(f"ใบนำส่งชุดข้อมูล ITA {year_name(matter.year)} {office.full_name}"),
        author=office.full_name,
        sections=(Section(page, tuple(_blocks(matter, manifest))),),
    )


def _blocks(matter: Matter, manifest: Manifest) -> list[Block]:
    office = matter.dossier.office
    where = f"{office.full_name or 'หน่วยงาน'} {office.place}".strip()
    title = f"ใบนำส่งชุดข้อมูล ITA {year_name(matter.year)}\n{where}"
    return [
        Heading(to_thai(title), 1, Align.CENTER, 18),
        _fingerprint(manifest),
        _line_table(matter),
        *_statuses(matter),
        _contents(manifest),
        *_notes(manifest),
        _signatures(matter),
        Paragraph((Run(_RECEIVED),), Align.CENTER, space_before_pt=10),
    ]


def _fingerprint(manifest: Manifest) -> Block:
    """The letters to compare: the one thing on the page nobody may overlook."""
    at, program = manifest.made, manifest.program
    made = f"ทำเมื่อ {thai_date(at.date())} เวลา {at:%H.%M} น. โปรแกรม ITA Desktop {program}"
    how = "ผู้รับเปิดแฟ้มด้วยโปรแกรม เมนู แฟ้ม แล้ว เปิดชุดข้อมูล รหัสบนจอต้องตรงกับรหัสนี้ทุกตัว"
    cell = Cell(
        (
            Paragraph((Run(manifest.fingerprint, bold=True),), Align.CENTER, size_pt=22),
            Paragraph((Run(to_thai(made)),), Align.CENTER),
            Paragraph((Run(how),), Align.CENTER),
        )
    )
    heading = "รหัสชุดข้อมูล ใช้ตรวจว่าแฟ้มไม่ถูกเปลี่ยน"
    return Table((Column(heading, 1, Align.CENTER),), ((cell,),), size_pt=_SIZE)


def _line_table(matter: Matter) -> Block:
    tree, earlier = matter.tree(), matter.earlier_tree()
    now, before = tree.total, earlier.total
    change = None if now is None or before is None else now - before
    heads = [*tree.instruments, "คะแนนรวม", "ระดับ", f"ปี {matter.analysed_year - 1}", "ผลต่าง"]
    values = [score_text(score) for score in tree.instruments.values()]
    values += [score_text(now), tree.level or "", score_text(before), change_text(change)]
    columns = tuple(Column(to_thai(head), 1, Align.CENTER) for head in heads)
    title = to_thai(f"ผลการประเมินปี {matter.analysed_year}")
    return Table(columns, (tuple(line(value) for value in values),), title, size_pt=_SIZE)


def _statuses(matter: Matter) -> list[Block]:
    measures = matter.dossier.measures_of(matter.year, MeasureKind.MEASURE)
    states = Counter(
        measure.progress_in(matter.round).status for measure in measures if not measure.continued
    )
    shown = [f"{label} {states[status]}" for status, label in STATUS_LABELS.items()]
    shown += [f"ยังไม่ระบุ {states[None]}"] if states[None] else []
    text = f"มาตรการ {states.total()} รายการ {matter.round.label}: {' '.join(shown)} รายการ"
    office = matter.dossier.office
    reached = {"โทรศัพท์": office.telephone, "โทรสาร": office.fax, "อีเมล": office.email}
    contact = " ".join(f"{word} {value}" for word, value in reached.items() if value.strip())
    texts = [to_thai(text), f"ติดต่อหน่วยงาน {contact}" if contact else ""]
    return [Paragraph((Run(each),), space_after_pt=4) for each in texts if each]


def _contents(manifest: Manifest) -> Block:
    """The documents, those of several rounds in one row, and what else is inside."""
    kinds: dict[str, list[Part]] = {}
    for part in manifest.parts:
        if part.kind == "document":
            kinds.setdefault(part.document, []).append(part)
    rows = [
        (line(str(number)), line(_title(found)), line(_codes(found)), line(_sizes(found)))
        for number, found in enumerate(list(kinds.values())[:_MOST_LISTED], start=1)
    ]
    others = [part for part in manifest.parts if part.kind != "document"]
    words = Counter(part.kind for part in others)
    more = f"เอกสารอีก {len(kinds) - _MOST_LISTED} ชนิด " if len(kinds) > _MOST_LISTED else ""
    text = f"{more}ตาราง Excel {words['table']} แฟ้ม ตาราง CSV {words['csv']} แฟ้ม ข้อมูลสำหรับนำเข้า"
    rows.append((line(""), line(text), line("–"), line(_sizes(others))))
    columns = (
        Column("ที่", 6, Align.CENTER),
        Column("สิ่งที่อยู่ในชุดข้อมูล", 58),
        Column("รหัสท้ายหน้า", 22, Align.CENTER),
        Column("ขนาด", 14, Align.RIGHT),
    )
    return Table(columns, tuple(rows), size_pt=_SMALL)


def _title(parts: list[Part]) -> str:
    """A document's name with all its rounds."""
    ending = f" รอบ {parts[0].round} เดือน"
    if len(parts) == 1 or not parts[0].title.endswith(ending):
        return parts[0].title
    rounds = " และ ".join(str(part.round) for part in parts)
    return f"{parts[0].title.removesuffix(ending)} รอบ {rounds} เดือน"


def _codes(parts: list[Part]) -> str:
    return "\n".join(part.code for part in parts if part.code) or "–"


def _sizes(parts: list[Part]) -> str:
    return _size(sum(part.size for part in parts))


def _size(size: int) -> str:
    return (
        f"{max(1, round(size / 1000)):,} กบ." if size < 1_000_000 else f"{size / 1_000_000:.1f} มบ."
    )


def _notes(manifest: Manifest) -> list[Block]:
    found = [f"{months} เดือน {count} รายการ" for months, count in manifest.findings if count]
    texts = [f"รายการที่ควรแก้ซึ่งยังค้างเมื่อทำชุดข้อมูล: รอบ {' รอบ '.join(found)}"] if found else []
    texts += manifest.left_out
    return [Paragraph((Run(to_thai(text)),), label="หมายเหตุ", hang_mm=20) for text in texts]


def _signatures(matter: Matter) -> Block:
    chain = matter.dossier.chain
    person = matter.dossier.person(chain[0].person_id) if chain else None
    sender = Signer(
        person.full_name if person else "", to_thai(person.position) if person else "", "ผู้ส่ง"
    )
    return SignatureChain((sender,))
