"""A unit does not say how many tags it needs.

Nothing can be planned for it, and it gets none; write one for each household, and some more for those who move in.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, point

ID = "missing-quantity"
SEVERITY = Severity.ERROR
TITLE = "no quantity"
BAD = """\
units:
  - name: Glar  # ✗
    quantity:
"""
GOOD = """\
units:
  - name: Glar
    quantity: 1195
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit without one."""
    for unit in context.roster.units:
        if unit.quantity is None:
            message = say("{unit} does not say how many tags it needs (quantity:)", unit=unit.title)
            yield Diagnostic(ID, SEVERITY, point(unit.name, unit.span), message, (), unit.key)
