"""A 1900 number, which costs the caller money.

Help must be free or cost no more than a call. A 1900 number earns its owner a share of what every caller pays, and many
prepaid phones cannot call it at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import Kind

ID = "premium-number"
SEVERITY = Severity.ERROR
TITLE = "a premium-rate number"
BAD = """\
units:
  - name: Glar
    duty: 1900.0113  # ✗
"""
GOOD = """\
units:
  - name: Glar
    duty: 1800.0113
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each 1900 number."""
    for number in context.by_kind[Kind.PREMIUM]:
        message = say(
            "{who}: {number} is a premium-rate number: the caller pays for help",
            who=number.who,
            number=number.text.value,
        )
        yield Diagnostic(ID, SEVERITY, number.text.span, message, (), number.key)
