"""The fields of each kind of node of a framework that is edited, as descriptions."""

from __future__ import annotations

from collections.abc import Mapping

from ita_desktop.domain.framework import Confidence, Framework
from ita_desktop.domain.framework_draft import ROOT, DraftKind, DraftNode, FrameworkDraft
from ui.text import shown
from ui.widgets.forms import FieldKind, FieldSpec

_CONFIDENCE: dict[str, str] = {
    Confidence.HIGH.value: "แน่ใจ เห็นในเอกสารทางการ",
    Confidence.MEDIUM.value: "ค่อนข้างแน่ใจ มีแหล่งเดียว",
    Confidence.LOW.value: "ไม่แน่ใจ ต้องตรวจกับคู่มือ",
    Confidence.NONE.value: "ยังไม่มีข้อมูล",
}
_LONGEST_CHOICE = 60

_CODE = FieldSpec("code", "รหัส", help="อักษรอังกฤษและตัวเลข ไม่เกิน 20 ตัว ไม่ซ้ำกับรหัสอื่น")
_NAME = FieldSpec("name", "ชื่อ", FieldKind.TEXT, help="ชื่อตามประกาศ", lines=1)
_ALSO = FieldSpec(
    "also_printed",
    "ชื่ออื่นที่เคยพบ",
    FieldKind.TEXT,
    help="ชื่อที่เอกสารอื่นใช้เรียก บรรทัดละหนึ่งชื่อ ใช้ช่วยจำแนกเท่านั้น",
    lines=1,
)
_LEVEL = (
    FieldSpec("level", "ชื่อระดับ", help="เช่น ผ่านดี"),
    FieldSpec("total_min", "คะแนนรวมตั้งแต่", help="ระดับแรกที่เข้าเกณฑ์คือระดับของหน่วยงาน ระดับสุดท้ายเป็น 0"),
    FieldSpec(
        "each_instrument_min",
        "ทุกเครื่องมือตั้งแต่",
        help="เว้นว่างเมื่อดูคะแนนรวมอย่างเดียว",
        example="เว้นว่างได้",
    ),
)
_INSTRUMENT = (
    _CODE,
    _NAME,
    FieldSpec("weight", "น้ำหนัก", help="ส่วนแบ่งในคะแนนรวม เช่น 0.30 ทุกเครื่องมือรวมกันได้ 1 พอดี"),
    FieldSpec(
        "parts",
        "ส่วนที่เก็บแยกกัน",
        FieldKind.TEXT,
        help="เช่น ส่วนที่ 1 = 0.5 บรรทัดละหนึ่งส่วน รวมกันได้ 1 เว้นว่างเมื่อไม่แบ่ง",
        lines=1,
    ),
)
_SUBINDICATOR = (_CODE, _NAME, _ALSO)
_ISSUE = (FieldSpec("no", "เลขประเด็น", help="เรียงจากน้อยไปมาก"), _NAME)


def specs_of(
    draft: FrameworkDraft, node: DraftNode, earlier: Framework | None
) -> tuple[FieldSpec, ...]:
    """The fields of a node. ``earlier``: the framework its items are compared with, if known."""
    match node.kind:
        case DraftKind.YEAR:
            return _year_specs(draft)
        case DraftKind.LEVEL:
            return _LEVEL
        case DraftKind.INSTRUMENT:
            return _INSTRUMENT
        case DraftKind.INDICATOR | DraftKind.SUBINDICATOR:
            return _SUBINDICATOR
        case DraftKind.ISSUE:
            return _ISSUE
        case DraftKind.ITEM:
            return _item_specs(draft, earlier)


def _year_specs(draft: FrameworkDraft) -> tuple[FieldSpec, ...]:
    items = {"": "ยังไม่ได้เลือก", **_items_of(draft)}
    years = {"": "ไม่เทียบกับปีใด", str(draft.year - 1): shown(f"ปี {draft.year - 1}")}
    return (
        FieldSpec("source", "ที่มา", FieldKind.TEXT, help="กรอบนี้มาจากเอกสารใด", lines=1),
        FieldSpec(
            "notes",
            "สิ่งที่ควรรู้",
            FieldKind.TEXT,
            help="โปรแกรมแสดงในหน้าคะแนนของปีนี้ บรรทัดละหนึ่งเรื่อง",
            lines=2,
        ),
        _choice("overall", "ความเชื่อมั่น", "ถ้าไม่แน่ใจ โปรแกรมจะบอกว่าเป็นฉบับชั่วคราว", _CONFIDENCE),
        FieldSpec("pass_mark", "คะแนนที่ผ่าน", help="คะแนนรวมตั้งแต่เท่าใดจึงผ่าน"),
        _choice("measures", "ข้อที่ให้ทำมาตรการ", "ข้อ OIT ที่ให้เปิดเผยมาตรการ", items),
        _choice("report", "ข้อที่ให้รายงานผล", "ข้อ OIT ที่ให้เปิดเผยรายงานผลตามมาตรการ", items),
        _choice("crosswalk_year", "เทียบกับ", "ปีที่แต่ละข้อบอกข้อคู่เทียบไว้", years),
    )


