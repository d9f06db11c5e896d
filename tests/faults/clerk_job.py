"""What the clerk's process is told to do."""

from __future__ import annotations

from dataclasses import dataclass

from tests.faults.shim import Death

UNDER = "under"
"""The copy of the file while the fault lasts, and the word between both times."""


@dataclass(frozen=True)
class Job:
    """One save, and what befalls it. ``events``: what the witness told, also after a death."""

    save: str
    events: str
    target: str = ""
    """Where an export goes."""
    open: str = ""
    """Another file to open first: one that nobody holds, as some controls need."""
    log: str = ""
    """Where the system calls are written down; "" for nowhere."""
    settings: tuple[str, ...] = ()
    """Settings to be made first, for controls."""
    die: int = 0
    """The call at which the program ends, 0 for none …"""
    how: int = Death.AFTER
    life: float = -1.0
    """… or how many seconds after the beginning it is killed from outside, negative for never."""
    fail: int = 0
    """The call that fails, 0 for none, …"""
    error: int = 0
    half: bool = False
    then: int = 0
    """… and the kinds of calls (bits) that fail from then on."""
    copies: str = ""
    """A folder for copies of the file under the fault and after it."""
