"""What the other process of a test does: ``python -m tests.db.children WHAT FILE …``."""

from __future__ import annotations

import sys
import time
from decimal import Decimal
from pathlib import Path

from db.backup import Backups, Reason
from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.office import ChainLink, Division, Office, Person
from ita_desktop.domain.scores import ScoreSheet
from tests.db.matter import ALL_PARTS


def numbered(number: int) -> Dossier:
    """A dossier that carries one number in every table."""
    text = str(number)
    return Dossier(
        office=Office(name=text),
        people=(Person(1, given_name=text),),
        chain=(ChainLink(1, 1, text),),
        divisions=(Division(1, text),),
        sheets={2568: ScoreSheet(2568, {"i1": Decimal(number % 10000) / 100}, {"IIT": number + 1})},
        measures={2569: (Measure(1, 2569, title=text), Measure(2, 2569, title=text))},
    )


def numbers(dossier: Dossier) -> set[str]:
    """The numbers in a dossier: one, unless an edit is half in the file."""
    sheet = dossier.sheet(2568)
    return {
        dossier.office.name,
        *(person.given_name for person in dossier.people),
        *(link.role for link in dossier.chain),
        *(division.name for division in dossier.divisions),
        *(measure.title for measure in dossier.measures.get(2569, ())),
        *(str(count - 1) for count in sheet.respondents.values()),
    }


def say(word: object) -> None:
    print(word, flush=True)  # noqa: T201 - this is how a child speaks


def edit(store: Store, number: int) -> None:
    """Edit ``number``: everything at once, then one field typed letter by letter."""
    if number % 2:
        store.take_in(numbered(number), ALL_PARTS)
    else:
        store.set_office("address", str(number), merge="one visit")


def edits(path: Path) -> None:
    """Edit without end; say each number once its edit is reported as saved."""
    with Store(path) as store:
        say("ready")
        for number in range(1, 1_000_000):
            edit(store, number)
            say(number)


def liar(path: Path) -> None:
    """Say that an edit is saved before it is."""
    with Store(path) as store, store.edit("ยังไม่บันทึก", "office/address") as rows:
        say("ready")
        rows.set("office", 1, {"address": "2"})
        say(2)
        time.sleep(60)


def half(path: Path, journal_mode: str) -> None:
    """Stop in the middle of an edit so large that half of it is in the file already."""
    with Store(path) as store:
        store._database.conn.execute("PRAGMA cache_size = 5")
        store._database.conn.execute(f"PRAGMA journal_mode = {journal_mode}")
        with store.edit("ครึ่งเดียว", "division") as rows:
            rows.set("office", 1, {"name": "ครึ่งเดียว"})
            for rank in range(3000):
                rows.insert("division", {"name": "ครึ่งเดียว" * 20, "rank": rank})
            say("half")
            time.sleep(60)


def hold(path: Path, at: str = "0") -> None:
    """Keep the file open, from that moment on."""
    while time.time() < float(at):
        pass
    with Store(path):
        say("held")
        time.sleep(60)


def backups(path: Path) -> None:
    """Edit and back up without end; say the number of each back-up that counts."""
    found = Backups(path)
    with Store(path) as store:
        say("ready")
        for number in range(1, 1_000_000):
            edit(store, number)
            say(found.make(store, Reason.AUTO).run().number)


def restores(path: Path) -> None:
    """Put back-ups in place one after the other without end; say each digest first."""
    found = Backups(path)
    say("ready")
    for number in range(1_000_000):
        chosen = found.list()[-1 - number % 2]
        say(chosen.digest)
        found.restore(chosen)


if __name__ == "__main__":
    what, file, *more = sys.argv[1:]
    ways = {"edits": edits, "liar": liar, "half": half, "hold": hold}
    ways |= {"backups": backups, "restores": restores}
    ways[what](Path(file), *more)
