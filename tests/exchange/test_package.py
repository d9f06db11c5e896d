"""The hand-over package: there and back, every change seen, nothing of a stranger believed."""

from __future__ import annotations

import io
import json
import os
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop import VERSION
from ita_desktop.exchange import unpack
from ita_desktop.exchange.errors import PackageError, SourceError
from ita_desktop.exchange.interchange import interchange_to_data
from ita_desktop.exchange.lock import (
    CHUNK,
    DamagedLock,
    LockedFile,
    LockedPackage,
    Strength,
    WrongPassword,
    lock,
    strength,
)
from ita_desktop.exchange.names import name_problem
from ita_desktop.exchange.package import (
    COVER,
    DATA,
    MANIFEST,
    MOST_PART,
    MOST_PARTS,
    Manifest,
    Part,
    build_package,
    fitting_name,
    sized,
)
from ita_desktop.exchange.unpack import (
    DamagedPackage,
    Fault,
    NewerPackage,
    NotAPackage,
    UnsafePackage,
    opened,
)
from ita_desktop.paths import resources
from tests.exchange.packages import (
    DOCUMENT,
    MADE,
    SAMPLE,
    about,
    contents,
    forged,
    package_of,
    reseal,
    sealed,
)

PACKAGE = package_of()
PASSWORD = "น้ำใสไหลเย็น 48"
SCHEMA = json.loads((resources() / "schemas" / "package.schema.json").read_text("utf-8"))
FLIPS = int(os.environ.get("ITA_PACKAGE_FLIPS", "1000"))
"""One-bit changes that are tried."""

Opener = Callable[..., "Seen"]


class Seen:
    """What opening a package said."""

    def __init__(self, package: unpack.Package) -> None:
        self.manifest: Manifest = package.manifest
        self.fingerprint = package.fingerprint
        self.locked = package.locked
        self.problems = package.problems
        self.faults = {(each.fault, each.name) for each in package.problems}
        self.data = None
        if package.is_whole and package.manifest.part(DATA):
            self.data = package.data().dossier


@pytest.fixture
def look(tmp_path: Path) -> Opener:
    def open_bytes(content: bytes, password: str | None = None) -> Seen:
        path = tmp_path / "ส่งอำเภอ #1 100%.itapack"
        path.write_bytes(content)
        with opened(path, password) as package:
            return Seen(package)

    return open_bytes


# --- there and back -------------------------------------------------------------------------------


def test_what_goes_in_comes_out(look: Opener):
    seen = look(PACKAGE)
    assert seen.problems == () and not seen.locked
    assert [part.name for part in seen.manifest.parts] == [COVER, *(p.name for p, _ in contents())]
    assert seen.manifest.made == MADE and seen.manifest.year == 2569
    assert seen.manifest.office == replace(
        about().office,
        **dict.fromkeys(
            (
                *("address", "postal_code", "telephone", "website", "email"),
                *("responsible_division", "number_prefix", "fax"),
            ),
            "",
        ),
    )
    assert seen.data is not None
    assert interchange_to_data(seen.data) == interchange_to_data(SAMPLE)


def test_parts_are_read_by_what_the_manifest_says(tmp_path: Path):
    path = tmp_path / "x.itapack"
    path.write_bytes(PACKAGE)
    with opened(path) as package:
        for part, content in contents():
            assert package.read(package.manifest.part(part.name) or part) == content
        with pytest.raises(DamagedPackage):
            package.read(sized(Part(DOCUMENT, "document", ""), b"other"))


