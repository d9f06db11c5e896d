"""The front door: commands for IT staff and checks; no command opens the window.

Errors go to stderr as one plain Thai sentence with what to do, exit code 2. Slow or heavy parts
(the data file, Qt, PDF) are imported only by the command that needs them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from db.store import Store
    from ita_desktop.documents.compose import Matter
    from ita_desktop.documents.templates import Template
    from ita_desktop.domain.fiscal import Round
    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.domain.review import Finding
    from ita_desktop.domain.scores import ScoreNode, ScoreTree

SAMPLE_YEAR = 2569
EXIT_ERROR = 2


class PlainError(Exception):
    """Something the user has to know; ``str()`` is the whole Thai sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; returns the exit code."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (len(words) == 1 and _is_file_name(words[0])):
        return _open_window(words)
    try:
        code = commands.main(args=words, prog_name="ita_desktop", standalone_mode=False)
    except click.Abort:
        return _complain("หยุดกลางคันตามที่สั่ง โปรดสั่งใหม่เมื่อพร้อม")
    except click.ClickException as error:
        return _complain(_plain_usage(error))
    except Exception as error:  # noqa: BLE001 - a traceback never reaches a user
        return _complain(_plain_sentence(error))
    return code if isinstance(code, int) else 0


def _is_file_name(word: str) -> bool:
    """Whether the word is a file to open; anything else is a slip in a command's name."""
    is_file = Path(word).suffix.lower() == ".ita" or Path(word).exists()
    return is_file and word not in commands.commands and not word.startswith("-")


def _speak_utf8() -> None:
    """Thai output also on consoles whose own code page has no Thai."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _complain(sentence: str) -> int:
    """Say what is wrong, always on one line."""
    printable = "".join(c if c.isprintable() else " " for c in sentence)
    click.echo(" ".join(printable.split()), err=True)
    return EXIT_ERROR


def _plain_usage(error: click.ClickException) -> str:
    """What was wrong with the command line."""
    return f"คำสั่งไม่ถูกต้อง: {_usage_problem(error)} โปรดดูวิธีใช้ด้วย --help"


def _usage_problem(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"ไม่มีตัวเลือก {error.option_name}"
        case click.BadOptionUsage():
            return f"ตัวเลือก {error.option_name} ใช้ไม่ถูกวิธี"
        case click.MissingParameter(param=click.Parameter() as param):
            return f"ยังไม่ได้ระบุ {_parameter_name(param)}"
        case click.BadParameter(param=click.Parameter() as param):
            return f"ค่าของ {_parameter_name(param)} ใช้ไม่ได้"
    return "มีคำสั่งหรือคำที่โปรแกรมไม่รู้จัก"


def _parameter_name(param: click.Parameter) -> str:
    """The name of an option or argument as the user types it."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _plain_sentence(error: Exception) -> str:
    """The sentence of an error that has one; any other becomes a general one."""
    from ita_desktop.documents.templates import TemplateError
    from ita_desktop.domain.framework import FrameworkError
    from ita_desktop.exchange.errors import SourceError
    from ita_desktop.files import FileNotWritten

    known: tuple[type[Exception], ...] = (
        PlainError,
        FrameworkError,
        TemplateError,
        SourceError,
        FileNotWritten,
    )
    of_data_file = any(kind.__module__ == "db.errors" for kind in type(error).__mro__)
    if of_data_file or isinstance(error, known):
        return str(error)
    return f"โปรแกรมขัดข้อง ({type(error).__name__}) โปรดแจ้งผู้ดูแลพร้อมคำสั่งที่ใช้"


def _open_window(words: list[str]) -> int:
    if not _has_display():
        return _complain(
            "เปิดหน้าต่างไม่ได้เพราะไม่มีจอภาพ โปรดเปิดจากหน้าจอของเครื่อง หรือใช้คำสั่งอื่น ดูได้ด้วย --help"
        )
    from ui.app import run

    return run(Path(words[0]) if words else None)


@click.group(name="ita_desktop", help="ITA Desktop: บันทึกและรายงานผล ITA ของหน่วยงาน")
def commands() -> None:
    """The group every command hangs on."""


def _has_display() -> bool:
    """Whether a window can be shown; without one Qt itself ends the program, in English."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


_FILE = click.Path(path_type=Path)


@commands.command()
@click.argument("folder", metavar="DIR", type=_FILE)
def demo(folder: Path) -> None:
    """สร้างแฟ้มข้อมูลตัวอย่างและเอกสารทุกชนิดลงใน DIR"""
    from db.store import Store
    from ita_desktop.documents.formats import SUFFIXES

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlainError(f"ใช้โฟลเดอร์ “{folder.name}” ไม่ได้ โปรดเลือกโฟลเดอร์อื่น") from error
    path = folder / "sample-office.ita"
    _remove_sample(path)
    with Store.create(path) as store:
        _take_in_file(store, _sample_source())
        store.set_setting("sample", "yes")
        click.echo(f"แฟ้มข้อมูล {path}")
        for template in _templates(store).values():
            for which in template.rounds or (None,):
                ending = f"-{int(which)}" if which else ""
                for suffix in SUFFIXES:
                    target = folder / f"{template.kind}-{SAMPLE_YEAR}{ending}{suffix}"
                    _write_report(store, template.kind, SAMPLE_YEAR, which, target)


def _sample_source() -> Path:
    from ita_desktop.paths import resources

    return resources() / "sample" / "office.json"


def _remove_sample(path: Path) -> None:
    """Make room for a fresh sample file; any other file of that name is left alone."""
    from db.store import Store

    if not path.exists():
        return
    with Store(path) as store:
        is_sample = store.setting("sample") == "yes"
    if not is_sample:
        raise PlainError(f"มีแฟ้ม “{path.name}” ที่ไม่ใช่แฟ้มตัวอย่างอยู่แล้ว โปรดเลือกโฟลเดอร์อื่น")
    try:
        path.unlink()
    except OSError as error:
        raise PlainError(f"ลบแฟ้มตัวอย่างเดิม “{path.name}” ไม่ได้ โปรดเลือกโฟลเดอร์อื่น") from error


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
def new(file: Path) -> None:
    """สร้างแฟ้มข้อมูลใหม่"""
    from db.opening import create_data_file

    create_data_file(file)
    click.echo(f"สร้างแฟ้ม {file} แล้ว")


@commands.command(name="import")
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.argument("source", metavar="SOURCE", type=_FILE)
def import_(file: Path, source: Path) -> None:
    """นำข้อมูลจาก SOURCE (.json) เข้าแฟ้ม FILE.ita ทั้งหมดหรือไม่เลย"""
    from db.store import Store
    from ita_desktop.domain.measures import counted

    with Store(file) as store:
        dossier = _take_in_file(store, source)
        measures = sum(counted(found) for found in dossier.measures.values())
        scores = sum(len(sheet.entered) for sheet in dossier.sheets.values())
        click.echo(f"นำเข้าแล้ว: คะแนน {scores} ช่อง มาตรการและแนวทาง {measures} รายการ")


def _take_in_file(store: Store, source: Path) -> Any:
    from ita_desktop.exchange.interchange import check_codes, read_interchange

    if source.suffix.lower() != ".json":
        raise PlainError(f"ยังนำเข้าแฟ้มชนิด “{source.suffix}” ไม่ได้ โปรดใช้แฟ้ม .json ตามรูปแบบแลกเปลี่ยน")
    found = read_interchange(source)
    check_codes(found.dossier, _shelf(store).get)
    store.take_in(found.dossier, found.parts, files=found.pictures.values())
    return found.dossier


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--year", type=int, required=True, help="ปีงบประมาณที่ประเมิน (พ.ศ.)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def scores(file: Path, year: int, as_json: bool) -> None:
    """พิมพ์คะแนน ค่าที่คำนวณได้ ช่วงที่เป็นไปได้ และระดับของปี"""
    from db.store import Store
    from ita_desktop.domain.scores import score_tree

    _check_year(year)
    with Store(file) as store:
        tree = score_tree(_shelf(store).get(year), store.dossier().sheet(year))
    if as_json:
        click.echo(json.dumps(scores_to_data(tree), ensure_ascii=False, indent=2))
        return
    for node in tree.root.walk():
        if node.score is not None:
            click.echo(f"{node.code:6} {node.score:>7}  {node.name}")
    click.echo(f"ระดับ  {tree.level or 'ยังบอกไม่ได้'}")


def scores_to_data(tree: ScoreTree) -> dict[str, Any]:
    """The tree as data for JSON; ``resources/schemas/scores.schema.json`` describes it."""
    return {
        "year": tree.framework.year,
        "provisional": tree.framework.provisional,
        "total": _text_or_none(tree.total),
        "level": tree.level,
        "computed_level": tree.computed_level,
        "official_level": tree.sheet.official_level or None,
        "nodes": [_node_to_data(node) for node in tree.root.walk()],
    }


def _node_to_data(node: ScoreNode) -> dict[str, Any]:
    interval = node.computed_interval
    return {
        "code": node.code,
        "name": node.name,
        "kind": node.kind.value,
        "score": _text_or_none(node.score),
        "entered": _text_or_none(node.entered),
        "computed": _text_or_none(node.computed),
        "attainable": node.attainable,
        "interval": None
        if interval is None
        else [f"{float(interval.low):.6f}", f"{float(interval.high):.6f}"],
    }


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)


@commands.command()
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--year", type=int, help="ปีงบประมาณของมาตรการ (พ.ศ.) ของแฟ้มข้อมูล")
@click.option("--round", "months", type=click.Choice(["6", "12"]), help="รอบ (เดือน) ไม่ใส่คือทุกรอบ")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def check(file: Path, year: int | None, months: str | None, as_json: bool) -> None:
    """ตรวจแฟ้มข้อมูล FILE.ita หรือเอกสารที่ทำเสร็จแล้ว (.docx .pdf .txt) สิ้นสุดด้วยรหัส 1 เมื่อพบสิ่งที่ควรแก้"""
    if file.suffix.lower() in (".docx", ".pdf", ".txt"):
        found = _check_finished(file)
    elif year is None:
        raise PlainError("การตรวจแฟ้มข้อมูลต้องบอกปี โปรดใส่ --year ตามด้วยปีงบประมาณ เช่น --year 2569")
    else:
        found = _check_data(file, year, months)
    if as_json:
        click.echo(json.dumps(findings_to_data(found), ensure_ascii=False, indent=2))
    else:
        for finding in found:
            click.echo(f"{finding.severity.value:8}{finding.problem}  →  {finding.mend}")
        click.echo(f"พบ {len(found)} รายการ", err=True)
    if found:
        click.get_current_context().exit(1)


def _check_data(file: Path, year: int, months: str | None) -> tuple[Finding, ...]:
    from db.store import Store
    from ita_desktop.domain.fiscal import Round
    from ita_desktop.domain.review import Reviewer

    _check_year(year, analysed=2)
    with Store(file) as store:
        reviewer, dossier = Reviewer(_shelf(store)), store.dossier()
    rounds = [Round(int(months))] if months else [Round.SIX, Round.TWELVE]
    found = {f.key: f for which in rounds for f in reviewer.review(dossier, year, which)}
    return tuple(found.values())


def _check_finished(file: Path) -> tuple[Finding, ...]:
    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.domain.review.paper import review_finished
    from ita_desktop.exchange.finished import read_finished
    from ita_desktop.paths import resources

    return review_finished(read_finished(file), FrameworkShelf(resources() / "frameworks"))


def findings_to_data(found: tuple[Finding, ...]) -> dict[str, Any]:
    """Findings as data for JSON; ``resources/schemas/findings.schema.json`` describes it."""
    from ita_desktop.domain.review.rules import RULES

    return {
        "count": len(found),
        "findings": [
            {
                "severity": each.severity.value,
                "class": RULES[each.rule].letter if each.rule in RULES else "K",
                "rule": each.rule,
                "page": each.place.page,
                "record": each.place.record,
                "field": each.place.field,
                "problem": each.problem,
                "why": each.why,
                "mend": each.mend,
                "fix": None if each.fix is None else {"old": each.fix.old, "new": each.fix.new},
                "key": each.key,
            }
            for each in found
        ],
    }


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--year", type=int, required=True, help="ปีงบประมาณของมาตรการ (พ.ศ.)")
@click.option("--kind", default="measures-report", show_default=True, help="ชนิดเอกสาร")
@click.option("--round", "months", type=click.Choice(["3", "6", "12"]), help="รอบ (เดือน)")
@click.option("--to", "target", type=_FILE, required=True, help="แฟ้มปลายทาง .pdf .docx .xlsx")
def report(file: Path, year: int, kind: str, months: str | None, target: Path) -> None:
    """ทำเอกสารของปีและรอบลงในแฟ้มปลายทาง"""
    from db.store import Store
    from ita_desktop.domain.fiscal import Round

    _check_year(year, analysed=2)
    with Store(file) as store:
        _write_report(store, kind, year, Round(int(months)) if months else None, target)


def _write_report(store: Store, kind: str, year: int, which: Round | None, target: Path) -> None:
    """Write one document; without a round, that of the document's last one."""
    from ita_desktop.documents.compose import compose
    from ita_desktop.documents.formats import SUFFIXES, render
    from ita_desktop.domain.fiscal import Round
    from ita_desktop.domain.review import review_report
    from ita_desktop.files import write_file

    template = _template(store, kind)
    if which is not None and template.rounds and which not in template.rounds:
        rounds = " ".join(str(int(each)) for each in template.rounds)
        raise PlainError(f"เอกสารนี้ไม่มี{which.label} โปรดใช้ --round ค่าใดค่าหนึ่ง: {rounds}")
    if target.suffix.lower() not in SUFFIXES:
        known = " ".join(SUFFIXES)
        raise PlainError(f"ทำเอกสารชนิด “{target.suffix}” ไม่ได้ โปรดใช้ชื่อแฟ้มที่ลงท้ายด้วย {known}")
    chosen = which or (template.rounds[-1] if template.rounds else Round.TWELVE)
    matter = _matter(store, year, chosen)
    write_file(target, render(compose(template, matter), target.suffix))
    click.echo(f"{template.name} {target}")
    found = len(review_report(matter.dossier, matter.framework, year, chosen))
    if found:
        click.echo(f"เอกสารนี้ยังมี {found} รายการที่ควรแก้ก่อนพิมพ์ โปรดดูในหน้าเอกสารของโปรแกรม", err=True)


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--list", "listed", is_flag=True, help="พิมพ์ปีที่มีกรอบการประเมินและที่มา")
@click.option(
    "--import", "source", type=_FILE, help="นำกรอบการประเมินจากแฟ้ม .json เข้ามาเป็นของหน่วยงาน"
)
@click.option("--export", "year", type=int, help="ปีที่ประเมิน (พ.ศ.) ของกรอบที่จะส่งออก")
@click.option("--to", "target", type=_FILE, help="แฟ้มปลายทาง .json ของ --export")
def framework(
    file: Path, listed: bool, source: Path | None, year: int | None, target: Path | None
) -> None:
    """ดู นำเข้า หรือส่งออกกรอบการประเมินของแฟ้ม FILE.ita"""
    from db.store import Store

    if sum((listed, source is not None, year is not None)) != 1:
        raise PlainError("โปรดเลือกอย่างใดอย่างหนึ่ง: --list, --import หรือ --export พร้อมกับ --to")
    if (year is None) != (target is None):
        raise PlainError("การส่งออกต้องบอกทั้งปีและแฟ้มปลายทาง โปรดใส่ --export และ --to")
    with Store(file) as store:
        if source is not None:
            _import_framework(store, source)
        elif year is not None and target is not None:
            _export_framework(store, year, target)
        else:
            _list_frameworks(store)