def _item_specs(draft: FrameworkDraft, earlier: Framework | None) -> tuple[FieldSpec, ...]:
    parents = {node.code: _cut(f"{node.code} {node.name}") for node in draft.parents()}
    titles = {code: item.title for code, item in earlier.items.items()} if earlier else {}
    before = {"": "ไม่มีข้อคู่เทียบ", **{c: _cut(f"{c} {title}") for c, title in titles.items()}}
    year = shown(draft.crosswalk_year or draft.year - 1)
    return (
        _CODE,
        FieldSpec("title", "ข้อความ", FieldKind.TEXT, help="ข้อความของข้อตามประกาศ", lines=2),
        _choice("parent", "อยู่ใน", "ย้ายข้อนี้ไปตัวชี้วัดหรือตัวชี้วัดย่อยอื่น", parents),
        _choice("counterpart", f"คู่เทียบปี {year}", "ข้อของปีก่อนที่ถามเรื่องเดียวกัน", before),
        _choice(
            "counterpart_trust",
            "ความเชื่อมั่นคู่เทียบ",
            "เลือกเมื่อคู่เทียบข้อนี้ไม่แน่ใจเท่าข้ออื่น",
            {"": "เท่ากับข้ออื่น", **_CONFIDENCE},
        ),
        _choice(
            "negative",
            "ข้อคำถาม",
            "ข้อเชิงลบ: คะแนนสูงแปลว่าเรื่องไม่ดีไม่เกิดขึ้น",
            {"no": "ปกติ", "yes": "เชิงลบ"},
        ),
        FieldSpec("answers", "ค่าของคำตอบ", help="เรียงจากน้อยไปมาก เช่น 0, 100 เว้นว่างเมื่อไม่ทราบ"),
        FieldSpec(
            "parts",
            "ข้อย่อย",
            FieldKind.TEXT,
            help="ข้อความของข้อย่อย บรรทัดละหนึ่งข้อ หรือพิมพ์เพียงจำนวน เว้นว่างเมื่อไม่มี",
            lines=1,
        ),
        FieldSpec("negative_parts", "ข้อย่อยเชิงลบ", help="เลขของข้อย่อยที่เป็นเชิงลบ เช่น 2, 3"),
        _choice("confidence", "ความเชื่อมั่น", "แน่ใจเพียงใดว่าข้อนี้ถูกต้อง", _CONFIDENCE),
        _ALSO,
    )


def _choice(key: str, label: str, tip: str, choices: Mapping[str, str]) -> FieldSpec:
    return FieldSpec(key, label, FieldKind.CHOICE, help=tip, choices=choices)


def _items_of(draft: FrameworkDraft) -> dict[str, str]:
    """The items of the last instrument (OIT), which the two documents are among."""
    nodes = [draft.node(path) for path in draft.item_paths.values()]
    last = max((int(node.path[1]) for node in nodes), default=0)
    return {
        node.code: _cut(f"{node.code} {node.name}") for node in nodes if int(node.path[1]) == last
    }


def values_of(
    draft: FrameworkDraft, node: DraftNode, specs: tuple[FieldSpec, ...]
) -> dict[str, str]:
    """The values of a node's fields."""
    return {spec.key: draft.value(node.path, spec.key) for spec in specs}


def kinds_to_add(draft: FrameworkDraft, node: DraftNode) -> dict[str, str]:
    """What can be added at a node: kind -> its Thai name, the likeliest first."""
    wanted = {
        DraftKind.YEAR: (DraftKind.INSTRUMENT, DraftKind.LEVEL, DraftKind.ISSUE),
        DraftKind.LEVEL: (DraftKind.LEVEL,),
        DraftKind.ISSUE: (DraftKind.ISSUE,),
        DraftKind.INSTRUMENT: (DraftKind.INDICATOR, DraftKind.INSTRUMENT),
        DraftKind.INDICATOR: (DraftKind.ITEM, DraftKind.SUBINDICATOR, DraftKind.INDICATOR),
        DraftKind.SUBINDICATOR: (DraftKind.ITEM, DraftKind.SUBINDICATOR),
        DraftKind.ITEM: (DraftKind.ITEM, DraftKind.SUBINDICATOR, DraftKind.INDICATOR),
    }[node.kind]
    has_subs = node.kind is DraftKind.INDICATOR and any(
        each.path[: len(node.path)] == node.path and each.kind is DraftKind.SUBINDICATOR
        for each in draft.nodes()
    )
    found = [kind for kind in wanted if not (has_subs and kind is DraftKind.ITEM)]
    return {kind.value: kind.word for kind in found}


def _cut(text: str) -> str:
    """A choice no wider than the form."""
    return shown(text if len(text) <= _LONGEST_CHOICE else f"{text[:_LONGEST_CHOICE]}…")


def root_label(draft: FrameworkDraft) -> str:
    """What the editor is called."""
    return shown(f"กรอบการประเมินปี {draft.node(ROOT).code}")