def test_any_zip_program_reads_an_unlocked_one():
    with zipfile.ZipFile(io.BytesIO(PACKAGE)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == MANIFEST
        assert {DOCUMENT, DATA, COVER} < set(archive.namelist())
        data = json.loads(archive.read(MANIFEST))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(data, SCHEMA)
    assert data["fingerprint"] in str(data) and len(data["fingerprint"]) == 19


def test_the_same_parts_and_time_give_the_same_bytes():
    assert package_of() == PACKAGE
    assert package_of(made=MADE + timedelta(seconds=1)) != PACKAGE


def test_the_time_is_the_clerks_wherever_it_is_made():
    there = package_of(made=MADE.astimezone(UTC))
    with zipfile.ZipFile(io.BytesIO(there)) as archive:
        assert archive.infolist()[0].date_time == (2026, 4, 26, 10, 11, 12)


def test_the_fingerprint_stands_for_everything_but_the_cover():
    told: list[str] = []

    def cover(manifest: Manifest) -> bytes:
        told.append(manifest.fingerprint)
        return b"%PDF"

    manifest, _ = build_package(about(), contents(), cover)
    assert told == [manifest.fingerprint]
    for changed in (
        replace(manifest, year=2570),
        replace(manifest, made=MADE + timedelta(seconds=1)),
        replace(manifest, office=replace(manifest.office, name="อื่น")),
        replace(manifest, parts=manifest.parts[:-1]),
        replace(manifest, findings=((6, 1),)),
    ):
        assert changed.fingerprint != manifest.fingerprint
    other_cover = (sized(manifest.parts[0], b"other"), *manifest.parts[1:])
    assert replace(manifest, parts=other_cover).fingerprint == manifest.fingerprint


def test_the_version_is_the_projects():
    text = (resources().parent / "pyproject.toml").read_text("utf-8")
    assert f'\nversion = "{VERSION}"\n' in text


def test_too_much_is_told_when_it_is_made():
    many = [(Part(f"เอกสาร/{n}.pdf", "document", "x"), b"") for n in range(MOST_PARTS + 1)]
    with pytest.raises(PackageError, match="เลือกเอกสารให้น้อยลง"):
        build_package(about(), many)
    big = [(Part("เอกสาร/1.pdf", "document", "รายงาน"), bytes(MOST_PART + 1))]
    with pytest.raises(PackageError, match="“รายงาน” ใหญ่เกินไป"):
        build_package(about(), big)


# --- every change is seen -------------------------------------------------------------------------


def refused_or_seen(look: Opener, content: bytes, password: str | None = None) -> bool:
    try:
        return bool(look(content, password).problems)
    except PackageError as error:
        assert any("ก" <= letter <= "๛" for letter in str(error))
        return True


def test_every_changed_bit_is_seen(look: Opener):
    chance = random.Random(2569)
    places = range(len(PACKAGE) * 8)
    structure = [*range(240), *range((len(PACKAGE) - 900) * 8, len(PACKAGE) * 8, 3)]
    tried = chance.sample(places, FLIPS // 2) + chance.sample(structure, FLIPS - FLIPS // 2)
    for bit in tried:
        changed = bytearray(PACKAGE)
        changed[bit // 8] ^= 1 << bit % 8
        assert refused_or_seen(look, bytes(changed)), f"bit {bit}"
    assert not look(PACKAGE).problems  # the control


def test_every_cut_and_every_tail_is_seen(look: Opener):
    for length in (0, 1, 21, 22, 100, len(PACKAGE) // 2, len(PACKAGE) - 1):
        assert refused_or_seen(look, PACKAGE[:length])
    for changed in (PACKAGE + b"\0", b"\0" + PACKAGE, PACKAGE + PACKAGE, PACKAGE[1:]):
        assert refused_or_seen(look, changed)


def rewritten(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The package as another zip program would write it after a change."""
    with zipfile.ZipFile(io.BytesIO(PACKAGE)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    return sealed(files.items())


def test_swapped_added_removed_and_changed_parts_are_named(look: Opener):
    def swap(files: dict[str, bytes]) -> None:
        files[DOCUMENT], files["ตาราง/01.xlsx"] = files["ตาราง/01.xlsx"], files[DOCUMENT]

    def add(files: dict[str, bytes]) -> None:
        files["เอกสาร/แทรก.pdf"] = b"%PDF"

    def remove(files: dict[str, bytes]) -> None:
        del files[DOCUMENT]

    def same_length(files: dict[str, bytes]) -> None:
        files[DATA] = files[DATA].replace("ตัวอย่าง".encode(), "อย่างตัว".encode(), 1)

    table = (Fault.CHANGED, "ตาราง/01.xlsx")
    assert look(rewritten(swap)).faults == {(Fault.CHANGED, DOCUMENT), table}
    assert look(rewritten(add)).faults == {(Fault.UNKNOWN, "เอกสาร/แทรก.pdf")}
    assert look(rewritten(remove)).faults == {(Fault.MISSING, DOCUMENT)}
    assert look(rewritten(same_length)).faults == {(Fault.CHANGED, DATA)}
    assert look(rewritten(lambda files: None)).faults == set()  # the control


def test_a_rewritten_manifest_gets_another_fingerprint_or_is_seen(look: Opener):
    """Who changes part and manifest alike is caught by the letters on the signed page alone."""

    def forge(files: dict[str, bytes]) -> None:
        files[DOCUMENT] = b"%PDF forged"
        data = json.loads(files[MANIFEST])
        entry = next(part for part in data["parts"] if part["name"] == DOCUMENT)
        part = sized(Part(DOCUMENT, "document", ""), files[DOCUMENT])
        entry |= {"size": part.size, "sha256": part.sha256}
        files[MANIFEST] = json.dumps(data).encode()

    assert look(rewritten(forge)).faults == {(Fault.FINGERPRINT, MANIFEST)}
    assert look(rewritten(forge)).fingerprint != look(PACKAGE).fingerprint


def test_data_of_a_changed_package_are_not_taken(tmp_path: Path):
    path = tmp_path / "x.itapack"
    path.write_bytes(rewritten(lambda files: files.pop(DOCUMENT)))
    with opened(path) as package, pytest.raises(DamagedPackage, match="หายไป"):
        package.data()


# --- strangers' packages --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("../../x", "..", "/etc/passwd", "C:/x", "a/b/c.pdf", "\\\\host\\x", "a\\b", ".ssh", "x."),
        *("CON", "con.txt", "NUL.pdf", "COM1.x", "lpt9", "a/AUX.pdf", "x ", " x", "a//b", "a/"),
        *("x\u202egpj.exe", "x\u200b", "a\nb", "ก" * 121, "x\u0000", "a|b", "e\u0301.pdf", ""),
    ],
)
def test_names_that_lead_astray(look: Opener, name: str):
    assert name_problem(name)
    if name and "\0" not in name:
        with pytest.raises(PackageError):
            look(sealed([*forged({"a.pdf": b"x"}), (zipfile.ZipInfo(name), b"x")]))


def test_a_part_the_manifest_calls_so_is_refused_too(look: Opener):
    for name in ("../x", "con"):
        with pytest.raises(DamagedPackage, match="สารบัญ"):
            look(sealed(forged({}, [sized(Part(name, "document", ""), b"")])))


@given(st.text(max_size=60))
def test_any_title_makes_a_fitting_name(title: str):
    assert not name_problem(fitting_name(title, ".pdf"))


def entry(name: str, mode: int = 0, flags: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.flag_bits = flags
    return info


def test_links_doubles_folders_and_methods(look: Opener):
    for info, why in (
        (entry("ลิงก์", stat.S_IFLNK | 0o777), "ทางลัด"),
        (entry("อุปกรณ์", stat.S_IFCHR), "ทางลัด"),
    ):
        with pytest.raises(UnsafePackage, match=why):
            look(sealed([*forged({}), (info, b"/etc/passwd")]))
    for double in ("ก.pdf", "A.PDF"):
        with pytest.warns() if double == "ก.pdf" else _nothing():
            content = sealed([*forged({"ก.pdf": b"", "a.pdf": b""}), (double, b"")])
        with pytest.raises(UnsafePackage, match="ซ้ำ"):
            look(content)
    with pytest.raises(UnsafePackage, match="บีบอัด"):
        look(sealed(forged({"ก.pdf": b"x" * 99}), compression=zipfile.ZIP_BZIP2))


class _nothing:  # noqa: N801 - stands where pytest.warns would
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def patched(content: bytes, offset: int, packed: bytes) -> bytes:
    """The sealed package with bytes of its first member's directory entry replaced."""
    at = content.index(b"PK\x01\x02") + offset
    return reseal(content[:at] + packed + content[at + len(packed) :])


def test_encrypted_members_and_lying_sizes(look: Opener):
    honest = sealed(forged({"ก.pdf": b"x" * 99}))
    assert not look(honest).problems
    with pytest.raises(UnsafePackage, match="เข้ารหัส"):
        look(patched(honest, 8, struct.pack("<H", 0x1)))
    for size in (1, 10**6, MOST_PART, 2**32 - 2):
        assert refused_or_seen(look, patched(honest, 24, struct.pack("<L", size)))
        assert refused_or_seen(look, patched(honest, 20, struct.pack("<L", size)))
    with pytest.raises(PackageError):
        look(patched(honest, 42, struct.pack("<L", 7)))  # where the member begins


def test_bombs_are_not_unpacked(look: Opener, monkeypatch: pytest.MonkeyPatch):
    bomb = sealed(forged({"ก.pdf": bytes(30_000_000)}), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 60_000
    read: list[object] = []
    monkeypatch.setattr(zipfile, "ZipExtFile", lambda *_: read.append(1))
    with pytest.raises(UnsafePackage, match="ใหญ่ผิดปกติ"):
        look(bomb)
    assert not read


def test_many_medium_members_are_bounded_together(look: Opener):
    files = {f"{n}.pdf": os.urandom(1000) + bytes(200_000) for n in range(3)}
    content = sealed(forged(files), compression=zipfile.ZIP_DEFLATED)
    assert not look(content).problems
    for at in range(3):  # each below the bound of one, all beyond the bound of all
        start = [i for i in range(len(content)) if content.startswith(b"PK\x01\x02", i)][1 + at]
        packed = struct.pack("<LL", 1_000_000, MOST_PART)
        content = content[: start + 20] + packed + content[start + 28 :]
    with pytest.raises(PackageError):
        look(reseal(content))


def test_a_hundred_thousand_members_are_refused_before_they_are_listed(
    look: Opener, monkeypatch: pytest.MonkeyPatch
):
    entry_bytes = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"x"
    directory = entry_bytes * 100_000
    for count in (100_000 & 0xFFFF, 3):
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), 0, 91)
        monkeypatch.setattr(zipfile, "ZipFile", pytest.fail)
        with pytest.raises(UnsafePackage, match="มากเกินไป"):
            look(reseal(directory + end + PACKAGE[-91:]))


@pytest.mark.parametrize("name", ["ก.itapack", "ก.exe", "ก.pdf.lnk", "ก", "ก.PDF"])
def test_no_part_is_a_package_or_a_program(look: Opener, name: str):
    with pytest.raises(DamagedPackage, match="สารบัญ"):
        look(sealed(forged({name: PACKAGE})))


@pytest.mark.parametrize(
    "manifest",
    [
        *(
            b"",
            b"{}",
            b"[]",
            b"null",
            b"[" * 100_000,
            b'{"format":' * 5000,
            b"\xff\xfe",
            b"1" * 5000,
        ),
        b'{"format": "ita-desktop-package", "format": "ita-desktop-package"}',
        b"[" + b"1," * 240_000 + b"1]",
    ],
)
def test_broken_manifests(look: Opener, manifest: bytes):
    with pytest.raises(DamagedPackage, match="สารบัญ"):
        look(sealed([(MANIFEST, manifest)]))


@pytest.mark.parametrize(
    "changes",
    [
        *({"year": 2026}, {"year": "2569"}, {"made": "2026-04-26"}, {"made": 5}, {"office": None}),
        *({"made": "0001-01-01T00:00:00+07:00"}, {"parts": None}, {"extra": 1}, {"version": 0}),
        *({"findings": {"6": -1}}, {"findings": []}, {"left_out": "x"}, {"fingerprint": None}),
        *({"version": True}, {"office": {"name": "x" * 100_001}}, {"format": "other"}),
    ],
)
def test_manifests_that_stray(look: Opener, changes: dict[str, Any]):
    with pytest.raises(DamagedPackage, match="สารบัญ"):
        look(sealed(forged({}, **changes)))


def test_a_newer_programs_package_is_told_as_such(look: Opener):
    with pytest.raises(NewerPackage, match="รุ่นล่าสุด"):
        look(sealed(forged({}, version=2)))


def test_data_that_would_fill_the_memory_are_refused(look: Opener, tmp_path: Path):
    data = b"[" + b"".join(b"[%d]," % n for n in range(250_000)) + b"[]]"
    path = tmp_path / "x.itapack"
    path.write_bytes(build_package(about(), [(Part(DATA, "data", ""), data)])[1])
    with opened(path) as package, pytest.raises(SourceError, match="มากเกินไป"):
        package.data()


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "other zip", "pdf", "too big"])
def test_what_is_no_package(tmp_path: Path, kind: str):
    path = tmp_path / "x.itapack"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no named pipes here")
        os.mkfifo(path)  # opening it would wait for ever
    elif kind == "other zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x", "y")
    elif kind == "pdf":
        path.write_bytes(b"%PDF-1.7" * 100)
    elif kind == "too big":
        with path.open("wb") as file:
            file.truncate(unpack.MOST_FILE + 1)
    with pytest.raises(UnsafePackage if kind == "too big" else NotAPackage), opened(path):
        pass


@given(st.binary(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_random_rubbish_is_refused(rubbish: bytes, at: int, cut: int):
    start = len(PACKAGE) - 500 + at
    changed = PACKAGE[:start] + rubbish + PACKAGE[start + cut :]
    try:
        seen = unpack._checked(io.BytesIO(changed), locked=False)
    except (PackageError, *unpack._UNREADABLE):
        return
    assert seen.problems or changed == PACKAGE


# --- the lock -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def locked() -> bytes:
    return lock(PACKAGE, PASSWORD)


def test_a_locked_one_opens_with_its_password(look: Opener, locked: bytes):
    seen = look(locked, PASSWORD)
    assert seen.locked and not seen.problems
    assert seen.fingerprint == look(PACKAGE).fingerprint
    assert b"PK" not in locked[:200] and DOCUMENT.encode() not in locked


def test_wrong_none_and_damaged_each_have_their_sentence(look: Opener, locked: bytes):
    with pytest.raises(LockedPackage, match="โปรดใส่รหัสผ่าน"):
        look(locked)
    with pytest.raises(LockedPackage):
        look(locked, "")
    for wrong in ("น้ำใสไหลเย็น 49", PASSWORD + " ", "x" * 500):
        with pytest.raises(WrongPassword, match="รหัสผ่านไม่ถูกต้อง"):
            look(locked, wrong)
    changed = bytearray(locked)
    changed[len(changed) // 2] ^= 1
    with pytest.raises(DamagedLock, match="เสียหาย"):
        look(bytes(changed), PASSWORD)


def test_the_same_password_typed_in_another_way_opens(look: Opener, cheap: None):
    composed, apart = "กํา\u0e33é", "กํา\u0e33e\u0301"
    assert not look(lock(PACKAGE, composed), apart).problems


def test_two_locks_of_the_same_share_nothing(cheap: None):
    salt = bytes(16)
    assert lock(b"x", "ก", salt) == lock(b"x", "ก", salt)
    assert lock(b"x", "ก")[32:] != lock(b"x", "ก")[32:]
    for password in ("", "x" * 201):
        with pytest.raises(ValueError, match="password"):
            lock(b"x", password)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys at a price that lets a test open hundreds of locks."""
    monkeypatch.setattr("ita_desktop.exchange.lock.SCRYPT_LOG_N", 2)


def test_every_changed_bit_of_a_locked_one_is_seen(cheap: None):
    content = bytes(range(256)) * 600
    made = lock(content, PASSWORD)
    assert io.BufferedReader(LockedFile(io.BytesIO(made), PASSWORD)).read() == content
    chance = random.Random(7)
    header = range(96 * 8)
    for bit in [*chance.sample(header, 60), *chance.sample(range(len(made) * 8), FLIPS)]:
        changed = bytearray(made)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((DamagedLock, NotImplementedError)):
            LockedFile(io.BytesIO(bytes(changed)), PASSWORD).readall()


def test_cut_moved_and_repeated_chunks_are_seen(cheap: None):
    content = os.urandom(3 * CHUNK + 5)
    made = lock(content, PASSWORD)
    step, start = CHUNK + 16, 96
    chunks = [made[start + n * step : start + (n + 1) * step] for n in range(4)]
    header = made[:start]
    for wrong in (
        chunks[:3],
        chunks[:1],
        [],
        [chunks[1], chunks[0], *chunks[2:]],
        [*chunks, chunks[3]],
        [chunks[0], chunks[0], *chunks[2:]],
        [*chunks[:3], chunks[3][:-1]],
    ):
        with pytest.raises(DamagedLock):
            LockedFile(io.BytesIO(header + b"".join(wrong)), PASSWORD).readall()
    other = lock(content, PASSWORD)
    with pytest.raises(DamagedLock):  # a chunk of another file under the same password
        LockedFile(io.BytesIO(header + chunks[0] + other[start + step :]), PASSWORD).readall()
    assert LockedFile(io.BytesIO(header + b"".join(chunks)), PASSWORD).readall() == content


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_any_place_of_a_locked_file_can_be_read(cheap: None, size: int):
    content = os.urandom(size)
    source = LockedFile(io.BytesIO(lock(content, PASSWORD)), PASSWORD)
    assert source.readall() == content and source.seek(0, io.SEEK_END) == size
    for at in (0, 1, size // 2, size - 1, size, size + 5):
        source.seek(max(0, at))
        assert source.read(10) == content[max(0, at) :][:10][: CHUNK - max(0, at) % CHUNK]


def test_a_header_that_asks_for_all_memory_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ita_desktop.exchange.lock.SCRYPT_LOG_N", 3)
    greedy = lock(b"x", PASSWORD)
    monkeypatch.setattr("ita_desktop.exchange.lock.SCRYPT_LOG_N", 4)
    with pytest.raises(DamagedLock):
        LockedFile(io.BytesIO(greedy), PASSWORD)


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("", Strength.NONE),
        ("   ", Strength.NONE),
        ("12345678901234", Strength.WEAK),
        ("0812736452", Strength.WEAK),
        ("aaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("password", Strength.WEAK),
        ("กขคงจฉชซฌญ", Strength.WEAK),
        ("ไก่จิกเด็กตาย", Strength.STRONG),
        ("rtK9 mq2x", Strength.FAIR),
        ("น้ำใสไหลเย็น 48 เห็นตัวปลา", Strength.STRONG),
    ],
)
def test_the_word_for_a_password(password: str, word: Strength):
    assert strength(password) is word
