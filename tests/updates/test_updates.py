"""Updates: what is taken, what is refused and where, and that taking back restores."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ita_desktop import paths
from ita_desktop.domain.agenda import load_tasks
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.places import load_places
from ita_desktop.domain.review.language import misspellings
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.exchange.safe_zip import sealed_zip
from ita_desktop.paths import data_file, data_files, resources
from ita_desktop.updates import shelf as installing
from ita_desktop.updates.contents import check_content, kind_of
from ita_desktop.updates.errors import UpdateError
from ita_desktop.updates.shelf import (
    check_fits,
    effect_lines,
    effects_on,
    install,
    installed,
    take_back,
)
from ita_desktop.updates.update_file import (
    MANIFEST,
    SIGNATURE,
    build_update,
    open_update,
    read_update,
    update_of_folder,
)

from .conftest import ABOUT, KEY, framework, made

NOW = datetime(2027, 1, 20, 3, 0, tzinfo=UTC)
SHIPPED = [
    f"{room}/{path.name}"
    for room in ("frameworks", "documents", "dictionary", "wording", "calendar", "places")
    for path in sorted((resources() / room).iterdir())
    if path.name != "LICENSE.txt"
]


def state(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# --- what is taken --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_the_program_ships_as_data_may_come_in_an_update(name: str) -> None:
    check_content(name, (resources() / name).read_bytes())


def test_an_installed_update_counts_and_taking_it_back_restores(user: Path) -> None:
    before = {room: data_files(room) for room in ("frameworks", "documents")}
    update = made({"frameworks/2570.json": framework(2570)})
    done = install(update, NOW)
    assert (done.about.name, done.state, done.checksum) == ("ita-2570", "", update.checksum)
    shelf = FrameworkShelf(data_files("frameworks"))
    assert 2570 in shelf.years() and shelf.get(2570).based_on is None
    assert take_back("ita-2570").about.name == "ita-2570"
    assert {room: data_files(room) for room in before} == before
    assert 2570 not in FrameworkShelf(data_files("frameworks")).years()
    assert state(user) == {} and installed() == ()


def test_the_newer_number_wins_and_comes_off_first() -> None:
    def titled(title: str) -> bytes:
        return framework(2570, lambda data: data.update(source=title))

    def source() -> str:
        return FrameworkShelf(data_files("frameworks")).get(2570).source

    newer = replace(ABOUT, number=20270301)
    install(made({"frameworks/2570.json": titled("ใหม่")}, newer), NOW)
    install(made({"frameworks/2570.json": titled("เก่า")}), NOW)
    assert source() == "ใหม่" and [each.about.number for each in installed()] == [20270301, 20270115]
    take_back("ita-2570")
    assert source() == "เก่า"


def test_words_calendar_and_places_are_looked_up_anew() -> None:
    words = json.dumps({"note": "", "words": {"ทดสอบบ": "ทดสอบ"}}).encode()
    with pytest.raises(UpdateError, match="ส่วนหนึ่ง"):
        made({"dictionary/misspellings.json": json.dumps({"words": {"กข": "กขค"}}).encode()})
    shipped = misspellings()
    task = {"key": "k", "name": "งาน", "note": "", "month": 1, "day": 2, "page": "", "done": {}}
    install(
        made(
            {
                "dictionary/misspellings.json": words,
                "calendar/ita.json": json.dumps([task]).encode(),
                "places/provinces.json": json.dumps({"จังหวัดหนึ่ง": ["อำเภอหนึ่ง"]}).encode(),
            }
        ),
        NOW,
    )
    assert misspellings() == {"ทดสอบบ": "ทดสอบ"}
    assert [each.key for each in load_tasks(data_file("calendar/ita.json"))] == ["k"]
    assert list(load_places(data_file("places/provinces.json"))) == ["จังหวัดหนึ่ง"]
    take_back("ita-2570")
    assert misspellings() == shipped


def test_the_same_folder_and_key_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "2570.json").write_bytes(framework(2570))
    about = {"name": "ita-2570", "number": 20270115, "title": "กรอบ", "by": "ผู้ดูแล"}
    (tmp_path / "update.json").write_text(json.dumps(about), "utf-8")
    assert update_of_folder(tmp_path, KEY) == update_of_folder(tmp_path, KEY)
    (tmp_path / "run.exe").write_bytes(b"MZ")
    with pytest.raises(UpdateError, match=r"run\.exe"):
        update_of_folder(tmp_path)


# --- signature and checksum -----------------------------------------------------------------------


@pytest.mark.usefixtures("trusted")
def test_a_known_signature_names_its_owner() -> None:
    assert made({"frameworks/2570.json": framework(2570)}, signed=True).signer == "ผู้ดูแลโปรแกรม"


def test_an_unknown_key_counts_as_no_signature_and_the_checksum_is_typed() -> None:
    update = made({"frameworks/2570.json": framework(2570)}, signed=True)
    assert update.signer == ""
    assert update.fits(update.spoken[:4].lower()) and update.fits(update.spoken)
    for wrong in ("", update.spoken[:3], "ZZZZ" if update.spoken[:4] != "ZZZZ" else "YYYY"):
        assert not update.fits(wrong)


@pytest.mark.usefixtures("trusted")
def test_a_signature_of_something_else_refuses_the_update() -> None:
    good = build_update(ABOUT, {"frameworks/2570.json": framework(2570)}, KEY)
    parts = unpacked(good)
    another = build_update(ABOUT, {"places/provinces.json": PLACES}, KEY)
    other = json.loads(unpacked(another)[SIGNATURE])
    for change in (other, {**other, "signature": base64.b64encode(b"\0" * 64).decode()}, {}, []):
        with pytest.raises(UpdateError, match="ลายเซ็น"):
            read_update(packed({**parts, SIGNATURE: json.dumps(change).encode()}))


PLACES = json.dumps({"ก": ["ข"]}).encode()


# --- hostile and broken ---------------------------------------------------------------------------


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    return sealed_zip(parts.items(), NOW)


def listing(parts: dict[str, bytes], **change: Any) -> bytes:
    """A manifest that fits the parts but for what is changed."""
    data = {
        "format": "ita-desktop-update",
        "version": 1,
        "name": "x",
        "number": 20270115,
        "title": "ก",
        "by": "ข",
        "notes": "",
        "parts": [
            {"name": name, "size": len(each), "sha256": hashlib.sha256(each).hexdigest()}
            for name, each in parts.items()
        ],
    }
    return json.dumps({**data, **change}).encode()


def bad(parts: dict[str, bytes], **change: Any) -> bytes:
    return packed({MANIFEST: listing(parts, **change), **parts})


def broken_framework(key: str, value: object) -> bytes:
    return framework(2570, lambda data: data.update({key: value}))


GOOD = {"places/provinces.json": PLACES}
HOSTILE: list[tuple[str, bytes, str]] = [
    ("empty", b"", "ไม่ใช่แฟ้มปรับปรุง"),
    ("text", b"x" * 500, "ไม่ใช่แฟ้มปรับปรุง"),
    ("cut", bad(GOOD)[:-30], "ไม่ใช่แฟ้มปรับปรุง"),
    ("bit", bad(GOOD)[:60] + b"\xff" + bad(GOOD)[61:], "ผนึก"),
    ("no manifest", packed(GOOD), "ไม่ใช่แฟ้มปรับปรุง"),
    ("newer", bad(GOOD, version=2), "รุ่นใหม่กว่า"),
    ("other format", bad(GOOD, format="ita-desktop-package"), "format"),
    ("climbs", bad({"../../x.json": b"{}"}), "ชื่อแฟ้มที่ใช้ไม่ได้"),
    ("program", bad({"ita_desktop/cli.py": b"x"}), "parts\\[0\\]"),
    ("other data", bad({"frameworks/abc.json": b"{}"}), "parts\\[0\\]"),
    ("stranger", packed({**unpacked(bad(GOOD)), "frameworks/2570.json": b"{}"}), "แปลกปลอม"),
    ("missing", packed({MANIFEST: listing(GOOD)}), "หายไป"),
    ("changed", packed({MANIFEST: listing(GOOD), "places/provinces.json": PLACES[:-1]}), "เสียหาย"),
    ("name", bad(GOOD, name="../x"), "name"),
    ("number", bad(GOOD, number=20270231), "number"),
    ("title", bad(GOOD, title="a\nb"), "title"),
    ("bomb", bad({"places/provinces.json": b" " * 1_900_000 + PLACES}), "ใหญ่ผิดปกติ"),
    ("weights", bad({"frameworks/2570.json": broken_framework("instruments", [])}), "instruments"),
    ("year", bad({"frameworks/2571.json": framework(2570)}), r"2571\.json year"),
    ("template", bad({"documents/memo.json": b'{"kind": "memo"}'}), r"documents/memo\.json"),
    ("deep", bad({"places/provinces.json": b"[" * 100_000}), r"provinces\.json"),
    ("places", bad({"places/provinces.json": b'{"a": "b"}'}), r"provinces\.json a"),
    ("calendar", bad({"calendar/ita.json": b'[{"key": "k"}]'}), r"ita\.json \[0\]"),
    ("wording", bad({"wording/analysis.json": b'{"layout": 1, "sentences": {}}'}), "subjects"),
    ("latin", bad({"dictionary/field_words.txt": b"\xff\xfe"}), "UTF-8"),
    ("twice", bad({"places/provinces.json": b'{"a": ["b"], "a": ["c"]}'}), "ซ้ำ"),
]


@pytest.mark.parametrize(("_name", "content", "said"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_a_hostile_update_is_refused_with_its_place(
    _name: str, content: bytes, said: str, user: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.itaupdate"
    path.write_bytes(content)
    with pytest.raises(UpdateError, match=said) as refused:
        open_update(path)
    assert "โปรด" in str(refused.value)
    assert not user.exists()


def test_the_same_maker_makes_what_is_taken() -> None:
    """The control of the list above: but for the change, the file is fine."""
    assert read_update(bad(GOOD)).about.name == "x"


def test_any_changed_byte_is_refused() -> None:
    good = bad(GOOD)
    for at in range(0, len(good), 7):
        flipped = bytearray(good)
        flipped[at] ^= 0x41
        with pytest.raises(UpdateError):
            read_update(bytes(flipped))


def test_files_that_fit_no_other_are_refused_together() -> None:
    def walk(data: dict[str, Any]) -> None:
        first = data["instruments"][0]["indicators"][0]["items"][0]["code"]
        data["crosswalk"] = {"year": 2569, "items": {first: "x99"}}

    with pytest.raises(UpdateError, match=r"crosswalk\.items"):
        check_fits(made({"frameworks/2570.json": framework(2570, walk)}))


def test_kinds_name_no_code() -> None:
    for name in ("ui/app.py", "updates/keys.json", "fonts/x.ttf", "schemas/framework.schema.json"):
        assert kind_of(name) is None


# --- installing: all or nothing -------------------------------------------------------------------


def test_an_interrupted_installation_leaves_the_former_state(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fail at every writing and renaming in turn; then only the first update is there."""
    install(made({"places/provinces.json": PLACES}, replace(ABOUT, name="first")), NOW)
    before = state(user)
    update = made({"frameworks/2570.json": framework(2570), "calendar/ita.json": b"[]"})
    done = 0
    for points in range(20):
        with monkeypatch.context() as patch:
            _fail_after(points, user, patch)
            try:
                install(update, NOW)
            except UpdateError:
                assert state(user) == before
                assert [each.about.name for each in installed()] == ["first"]
            else:
                done = points
                break
    assert done == 4  # two parts, the record and the renaming were reached, and each refused
    assert [each.about.name for each in installed()] == ["ita-2570", "first"]


