"""A unit is not what the official list has under its code, or is not on the list at all.

Codes were used again in July 2025: 23714 was xã H'Nol and is xã KDang today, and the old Kon Gang (23689) has ended
while 23701, H'Neng before, is the new Kon Gang. So the day decides: the job's date, or `--on`. Spelling variants are
folded (Đăk and Đak, K'Dang and K' Dang and KDang, Hoà and Hòa); other differences are another place. The list has all
communes, wards and special zones since July 2025, and those of 2021 to June 2025 with what each became.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import some
from keytag.base.words import joined, say
from keytag.checks.roster.context import Context
from keytag.checks.roster.places import Home, kind_fits, plain
from keytag.files.fields import nearest
from keytag.roster.model import Unit
from keytag.vietnam import gazetteer, provinces
from keytag.vietnam.days import LAST_DAY_BEFORE, REFORM
from keytag.vietnam.gazetteer import COMPLETE_SINCE, Official, Units
from keytag.vietnam.names import bare

ID = "unit-name"
SEVERITY = Severity.ERROR
TITLE = "name and code do not belong together"
BAD = """\
job:
  date: 2025-08-01
authority:
  level: province
  name: Gia Lai
units:
  - kind: xã
    name: H'Nol  # ✗
    code: "23714"
"""
GOOD = """\
job:
  date: 2025-08-01
authority:
  level: province
  name: Gia Lai
units:
  - kind: xã
    name: K' Dang
    code: "23714"
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit that is not what the list of the day has; none where the day or the unit is unknown."""
    if not context.on:
        return
    for unit in context.roster.units:
        if unit.name is None or not unit.name.value.strip():
            continue
        home = context.places.of_unit(unit)
        code = unit.code.value if unit.code is not None else ""
        owner = provinces.of_unit_code(code)
        listed = owner if owner and _is_listed(code, owner, context.on) else ""
        sure = SEVERITY
        if listed:
            message = _by_code(context, unit, home, listed)
        elif code:  # whose code, nobody says: unlisted-code's business
            continue
        else:
            message, sure = _by_name(context, unit, home)
        if message:
            yield Diagnostic(
                ID, sure, unit.name.span, say("{unit}: {message}", unit=unit.title, message=message), (), unit.key
            )


def _is_listed(code: str, owner: str, on: str) -> bool:
    units = gazetteer.units(owner)
    return units.by_code(code, on) is not None or (on >= REFORM and units.by_code(code, "") is not None)


def _by_code(context: Context, unit: Unit, home: Home, owner: str) -> str:
    on, code = context.on, unit.code.value if unit.code else ""
    units = gazetteer.units(owner)
    official = units.by_code(code, on)
    if official is None:
        past = units.by_code(code, "")
        return _ended([past], units) if past is not None else ""
    if context.codes[code] > 1:  # one of them is wrong, and duplicate-code says so
        return ""
    if _same(unit, official) and kind_fits(unit, official, on):
        return _elsewhere(context, home, official, owner)
    named = units.named(plain(unit.name), on) if unit.name is not None else []
    if on < REFORM and any(o.code in (code, "") and kind_fits(unit, o, on) for o in named):
        return ""  # another name or kind of the same unit between 2021 and 2025, or one whose code nobody says
    hint = next(
        (say("; {o} has {code}", o=o.title, code=o.code) for o in named if o.code and kind_fits(unit, o, on)), ""
    )
    return say("on {day} the code {code} is {official}{hint}", day=on, code=code, official=official.title, hint=hint)


def _elsewhere(context: Context, home: Home, official: Official, owner: str) -> str:
    """A message where the unit of that code lies in another province or district than the roster says."""
    if home.province is None or not home.stated:
        return ""
    if home.province.into != owner:
        return say(
            "{code}, {official}, is in {by_code}, not in {province}",
            code=official.code,
            official=official.title,
            by_code=provinces.by_code(owner).name,
            province=home.province.name,
        )
    district = official.district
    if district is None or not home.districts or district in home.districts:
        return ""
    there = context.places.pool(home).called(official.name)  # districts were redrawn between the two lists
    return (
        ""
        if there
        else say(
            "{code}, {official}, is in {district}", code=official.code, official=official.title, district=district.title
        )
    )


def _by_name(context: Context, unit: Unit, home: Home) -> tuple[str, Severity]:
    """What is wrong with a unit without a code, and how bad it is.

    A warning where the place is only inferred, and where the unit is on no list: what is new may not be on ours.
    """
    on, name = context.on, plain(unit.name) if unit.name is not None else ""
    sure = SEVERITY if home.stated else Severity.WARNING
    if name.isdigit() and (on >= REFORM or len(name) >= 6):  # name-is-number's business
        return "", sure
    pool = context.places.pool(home)
    if not pool.units:
        alone = home.province is None and on >= REFORM and not gazetteer.anywhere(name, on)
        return (say("no province has a unit of that name on {day}", day=on) if alone else ""), Severity.WARNING
    found = pool.called(name)
    if any(kind_fits(unit, o, on) for o in found):
        return "", sure
    if on < COMPLETE_SINCE and (found or not _listed(home)):
        return "", sure  # merged away before the list begins
    if on >= REFORM and home.province is not None and not found:
        units = gazetteer.units(home.province.into)
        past = [o for o in units.named(name, "") if kind_fits(unit, o, "")]
        if past:
            return _ended(past, units), sure
    if found:
        return say("the official list has {found}", found=found[0].title), sure
    near = nearest(name, pool.names)
    hint = say("; did you mean {names}?", names=pool.names[near].title) if near in pool.names else ""
    where = home.districts[0].title if home.districts else home.province.name if home.province is not None else ""
    return say("{where} has no such unit{hint}", where=where, hint=hint), sure if _listed(home) else Severity.WARNING


def _listed(home: Home) -> bool:
    """Whether the units are known for certain, and long before the list begins: Đak Đoa's by its own authorities."""
    return any(district.name == "Đak Đoa" for district in home.districts)


def _ended(past: list[Official], units: Units) -> str:
    """What became of units of before, of which the roster's is one."""
    first = past[0]
    heirs = [units.by_code(code, REFORM) for code in dict.fromkeys(o.heir for o in past if o.heir)]
    titles = joined(say(" or "), some((f"{heir.title} ({heir.code})" for heir in heirs if heir is not None), 3))
    ended = say(
        "{code}{first}, ended on {last_day_before}",
        code=first.code + ", " if first.code else "",
        first=first.title,
        last_day_before=LAST_DAY_BEFORE,
    )
    if titles:
        return say("{ended}; its area is {titles} today", ended=ended, titles=titles)
    return (f"{first.code}, " if first.code else "") + gazetteer.without_heir(first, units)


def _same(unit: Unit, official: Official) -> bool:
    """Whether the unit's name is the official one, give or take its marks."""
    return unit.name is not None and bare(plain(unit.name)) == bare(official.name)
