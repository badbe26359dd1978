"""What the papers of the hand-out are told: plain values, with no layout library in sight."""

from __future__ import annotations

from keytag.base.records import NamedTuple
from keytag.documents.facts import Head


class VillageFacts(NamedTuple):
    """One village's hand-out. `serials` are the first and the last of its numbered tags; `names` of heads of households
    only where a list of them was given, for that village's own list and nothing else."""

    key: str
    title: str
    code: str
    tags: int
    officer: str
    head: str
    serials: tuple[str, str] | None = None
    names: tuple[str, ...] = ()


class UnitFacts(NamedTuple):
    """One unit: its tags, its villages, and what stays in its store."""

    key: str
    title: str
    tags: int
    store: int
    villages: tuple[VillageFacts, ...]


class HandoutFacts(NamedTuple):
    """A whole hand-out; `destroyed` is the day by which signed lists are destroyed (dd/mm/yyyy)."""

    head: Head
    authority: str
    destroyed: str
    units: tuple[UnitFacts, ...]

    @property
    def tags(self) -> int:
        return sum(unit.tags for unit in self.units)
