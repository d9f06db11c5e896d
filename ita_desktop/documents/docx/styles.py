"""The file's styles and settings: Thai type throughout, headings of the outline, no colours."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from .text import HEADING_SIZE, family, run_properties
from .xml import Element, element

_COMPATIBLE = "http://schemas.microsoft.com/office/word"
_UNUSED = ("stylesWithEffects", "customXml", "numbering", "thumbnail")


def set_styles(styles: Element, font: str, size: float) -> None:
    """Replace the library's own styles by those of the document."""
    for child in list(styles):
        styles.remove(child)
    name = family(font)
    styles.append(
        element(
            "w:docDefaults",
            element("w:rPrDefault", run_properties(name, size)),
            element("w:pPrDefault", element("w:pPr", element("w:spacing", before=0, after=0))),
        )
    )
    styles.append(_style("paragraph", "Normal", "Normal", element("w:qFormat"), default=True))
    styles.append(
        _style("character", "DefaultParagraphFont", "Default Paragraph Font", default=True)
    )
    margins = [element(f"w:{side}", w=0, type="dxa") for side in ("top", "left", "bottom", "right")]
    whole = element("w:tblPr", element("w:tblCellMar", *margins))
    styles.append(_style("table", "TableNormal", "Normal Table", whole, default=True))
    for level in (1, 2, 3):
        styles.append(_heading_style(level, name, size))
    for kind in ("Header", "Footer"):
        styles.append(_style("paragraph", kind, kind.lower(), element("w:basedOn", val="Normal")))


def _heading_style(level: int, name: str, size: float) -> Element:
    properties = element(
        "w:pPr",
        element("w:keepNext"),
        element("w:keepLines"),
        element("w:spacing", before=120, after=60),
        element("w:outlineLvl", val=level - 1),
    )
    return _style(
        "paragraph",
        f"Heading{level}",
        f"heading {level}",
        element("w:basedOn", val="Normal"),
        element("w:next", val="Normal"),
        element("w:uiPriority", val=9),
        element("w:qFormat"),
        properties,
        run_properties(name, size * HEADING_SIZE[level], bold=True),
    )


def _style(kind: str, code: str, name: str, *children: Element, default: bool = False) -> Element:
    made = element("w:style", element("w:name", val=name), *children, type=kind, styleId=code)
    if default:
        made.set(qn("w:default"), "1")
    return made


def set_settings(settings: Element) -> None:
    """Let the file be laid out as by a present-day Word, and Thai be the second language."""
    for child in list(settings):
        settings.remove(child)
    rules = {
        "compatibilityMode": "15",
        "overrideTableStyleFontSizeAndJustification": "1",
        "enableOpenTypeFeatures": "1",
        "doNotFlipMirrorIndents": "1",
    }
    settings.append(element("w:defaultTabStop", val=720))
    settings.append(element("w:characterSpacingControl", val="doNotCompress"))
    settings.append(
        element(
            "w:compat",
            element("w:doNotExpandShiftReturn"),
            *(
                element("w:compatSetting", name=name, uri=_COMPATIBLE, val=value)
                for name, value in rules.items()
            ),
        )
    )
    settings.append(element("w:themeFontLang", val="en-US", bidi="th-TH"))


def drop_unused(part: Any) -> None:
    """Leave out the parts of the library's template that no text needs."""
    for rels in (part.rels, part.package.rels):
        for name, relation in list(rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED:
                del rels[name]
