"""What Windows shows of the program file under “properties”."""

from __future__ import annotations

from typing import Any

_COMPANY = "ITA Desktop"
_ABOUT = "บันทึกและรายงานผล ITA ของหน่วยงาน"
_THAI, _UNICODE = 0x041E, 1200


def version_resource(version: str, name: str) -> Any:
    """The version resource of program file ``name``; only where PyInstaller can write one."""
    from PyInstaller.utils.win32.versioninfo import (  # pyright: ignore[reportMissingImports]
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = four_numbers(version)
    texts = {
        "CompanyName": _COMPANY,
        "FileDescription": _ABOUT,
        "FileVersion": version,
        "InternalName": name,
        "OriginalFilename": f"{name}.exe",
        "ProductName": "ITA Desktop",
        "ProductVersion": version,
    }
    table = StringTable(
        f"{_THAI:04X}{_UNICODE:04X}", [StringStruct(key, text) for key, text in texts.items()]
    )
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, OS=0x40004, fileType=1),
        kids=[
            StringFileInfo([table]),
            VarFileInfo([VarStruct("Translation", [_THAI, _UNICODE])]),
        ],
    )


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """``"1.2.3"`` as Windows wants it: (1, 2, 3, 0)."""
    numbers = [int(part) for part in version.split(".")][:4]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth
