"""A unit's name lacks its marks, has wrong ones, or is written in capitals.

Ia Bang for Ia Băng, A Dok for A Dơk: right on a keyboard without Vietnamese letters, wrong on a thousand tags. The
official spelling is proposed. Variants that the authorities themselves use (Đăk for Đak, apostrophes and spaces) are
accepted. A name in capitals, or without one, is printed so on labels and lists, and hides whether its marks are right.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.checks.roster.places import plain
from keytag.roster.model import Unit
from keytag.vietnam import gazetteer, provinces
from keytag.vietnam.days import REFORM
from keytag.vietnam.gazetteer import Official
from keytag.vietnam.names import bare, fold

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
    """One finding for each name that differs from the official one by marks alone, or by its capitals."""
    for unit in context.roster.units:
        if unit.name is None or not (name := plain(unit.name)).strip():
            continue
        official = _official(context, unit, name)
        message = ""
        if official is not None and bare(name) == bare(official.name) and fold(name) != fold(official.name):
            message = say("the official list writes {official}", official=official.name)
        elif wrong_case(name):
            message = say(
                "write it as it is said, {official}",
                official=official.name if official is not None else capitalised(name),
            )
        if message:
            yield Diagnostic(
                ID, SEVERITY, unit.name.span, say("{unit}: {message}", unit=unit.title, message=message), (), unit.key
            )


def _official(context: Context, unit: Unit, name: str) -> Official | None:
    """The unit of the list with its code; without one, that of its name where its province or district has one only."""
    on = context.on
    owner = provinces.of_unit_code(unit.code.value) if unit.code is not None else ""
    if owner and unit.code is not None:
        units = gazetteer.units(owner)
        listed = units.by_code(unit.code.value, on)
        if listed is None or bare(listed.name) != bare(name):
            return None
        return next(iter(units.named(name, on)), listed) if fold(listed.name) != fold(name) and on < REFORM else listed
    found = context.places.pool(context.places.of_unit(unit)).called(name)
    return found[0] if found and len({fold(o.name) for o in found}) == 1 else None


def wrong_case(name: str) -> bool:
    """Whether a name is all in capitals (but for numerals such as III), or begins with a small letter."""
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return False
    return letters[0].islower() or (len(letters) > 2 and name.isupper() and not set(name) <= set("IVXLC "))


def capitalised(name: str) -> str:
    """Each word with a capital first."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())
