"""A unit or its authority has no number of a duty desk.

The duty desk is the number that somebody answers at night. A tag without it shows only people, who sleep, move and
retire.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, point, title_of

ID = "missing-duty"
SEVERITY = Severity.ERROR
TITLE = "no number of a duty desk"
BAD = """\
units:
  - name: Glar  # ✗
    duty:
    chief: 0900.000.101
"""
GOOD = """\
units:
  - name: Glar
    duty: 0269.3000.201
    chief: 0900.000.101
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit and authority without one."""
    for authority in context.authorities:
        if authority.duty is None:
            message = say("{title_of} has no number of a duty desk", title_of=title_of(authority))
            yield Diagnostic(ID, SEVERITY, point(authority.name, authority.span), message)
    for unit in context.roster.units:
        if unit.duty is None:
            message = say("{unit} has no number of a duty desk", unit=unit.title)
            yield Diagnostic(ID, SEVERITY, point(unit.name, unit.span), message, (), unit.key)
