"""One-click mends: a certain fix of a finding, written through the store as one edit."""

from __future__ import annotations

from collections.abc import Callable

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.review import Fix
from ui.session import Session

Write = Callable[[str], object]


def mend(session: Session, fix: Fix, which: Round) -> bool:
    """Mend the text the fix is about; False when the text no longer holds what was wrong."""
    found = _field(session, fix, which)
    if found is None:
        return False
    text, write = found
    mended = fix.apply(text)
    return mended != text and session.done(lambda: write(mended))


def _field(session: Session, fix: Fix, which: Round) -> tuple[str, Write] | None:
    """The text at a fix's place, and how to write another."""
    match fix.place.page:
        case "office":
            return _office(session, fix)
        case "measures" | "progress":
            return _measure(session, fix, which)
        case "documents":
            return _document(session, fix)
        case _:
            return None


def _office(session: Session, fix: Fix) -> tuple[str, Write] | None:
    store, dossier, record = session.store, session.dossier, fix.place.record
    part, _, field = fix.place.field.partition("/")
    if part == "person" and isinstance(record, int):
        person = dossier.person(record)
        if person is None or not field:
            return None
        return getattr(person, field), lambda text: store.set_person(record, field, text)
    if part == "division" and isinstance(record, int):
        name = next((each.name for each in dossier.divisions if each.id == record), None)
        return None if name is None else (name, lambda text: store.set_division(record, text))
    if not hasattr(dossier.office, part):
        return None
    return getattr(dossier.office, part), lambda text: store.set_office(part, text)


def _measure(session: Session, fix: Fix, which: Round) -> tuple[str, Write] | None:
    store, record, field = session.store, fix.place.record, fix.place.field
    measures = session.dossier.measures.get(session.year, ())
    measure = next((each for each in measures if each.id == record), None)
    if measure is None:
        return None
    key = measure.id
    if fix.place.page == "measures":
        return getattr(measure, field), lambda text: store.set_measure(key, **{field: text})
    progress = measure.progress_in(which)
    if field.startswith("photo/"):
        number = int(field.removeprefix("photo/"))
        caption = next((each.caption for each in progress.photos if each.id == number), None)
        write: Write = lambda text: store.set_photo(number, caption=text)  # noqa: E731
        return None if caption is None else (caption, write)
    return getattr(progress, field), lambda text: store.set_progress(key, which, **{field: text})


def _document(session: Session, fix: Fix) -> tuple[str, Write] | None:
    store, year, place = session.store, session.year, str(fix.place.record)
    if fix.place.field == "passage":
        text = session.dossier.passage(year, place)
        return text, lambda text: store.set_passage(year, place, text)
    if place.startswith("oit/"):
        _, of, code = place.split("/", 2)
        disclosure, field = session.dossier.disclosure(int(of), code), fix.place.field
        write: Write = lambda text: store.set_disclosure(int(of), code, **{field: text})  # noqa: E731
        return getattr(disclosure, field), write
    return None
