"""The front door: commands for IT staff and checks; no command opens the window.

Errors go to stderr as one plain Thai sentence with what to do, exit code 2. Slow or heavy parts
(the data file, Qt, PDF) are imported only by the command that needs them.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ita_desktop.screen import has_display
from ita_desktop.updates.words import use_updated_words

if TYPE_CHECKING:
    from db.store import Store
    from ita_desktop.documents.compose import Matter
    from ita_desktop.documents.templates import Template
    from ita_desktop.domain.fiscal import Round
    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.domain.review import Finding
    from ita_desktop.domain.scores import ScoreNode, ScoreTree
    from ita_desktop.exchange.district import District
    from ita_desktop.exchange.sheets.plan import Plan

SAMPLE_YEAR = 2569
SAMPLE_NOTICE = "ตัวอย่าง ไม่ใช่เอกสารจริง"
"""Stands across every page printed from a file that is marked as the sample."""
EXIT_ERROR = 2
MOST_TOLD = 200
"""Lines of one kind on the console."""


class PlainError(Exception):
    """Something the user has to know; ``str()`` is the whole Thai sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; returns the exit code."""
    _speak_utf8()
    if getattr(sys, "frozen", False):  # a portable one keeps its updates with its data
        from ui.data_place import follow_without_window

        follow_without_window()
    use_updated_words()
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
    from ita_desktop.exchange.errors import PackageError, SourceError
    from ita_desktop.files import FileNotWritten
    from ita_desktop.updates.errors import UpdateError

    known: tuple[type[Exception], ...] = (
        PlainError,
        FrameworkError,
        TemplateError,
        SourceError,
        PackageError,
        FileNotWritten,
        UpdateError,
    )
    of_data_file = any(kind.__module__ == "db.errors" for kind in type(error).__mro__)
    if of_data_file or isinstance(error, known):
        return str(getattr(error, "shown", error))
    return f"โปรแกรมขัดข้อง ({type(error).__name__}) โปรดแจ้งผู้ดูแลพร้อมคำสั่งที่ใช้"


def _open_window(words: list[str]) -> int:
    if not has_display():
        return _complain(
            "เปิดหน้าต่างไม่ได้เพราะไม่มีจอภาพ โปรดเปิดจากหน้าจอของเครื่อง หรือใช้คำสั่งอื่น ดูได้ด้วย --help"
        )
    from ui.app import run

    return run(Path(words[0]) if words else None)


@click.group(name="ita_desktop", help="ITA Desktop: บันทึกและรายงานผล ITA ของหน่วยงาน")
def commands() -> None:
    """The group every command hangs on."""


_FILE = click.Path(path_type=Path)
_PASSWORD = click.option("--password-file", type=_FILE, help="แฟ้มข้อความที่บรรทัดแรกเป็นรหัสผ่านของชุดข้อมูล")


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
    _check_sample(path)
    _make_sample(path)
    with Store(path) as store:
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


def _check_sample(path: Path) -> None:
    """A fresh sample file may take the place of an earlier one, never of another file."""
    from db.store import Store

    if not path.exists():
        return
    with Store(path) as store:
        is_sample = store.setting("sample") == "yes"
    if not is_sample:
        raise PlainError(f"มีแฟ้ม “{path.name}” ที่ไม่ใช่แฟ้มตัวอย่างอยู่แล้ว โปรดเลือกโฟลเดอร์อื่น")


def _make_sample(path: Path) -> None:
    """Make the sample's data file beside its place; an earlier one goes once this one is whole."""
    from db.store import Store

    growing = path.with_name(f".{path.stem}-{os.getpid()}{path.suffix}")
    try:
        with Store.create(growing) as store:
            _take_in_file(store, _sample_source())
            store.set_setting("sample", "yes")
        growing.replace(path)
    except OSError as error:
        raise PlainError(
            f"เขียนแฟ้มตัวอย่าง “{path.name}” ไม่ได้ โปรดปิดโปรแกรมที่เปิดแฟ้มนี้อยู่ หรือเลือกโฟลเดอร์อื่น"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            growing.unlink()


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
@click.option("--year", type=int, help="ปีงบประมาณของมาตรการ (พ.ศ.) สำหรับตารางที่ไม่ใช่แบบของโปรแกรม")
@click.option("--round", "months", type=click.Choice(["6", "12"]), help="รอบ (เดือน) ของความก้าวหน้า")
@click.option("--preview", is_flag=True, help="แสดงสิ่งที่จะเปลี่ยน ไม่นำเข้า")
@click.option("--leave-out", is_flag=True, help="นำเข้าโดยเว้นช่องที่อ่านไม่ได้")
@_PASSWORD
def import_(
    file: Path,
    source: Path,
    *,
    year: int | None,
    months: str | None,
    preview: bool,
    leave_out: bool,
    password_file: Path | None,
) -> None:
    """นำข้อมูลจาก SOURCE (.json .xlsx .docx .csv หรือชุดข้อมูล .itapack) เข้าแฟ้ม FILE.ita ทั้งหมดหรือไม่เลย"""
    from db.store import Store
    from ita_desktop.domain.measures import counted
    from ita_desktop.exchange.unpack import looks_like_package

    if source.suffix.lower() != ".json" and not looks_like_package(source):
        with Store(file) as store:
            plan = _plan_of_tables(store, source, year, months)
            if plan.problems and not (preview or leave_out):
                raise PlainError(_why_not(plan))
            _tell_plan(plan)
            if not preview:
                store.take_in(plan.after, plan.parts)
                click.echo("นำเข้าแล้ว")
        return
    with Store(file) as store:
        if looks_like_package(source):
            dossier = _take_in_package(store, source, _password(password_file))
        elif preview:
            _tell_plan(_plan_of_json(store, source))
            return
        else:
            dossier = _take_in_file(store, source)
        measures = sum(counted(found) for found in dossier.measures.values())
        scores = sum(len(sheet.entered) for sheet in dossier.sheets.values())
        click.echo(f"นำเข้าแล้ว: คะแนน {scores} ช่อง มาตรการและแนวทาง {measures} รายการ")


def _password(path: Path | None) -> str | None:
    """The first line of a password file; None without one."""
    if path is None:
        return None
    try:
        with path.open(encoding="utf-8-sig") as file:
            password = file.readline(1000).strip("\r\n")
    except (OSError, ValueError) as error:
        raise PlainError(f"อ่านแฟ้มรหัสผ่าน “{path.name}” ไม่ได้ โปรดตรวจชื่อแฟ้ม") from error
    if not password.strip() or len(password) > 200:
        raise PlainError(f"แฟ้ม “{path.name}” ไม่มีรหัสผ่านในบรรทัดแรก โปรดใส่รหัสผ่านหนึ่งบรรทัด")
    return password


def _take_in_package(store: Store, source: Path, password: str | None) -> Any:
    """Take a package's data in as one edit; what its reader should know goes to stderr."""
    from ita_desktop.domain.framework import framework_text
    from ita_desktop.domain.framework_origin import Source
    from ita_desktop.exchange.arrivals import RECORD, check_arrival, record_of
    from ita_desktop.exchange.interchange import check_codes
    from ita_desktop.exchange.unpack import opened

    with opened(source, password) as package:
        found, manifest, frameworks = package.data(), package.manifest, package.frameworks()
    shelf = _readable_shelf(store)
    new = tuple(each for each in frameworks.values() if each != shelf.get(each.year))
    for each in new:
        shelf.put(each)
    check_codes(found.dossier, shelf.get)
    key = RECORD.format(year=manifest.year)
    for sentence in check_arrival(manifest, store.dossier(), store.setting(key)):
        click.echo(sentence, err=True)
    for each in new:
        store.set_framework(each.year, framework_text(each), Source.FILE, name=source.name)
        click.echo(f"นำกรอบการประเมินปี {each.year} ของหน่วยงานผู้ส่งเข้ามาด้วย", err=True)
    label = f"นำเข้าชุดข้อมูลปี {manifest.year}"
    store.take_in(found.dossier, found.parts, files=found.pictures.values(), label=label)
    store.keep(key, record_of(manifest, store.setting(key)))
    return found.dossier


def _take_in_file(store: Store, source: Path) -> Any:
    from ita_desktop.exchange.interchange import check_codes, read_interchange

    found = read_interchange(source)
    check_codes(found.dossier, _shelf(store).get)
    store.take_in(found.dossier, found.parts, files=found.pictures.values())
    return found.dossier


def _plan_of_json(store: Store, source: Path) -> Plan:
    from ita_desktop.exchange.interchange import check_codes, read_interchange
    from ita_desktop.exchange.sheets.plan import plan_interchange

    found = read_interchange(source)
    check_codes(found.dossier, _shelf(store).get)
    return plan_interchange(found, store.dossier())


def _plan_of_tables(store: Store, source: Path, year: int | None, months: str | None) -> Plan:
    """What taking in the tables of a file would do. Raises SourceError and PlainError."""
    from ita_desktop.domain.fiscal import Round
    from ita_desktop.exchange.sheets.plan import plan_tables, propose
    from ita_desktop.exchange.sheets.reading import read_file

    found = read_file(source)
    if year is not None:
        _check_year(year, analysed=2)
    elif not found.mark:
        raise PlainError("ตารางนี้ไม่บอกปี โปรดใส่ --year ตามด้วยปีงบประมาณของมาตรการ เช่น --year 2569")
    which = Round(int(months)) if months else Round.TWELVE
    jobs = propose(found, year or 0, which)
    if not jobs:
        raise PlainError(
            "ไม่พบตารางที่รู้จักในแฟ้ม โปรดตรวจว่ามีหัวตาราง เช่น มาตรการ ผู้รับผิดชอบ หรือ ข้อ คะแนน "
            "หรือสร้างแบบกรอกด้วยคำสั่ง sheet"
        )
    return plan_tables(jobs, store.dossier(), _shelf(store).get)


def _tell_plan(plan: Plan) -> None:
    for line in (*plan.counts, *plan.warnings):
        click.echo(line)
    for note in plan.problems[:MOST_TOLD]:
        click.echo(f"{note.cell}: {note.sentence}")
    for change in plan.changes[:MOST_TOLD]:
        old, new = (" ".join(text.split())[:60] or "–" for text in (change.old, change.new))
        click.echo(f"  {change.label}: {old} → {new}")
    click.echo(f"สิ่งที่จะเปลี่ยน {len(plan.changes)} แห่ง" if plan.changes else "ไม่มีอะไรเปลี่ยน")


def _why_not(plan: Plan) -> str:
    first = plan.problems[0]
    return (
        f"ยังไม่ได้นำเข้า มีช่องที่อ่านไม่ได้ {len(plan.problems)} แห่ง เช่น {first.cell}: {first.sentence} "
        "ดูทั้งหมดด้วย --preview หรือใส่ --leave-out เพื่อนำเข้าโดยเว้นช่องเหล่านั้น"
    )


@commands.command()
@click.argument("file", metavar="[FILE.ita]", type=_FILE, required=False)
@click.option("--year", type=int, help="ปีงบประมาณของมาตรการ (พ.ศ.) ไม่ใส่คือปีนี้")
@click.option("--to", "target", type=_FILE, required=True, help="แฟ้มปลายทาง .xlsx")
def sheet(file: Path | None, year: int | None, target: Path) -> None:
    """สร้างแบบกรอก Excel ของปี ถ้าบอก FILE.ita จะใส่ข้อมูลที่มีอยู่แล้วลงไปให้"""
    from datetime import datetime

    from db.store import Store
    from ita_desktop.domain.fiscal import fiscal_year
    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.exchange.sheets.form import make_form
    from ita_desktop.files import write_file
    from ita_desktop.paths import data_files

    chosen = fiscal_year(datetime.now().date()) if year is None else year
    _check_year(chosen, analysed=2)
    if target.suffix.lower() != ".xlsx":
        raise PlainError("แบบกรอกเป็นแฟ้ม Excel โปรดใช้ชื่อแฟ้มที่ลงท้ายด้วย .xlsx")
    shelf, dossier = FrameworkShelf(data_files("frameworks")), None
    if file is not None:
        with Store(file) as store:
            shelf, dossier = _shelf(store), store.dossier()
    write_file(target, make_form(chosen, shelf.get(chosen - 1), shelf.get(chosen), dossier))
    click.echo(f"สร้างแบบกรอกของปี {chosen} แล้ว {target}")


@commands.command(name="read-tables", hidden=True)
@click.argument("wanted", type=_FILE)
@click.argument("target", type=_FILE)
def read_tables(wanted: Path, target: Path) -> None:
    """Read tables inside limits of memory and time; the program itself asks for it."""
    from ita_desktop.exchange.sheets.child import answer

    answer(wanted, target)


@commands.command(hidden=True)
@click.argument("folder", metavar="DIR", type=_FILE, required=False)
@click.option("--start", is_flag=True)
@click.option("--open", "file", type=_FILE)
@click.option("--rest", type=float, default=0.0)
def selftest(folder: Path | None, start: bool, file: Path | None, rest: float) -> None:
    """Try the program out by its window, files into DIR; for whoever made it one folder.

    With --start only the first window, over --open FILE, and what it took, as JSON.
    """
    if not has_display():
        raise PlainError("ทดสอบไม่ได้เพราะไม่มีจอภาพ โปรดสั่งจากหน้าจอของเครื่อง")
    from ui.selfcheck import NotWorking, check_itself, first_window

    if start or folder is None:
        click.echo(json.dumps(first_window(file, rest)))
        return
    try:
        for line in check_itself(folder):
            click.echo(line)
    except NotWorking as error:
        raise PlainError(f"{error} โปรดทำชุดโปรแกรมใหม่") from error


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
@_PASSWORD
def check(
    file: Path, year: int | None, months: str | None, as_json: bool, password_file: Path | None
) -> None:
    """ตรวจแฟ้มข้อมูล เอกสารที่ทำเสร็จแล้ว (.docx .pdf .txt) หรือชุดข้อมูล (.itapack) รหัส 1 เมื่อพบสิ่งที่ควรแก้"""
    from ita_desktop.exchange.unpack import looks_like_package

    if looks_like_package(file):
        _check_package(file, _password(password_file), as_json)
        return
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


def _check_package(file: Path, password: str | None, as_json: bool) -> None:
    """Say what is inside a package and what is missing or changed; exit code 1 for the latter."""
    from ita_desktop.exchange.errors import one_line
    from ita_desktop.exchange.unpack import opened, package_to_data

    with opened(file, password) as package:
        manifest, problems = package.manifest, package.problems
        data = package_to_data(package)
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        office = f"{manifest.office.full_name} {manifest.office.place}"
        click.echo(f"{one_line(office, 200)} ปี {manifest.year}")
        click.echo(f"รหัสชุดข้อมูล {data['fingerprint']} ทำเมื่อ {data['made']}")
        for part in manifest.parts:
            click.echo(f"{part.size:>12,}  {part.name}")
        for problem in problems:
            click.echo(f"{problem.fault.value}: {problem.text}")
        click.echo(f"พบ {len(problems)} รายการ", err=True)
    if problems:
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
    from ita_desktop.paths import data_files

    return review_finished(read_finished(file), FrameworkShelf(data_files("frameworks")))


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
        notice=SAMPLE_NOTICE if store.setting("sample") == "yes" else "",
        pictures={digest: content for digest, content in pictures.items() if content},
    )


