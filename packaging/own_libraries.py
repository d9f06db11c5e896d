"""Runs before the frozen program: its libraries are its own, not those of programs it opens.

PyInstaller points the loader at the program's folder. A viewer that is opened on a finished
document would inherit that and load our libraries in place of its own.
"""

import os

for _name in ("LD_LIBRARY_PATH", "LD_PRELOAD"):
    _before = os.environ.pop(f"{_name}_ORIG", None)
    if _before is not None:
        os.environ[_name] = _before
    elif _name == "LD_LIBRARY_PATH":
        os.environ.pop(_name, None)
