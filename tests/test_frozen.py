"""The program as one folder. Making it takes minutes: only when ``ITA_FROZEN`` says where it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FROZEN = os.environ.get("ITA_FROZEN", "")


@pytest.mark.skipif(not FROZEN, reason="ITA_FROZEN names no frozen program")
def test_the_frozen_program_works():
    surroundings = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "smoke.py"), FROZEN],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
