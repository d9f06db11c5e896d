"""Makes the Windows icon of ``resources/icons/app.png``; run when that picture changes.

python3 packaging/icon.py
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIDES = (16, 24, 32, 48, 64, 128, 256)
"""Pixels: title bar, task bar, desktop, at every scaling of Windows."""

if __name__ == "__main__":
    with Image.open(ICONS / "app.png") as picture:
        picture.save(ICONS / "app.ico", sizes=[(side, side) for side in SIDES])