def _list_frameworks(store: Store) -> None:
    from ita_desktop.domain.framework_origin import year_entries

    for entry in year_entries(_readable_shelf(store), store.framework_origin):
        unsure = "  (ฉบับชั่วคราว)" if entry.provisional else ""
        note = f"  {entry.note}" if entry.note else ""
        click.echo(f"{entry.year}  {entry.items} ข้อ  {entry.origin}{unsure}{note}")


def _readable_shelf(store: Store) -> FrameworkShelf:
    """The shelf without own frameworks that can't be read, so that they can be replaced."""
    shelf = _shelf(store)
    for year in shelf.drop_broken():
        click.echo(f"กรอบของหน่วยงานปี {year} อ่านไม่ได้ โปรดนำเข้าใหม่ด้วย --import", err=True)
    return shelf


def _import_framework(store: Store, source: Path) -> None:
    from ita_desktop.domain.framework import framework_text, load_framework
    from ita_desktop.domain.framework_effects import effects_of
    from ita_desktop.domain.framework_origin import Source

    found, shelf = load_framework(source), _readable_shelf(store)
    before = shelf.get(found.year)
    effects = effects_of(store.dossier(), before, found, shelf)
    shelf.put(found)
    store.set_framework(found.year, framework_text(found), Source.FILE, name=source.name)
    click.echo(f"นำเข้ากรอบปี {found.year} แล้ว ({len(found.items)} ข้อ)")
    for effect in effects:
        click.echo(f"{effect.subject.heading}: {effect.what}: {effect.before} → {effect.after}")


