"""A person's name is a number, or a unit's is.

Name and number change places easily when a table is copied column by column.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context

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
    """One finding for each name with six digits or more."""
    digits = {c for c in context.alphabet if c.isdigit()}
    if not digits:
        return
    for printed in context.texts:
        if (
            printed.what in _NAMES
            and not digits.isdisjoint(value := printed.text.value)
            and sum(c in digits for c in value) >= 6
        ):
            message = f"{printed.what} is a number: {value}"
            yield Diagnostic(ID, SEVERITY, printed.text.span, message, (), printed.key)


_NAMES = frozenset(("the person's name", "the name", "the role", "the authority's name"))
