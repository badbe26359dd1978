"""A unit's code is not five digits.

The official list gives every commune, ward and town a code of five digits. Write it in quotes, so that no other program
takes it for a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context

ID = "unit-code"
SEVERITY = Severity.ERROR
TITLE = "a code that is not five digits"
BAD = """\
units:
  - name: Glar
    code: "2370"  # ✗
"""
GOOD = """\
units:
  - name: Glar
    code: "23707"
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each code of another form."""
    for unit in context.roster.units:
        code = unit.code
        if code is not None and not (len(code.value) == 5 and code.value.isascii() and code.value.isdigit()):
            message = say("{unit}: a code has five digits", unit=unit.title)
            yield Diagnostic(ID, SEVERITY, code.span, message, (), unit.key)
