"""A unit has more than four deputies.

The tag has room for six numbers: the desk, the chief and four deputies. With more, all become too small to read, and
the one that matters is not found.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context

ID = "too-many-deputies"
SEVERITY = Severity.ERROR
TITLE = "more than four deputies"
MOST = 4
BAD = """\
units:
  - name: Glar
    deputies:
      - 0900.000.102
      - 0900.000.103
      - 0900.000.104
      - 0900.000.105
      - 0900.000.106  # ✗
"""
GOOD = """\
units:
  - name: Glar
    deputies:
      - 0900.000.102
      - 0900.000.103
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit with too many, at the first that is too many."""
    for unit in context.roster.units:
        if len(unit.deputies) > MOST:
            message = say(
                "{unit} has {deputies} deputies (at most {most})",
                unit=unit.title,
                deputies=len(unit.deputies),
                most=MOST,
            )
            yield Diagnostic(ID, SEVERITY, unit.deputies[MOST].number.span, message, (), unit.key)
