"""A unit has no chief's number, or its authority has none and the design prints it.

The chief answers for the unit. A tag without the number looks finished and is not: the line is simply left out, and
nobody sees that it should be there. The shipped designs do not show the authority's chief; one of your own that does
needs the number.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, point, title_of

ID = "missing-chief"
SEVERITY = Severity.ERROR
TITLE = "no chief's number"
BAD = """\
units:
  - name: Glar  # ✗
    chief:
    duty: 0269.3000.201
"""
GOOD = """\
units:
  - name: Glar
    chief: 0900.000.101
    duty: 0269.3000.201
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit and authority without one."""
    for authority in context.authorities if "authority.chief" in context.prints else ():
        if authority.chief is None:
            message = say("{title_of} has no chief's number", title_of=title_of(authority))
            yield Diagnostic(ID, SEVERITY, point(authority.name, authority.span), message)
    for unit in context.roster.units:
        if unit.chief is None:
            message = say("{unit} has no chief's number", unit=unit.title)
            yield Diagnostic(ID, SEVERITY, point(unit.name, unit.span), message, (), unit.key)
