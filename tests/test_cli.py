"""The command line: what each command does, and one plain Thai sentence for everything else."""

from __future__ import annotations

import json
import runpy
import sys
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import click
import jsonschema
import pytest

from db.store import Store
from ita_desktop import cli
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind
from ita_desktop.exchange.interchange import interchange_to_data, read_interchange
from ita_desktop.paths import resources
from tests.documents.pdf.reading import joined, pages_by_pdfium
from tests.domain.figures import DOCUMENT_2

SAMPLE = resources() / "sample" / "office.json"
EXAMPLE = resources().parent / "docs" / "interchange-example.json"
SCORES_SCHEMA = json.loads((resources() / "schemas" / "scores.schema.json").read_text("utf-8"))
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *words: str | Path, said: str = "") -> str:
    """Run a command that works; what it prints. ``said``: what must stand on stderr."""
    assert cli.main([str(word) for word in words]) == 0
    out, err = capsys.readouterr()
    assert said in err if said else err == ""
    return out


def fails(capsys: Capture, *words: str | Path) -> str:
    """Run a command that does not; the one sentence it says."""
    assert cli.main([str(word) for word in words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\n") and err.count("\n") == 1
    sentence = err[:-1]
    assert sentence.isprintable() and "Traceback" not in sentence
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in sentence)
    assert "ขัดข้อง" not in sentence
    return sentence


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """What the window was asked to open; it never opens, so no mistake can leave a test waiting."""
    found: list[Path | None] = []

    def run_window(path: Path | None) -> int:
        found.append(path)
        return 7

    monkeypatch.setattr("ui.app.run", run_window)
    return found


@pytest.fixture
def empty(tmp_path: Path, capsys: Capture) -> Path:
    """A new data file."""
    path = tmp_path / "สำนักงาน #1.ita"
    run(capsys, "new", path)
    return path


@cache
def imported() -> bytes:
    """A data file with the sample office in it, made by the commands."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "สำนักงาน.ita"
        for words in (("new", path), ("import", path, SAMPLE)):
            assert cli.main([str(word) for word in words]) == 0
        return path.read_bytes()


@pytest.fixture
def sample(empty: Path, capsys: Capture) -> Path:
    """A data file with the sample office in it."""
    empty.write_bytes(imported())
    capsys.readouterr()
    return empty


def dossier(path: Path) -> Dossier:
    with Store(path) as store:
        return store.dossier()


def content(path: Path) -> object:
    """What a file holds, as plain data."""
    return interchange_to_data(dossier(path))


def pdf_text(path: Path) -> str:
    return joined("".join(pages_by_pdfium(path.read_bytes())))


# --- demo -----------------------------------------------------------------------------------------


def test_demo_makes_a_file_and_every_document_and_again(tmp_path: Path, capsys: Capture):
    folder = tmp_path / "ตัวอย่าง" / "ใหม่"
    for _ in range(2):
        out = run(capsys, "demo", folder)
        kinds = ("measures-report", "progress-report", "photo-report", "memo")
        yearly = ("analysis-memo", "issues-plan", "score-summary", "district-line", "oit-list")
        stems = {f"{kind}-2569-{which}" for kind in kinds for which in (6, 12)}
        stems |= {f"{kind}-2569" for kind in yearly}
        names = {f"{stem}{suffix}" for stem in stems for suffix in (".pdf", ".docx", ".xlsx")}
        names.add("sample-office.ita")
        assert {path.name for path in folder.glob("*.*[!l]")} == names
        assert all(name in out for name in names)
    sheet = dossier(folder / "sample-office.ita").sheets[2568]
    assert str(sheet.entered["i10"]) == "74.55"
    six, twelve = (pdf_text(folder / f"measures-report-2569-{n}.pdf") for n in (6, 12))
    for text, which in ((six, "๖"), (twelve, "๑๒")):
        assert f"รอบ {which} เดือน" in text
        assert all(figure in text for figure in ("๙๖.๖๑", "๙๓.๓๘", "๙๕.๓๔", "ผ่านดี"))


def test_demo_keeps_its_hands_off_files_that_are_no_sample(tmp_path: Path, capsys: Capture):
    own = tmp_path / "sample-office.ita"
    run(capsys, "new", own)
    assert "ไม่ใช่แฟ้มตัวอย่าง" in fails(capsys, "demo", tmp_path)
    assert dossier(own) == Dossier()
    foreign = tmp_path / "b"
    foreign.mkdir()
    (foreign / "sample-office.ita").write_bytes(b"somebody's work")
    assert "ไม่ใช่แฟ้มข้อมูล" in fails(capsys, "demo", foreign)
    assert (foreign / "sample-office.ita").read_bytes() == b"somebody's work"


def test_demo_into_a_file(tmp_path: Path, capsys: Capture):
    file = tmp_path / "แฟ้ม"
    file.touch()
    assert "“แฟ้ม”" in fails(capsys, "demo", file)
    assert "โฟลเดอร์" in fails(capsys, "demo", file / "ใน")


def test_demo_when_the_old_sample_can_not_go(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    cli._make_sample(tmp_path / "sample-office.ita")
    before = (tmp_path / "sample-office.ita").read_bytes()
    monkeypatch.setattr(Path, "replace", _denied)
    assert "“sample-office.ita”" in fails(capsys, "demo", tmp_path)
    assert (tmp_path / "sample-office.ita").read_bytes() == before


def _denied(*_: object, **__: object) -> None:
    raise PermissionError


# --- new ------------------------------------------------------------------------------------------


def test_new_makes_an_empty_file(tmp_path: Path, capsys: Capture):
    path = tmp_path / "ใหม่.ita"
    assert str(path) in run(capsys, "new", path)
    assert dossier(path) == Dossier()


def test_new_never_overwrites(sample: Path, capsys: Capture):
    before = content(sample)
    assert "อยู่แล้ว" in fails(capsys, "new", sample)
    assert content(sample) == before


def test_new_where_nothing_can_be_written(tmp_path: Path, capsys: Capture):
    assert "ไม่สำเร็จ" in fails(capsys, "new", tmp_path / "ไม่มี" / "ใหม่.ita")


# --- import ---------------------------------------------------------------------------------------


def test_import_takes_all_in(empty: Path, capsys: Capture):
    out = run(capsys, "import", empty, SAMPLE)
    source = read_interchange(SAMPLE).dossier
    scores = sum(len(sheet.entered) for sheet in source.sheets.values())
    assert f"คะแนน {scores} ช่อง" in out and "17 รายการ" in out
    found = dossier(empty)
    assert (found.office, found.sheets) == (source.office, source.sheets)
    assert [found.person(link.person_id) for link in found.chain] == list(found.people)
    assert [p.full_name for p in found.people] == [p.full_name for p in source.people]
    for kind in MeasureKind:
        pairs = zip(found.measures_of(2569, kind), source.measures_of(2569, kind), strict=True)
        assert all(here.title == there.title for here, there in pairs)


def test_import_twice_is_import_once(sample: Path, capsys: Capture):
    before = dossier(sample)
    run(capsys, "import", sample, SAMPLE)
    after = dossier(sample)
    assert (after.office, after.sheets) == (before.office, before.sheets)
    assert [m.title for m in after.measures[2569]] == [m.title for m in before.measures[2569]]
    assert len(after.people) == len(before.people) == len(after.chain)


def test_what_a_file_does_not_hold_is_left_alone(sample: Path, tmp_path: Path, capsys: Capture):
    before = dossier(sample)
    source = tmp_path / "คะแนน.json"
    sheet = {"year": 2566, "entered": DOCUMENT_2}
    source.write_text(
        json.dumps({"format": "ita-desktop", "version": 1, "scores": [sheet]}), "utf-8"
    )
    run(capsys, "import", sample, source)
    after = dossier(sample)
    assert after.sheets.keys() == {2566, 2567, 2568}
    assert (after.office, after.people, after.chain) == (before.office, before.people, before.chain)
    assert (after.measures, after.divisions) == (before.measures, before.divisions)


BAD_SOURCES = {
    "broken": ("{", "บรรทัด 1"),
    "other": ("{}", "format"),
    "late mistake": (
        SAMPLE.read_text("utf-8").replace('"status": "done"', '"status": "finished"'),
        "measures[0].progress[1].status",
    ),
    "code of another year": (
        SAMPLE.read_text("utf-8").replace('"i15"', '"i30"'),
        "scores[1].entered.i30",
    ),
    "no such instrument": (
        SAMPLE.read_text("utf-8").replace('"EIT"', '"XIT"'),
        "scores[0].respondents.XIT",
    ),
    "Christian year": (SAMPLE.read_text("utf-8").replace("2568", "2025"), "2568"),
}


@pytest.mark.parametrize("name", BAD_SOURCES)
def test_import_is_all_or_nothing(sample: Path, tmp_path: Path, capsys: Capture, name: str):
    text, words = BAD_SOURCES[name]
    source = tmp_path / "ผิด.json"
    source.write_text(text, "utf-8")
    before, bytes_before = dossier(sample), sample.read_bytes()
    sentence = fails(capsys, "import", sample, source)
    assert "นำเข้าไม่ได้" in sentence and words in sentence
    assert dossier(sample) == before
    assert sample.read_bytes() == bytes_before


def test_import_of_another_kind_of_file(sample: Path, tmp_path: Path, capsys: Capture):
    assert "ก.docx" in fails(capsys, "import", sample, tmp_path / "ก.docx")
    assert "ไม่มี.json" in fails(capsys, "import", sample, tmp_path / "ไม่มี.json")
    assert "ไม่พบแฟ้ม" in fails(capsys, "import", sample, tmp_path)
    old = tmp_path / "เก่า.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    before = dossier(sample)
    assert ".xls" in fails(capsys, "import", sample, old, "--year", "2569")
    assert dossier(sample) == before


def test_the_form_goes_out_and_comes_in(sample: Path, tmp_path: Path, capsys: Capture):
    target = tmp_path / "แบบกรอก.xlsx"
    run(capsys, "sheet", sample, "--year", "2569", "--to", target)
    assert "ไม่มีอะไรเปลี่ยน" in run(capsys, "import", sample, target)
    fresh = tmp_path / "ใหม่.ita"
    run(capsys, "new", fresh)
    assert "เพิ่มใหม่" in run(capsys, "import", fresh, target, "--preview")
    assert dossier(fresh).measures == {}
    run(capsys, "import", fresh, target)
    assert len(dossier(fresh).measures[2569]) == len(dossier(sample).measures[2569])


def test_a_table_with_cells_that_cannot_be_read(sample: Path, tmp_path: Path, capsys: Capture):
    table = tmp_path / "คะแนน.csv"
    table.write_bytes("รหัส;คะแนน\ni1;91.25\ni2;๔,๕\n".encode("cp874"))
    before = dossier(sample)
    assert "--year" in fails(capsys, "import", sample, table)
    words = ("import", sample, table, "--year", "2569")
    assert "--leave-out" in fails(capsys, *words)
    assert dossier(sample) == before
    assert "91.25" in run(capsys, *words, "--leave-out")
    assert dossier(sample).sheet(2568).entered["i1"] == Decimal("91.25")


def test_a_file_without_a_known_table(sample: Path, tmp_path: Path, capsys: Capture):
    table = tmp_path / "อื่น.csv"
    table.write_text("ก,ข\n1,2\n", "utf-8")
    assert "ไม่พบตารางที่รู้จัก" in fails(capsys, "import", sample, table, "--year", "2569")


# --- scores ---------------------------------------------------------------------------------------


def test_scores_as_text(sample: Path, capsys: Capture):
    lines = run(capsys, "scores", sample, "--year", "2568").splitlines()
    table = {line.split()[0]: line.split()[1] for line in lines}
    assert (table["total"], table["IIT"], table["9"], table["i10"]) == (
        *("96.61", "93.38", "100.00", "74.55"),
    )
    assert lines[-1].split() == ["ระดับ", "ผ่านดี"]


def test_scores_of_a_year_without_any(sample: Path, capsys: Capture):
    assert run(capsys, "scores", sample, "--year", "2570").split() == ["ระดับ", "ยังบอกไม่ได้"]


@pytest.mark.parametrize("year", [2566, 2567, 2568, 2570])
def test_scores_as_json_follow_their_schema(sample: Path, capsys: Capture, year: int):
    jsonschema.Draft202012Validator.check_schema(SCORES_SCHEMA)
    data = json.loads(run(capsys, "scores", sample, "--year", str(year), "--json"))
    jsonschema.Draft202012Validator(SCORES_SCHEMA).validate(data)
    assert data["year"] == year and data["provisional"] is (year > 2568)


def test_figures_in_json(empty: Path, tmp_path: Path, capsys: Capture):
    source = tmp_path / "เอกสาร 2.json"
    sheet = {
        "year": 2566,
        "entered": {**DOCUMENT_2, "total": "84.97"},
        "official_level": "ผ่าน",
    }
    source.write_text(
        json.dumps({"format": "ita-desktop", "version": 1, "scores": [sheet]}), "utf-8"
    )
    run(capsys, "import", empty, source)
    data = json.loads(run(capsys, "scores", empty, "--year", "2566", "--json"))
    nodes = {node["code"]: node for node in data["nodes"]}
    assert {code: nodes[code]["computed"] for code in ("IIT", "EIT", "OIT", "total")} == {
        "IIT": "83.68",
        "EIT": "92.00",
        "OIT": "80.63",
        "total": "84.96",
    }
    total = nodes["total"]
    assert (total["entered"], total["score"], total["attainable"]) == ("84.97", "84.97", False)
    assert total["interval"] == ["84.951200", "84.961200"]
    assert nodes["1"]["interval"] is nodes["IIT"]["attainable"] is None
    levels = (data["level"], data["computed_level"], data["official_level"])
    assert levels == ("ผ่าน", "ต้องปรับปรุง", "ผ่าน")


def test_example_of_the_docs_goes_in(empty: Path, capsys: Capture):
    run(capsys, "import", empty, EXAMPLE)
    data = json.loads(run(capsys, "scores", empty, "--year", "2568", "--json"))
    jsonschema.Draft202012Validator(SCORES_SCHEMA).validate(data)
    assert (data["total"], data["level"], data["computed_level"]) == (
        *("84.96", "ต้องปรับปรุง", "ต้องปรับปรุง"),
    )


# --- report ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", ["6", "12"])
def test_report_can_be_read_back(sample: Path, tmp_path: Path, capsys: Capture, months: str):
    target = tmp_path / "ใหม่" / "รายงาน #1.pdf"
    words = ["report", sample, "--year", "2569", "--round", months, "--to", target]
    assert str(target) in run(capsys, *words)
    text = pdf_text(target)
    data = json.loads(run(capsys, "scores", sample, "--year", "2568", "--json"))
    printed = [
        node["score"]
        for node in data["nodes"]
        if node["kind"] in ("total", "instrument", "indicator")
    ]
    assert len(printed) == 14
    assert all(score.translate(THAI) in text for score in printed)
    assert data["level"] in text and f"รอบ {months.translate(THAI)} เดือน" in text


def test_report_is_of_the_last_round_unless_told(sample: Path, tmp_path: Path, capsys: Capture):
    target = tmp_path / "รายงาน.pdf"
    run(capsys, "report", sample, "--year", "2569", "--to", target)
    assert f"{Round.TWELVE.label.translate(THAI)}" in pdf_text(target)


def test_report_of_an_empty_file(empty: Path, tmp_path: Path, capsys: Capture):
    target = tmp_path / "ว่าง.PDF"
    run(capsys, "report", empty, "--year", "2570", "--to", target, said="ยังมี 6 รายการที่ควรแก้")
    assert "๒๕๗๐" in pdf_text(target)


def test_report_that_fails_leaves_the_earlier_one(sample: Path, tmp_path: Path, capsys: Capture):
    target = tmp_path / "รายงาน.pdf"
    target.write_bytes(b"earlier")
    fails(capsys, "report", sample, "--year", "2569", "--kind", "no", "--to", target)
    assert target.read_bytes() == b"earlier"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--year", "2024"], "พ.ศ. คือ 2567"),
        (["--year", "2026"], "พ.ศ. คือ 2569"),
        (["--year", "1"], "ปี 1 ใช้ไม่ได้"),
        (["--year", "2501"], "ปี 2501 ใช้ไม่ได้"),
        (["--year", "2701"], "ปี 2701 ใช้ไม่ได้"),
        (["--year", "9" * 30], "ใช้ไม่ได้"),
        (["--year", "x"], "--year"),
        (["--year", "๒๕๖๙x"], "--year"),
        (["--year"], "--year"),
        ([], "--year"),
        (["--year", "2569", "--round", "5"], "--round"),
        (["--year", "2569", "--round", "3"], "รอบ 3 เดือน"),
        (["--year", "2569", "--kind", "a\nb"], "measures-report"),
        (["--year", "2569", "--colour", "x"], "--colour"),
        (["--year", "2569", "stray"], "คำสั่งไม่ถูกต้อง"),
    ],
    ids=lambda value: " ".join(value)[:30],
)
def test_report_with_wrong_options(
    sample: Path, tmp_path: Path, capsys: Capture, options: list[str], words: str
):
    target = tmp_path / "รายงาน.pdf"
    assert words in fails(capsys, "report", sample, "--to", target, *options)
    assert not target.exists()


@pytest.mark.parametrize("year", ["2502", "2700"])
def test_first_and_last_year(empty: Path, tmp_path: Path, capsys: Capture, year: str):
    run(capsys, "report", empty, "--year", year, "--to", tmp_path / "ก.pdf", said="ควรแก้")


@pytest.mark.parametrize(
    ("name", "words"),
    [("ก.odt", ".odt"), ("ก", ".pdf"), ("ก.pdf", "เขียนแฟ้ม")],
)
def test_report_into_what_is_no_pdf_or_can_not_be_written(
    sample: Path, tmp_path: Path, capsys: Capture, name: str, words: str
):
    (tmp_path / "ก.pdf").mkdir()
    target = tmp_path / name
    assert words in fails(capsys, "report", sample, "--year", "2569", "--to", target)
    assert target.is_dir() or not target.exists()


def test_report_needs_a_target(sample: Path, capsys: Capture):
    assert "--to" in fails(capsys, "report", sample, "--year", "2569")


# --- what is wrong with the file or the command ---------------------------------------------------

COMMANDS = {
    "import": lambda file: ["import", file, SAMPLE],
    "scores": lambda file: ["scores", file, "--year", "2568"],
    "report": lambda file: ["report", file, "--year", "2569", "--to", file.with_name("ก.pdf")],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_missing_and_foreign_data_files(tmp_path: Path, capsys: Capture, command: str):
    missing = tmp_path / "หาย.ita"
    assert "ไม่พบแฟ้ม “หาย.ita”" in fails(capsys, *COMMANDS[command](missing))
    assert not missing.exists()
    for number, found in enumerate([b"", b"x", b"\0" * 5000, b"PK\x03\x04" * 100]):
        foreign = tmp_path / f"{number}.ita"
        foreign.write_bytes(found)
        sentence = fails(capsys, *COMMANDS[command](foreign))
        assert f"แฟ้ม “{number}.ita” ไม่" in sentence and "โปรด" in sentence
        assert foreign.read_bytes() == found
    assert "ไม่ใช่แฟ้มข้อมูล" in fails(capsys, *COMMANDS[command](tmp_path))


def test_a_file_that_is_open_elsewhere(sample: Path, capsys: Capture):
    with Store(sample):
        assert "กำลังเปิดอยู่" in fails(capsys, "scores", sample, "--year", "2568")


@pytest.mark.parametrize("year", ["2024", "0", "2499", "2701", "-5"])
def test_scores_of_a_wrong_year(sample: Path, capsys: Capture, year: str):
    sentence = fails(capsys, "scores", sample, "--year", year)
    assert "พ.ศ." in sentence
    assert ("2567" in sentence) is (year == "2024")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["demo"], "DIR"),
        (["new"], "FILE.ita"),
        (["import", "x.ita"], "SOURCE"),
        (["scores", "x.ita", "--yeer", "1"], "--yeer"),
        (["scores", "x.ita", "--year"], "--year"),
        (["scores", "x.ita", "--year=1", "--json=1"], "--json"),
        (["--colour"], "--colour"),
        (["--a\nb"], "--a b"),
        (["demo", "a", "b"], "ไม่รู้จัก"),
        (["scroes", "x.ita", "--year", "2568"], "ไม่รู้จัก"),
    ],
)
def test_wrong_command_lines(capsys: Capture, words: list[str], said: str):
    sentence = fails(capsys, *words)
    assert sentence.startswith("คำสั่งไม่ถูกต้อง: ") and sentence.endswith("--help")
    assert said in sentence


@pytest.mark.parametrize("words", [["--help"], ["scores", "--help"]])
def test_help_is_no_error(capsys: Capture, words: list[str]):
    assert "--help" in run(capsys, *words)


def test_an_unforeseen_error_is_a_sentence_too(
    empty: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret\nlines")

    monkeypatch.setattr(cli, "_shelf", fail)
    assert cli.main(["scores", str(empty), "--year", "2568"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert "ขัดข้อง (ZeroDivisionError)" in err and "secret" not in err


def test_ctrl_c_is_a_sentence_too(empty: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_shelf", interrupt)
    assert cli.main(["scores", str(empty), "--year", "2568"]) == 2
    assert "หยุด" in capsys.readouterr().err


def test_a_command_may_set_the_exit_code(monkeypatch: pytest.MonkeyPatch):
    @click.command()
    @click.pass_context
    def found(context: click.Context) -> None:
        context.exit(1)

    monkeypatch.setitem(cli.commands.commands, "found", found)
    assert cli.main(["found"]) == 1


# --- the window -----------------------------------------------------------------------------------


def test_no_word_or_a_file_opens_the_window(opened: list[Path | None]):
    front_door = runpy.run_module("ita_desktop.__main__", run_name="imported")
    for start in (cli.main, front_door["start"]):
        assert start([]) == 7
        assert start(["งาน.ita"]) == 7
    assert opened == [None, Path("งาน.ita")] * 2


def test_no_command_opens_the_window(opened: list[Path | None], tmp_path: Path, capsys: Capture):
    run(capsys, "new", tmp_path / "ก.ita")
    fails(capsys, "scroes", tmp_path / "ก.ita")
    fails(capsys, "scroes")
    assert opened == []


def test_without_a_display_the_window_says_so(
    opened: list[Path | None], monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    fails(capsys, "งาน.ita")
    assert opened == []


def test_words_come_from_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: Capture):
    monkeypatch.setattr(sys, "argv", ["ita_desktop", "--help"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("ita_desktop", run_name="__main__")
    assert left.value.code == 0
    assert "demo" in capsys.readouterr().out


def test_importing_the_front_door_starts_nothing(opened: list[Path | None]):
    runpy.run_module("ita_desktop.__main__", run_name="imported")
    assert opened == []


def test_streams_that_can_not_be_set_are_left(monkeypatch: pytest.MonkeyPatch, capsys: Capture):
    class Plain:
        """A stream without ``reconfigure``, as some launchers give one."""

        def __init__(self) -> None:
            self.text = ""

        def write(self, text: str) -> int:
            self.text += text
            return len(text)

        def flush(self) -> None:
            pass

    stream = Plain()
    monkeypatch.setattr(sys, "stderr", stream)
    assert cli.main(["--colour"]) == 2
    assert "--colour" in stream.text


# --- check ----------------------------------------------------------------------------------------

FINDINGS_SCHEMA = json.loads((resources() / "schemas" / "findings.schema.json").read_text("utf-8"))


def checked(capsys: Capture, *words: str | Path) -> tuple[int, str]:
    """Exit code and output of ``check``."""
    code = cli.main(["check", *map(str, words)])
    return code, capsys.readouterr().out


def test_the_sample_is_clean(sample: Path, capsys: Capture):
    assert checked(capsys, sample, "--year", "2569") == (0, "")
    code, out = checked(capsys, sample, "--year", "2569", "--json")
    assert (code, json.loads(out)) == (0, {"count": 0, "findings": []})


def test_a_mistake_is_found_with_its_mend(sample: Path, capsys: Capture):
    with Store(sample) as store:
        (measure, *_) = store.dossier().measures_of(2569, MeasureKind.MEASURE)
        store.set_progress(measure.id, Round.SIX, result="องค์กรบริหารส่วนตำบลตัวอย่างอบรมแล้ว ๑ ครั้ง")
    code, out = checked(capsys, sample, "--year", "2569", "--json")
    found = json.loads(out)
    jsonschema.validate(found, FINDINGS_SCHEMA)
    assert code == 1
    mine = next(each for each in found["findings"] if each["rule"] == "agency-misspelt")
    assert (mine["class"], mine["page"], mine["record"]) == ("E", "progress", measure.id)
    assert mine["fix"]["new"].startswith("องค์การบริหารส่วน")
    code, out = checked(capsys, sample, "--year", "2569", "--round", "12")
    assert "องค์กรบริหาร" not in out


def test_a_finished_document_is_read(sample: Path, tmp_path: Path, capsys: Capture):
    path = tmp_path / "made.docx"
    run(capsys, "report", sample, "--year", "2569", "--kind", "progress-report", "--to", path)
    assert checked(capsys, path) == (0, "")
    text = tmp_path / "old.txt"
    text.write_text("องค์กรบริหารส่วนตำบลตัวอย่าง ได้ดำเนินการเช่น เช่น อบรม\n", "utf-8")
    code, out = checked(capsys, text)
    assert code == 1 and "องค์กรบริหาร" in out


def test_check_refuses_what_it_cannot_read(sample: Path, tmp_path: Path, capsys: Capture):
    assert "--year" in fails(capsys, "check", sample)
    for name, content in {
        "a.docx": b"PK\x03\x04 broken",
        "b.pdf": b"%PDF-1.7",
        "c.txt": b"\xff",
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert "โปรด" in fails(capsys, "check", path)
    assert "โปรด" in fails(capsys, "check", tmp_path / "missing.docx")
