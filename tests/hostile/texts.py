"""Texts that bite: what a clerk might paste, what somebody might mean ill with, and random ones."""

from __future__ import annotations

import random
from collections.abc import Iterator

HOSTILE_TEXTS: tuple[str, ...] = (
    "=1+1",
    "=cmd|'/c calc'!A1",
    "\t=1",
    "{=1+1}",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://example.invalid","ก")',
    "#N/A",
    "<b>ตัวหนา</b>",
    "x<y>z",
    "<นางสาว>",
    "</para>",
    "<para><img src='file:///etc/hostname'/></para>",
    "<img src='C:\\ภาพ.png'>",
    "<a href='http://example.invalid'>กด</a>",
    "&#0;",
    "&amp;&lt;&nbsp;",
    "&lt;b&gt;",
    "]]>",
    "<![CDATA[x]]>",
    "<!--x-->",
    "a\0b",
    "a\x0bb",
    "a\x1bb\x07c",
    "ก\ud800ข",
    "\udc00",
    "\u202eกลับ\u202c",
    "ก\u200bข\u200dค\ufeff",
    "\u2066ก\u2069",
    "น\u0e4d\u0e32",
    "ก" + "\u0e48" * 10,
    "ก\u0e31\u0e48\u0e4c\u0e34\u0e49\u0e38\u0e39\u0e4d\u0e47\u0e4e",
    "\u0e48\u0e34ก",
    "ทํา กํา นํ้า",
    "👩‍👩‍👧‍👦 🇹🇭 ☑ ☐ ✓",
    "e\u0301é ﬁ ǅ ß İ",
    "中文 العربية עברית हिन्दी",
    "   ",
    "\u00a0\u2003",
    "00123",
    "1e5",
    "2/3",
    "nan",
    "-inf",
    "29/2/2566",
    "๔.๕",
    "../../x",
    "CON.txt",
    "C:\\Windows",
    "'; DROP TABLE office; --",
    "%s %d {office} {0} {{x}} ${x} $(x) `x`",
    "{measure_year}",
    "_x000D_ _x0041_",
    "บรรทัดหนึ่ง\nบรรทัดสอง\r\nบรรทัดสาม\u2028สี่\u2029ห้า\x85หก",
    "\ue000\uf8ff",
    "\uffff\ufffe",
    "A" * 300,
    "ก" * 300,
    "javascript:alert(1)",
    "https://example.invalid/<b>?a=1&b=2#ค",
    "นางสาวตัวอย่าง@example.go.th",
    "\\textbf{x} \\n \\",
    "(โทร.) [x] {y}",
    "\"อ้าง' “ก” ‘ข’",
)

_ALPHABETS: tuple[str, ...] = (
    "กขคงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮ",
    "ะัาำิีึืฺุูเแโใไๅๆ็่้๊๋์ํ๎฿๏๚๛",
    "๐๑๒๓๔๕๖๗๘๙0123456789",
    "abcXYZ éßøñ",
    " .,;:!?()[]{}/\\|-–_+*=@#%^~'\"<>&$`“”‘’…•",
    "\t\n\u00a0\u200b\u200d\ufeff\u202e\u0000\u000b\u0007",
    "☑☐✓→•😀🇹🇭中ع",
)
_WORDS = ("การใช้งบประมาณ", "น้ำ", "กตัญญู", "องค์การ", "ป่า", "<b>", "&amp;", "=1+1", "o12", "ญุ")


def fuzzed(count: int, seed: int = 2569) -> Iterator[str]:
    """Random texts, the same ones for the same seed: mostly Thai, everything mixed."""
    chance = random.Random(seed)
    for _ in range(count):
        parts: list[str] = []
        for _ in range(chance.randint(1, 12)):
            if chance.random() < 0.3:
                parts.append(chance.choice(_WORDS))
            else:
                alphabet = chance.choice(_ALPHABETS[:2] * 3 + _ALPHABETS)
                parts += chance.choices(alphabet, k=chance.randint(1, 6))
        yield "".join(parts)
