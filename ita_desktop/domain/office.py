"""The office, its people, its divisions and its sign-off chain."""

from __future__ import annotations

from dataclasses import dataclass

OFFICE_KINDS: dict[str, str] = {
    "องค์การบริหารส่วนตำบล": "อบต.",
    "เทศบาลตำบล": "ทต.",
    "เทศบาลเมือง": "ทม.",
    "เทศบาลนคร": "ทน.",
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
}
"""Kinds of local office and their short forms."""

SIGNER_ROLES = ("ผู้จัดทำ", "ผู้ตรวจสอบ", "ผู้เห็นชอบ", "ผู้อนุมัติ")
"""Roles in the sign-off chain, in the order papers climb it."""

OFFICE_WORDS: dict[str, str] = {
    "name": "ชื่อ",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "address": "ที่อยู่",
    "postal_code": "รหัสไปรษณีย์",
    "telephone": "โทรศัพท์",
    "fax": "โทรสาร",
    "website": "เว็บไซต์",
    "email": "อีเมล",
    "responsible_division": "กอง/สำนักเจ้าของเรื่อง",
    "number_prefix": "เลขที่หนังสือ",
}
"""What the fields of an office are called wherever they are named."""

LETTERHEAD_WORDS: dict[str, str] = {
    "font": "แบบอักษร",
    "left_mm": "ขอบซ้าย",
    "right_mm": "ขอบขวา",
    "top_mm": "ขอบบน",
    "bottom_mm": "ขอบล่าง",
    "size_pt": "ขนาดอักษร",
    "title_pt": "ขนาดคำว่าบันทึกข้อความ",
    "label_pt": "ขนาดชื่อช่อง",
    "emblem_mm": "ความสูงตราครุฑ",
    "seal_mm": "ความสูงตราหน่วยงาน",
    "emblem": "ภาพตราครุฑ",
    "seal": "ภาพตราหน่วยงาน",
}
"""What the settings of the letterhead are called in Thai."""

NAME_TITLES = ("นาย", "นาง", "นางสาว", "ว่าที่ร้อยตรี", "ดร.")
"""Titles that stand before a Thai name without a space."""


@dataclass(frozen=True, slots=True)
class Office:
    """The office as it names itself on paper. Telephone, fax and postal code are texts."""

    kind: str = "องค์การบริหารส่วนตำบล"
    name: str = ""
    district: str = ""
    province: str = ""
    address: str = ""
    postal_code: str = ""
    telephone: str = ""
    website: str = ""
    email: str = ""
    responsible_division: str = ""
    number_prefix: str = ""
    fax: str = ""

    @property
    def full_name(self) -> str:
        """ "องค์การบริหารส่วนตำบลตัวอย่าง"; "" while the name is unknown."""
        return f"{self.kind}{self.name}" if self.name else ""

    @property
    def short_name(self) -> str:
        """ "อบต.ตัวอย่าง"; "" while the name is unknown."""
        return f"{OFFICE_KINDS.get(self.kind, self.kind)}{self.name}" if self.name else ""

    @property
    def place(self) -> str:
        """District and province as they follow the name in a title."""
        parts = []
        if self.district:
            parts.append(f"อำเภอ{self.district}")
        if self.province:
            parts.append(f"จังหวัด{self.province}")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the office's paper looks.

    ``font``: family for documents; "" is the template's own. Margins and sizes are those of pages
    in portrait; None is the template's own. ``emblem`` and ``seal`` are digests of the pictures on
    memos (the garuda, the office's own file) and on covers; "" leaves their room blank.
    """

    font: str = ""
    left_mm: float | None = None
    right_mm: float | None = None
    top_mm: float | None = None
    bottom_mm: float | None = None
    size_pt: float | None = None
    title_pt: float | None = None
    label_pt: float | None = None
    emblem_mm: float | None = None
    seal_mm: float | None = None
    emblem: str = ""
    seal: str = ""


LETTERHEAD_LIMITS: dict[str, tuple[float, float]] = {
    "left_mm": (10, 60),
    "right_mm": (10, 60),
    "top_mm": (10, 60),
    "bottom_mm": (10, 60),
    "size_pt": (12, 20),
    "title_pt": (20, 36),
    "label_pt": (14, 24),
    "emblem_mm": (10, 30),
    "seal_mm": (15, 60),
}
"""Smallest and largest value of each measure of the letterhead."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs. ``acting`` is the whole line under the own position."""

    id: int
    title: str = ""
    given_name: str = ""
    family_name: str = ""
    position: str = ""
    acting: str = ""

    @property
    def full_name(self) -> str:
        """Title and names as they are printed: the title stands close to the given name."""
        given = f"{self.title}{self.given_name}"
        return " ".join(part for part in (given, self.family_name) if part)


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step of the sign-off chain (สายการลงนาม): who signs, and as what."""

    id: int
    person_id: int | None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """A division (กอง/สำนัก) that owns measures."""

    id: int
    name: str
