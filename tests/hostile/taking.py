"""Takes a source in as the program does: read, plan, write, take back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.interchange import check_codes, read_interchange
from ita_desktop.exchange.sheets.child import read_source
from ita_desktop.exchange.sheets.plan import Plan, plan_interchange, plan_tables, propose
from ita_desktop.paths import resources
from tests.hostile.mutants import YEAR, Mutant

SHELF = FrameworkShelf(resources() / "frameworks")


def planned(mutant: Mutant, present: Dossier) -> Plan | None:
    """What taking it in would do; None when it is refused. Anything else raised is a fault."""
    try:
        if not mutant.json:
            return plan_tables(propose(read_source(mutant.content), YEAR), present, SHELF.get)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "เข้า.json"
            path.write_bytes(mutant.content)
            found = read_interchange(path)
        check_codes(found.dossier, SHELF.get)
        return plan_interchange(found, present)
    except SourceError as error:
        assert str(error).startswith("นำเข้าไม่ได้")
        return None


def taken_and_back(store: Store, plan: Plan) -> bool:
    """Take it in and undo it: whether that was one edit, and the file is what it was before."""
    before, count = store.dossier(), len(store.edits(1_000_000))
    store.take_in(plan.after, plan.parts, files=plan.pictures.values())
    edits = len(store.edits(1_000_000)) - count
    if edits:
        store.undo()
    return edits <= 1 and store.dossier() == before


def sample_store(path: Path) -> Store:
    """A data file with the sample office."""
    found = read_interchange(resources() / "sample" / "office.json")
    store = Store.create(path)
    store.take_in(found.dossier, found.parts, files=found.pictures.values())
    return store
