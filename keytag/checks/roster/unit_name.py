"""A unit is not what the official list has under its code, or is not on the list at all.

Codes were used again in July 2025: 23714 was xã H'Nol and is xã KDang today, and the old Kon Gang (23689) has ended
while 23701, H'Neng before, is the new Kon Gang. So the day decides: the job's date, or `--on`. Spelling variants are
folded (Đăk and Đak, K'Dang and K' Dang and KDang); other differences are another place.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context
from keytag.checks.roster.unknown_kind import KINDS
from keytag.files.fields import nearest
from keytag.roster.model import Unit
from keytag.vietnam.gazetteer import LAST_DAY_BEFORE, REFORM, Official, bare, fold, units

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
_KINDS = frozenset(map(fold, KINDS))


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit that is not what the list of the day has; none where the day or the unit is unknown."""
    if not context.on:
        return
    for unit in context.roster.units:
        if unit.name is None:
            continue
        message = _by_code(unit, context.on) if unit.code is not None else _by_name(unit, context.on)
        if message:
            yield Diagnostic(ID, SEVERITY, unit.name.span, f"{unit.title}: {message}", (), unit.key)


def _lists(on: str) -> tuple[dict[str, Official], dict[str, Official]]:
    """The list of the day, and the other one."""
    known = units()
    return (known.before, known.since) if on < REFORM else (known.since, known.before)


def _by_code(unit: Unit, on: str) -> str:
    now, other = _lists(on)
    code = unit.code.value if unit.code else ""
    official = now.get(code)
    if official is not None:
        if same_place(unit, official) and _kind_fits(unit, official):
            return ""
        home = next((o for o in now.values() if same_place(unit, o) and _kind_fits(unit, o)), None)
        hint = f"; {home.title} has {home.code}" if home is not None else ""
        return f"on {on} the code {code} is {official.title}{hint}"
    past = other.get(code)
    if past is None or on < REFORM:  # the list of before names one district only
        return ""
    return _ended(past)


def _by_name(unit: Unit, on: str) -> str:
    known, authority = units(), unit.authority
    now, other = _lists(on)
    found = [o for o in now.values() if same_place(unit, o)]
    if any(_kind_fits(unit, o) for o in found) or authority is None:
        return ""
    if on < REFORM:
        if authority.name is None or fold(authority.name.value) != fold(known.district) or authority.own:
            return ""
        if found:
            return f"the official list has {found[0].title}"
        near = nearest(unit.name.value if unit.name else "", [o.name.casefold() for o in now.values()])
        hint = next((f"; did you mean {o.title}?" for o in now.values() if o.name.casefold() == near), "")
        return f"{known.district} has no such unit{hint}"
    if authority.province is None or fold(authority.province.value) != fold(known.province):
        return ""
    past = next((o for o in other.values() if same_place(unit, o) and _kind_fits(unit, o)), None)
    return _ended(past) if past is not None else ""


def _ended(past: Official) -> str:
    code, title = past.later or ("", "")
    return f"{past.code}, {past.title}, ended on {LAST_DAY_BEFORE}; its area is {title} ({code}) today"


def same_place(unit: Unit, official: Official) -> bool:
    """Whether the unit's name is the official one, give or take its marks."""
    return unit.name is not None and bare(unit.name.value) == bare(official.name)


def _kind_fits(unit: Unit, official: Official) -> bool:
    kind = fold(unit.kind.value) if unit.kind is not None else ""
    return kind not in _KINDS or kind == fold(official.kind)
