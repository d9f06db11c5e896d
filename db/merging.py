"""Which measure of the file an imported one is, so that importing again changes nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace

from ita_desktop.domain.measures import Measure, Progress
from ita_desktop.domain.office import ChainLink, Person


def paired(present: Iterable[Measure], incoming: Iterable[Measure]) -> dict[int, int]:
    """Place in ``incoming`` -> id of the measure in the file that it is; new ones are not in it.

    What is the same in all is found first, then what has the same name.
    """
    free = list(present)
    new = dict(enumerate(incoming))
    found: dict[int, int] = {}
    for key_of in (_all, _name):
        by_key: dict[Hashable, list[Measure]] = {}
        for measure in free:
            by_key.setdefault(key_of(measure), []).append(measure)
        for at, measure in list(new.items()):
            same = by_key.get(key_of(measure))
            if same:
                known = same.pop(0)
                found[at] = known.id
                free.remove(known)
                del new[at]
    return found


def _all(measure: Measure) -> Hashable:
    """Everything a measure says, without ids; a round with nothing in it is no round."""
    rounds = tuple(
        (which, replace(progress, photos=()), photos_of(progress))
        for which, progress in sorted(measure.progress.items())
        if progress != Progress()
    )
    return replace(measure, id=0, progress=()), rounds


def photos_of(progress: Progress) -> tuple[tuple[str, str], ...]:
    """The photos of a round as they are compared: picture and caption."""
    return tuple((photo.digest, photo.caption) for photo in progress.photos)


def _name(measure: Measure) -> Hashable:
    lead = measure.indicators[:1] if not measure.title else ()
    return measure.kind, measure.continued, measure.title.strip(), lead


def chain_texts(people: tuple[Person, ...], chain: tuple[ChainLink, ...]) -> Hashable:
    """People and chain without ids: equal where they say the same."""
    place = {person.id: at for at, person in enumerate(people)}
    return (
        tuple(replace(person, id=0) for person in people),
        tuple((place.get(link.person_id or 0), link.role) for link in chain),
    )