def _templates(store: Store) -> dict[str, Template]:
    from ita_desktop.documents.templates import load_templates
    from ita_desktop.paths import data_files

    return load_templates(data_files("documents"), store.dossier().templates)


def _template(store: Store, kind: str) -> Template:
    found = _templates(store)
    if kind not in found:
        raise PlainError(f"ไม่มีเอกสารชนิด “{kind}” โปรดใช้ชนิดใดชนิดหนึ่ง: {' '.join(found)}")
    return found[kind]


def _shelf(store: Store) -> FrameworkShelf:
    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.paths import data_files

    return FrameworkShelf(data_files("frameworks"), store.frameworks())


# --- back-ups --------------------------------------------------------------------------------


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--to", "second", metavar="DIR", type=_FILE, help="โฟลเดอร์ในไดรฟ์อื่นที่จะเก็บอีกชุดหนึ่ง")
def backup(file: Path, second: Path | None) -> None:
    """สำรองแฟ้มข้อมูล FILE.ita แล้วอ่านตรวจแฟ้มสำรองทั้งหมดก่อนนับว่าใช้ได้"""
    from db.backup import Backups

    if second is not None and not second.is_dir():
        raise PlainError(f"ไม่พบโฟลเดอร์ “{second}” โปรดเสียบแฟลชไดรฟ์ หรือเลือกโฟลเดอร์ที่มีอยู่")
    made = Backups(file).make_closed()
    click.echo(f"{made.sentence()}\n{made.path}")
    if second is not None:
        place = Backups(file, second).copy_to_second()
        if place is None or place.newest is None or place.behind:
            raise PlainError(f"คัดลอกไปยัง “{second}” ไม่ได้ โปรดตรวจไดรฟ์นั้น แล้วสั่งสำรองอีกครั้ง")
        click.echo(str(place.newest.path))


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--list", "only_list", is_flag=True, help="แสดงแฟ้มสำรองที่มี (เหมือนไม่ใส่ตัวเลือกใด)")
@click.option("--from", "source", metavar="BACKUP", help="เลขที่ในรายการ หรือแฟ้มสำรองที่จะกู้คืน")
def restore(file: Path, only_list: bool, source: str | None) -> None:
    """แสดงแฟ้มสำรองของ FILE.ita หรือกู้คืนจากแฟ้มสำรอง โดยเก็บแฟ้มวันนี้ไว้เป็นแฟ้มสำรองก่อน"""
    from db.backup import Backups, backup_at

    backups = Backups(file)
    if only_list or source is None:
        found = backups.list()
        for each in found:
            click.echo(f"{each.number:>4}  {each.sentence()}  ({each.reason.label})")
        if not any(each.healthy for each in found):
            click.echo("ไม่มีแฟ้มสำรองที่ใช้ได้", err=True)
            click.get_current_context().exit(1)
        return
    by_number = {str(each.number): each for each in reversed(backups.list())}
    chosen = by_number.get(source) or backup_at(Path(source))
    today = backups.restore(chosen)
    click.echo(f"กู้คืนแล้ว: {chosen.sentence()}")
    if today is not None:
        click.echo(f"แฟ้มเดิมเก็บไว้เป็นแฟ้มสำรองเลขที่ {today.number}")


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--rescue", "to", metavar="OUT.ita", type=_FILE, help="กู้ส่วนที่อ่านได้ลงแฟ้มใหม่")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def doctor(file: Path, to: Path | None, as_json: bool) -> None:
    """ตรวจทุกหน้าและทุกรายการของ FILE.ita โดยไม่แก้ไขสิ่งใด สิ้นสุดด้วยรหัส 1 เมื่อพบส่วนที่ชำรุด"""
    from db.doctor import as_data, examine

    if to is not None:
        _rescue(file, to, as_json)
        return
    found = examine(file)
    if as_json:
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    else:
        for problem in found:
            click.echo(problem.sentence)
        click.echo(f"พบ {len(found)} รายการ" if found else "แฟ้มสมบูรณ์", err=True)
    if found:
        _say_ways_out(file)
        click.get_current_context().exit(1)


