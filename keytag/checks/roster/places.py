"""Where the units and authorities of a roster lie, as far as the roster says it, by the lists of the country.

A unit's province is its authority's; where that says none, the one in whose run its code lies, or for names only the
one of its desk's area code. Nothing is read of a province that no unit lies in.
"""

from __future__ import annotations

from keytag.base.records import NamedTuple
from keytag.files.source import Text
from keytag.roster.model import Authority, Contact, Unit
from keytag.vietnam import gazetteer, kinds, provinces
from keytag.vietnam.days import REFORM
from keytag.vietnam.gazetteer import District, Official, closest
from keytag.vietnam.names import bare
from keytag.vietnam.phones import classify
from keytag.vietnam.provinces import Province


class Home(NamedTuple):
    """`province` of the day (None where unknown); `districts` of that name in it, before July 2025.

    `stated`: the roster says the province in words. `district`: the authority is one of a district.
    """

    province: Province | None
    stated: bool
    district: bool = False
    districts: tuple[District, ...] = ()

    def holds(self, district: District) -> bool:
        """Whether a district of before lies in the province."""
        return self.province is not None and district.province == self.province.code


class Pool:
    """Some units of the official list, found by their names without going through all."""

    def __init__(self, units: list[Official] | tuple[Official, ...]) -> None:
        self.units = units
        self.names: dict[str, Official] = {}  # the first unit of each name, in small letters
        self._bare: dict[str, list[Official]] = {}
        for unit in units:
            self.names.setdefault(unit.name.casefold(), unit)
            self._bare.setdefault(bare(unit.name), []).append(unit)

    def called(self, name: str) -> list[Official]:
        """Those called `name` with the same marks; without, where there is none."""
        return closest(name, self._bare.get(bare(name), []))


class Places:
    """Looks each authority and unit of one roster up once; `on` is the day to judge by."""

    def __init__(self, units: tuple[Unit, ...], on: str) -> None:
        self.on = on
        self._homes: dict[int, Home] = {}
        self._first: dict[int, Unit] = {}
        self._pools: dict[Home, Pool] = {}
        for unit in units:
            if unit.code is not None and unit.authority is not None:
                self._first.setdefault(id(unit.authority), unit)

    def of_authority(self, authority: Authority) -> Home:
        """Where an authority lies: by its province or name, else by the code of its first unit."""
        home = self._homes.get(id(authority))
        if home is None:
            home = self._homes[id(authority)] = self._authority(authority)
        return home

    def _authority(self, authority: Authority) -> Home:
        text = authority.province
        if text is None and level_of(authority) == "province":
            text = authority.name
        found = provinces.find(text.value, self.on) if text is not None else None
        stated = found is not None
        if found is None:
            found = self.by_codes(authority)
        if found is None and text is None:
            found = _of_desk(authority.duty, self.on)
        if level_of(authority) != "district" or authority.name is None or self.on >= REFORM:
            return Home(found, stated)
        name = kinds.leading(authority.name.value)[2]
        return Home(found, stated, True, tuple(gazetteer.district(name, found)) if found is not None else ())

    def by_codes(self, authority: Authority) -> Province | None:
        """The province of an authority's first unit with a code."""
        unit = self._first.get(id(authority))
        return self.of_code(unit.code.value) if unit is not None and unit.code is not None else None

    def of_code(self, code: str) -> Province | None:
        """The province of the day that has the unit with `code`; None for a code that is not on the list."""
        owner = provinces.of_unit_code(code)
        units = gazetteer.units(owner) if owner else None
        if units is None:
            return None
        unit = units.by_code(code, self.on)
        if self.on >= REFORM:
            return provinces.by_code(owner) if unit is not None or units.by_code(code, "") is not None else None
        return provinces.former(unit.district.province) if unit is not None and unit.district is not None else None

    def of_unit(self, unit: Unit) -> Home:
        """Where a unit lies: where its authority does; one that issues its own tags by its code, or by its desk."""
        authority = unit.authority
        if authority is not None and not authority.own:
            return self.of_authority(authority)
        found = self.of_code(unit.code.value) if unit.code is not None else None
        return Home(found or _of_desk(unit.duty, self.on), False)

    def pool(self, home: Home) -> Pool:
        """The units of the day among which one of `home` must be; none where that is not known."""
        found = self._pools.get(home)
        if found is None:
            found = self._pools[home] = Pool(self._listed(home))
        return found

    def _listed(self, home: Home) -> list[Official] | tuple[Official, ...]:
        province = home.province
        if province is None or (home.district and not home.districts):
            return ()
        units = gazetteer.units(province.into)
        if self.on >= REFORM:
            return units.since
        if home.districts:
            return [unit for unit in units.before if unit.district in home.districts]
        return [u for u in units.before if u.district is not None and u.district.province == province.code]


def level_of(authority: Authority) -> str:
    """Its level, or what its kind says where it has none."""
    if authority.level is not None:
        return authority.level.value.casefold()
    if authority.kind is not None and kinds.is_kind(authority.kind.value, ("tỉnh",)):
        return "province"
    return "district" if authority.kind is not None and kinds.is_kind(authority.kind.value, kinds.DISTRICTS) else ""


def _of_desk(duty: Contact | None, on: str) -> Province | None:
    """The province of the day whose area code a desk's number has."""
    area = classify(duty.number.value, True).area if duty is not None else ""
    return provinces.of_area_code(area, on) if area else None


def plain(name: Text) -> str:
    """A unit's name without kind and office before it, which `kind-in-name` finds."""
    return kinds.leading(name.value)[2] or name.value


def kind_fits(unit: Unit, official: Official, on: str) -> bool:
    """Whether the unit's kind is the official one; a word that is no kind of the day is `unknown-kind`'s business."""
    if unit.kind is None or not kinds.is_kind(unit.kind.value, kinds.communes(on)):
        return True
    return any(kinds.same(unit.kind.value, kind) for kind in official.kinds(on))
