"""A person's name is a number, or a unit's is.

Name and number change places easily when a table is copied column by column. Wards that are called by a number (Phường
12) there were until June 2025, up to 28.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.roster.model import Unit
from keytag.vietnam.days import REFORM

ID = "name-is-number"
SEVERITY = Severity.ERROR
TITLE = "a number where a name should be"
BAD = """\
units:
  - name: Glar
    chief:
      number: 0900.000.101
      name: 0900.000.102  # ✗
"""
GOOD = """\
units:
  - name: Glar
    chief:
      number: 0900.000.101
      name: Rơ Châm H'Mẫu
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each name with six digits or more, and for each unit called by a number that no unit had."""
    digits = {c for c in context.alphabet if c.isdigit()}
    if not digits:
        return
    for printed in context.texts:
        if (
            printed.what in _NAMES
            and not digits.isdisjoint(value := printed.text.value)
            and sum(c in digits for c in value) >= 6
        ):
            message = say("{what} is a number: {value}", what=printed.what, value=value)
            yield Diagnostic(ID, SEVERITY, printed.text.span, message, (), printed.key)
    for unit in context.roster.units:
        name = unit.name.value.strip() if unit.name is not None else ""
        if unit.name is not None and name and digits.issuperset(name) and not _ward(context, unit, name):
            message = say(
                "{unit}: no unit is called by the number {name} on {day}",
                unit=unit.title,
                name=name,
                day=context.on or say("any day"),
            )
            yield Diagnostic(ID, SEVERITY, unit.name.span, message, (), unit.key)


def _ward(context: Context, unit: Unit, name: str) -> bool:
    """Whether a ward may be called by that number, or more digits say that it is a telephone number."""
    if len(name) >= 6:
        return True
    kind = unit.kind.value.casefold() if unit.kind is not None else ""
    return kind == "phường" and context.on < REFORM and 1 <= int(name) <= _MOST


_MOST = 28  # Phường 28 of Bình Thạnh
_NAMES = frozenset((say("the person's name"), say("the name"), say("the role"), say("the authority's name")))