def _say_ways_out(file: Path) -> None:
    """What can be done about a damaged file, on stderr."""
    from db.rescue import ways_out

    ways = ways_out(file)
    if ways.newest is not None:
        click.echo(
            f"แฟ้มสำรองล่าสุดที่ใช้ได้ เลขที่ {ways.newest.number}: {ways.newest.sentence()}", err=True
        )
        for line in ways.loses.lines:
            click.echo(f"  หากกู้คืน {line}", err=True)
    if ways.rescuable:
        click.echo("กู้ส่วนที่อ่านได้ลงแฟ้มใหม่ด้วย --rescue OUT.ita", err=True)


def _rescue(file: Path, to: Path, as_json: bool) -> None:
    from db.backup import Backups
    from db.rescue import rescue

    newest = Backups(file).newest()
    done = rescue(file, to, newest.path if newest else None)
    if as_json:
        data = {"kept": done.kept, "lost": list(done.lost), "doubtful": list(done.doubtful)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(f"กู้ได้ {done.kept} รายการ ลงแฟ้ม {to}")
        for line in done.lost:
            click.echo(f"หายไป: {line}")
        for line in done.doubtful:
            click.echo(f"โปรดตรวจ: {line}")
    if done.lost or done.doubtful:
        click.get_current_context().exit(1)


def _check_year(year: int, *, analysed: int = 0) -> None:
    """Refuse a year that is no fiscal year, or whose ``analysed`` years before it are none."""
    from ita_desktop.domain.fiscal import BUDDHIST_OFFSET, FIRST_YEAR, LAST_YEAR

    if 1950 <= year <= 2150:
        raise PlainError(f"ปี {year} เป็นปี ค.ศ. โปรดใช้ปี พ.ศ. คือ {year + BUDDHIST_OFFSET}")
    if not FIRST_YEAR + analysed <= year <= LAST_YEAR:
        raise PlainError(f"ปี {year} ใช้ไม่ได้ โปรดใช้ปีงบประมาณ พ.ศ. เช่น 2569")


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--year", type=int, required=True, help="ปีงบประมาณของมาตรการ (พ.ศ.)")
@click.option("--to", "target", type=_FILE, required=True, help="แฟ้มปลายทาง .itapack")
@_PASSWORD
def export(file: Path, year: int, target: Path, password_file: Path | None) -> None:
    """ทำชุดข้อมูลส่งอำเภอ: เอกสาร ตาราง และข้อมูลของปี เป็นแฟ้มเดียว"""
    from datetime import datetime

    from db.store import Store
    from ita_desktop.exchange.arrivals import RECORD, record_of
    from ita_desktop.exchange.lock import lock
    from ita_desktop.exchange.package import SUFFIX
    from ita_desktop.files import write_file
    from ita_desktop.handover.parts import gather_material, make_package, offers

    _check_year(year, analysed=2)
    password = _password(password_file)
    target = target if target.suffix.lower() == SUFFIX else target.with_name(target.name + SUFFIX)
    with Store(file) as store:
        dossier, templates = store.dossier(), _templates(store)
        material = gather_material(dossier, _shelf(store), templates, year, store.picture)
        chosen = [offer for offer in offers(material) if offer.ready]
        if not chosen:
            raise PlainError(f"แฟ้มนี้ยังไม่มีข้อมูลของปี {year} ให้ส่ง โปรดกรอกคะแนนหรือเลือกปีอื่น")
        manifest, content = make_package(material, chosen, datetime.now().astimezone())
        write_file(target, lock(content, password) if password else content)
        key = RECORD.format(year=year)
        store.keep(key, record_of(manifest, store.setting(key)))
    click.echo(f"ชุดข้อมูล {target}")
    click.echo(f"รหัสชุดข้อมูล {manifest.fingerprint}")
    for sentence in manifest.left_out:
        click.echo(sentence, err=True)
    if found := sum(count for _, count in manifest.findings):
        click.echo(f"ข้อมูลยังมี {found} รายการที่ควรแก้ก่อนส่ง โปรดดูในหน้าเอกสารของโปรแกรม", err=True)


@commands.command()
@click.argument("places", metavar="DIR_OR_PACKAGES…", nargs=-1, required=True, type=_FILE)
@click.option("--to", "target", type=_FILE, required=True, help="แฟ้มปลายทาง .xlsx")
@click.option("--pdf", type=_FILE, help="แฟ้มปลายทาง .pdf")
@click.option("--offices", type=_FILE, help="บัญชีรายชื่อหน่วยงานทั้งหมด .csv")
@click.option("--year", type=int, help="ปีงบประมาณของมาตรการ (พ.ศ.) ไม่ใส่คือปีใหม่สุดที่มี")
@_PASSWORD
def district(
    places: tuple[Path, ...],
    target: Path,
    pdf: Path | None,
    offices: Path | None,
    year: int | None,
    password_file: Path | None,
) -> None:
    """รวมชุดข้อมูลของหน่วยงานต่าง ๆ เป็นสรุปของอำเภอ"""
    from datetime import datetime

    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.exchange.district import Wishes, find_packages, summarise
    from ita_desktop.exchange.district_book import district_workbook
    from ita_desktop.exchange.offices import read_offices
    from ita_desktop.files import write_file
    from ita_desktop.handover.district_paper import district_pdf
    from ita_desktop.paths import data_files

    if year is not None:
        _check_year(year, analysed=2)
    for path, suffix in ((target, ".xlsx"), (pdf, ".pdf")):
        if path is not None and path.suffix.lower() != suffix:
            raise PlainError(f"แฟ้ม “{path.name}” ต้องลงท้ายด้วย {suffix} โปรดแก้ชื่อแฟ้มปลายทาง")
    listed = read_offices(offices) if offices else None
    now = datetime.now().astimezone()
    shelf = FrameworkShelf(data_files("frameworks"))
    found = summarise(
        find_packages(places), shelf.get, now, Wishes(year, _password(password_file), listed)
    )
    write_file(target, district_workbook(found))
    click.echo(f"สรุปปี {found.year} จาก {len(found.lines)} หน่วยงาน {target}")
    if pdf is not None:
        write_file(pdf, district_pdf(found, now.date()))
        click.echo(f"เอกสาร {pdf}")
    _say_arrivals(found)


def _say_arrivals(found: District) -> None:
    """What the district's officer has to look after: files not used, offices that are missing."""
    from ita_desktop.exchange.district import Fate

    for arrival in found.arrivals:
        if arrival.fate is not Fate.TAKEN:
            click.echo(f"{arrival.fate.value}: {arrival.name} {arrival.reason}", err=True)
    if found.listed is not None:
        click.echo(f"ยังไม่ได้ส่ง {len(found.missing)} จาก {found.listed} หน่วยงาน")


# --- updates ---------------------------------------------------------------------------------


@commands.command()
@click.argument("source", metavar="[FILE.itaupdate]", type=_FILE, required=False)
@click.option("--list", "listed", is_flag=True, help="พิมพ์การปรับปรุงที่ติดตั้งไว้และที่มา")
@click.option("--checksum", metavar="LETTERS", help="อักษรต้นของรหัสตรวจสอบ สำหรับแฟ้มที่ไม่มีลายเซ็นที่รู้จัก")
@click.option("--preview", is_flag=True, help="แสดงสิ่งที่อยู่ในแฟ้มและผลกระทบ ไม่ติดตั้ง")
@click.option("--for", "office", metavar="FILE.ita", type=_FILE, help="แฟ้มข้อมูลที่จะดูผลกระทบ")
@click.option("--take-back", "name", metavar="NAME", help="นำการปรับปรุงออก")
@click.option("--make", "folder", metavar="FOLDER", type=_FILE, help="ทำแฟ้มปรับปรุงจากโฟลเดอร์")
@click.option("--key", type=_FILE, help="กุญแจส่วนตัวที่ใช้ลงนาม สำหรับ --make")
@click.option("--to", "target", type=_FILE, help="แฟ้มปลายทาง .itaupdate สำหรับ --make")
@click.option("--make-key", "new_key", metavar="KEY.pem", type=_FILE, help="ทำกุญแจใหม่สำหรับผู้ดูแล")
def update(
    source: Path | None,
    *,
    listed: bool,
    checksum: str | None,
    preview: bool,
    office: Path | None,
    name: str | None,
    folder: Path | None,
    key: Path | None,
    target: Path | None,
    new_key: Path | None,
) -> None:
    """ติดตั้งแฟ้มปรับปรุง (กรอบ แม่แบบ คำ ปฏิทิน) ดูรายการ หรือนำออก"""
    wishes = (source is not None, listed, name is not None, folder is not None, new_key is not None)
    if sum(wishes) != 1:
        raise PlainError(
            "โปรดเลือกอย่างใดอย่างหนึ่ง: แฟ้ม .itaupdate, --list, --take-back, --make หรือ --make-key"
        )
    if source is not None:
        _take_update(source, checksum, office, preview=preview)
    elif name is not None:
        _take_update_back(name)
    elif folder is not None:
        _make_update(folder, key, target)
    elif new_key is not None:
        _make_key(new_key)
    else:
        _list_updates()


def _list_updates() -> None:
    from ita_desktop.updates.shelf import installed

    found = installed()
    for each in found:
        about = each.about
        click.echo(f"{about.name}  {about.words}  ติดตั้งเมื่อ {each.installed_on}")
        click.echo(f"  {each.origin}  รหัส {each.spoken}")
        for label in about.labels:
            click.echo(f"  - {label}")
        if each.state:
            click.echo(f"  {each.state}")
    if not found:
        click.echo("ยังไม่ได้ติดตั้งการปรับปรุงใด ใช้ข้อมูลที่มากับโปรแกรม")


def _take_update(source: Path, checksum: str | None, office: Path | None, *, preview: bool) -> None:
    from datetime import datetime

    from ita_desktop.updates.shelf import check_fits, effect_lines, effects_on, install
    from ita_desktop.updates.update_file import open_update

    found = open_update(source)
    check_fits(found)
    click.echo(f"{found.about.words}\nรหัสตรวจสอบ {found.spoken}\nSHA-256 {found.checksum}")
    click.echo(f"ลงนามโดย {found.signer}" if found.signer else "ไม่มีลายเซ็นที่โปรแกรมนี้รู้จัก")
    for label in found.about.labels:
        click.echo(f"- {label}")
    if office is not None:
        from db.store import Store

        with Store(office) as store:
            for line in effect_lines(effects_on(found, store.dossier(), _readable_shelf(store))):
                click.echo(line)
    if preview:
        return
    if not found.signer and not found.fits(checksum or ""):
        raise PlainError(
            "แฟ้มนี้ไม่มีลายเซ็นที่โปรแกรมรู้จัก โปรดโทรศัพท์ถามรหัสตรวจสอบจากผู้ส่ง "
            "ถ้าตรงกัน ให้สั่งอีกครั้งโดยใส่ --checksum ตามด้วยอักษรสี่ตัวแรกของรหัส"
        )
    install(found, datetime.now().astimezone())
    click.echo("ติดตั้งแล้ว")


def _take_update_back(name: str) -> None:
    from ita_desktop.updates.shelf import take_back

    click.echo(f"นำออกแล้ว: {take_back(name).about.words}")


def _make_update(folder: Path, key: Path | None, target: Path | None) -> None:
    from ita_desktop.files import write_file
    from ita_desktop.updates.update_file import SUFFIX, read_key, read_update, update_of_folder

    if target is None or target.suffix.lower() != SUFFIX:
        raise PlainError(f"โปรดบอกแฟ้มปลายทางที่ลงท้ายด้วย {SUFFIX} ด้วย --to")
    content = update_of_folder(folder, read_key(key) if key is not None else None)
    made = read_update(content)
    write_file(target, content)
    click.echo(f"{made.about.words} {target}\nรหัสตรวจสอบ {made.spoken}\nSHA-256 {made.checksum}")
    if not made.signer:
        click.echo("ผู้รับจะต้องยืนยันด้วยรหัสตรวจสอบ เพราะโปรแกรมรุ่นนี้ไม่รู้จักลายเซ็น", err=True)


def _make_key(target: Path) -> None:
    from ita_desktop.files import write_file
    from ita_desktop.updates.update_file import new_key

    if target.exists():
        raise PlainError(f"มีแฟ้ม “{target.name}” อยู่แล้ว โปรดใช้ชื่ออื่น กุญแจเดิมจะได้ไม่หาย")
    private, public = new_key()
    mask = os.umask(0o077)
    try:
        write_file(target, private)
    finally:
        os.umask(mask)
    click.echo(f"กุญแจส่วนตัว {target} (เก็บไว้เอง ห้ามส่งให้ผู้อื่น)\nกุญแจสาธารณะ {public}")
