"""A unit or an authority has no name.

Its tags would not say whose they are, and nobody could tell its box from another's.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, point
from keytag.files.source import Text

ID = "missing-name"
SEVERITY = Severity.ERROR
TITLE = "no name"
BAD = """\
units:
  - kind: xã  # ✗
    name:
"""
GOOD = """\
units:
  - kind: xã
    name: Glar
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit and authority without one."""
    for authority in context.authorities:
        if is_blank(authority.name):
            yield Diagnostic(ID, SEVERITY, point(authority.name, authority.span), say("the authority has no name"))
    for unit in context.roster.units:
        if is_blank(unit.name):
            yield Diagnostic(ID, SEVERITY, point(unit.name, unit.span), say("the unit has no name"), (), unit.key)


def is_blank(text: Text | None) -> bool:
    """Whether there is nothing to read."""
    return text is None or not text.value.strip()
