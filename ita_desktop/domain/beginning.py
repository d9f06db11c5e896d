"""Beginning with a new data file: which stages there are, and what the data say is done.

The guided start asks for little: the office, who signs, the year, and last year's scores. What is
done is told by the data alone; only where she is, and what she skipped, is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.office import SIGNER_ROLES, ChainLink, Office, Person


class Stage(Enum):
    """A stage of the guided start; the value is stored."""

    OFFICE = "office"
    CHAIN = "chain"
    YEAR = "year"
    SCORES = "scores"

    @property
    def label(self) -> str:
        """The stage's name on the screen."""
        return _LABELS[self]


_LABELS = {
    Stage.OFFICE: "หน่วยงาน",
    Stage.CHAIN: "ผู้ลงนาม",
    Stage.YEAR: "ปีงบประมาณ",
    Stage.SCORES: "คะแนนปีที่แล้ว",
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """How far the guided start is: stages the data show as done, and those she has skipped."""

    done: frozenset[Stage]
    skipped: frozenset[Stage]

    @property
    def open(self) -> tuple[Stage, ...]:
        """The stages that are still to be made, skipped ones included, in order."""
        return tuple(stage for stage in Stage if stage not in self.done)

    @property
    def next(self) -> Stage | None:
        """The first stage that is neither done nor skipped."""
        return next((stage for stage in self.open if stage not in self.skipped), None)


def beginning_of(
    dossier: Dossier, year: int, *, year_chosen: bool, skipped: frozenset[Stage] = frozenset()
) -> Beginning:
    """How far a data file is; ``year`` is the measure year, whose analysed year is before it."""
    office = dossier.office
    told = {
        Stage.OFFICE: all(text.strip() for text in (office.name, office.district, office.province)),
        Stage.CHAIN: has_signers(dossier),
        Stage.YEAR: year_chosen,
        Stage.SCORES: bool(dossier.sheet(year - 1).entered),
    }
    done = frozenset(stage for stage, is_done in told.items() if is_done)
    return Beginning(done, skipped - done)


def has_signers(dossier: Dossier) -> bool:
    """Whether the chain has places, and each place a person with name and position."""
    people = [dossier.person(link.person_id) for link in dossier.chain]
    return bool(people) and all(
        person is not None and person.given_name.strip() and person.position.strip()
        for person in people
    )


def is_fresh(dossier: Dossier) -> bool:
    """Whether nothing of an office stands in the data yet."""
    return not (
        dossier.office.name
        or dossier.office.province
        or dossier.people
        or dossier.chain
        or dossier.sheets
        or dossier.measures
    )


_USUAL_CHAINS: dict[str, tuple[str, str, str]] = {
    "องค์การบริหารส่วนตำบล": ("หัวหน้าสำนักปลัด", "ปลัดองค์การบริหารส่วนตำบล", "นายกองค์การบริหารส่วนตำบล"),
    "องค์การบริหารส่วนจังหวัด": (
        "หัวหน้าสำนักปลัด",
        "ปลัดองค์การบริหารส่วนจังหวัด",
        "นายกองค์การบริหารส่วนจังหวัด",
    ),
    "เทศบาล": ("หัวหน้าสำนักปลัดเทศบาล", "ปลัดเทศบาล", "นายกเทศมนตรี"),
}


def usual_chain(office: Office) -> tuple[tuple[Person, ...], tuple[ChainLink, ...]]:
    """Who usually signs in an office of that kind: persons without names, and their chain.

    Positions of the head and the executive end in the office's name where it is known.
    """
    kind = "เทศบาล" if office.kind.startswith("เทศบาล") else office.kind
    head, clerk, executive = _USUAL_CHAINS.get(kind, _USUAL_CHAINS["องค์การบริหารส่วนตำบล"])
    town = office.kind.removeprefix("เทศบาล") if kind == "เทศบาล" else ""
    positions = ("", head, f"{clerk}{town}{office.name}", f"{executive}{town}{office.name}")
    people = tuple(Person(at, position=text) for at, text in enumerate(positions, start=1))
    chain = tuple(ChainLink(at, at, role) for at, role in enumerate(SIGNER_ROLES, start=1))
    return people, chain
