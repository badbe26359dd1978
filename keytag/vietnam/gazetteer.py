"""All communes, wards and special zones of Vietnam: 3,321 since July 2025, and those of before with what they became.

One table for each province of today, read when a unit there is looked up. Sources and licences: `data/LICENSES.txt`;
made by `tests/vietnam/make_gazetteer.py`. The older list is that of 2021 and that of June 2025 together.
"""

import zlib
from collections import defaultdict
from functools import cache
from pathlib import Path

from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.vietnam import provinces
from keytag.vietnam.days import LAST_DAY_BEFORE, REFORM
from keytag.vietnam.names import bare, fold

_FOLDER = Path(__file__).parent / "data" / "units"
COMPLETE_SINCE = "2020-03-01"  # from when on the list of before has every unit; earlier mergers are not in it
_MOST_HEIRS = 6  # named in a message


class District(NamedTuple):
    """A district until June 2025; `province` is the code of its province then, `kinds` its kinds from 2021 on."""

    province: str
    kinds: tuple[str, ...]
    name: str

    @property
    def title(self) -> str:
        return f"{self.kinds[-1]} {self.name}"


class Official(NamedTuple):
    """A unit as the official list has it; `code` may be unknown (empty) for one of before.

    One of before has its district and the code of the unit that it became (`heir`, empty where the sources do not
    say); one of today may have become another kind `since` a later day.
    """

    code: str
    kind: str
    name: str
    district: District | None = None
    heir: str = ""
    later: str = ""
    since: str = ""

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}"

    def kinds(self, on: str) -> tuple[str, ...]:
        """The kinds that are right on the day `on`: both from the day of the resolution that changed it."""
        return (self.kind, self.later) if self.later and (not on or on >= self.since) else (self.kind,)


class Units:
    """The units of one province of today, in both ages, in the order of their codes."""

    def __init__(self, code: str, since: tuple[Official, ...], before: tuple[Official, ...]) -> None:
        self.code = code
        self.since = since
        self.before = before
        self._named: dict[bool, dict[str, list[Official]]] = {}
        self._coded: dict[bool, dict[str, Official]] = {}

    def of(self, on: str) -> tuple[Official, ...]:
        """The list of the day `on`."""
        return self.before if on < REFORM else self.since

    def by_code(self, code: str, on: str) -> Official | None:
        """The unit with that code on the day `on`."""
        old = on < REFORM
        if old not in self._coded:
            self._coded[old] = {unit.code: unit for unit in reversed(self.of(on)) if unit.code}
        return self._coded[old].get(code)

    def named(self, name: str, on: str) -> list[Official]:
        """The units of that name on the day `on`: those with the same marks first, else those without."""
        old = on < REFORM
        if old not in self._named:
            table: dict[str, list[Official]] = defaultdict(list)
            for unit in self.of(on):
                table[bare(unit.name)].append(unit)
            self._named[old] = table
        return closest(name, self._named[old].get(bare(name), ()))

    def districts(self) -> dict[District, list[Official]]:
        """The districts of before with their units."""
        found: dict[District, list[Official]] = {}
        for unit in self.before:
            if unit.district is not None:
                found.setdefault(unit.district, []).append(unit)
        return found

    def heirs(self, district: District) -> dict[Official, list[Official]]:
        """The units of today into which a district's units went, each with those, in the order of the codes."""
        found: dict[Official, list[Official]] = {}
        for unit in self.districts().get(district, ()):
            heir = self.by_code(unit.heir, REFORM) if unit.heir else None
            if heir is not None:
                found.setdefault(heir, []).append(unit)
        return dict(sorted(found.items()))


def without_heir(old: Official, table: Units) -> str:
    """What can be said of a unit of before for which the sources name none of today: where its district went."""
    heirs = list(table.heirs(old.district)) if old.district is not None else []
    said = say(
        "{old} ended by {last_day_before}, and no source of ours says what its area is part of today",
        old=old.title,
        last_day_before=LAST_DAY_BEFORE,
    )
    if not heirs or old.district is None:
        return say("{said}: ask on the spot", said=said)
    named = ", ".join(f"{heir.title} ({heir.code})" for heir in heirs[:_MOST_HEIRS])
    more = ", …" if len(heirs) > _MOST_HEIRS else ""
    return say(
        "{said}: ask on the spot; the rest of {district} is {named}{more}",
        said=said,
        district=old.district.title,
        named=named,
        more=more,
    )


def closest(name: str, units: list[Official] | tuple[Official, ...]) -> list[Official]:
    """Those of `units` called `name` with the same marks; without, where there is none; a bare name's equals."""
    exact = [unit for unit in units if fold(unit.name) == fold(name)]
    return exact or [unit for unit in units if bare(unit.name) == bare(name)]


@cache
def units(code: str) -> Units:
    """The units of the province of today with that code, read once."""
    since, before = [], []
    district: District | None = None
    for line in zlib.decompress((_FOLDER / f"{code}.z").read_bytes()).decode("utf-8").split("\n"):
        what, *cells = line.split("\t")
        if what == "n":
            number, kind, name, later, day = (*cells, "", "")[:5]
            since.append(Official(number, kind, name, None, "", later, day))
        elif what == "o":
            number, kind, name, heir = (*cells, "")[:4]
            before.append(Official(number, kind, name, district, heir))
        else:
            district = District(cells[0], tuple(cells[1].split(",")), cells[2])
    return Units(code, tuple(since), tuple(before))


def district(name: str, province: provinces.Province) -> list[District]:
    """The districts called `name` in a province of before (or of the provinces that one of today was made of)."""
    plain = bare(name)
    return [
        found
        for found in units(province.into).districts()
        if bare(found.name) == plain and (found.province == province.code or province.code == province.into)
    ]


def anywhere(name: str, on: str) -> bool:
    """Whether any province has a unit of that name on the day `on`; reads all tables."""
    return any(units(p.code).named(name, on) for p in provinces.all_today())
