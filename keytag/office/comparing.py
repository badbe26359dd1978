"""A workbook held against a roster: what it says otherwise, unit by unit, and what of each the other does not have.

A blank cell says nothing; only what stands in the workbook can change a roster.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.office.carried import FIELD
from keytag.office.model import Entry, Imported, Person
from keytag.roster.editing import Wanted
from keytag.roster.facts import Fact, Words, authority_facts, facts
from keytag.roster.model import Roster, Unit
from keytag.roster.names import Names
from keytag.vietnam.names import fold
from keytag.vietnam.phones import classify

_PEOPLE = ("duty", "chief", "deputies", "others")


class Difference(NamedTuple):
    """One value that is to change, in words: whose, which, from what to what; empty where it was not there."""

    title: str
    key: str
    old: Fact | None
    new: Fact


class Compared(NamedTuple):
    """What a workbook changes, the units that are new, and what is left as it is, in words.

    `torn` are units, in words, whose code is that of one unit of the roster and whose name is another's.
    """

    differences: tuple[Difference, ...]
    wanted: tuple[Wanted, ...]
    new: tuple[Entry, ...]
    kept: tuple[str, ...]
    torn: tuple[str, ...]


def entry_facts(entry: Entry) -> dict[str, Fact]:
    """What a workbook says of a unit, as `roster.facts.facts` says it of one in a roster."""
    found: dict[str, Fact] = {key: value.text for key, value in entry.facts.items() if key not in ("authority", FIELD)}
    for key, person in (("duty", entry.duty), ("chief", entry.chief)):
        if person is not None:
            found[key] = (_words(person),)
    for key, people in (("deputies", entry.deputies), ("others", entry.others)):
        if people:
            found[key] = tuple([_words(person) for person in people])
    return found


def _words(person: Person) -> Words:
    number, name, label = person
    return number.text, name.text if name is not None else "", label.text if label is not None else ""


def compare(roster: Roster, found: Imported) -> Compared:
    """What the workbook says that the roster does not."""
    differences: list[Difference] = []
    wanted: list[Wanted] = []
    new: list[Entry] = []
    kept: list[str] = []
    names = Names(roster.units)
    places = {unit.key: index for index, unit in enumerate(roster.units)}
    codes: dict[str, list[int]] = {}
    for index, unit in enumerate(roster.units):
        if unit.code is not None:
            codes.setdefault(unit.code.value, []).append(index)
    met: set[int] = set()
    torn: list[str] = []
    for entry in found.units:
        found_at = _place(names, codes, entry, places)
        if found_at is not None:
            torn += _torn(roster.units[found_at], names.find(entry.title), entry)
        if found_at is None or found_at in met:
            new.append(entry)
            continue
        index = found_at
        met.add(index)
        said = entry_facts(entry)
        unit = roster.units[index]
        before = facts(unit)
        kept += [
            say("{full_title}: {key} is blank in the workbook", full_title=unit.full_title, key=key)
            for key in _PEOPLE
            if key in before and key not in said
        ]
        for key, fact in said.items():
            old = before.get(key)
            fact = _quiet(old, fact)
            if key in ("kind", "name") and isinstance(old, str) and isinstance(fact, str) and fold(old) == fold(fact):
                continue  # the roster's spelling
            if old != fact:
                differences.append(Difference(unit.full_title, key, old, fact))
                wanted.append(Wanted(index, key, fact))
    kept += [
        say("{full_title} is not in the workbook", full_title=u.full_title)
        for i, u in enumerate(roster.units)
        if i not in met
    ]
    if len(roster.authorities) == 1:
        before = authority_facts(roster.authorities[0])
        for key, fact in _authority(found).items():
            old = before.get(key)
            fact = _quiet(old, fact)
            if old != fact:
                differences.append(Difference("authority", key, old, fact))
                wanted.append(Wanted(-1, key, fact))
    return Compared(tuple(differences), tuple(wanted), tuple(new), tuple(kept), tuple(torn))


def _torn(unit: Unit, named: Sequence[Unit], entry: Entry) -> Iterator[str]:
    """What is wrong where a code means one unit and the name beside it another: whose the numbers are is not known."""
    code = entry.facts.get("code")
    if code is None or not named or any(other.key == unit.key for other in named):
        return
    what = say(
        "{code} is the code of {unit}, {name} is another unit", code=code.text, unit=unit.title, name=entry.title
    )
    yield say("{place}: {what}: which of them?", place=str(code.place), what=what)


def _place(names: Names, codes: dict[str, list[int]], entry: Entry, places: dict[str, int]) -> int | None:
    code = entry.facts.get("code")
    if code is not None:
        same = codes.get(code.text, [])
        if len(same) == 1:
            return same[0]
    alike = [unit for unit in names.find(entry.title) if code is None or unit.code is None]
    return places[alike[0].key] if len(alike) == 1 else None


def _quiet(old: Fact | None, new: Fact) -> Fact:
    """`new` where it says something else: the same digits in other groups, and a name beside them, are the roster's."""
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return new
    merged = []
    for i, (number, name, label) in enumerate(new):
        was = old[i] if i < len(old) else ("", "", "")
        same = bool(was[0]) and classify(was[0]).digits == classify(number).digits
        merged.append((was[0] if same else number, name or (was[1] if same else ""), label or was[2]))
    return tuple(merged)


def _authority(found: Imported) -> dict[str, Fact]:
    said: dict[str, Fact] = {}
    for key, value in found.settings.items():
        if not key.startswith("authority.") or (key.endswith(".name") and key != "authority.name"):
            continue
        name = key.removeprefix("authority.")
        if name in ("duty", "chief"):
            person = found.settings.get(f"{key}.name")
            said[name] = ((value.text, person.text if person else "", ""),)
        else:
            said[name] = value.text
    return said
