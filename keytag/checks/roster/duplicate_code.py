"""Two units have the same official code.

A code is one unit's. Tags are packed and sent by it, so that one of the two would get the other's box.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, line_of
from keytag.roster.model import Unit
from keytag.vietnam.names import fold

ID = "duplicate-code"
SEVERITY = Severity.ERROR
TITLE = "the same code for two units"
BAD = """\
units:
  - name: Ia Pết
    code: "23716"
  - name: Ia Băng
    code: "23716"  # ✗
"""
GOOD = """\
units:
  - name: Ia Pết
    code: "23716"
  - name: Ia Băng
    code: "23719"
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each code that a unit of another name has already."""
    known: dict[str, Unit] = {}
    for unit in context.roster.units:
        if unit.code is None:
            continue
        other = known.setdefault(unit.code.value, unit)
        if other is unit or fold(other.title) == fold(unit.title):
            continue
        line = line_of(other.code.span if other.code else other.span)
        message = say(
            "{unit}: {code} is the code of {other} ({line}) too",
            unit=unit.title,
            code=unit.code.value,
            other=other.title,
            line=line,
        )
        yield Diagnostic(ID, SEVERITY, unit.code.span, message, (), unit.key, (other.key,))