def _fail_after(points: int, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let so many writings and renamings in a folder go well, and none after them."""
    left = points

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Path, *given: Any) -> Any:
            nonlocal left
            if path.is_relative_to(folder):
                left -= 1
                if left < 0:
                    raise OSError(28, "full")
            return real(path, *given)

        return call

    patch.setattr(installing, "write_file", failing(installing.write_file))
    patch.setattr(Path, "rename", failing(Path.rename))


def test_what_a_killed_installation_leaves_is_no_update(user: Path) -> None:
    install(made({"places/provinces.json": PLACES}), NOW)
    whole = next(user.iterdir())
    half = user / ".new-half"
    shutil.copytree(whole, half)
    paths.look_again()
    assert len(installed()) == 1
    install(made({"places/provinces.json": PLACES}, replace(ABOUT, name="second")), NOW)
    assert not half.exists()


@pytest.mark.parametrize("how", ["changed", "missing", "record"])
def test_a_damaged_update_does_not_count_and_is_told(user: Path, how: str) -> None:
    install(made({"places/provinces.json": PLACES}), NOW)
    folder = next(user.iterdir())
    match how:
        case "changed":
            (folder / "places" / "provinces.json").write_bytes(b"{}")
        case "missing":
            (folder / "places" / "provinces.json").unlink()
        case _:
            (folder / paths.INSTALLED).write_bytes(b"[]")
    paths.look_again()
    assert data_file("places/provinces.json") == resources() / "places" / "provinces.json"
    assert "เสียหาย" in installed()[0].state
    take_back("ita-2570")
    assert installed() == ()


def test_a_program_with_newer_data_leaves_an_older_update_aside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(made({"places/provinces.json": PLACES}), NOW)
    monkeypatch.setattr(paths, "shipped_number", lambda: 20270115)
    monkeypatch.setattr(installing, "shipped_number", lambda: 20270115)
    paths.look_again()
    assert paths.is_shipped(data_file("places/provinces.json"))
    assert "ใหม่กว่า" in installed()[0].state
    with pytest.raises(UpdateError, match="ใหม่กว่า"):
        check_fits(made({"places/provinces.json": PLACES}, replace(ABOUT, name="other")))


def test_the_same_update_twice_and_another_of_its_name_are_refused() -> None:
    first = made({"places/provinces.json": PLACES})
    install(first, NOW)
    with pytest.raises(UpdateError, match="ติดตั้งไว้แล้ว"):
        install(first, NOW)
    with pytest.raises(UpdateError, match="ลงวันที่เดียวกัน"):
        install(made({"places/provinces.json": json.dumps({"ข": []}).encode()}), NOW)


# --- what it does to an office --------------------------------------------------------------------


def test_effects_on_years_with_scores_are_told_beforehand() -> None:
    def lower(data: dict[str, Any]) -> None:
        data["levels"] = [{"level": "ผ่านพิเศษ", "total_min": "0"}]

    dossier = read_interchange(resources() / "sample" / "office.json").dossier
    shelf = FrameworkShelf(data_files("frameworks"))
    update = made(
        {"frameworks/2568.json": framework(2568, lower), "frameworks/2570.json": framework(2570)}
    )
    found = effects_on(update, dossier, shelf)
    assert [(each.year, each.is_new, each.own) for each in found] == [
        (2568, False, False),
        (2570, True, False),
    ]
    lines = effect_lines(found)
    assert any("2568" in line and "ผ่านพิเศษ" in line for line in lines)
    same = made({"frameworks/2568.json": framework(2568)})
    assert effects_on(same, dossier, shelf) == ()
    shelf.put(shelf.get(2568))
    own = effects_on(update, dossier, shelf)
    assert own[0].own and "ของหน่วยงานต่อไป" in effect_lines(own)[0]


def test_the_users_folder_is_the_one_the_window_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    from PySide6.QtCore import QCoreApplication, QStandardPaths

    names = QCoreApplication.organizationName(), QCoreApplication.applicationName()
    QCoreApplication.setOrganizationName("ITA Desktop")
    QCoreApplication.setApplicationName("ITA Desktop")
    try:
        place = QStandardPaths.StandardLocation.AppLocalDataLocation
        assert Path(QStandardPaths.writableLocation(place)) == paths.user_folder()
    finally:
        QCoreApplication.setOrganizationName(names[0])
        QCoreApplication.setApplicationName(names[1])
    assert os.path.commonpath([paths.user_folder(), Path.home()]) == str(Path.home())
