"""The front door: commands for IT staff and checks; no command opens the window.

Errors go to stderr as one plain Thai sentence with what to do, exit code 2. Slow or heavy parts
(the data file, Qt, PDF) are imported only by the command that needs them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from db.store import Store
    from ita_desktop.documents.compose import Matter
    from ita_desktop.documents.templates import Template
    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.domain.scores import ScoreNode, ScoreTree

SAMPLE_YEAR = 2569
EXIT_ERROR = 2


class PlainError(Exception):
    """Something the user has to know; ``str()`` is the whole Thai sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; returns the exit code."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0] not in commands.commands and not words[0].startswith("-")):
        return _open_window(words)
    try:
        commands.main(args=words, prog_name="ita_desktop", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return _complain(_plain_usage(error))
    except Exception as error:
        return _complain(_plain_sentence(error))
    return 0


def _speak_utf8() -> None:
    """Thai output also on consoles whose own code page has no Thai."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _complain(sentence: str) -> int:
    click.echo(sentence, err=True)
    return EXIT_ERROR


def _plain_usage(error: click.ClickException) -> str:
    """What was wrong with the command line, in Thai, beside click's own hint."""
    return f"คำสั่งไม่ถูกต้อง ({error.format_message()}) โปรดดูวิธีใช้ด้วย --help"


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
    if isinstance(error, known) or type(error).__module__ == "db.errors":
        return str(error)
    return f"โปรแกรมขัดข้อง ({type(error).__name__}) โปรดแจ้งผู้ดูแลพร้อมคำสั่งที่ใช้"


def _open_window(words: list[str]) -> int:
    from ui.app import run

    return run(Path(words[0]) if words else None)


@click.group(name="ita_desktop", help="ITA Desktop: บันทึกและรายงานผล ITA ของหน่วยงาน")
def commands() -> None:
    """The group every command hangs on."""


_FILE = click.Path(path_type=Path)


@commands.command()
@click.argument("folder", metavar="DIR", type=_FILE)
def demo(folder: Path) -> None:
    """สร้างแฟ้มข้อมูลตัวอย่างและเอกสารทุกชนิดลงใน DIR"""
    from db.store import Store
    from ita_desktop.domain.fiscal import Round

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample-office.ita"
    _remove_sample(path)
    with Store.create(path) as store:
        _take_in_file(store, _sample_source())
        store.set_setting("sample", "yes")
        click.echo(f"แฟ้มข้อมูล {path}")
        for template in _templates().values():
            for which in template.rounds:
                target = folder / f"{template.kind}-{SAMPLE_YEAR}-{int(which)}.pdf"
                _write_report(store, template.kind, SAMPLE_YEAR, Round(which), target)


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
    path.unlink()


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

    with Store(file) as store:
        dossier = _take_in_file(store, source)
        measures = sum(len(found) for found in dossier.measures.values())
        scores = sum(len(sheet.entered) for sheet in dossier.sheets.values())
        click.echo(f"นำเข้าแล้ว: คะแนน {scores} ช่อง มาตรการและแนวทาง {measures} รายการ")


def _take_in_file(store: Store, source: Path) -> Any:
    from ita_desktop.exchange.interchange import read_interchange

    if source.suffix.lower() != ".json":
        raise PlainError(f"ยังนำเข้าแฟ้มชนิด “{source.suffix}” ไม่ได้ โปรดใช้แฟ้ม .json ตามรูปแบบแลกเปลี่ยน")
    found = read_interchange(source)
    _check_codes(store, found.dossier)
    store.take_in(found.dossier, found.parts)
    return found.dossier


def _check_codes(store: Store, dossier: Any) -> None:
    """Refuse scores at codes their year does not have: they could never be seen in the window."""
    from ita_desktop.exchange.errors import SourceError

    shelf = _shelf(store)
    for index, sheet in enumerate(dossier.sheets.values()):
        framework = shelf.get(sheet.year)
        known = set(framework.codes())
        unknown = [code for code in sheet.entered if code not in known]
        if unknown:
            raise SourceError(
                f"scores[{index}].entered.{unknown[0]}",
                f"กรอบการประเมินปี {sheet.year} ไม่มีรหัส “{unknown[0]}”",
                "แก้รหัสให้ตรงกับปี",
            )


@commands.command()
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--year", type=int, required=True, help="ปีงบประมาณที่ประเมิน (พ.ศ.)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def scores(file: Path, year: int, as_json: bool) -> None:
    """พิมพ์คะแนน ค่าที่คำนวณได้ ช่วงที่เป็นไปได้ และระดับของปี"""
    from db.store import Store
    from ita_desktop.domain.scores import score_tree

    with Store(file) as store:
        tree = score_tree(_framework(store, year), store.dossier().sheet(year))
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
@click.argument("file", metavar="FILE.ita", type=_FILE)
@click.option("--year", type=int, required=True, help="ปีงบประมาณของมาตรการ (พ.ศ.)")
@click.option("--kind", default="measures-report", show_default=True, help="ชนิดเอกสาร")
@click.option("--round", "months", type=click.Choice(["3", "6", "12"]), default="12")
@click.option("--to", "target", type=_FILE, required=True, help="แฟ้มปลายทาง .pdf")
def report(file: Path, year: int, kind: str, months: str, target: Path) -> None:
    """ทำเอกสารของปีและรอบลงในแฟ้มปลายทาง"""
    from db.store import Store
    from ita_desktop.domain.fiscal import Round

    with Store(file) as store:
        _write_report(store, kind, year, Round(int(months)), target)


def _write_report(store: Store, kind: str, year: int, which: Any, target: Path) -> None:
    from ita_desktop.documents.compose import compose
    from ita_desktop.documents.pdf import render_pdf
    from ita_desktop.files import write_file

    template = _template(kind)
    if target.suffix.lower() != ".pdf":
        raise PlainError(f"ยังทำเอกสารชนิด “{target.suffix}” ไม่ได้ โปรดใช้ชื่อแฟ้มที่ลงท้ายด้วย .pdf")
    write_file(target, render_pdf(compose(template, _matter(store, year, which))))
    click.echo(f"{template.name} {target}")


def _matter(store: Store, year: int, which: Any) -> Matter:
    from ita_desktop.documents.compose import Matter

    return Matter(
        dossier=store.dossier(),
        year=year,
        round=which,
        framework=_framework(store, year - 1),
        earlier=_framework(store, year - 2),
    )


def _templates() -> dict[str, Template]:
    from ita_desktop.documents.templates import load_templates
    from ita_desktop.paths import resources

    return load_templates(resources() / "documents")


def _template(kind: str) -> Template:
    found = _templates()
    if kind not in found:
        raise PlainError(f"ไม่มีเอกสารชนิด “{kind}” โปรดใช้ชนิดใดชนิดหนึ่ง: {' '.join(found)}")
    return found[kind]


def _shelf(store: Store) -> FrameworkShelf:
    from ita_desktop.domain.framework import FrameworkShelf
    from ita_desktop.paths import resources

    return FrameworkShelf(resources() / "frameworks", store.frameworks())


def _framework(store: Store, year: int) -> Any:
    from ita_desktop.domain.fiscal import FIRST_YEAR, LAST_YEAR

    if 1950 <= year <= 2150:
        raise PlainError(f"ปี {year} เป็นปี ค.ศ. โปรดใช้ปี พ.ศ. คือ {year + 543}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PlainError(f"ปี {year} ใช้ไม่ได้ โปรดใช้ปีงบประมาณ พ.ศ. เช่น 2569")
    return _shelf(store).get(year)
