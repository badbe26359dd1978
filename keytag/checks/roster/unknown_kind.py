"""A unit's kind is none of those that there are.

xã, thị trấn and phường until June 2025; xã, phường and đặc khu since: towns (thị trấn) ended with their districts. The
word is printed before the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, point
from keytag.checks.roster.places import plain
from keytag.roster.model import Unit
from keytag.vietnam import kinds

ID = "unknown-kind"
SEVERITY = Severity.ERROR
TITLE = "a kind of unit that there is not"
BAD = """\
units:
  - kind: xả  # ✗
    name: Glar
"""
GOOD = """\
units:
  - kind: xã
    name: Glar
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit of no kind, an unknown one, or one that there was not on the day."""
    known = kinds.communes(context.on)
    words = ", ".join(known)
    for unit in context.roster.units:
        if unit.kind is None:
            message = say("{unit} has no kind: write one of {words}", unit=unit.title, words=words)
            yield Diagnostic(ID, SEVERITY, point(unit.name, unit.span), message, (), unit.key)
        elif not kinds.is_kind(unit.kind.value, known):
            said = unit.kind.value
            if kinds.is_kind(said):
                message = say(
                    "there is no {said} on {day}: {today}",
                    said=said.casefold(),
                    day=context.on,
                    today=_today(context, unit, words),
                )
            else:
                message = say("'{said}' is no kind of unit: write one of {words}", said=said, words=words)
            yield Diagnostic(ID, SEVERITY, unit.kind.span, message, (), unit.key)


def _today(context: Context, unit: Unit, words: str) -> str:
    """What to write instead: the kind and name of the day where the list has the unit."""
    pool = context.places.pool(context.places.of_unit(unit))
    found = pool.called(plain(unit.name)) if unit.name is not None else []
    return (
        say("the official list has {found}", found=found[0].title)
        if found
        else say("write one of {words}", words=words)
    )