def _export_framework(store: Store, year: int, target: Path) -> None:
    from ita_desktop.domain.framework import framework_text
    from ita_desktop.files import write_file

    _check_year(year)
    if target.suffix.lower() != ".json":
        raise PlainError(f"ส่งออกเป็น “{target.suffix}” ไม่ได้ โปรดใช้ชื่อแฟ้มที่ลงท้ายด้วย .json")
    write_file(target, framework_text(_shelf(store).get(year)).encode())
    click.echo(f"กรอบปี {year} {target}")


def _matter(store: Store, year: int, which: Round) -> Matter:
    from ita_desktop.documents.compose import Matter, pictures_needed

    shelf, dossier = _shelf(store), store.dossier()
    pictures = {digest: store.picture(digest) for digest in pictures_needed(dossier, year)}
    return Matter(
        dossier=dossier,
        year=year,
        round=which,
        framework=shelf.get(year - 1),
        earlier=shelf.get(year - 2),
        oit=shelf.get(year),
        pictures={digest: content for digest, content in pictures.items() if content},
    )


def _templates(store: Store) -> dict[str, Template]:
    from ita_desktop.documents.templates import load_templates
    from ita_desktop.paths import resources

    return load_templates(resources() / "documents", store.dossier().templates)


def _template(store: Store, kind: str) -> Template:
    found = _templates(store)
    if kind not in found:
        raise PlainError(f"ไม่มีเอกสารชนิด “{kind}” โปรดใช้ชนิดใดชนิดหนึ่ง: {' '.join(found)}")
    return found[kind]


def _shelf(store: Store) -> FrameworkShelf:
    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.paths import resources

    return FrameworkShelf(resources() / "frameworks", store.frameworks())


def _check_year(year: int, *, analysed: int = 0) -> None:
    """Refuse a year that is no fiscal year, or whose ``analysed`` years before it are none."""
    from ita_desktop.domain.fiscal import BUDDHIST_OFFSET, FIRST_YEAR, LAST_YEAR

    if 1950 <= year <= 2150:
        raise PlainError(f"ปี {year} เป็นปี ค.ศ. โปรดใช้ปี พ.ศ. คือ {year + BUDDHIST_OFFSET}")
    if not FIRST_YEAR + analysed <= year <= LAST_YEAR:
        raise PlainError(f"ปี {year} ใช้ไม่ได้ โปรดใช้ปีงบประมาณ พ.ศ. เช่น 2569")
