"""A unit's name lacks its marks, or has wrong ones.

Ia Bang for Ia Băng, A Dok for A Dơk: right on a keyboard without Vietnamese letters, wrong on a thousand tags. The
official spelling is proposed. Variants that the authorities themselves use (Đăk for Đak, apostrophes and spaces) are
accepted.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context
from keytag.checks.roster.unit_name import same_place
from keytag.roster.model import Unit
from keytag.vietnam.gazetteer import REFORM, Official, fold, units

ID = "unit-spelling"
SEVERITY = Severity.WARNING
TITLE = "a name without its marks"
BAD = """\
units:
  - kind: xã
    name: A Dok  # ✗
    code: "23710"
"""
GOOD = """\
units:
  - kind: xã
    name: A Dơk
    code: "23710"
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each name that differs from the official one of its code by marks alone."""
    known = units()
    official = known.before if context.on < REFORM else known.since
    for unit in context.roster.units:
        if unit.name is None:
            continue
        found = official.get(unit.code.value) if unit.code is not None else _in_district(unit, official)
        if found is not None and same_place(unit, found) and fold(unit.name.value) != fold(found.name):
            message = f"{unit.title}: the official list writes {found.name}"
            yield Diagnostic(ID, SEVERITY, unit.name.span, message, (), unit.key)


def _in_district(unit: Unit, official: dict[str, Official]) -> Official | None:
    """The one unit of that name, where the unit is known to be one of the district."""
    name = unit.authority.name if unit.authority else None
    if name is None or fold(name.value) != fold(units().district):
        return None
    return next((o for o in official.values() if same_place(unit, o)), None)
