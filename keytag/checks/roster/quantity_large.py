"""A quantity is larger than a commune can need.

One tag a household: the largest wards of the country have some 50,000 households. More is most likely a digit too many.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context

ID = "quantity-large"
SEVERITY = Severity.WARNING
TITLE = "more tags than a commune has households"
MOST = 50_000
BAD = """\
units:
  - name: Glar
    quantity: 119500  # ✗
"""
GOOD = """\
units:
  - name: Glar
    quantity: 11950
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit that orders more than that."""
    for unit in context.roster.units:
        if unit.quantity is not None and unit.tags > MOST:
            message = say(
                "{unit} orders {tags:,} tags (more than {most:,}): is there a digit too many?",
                unit=unit.title,
                tags=unit.tags,
                most=MOST,
            )
            yield Diagnostic(ID, SEVERITY, unit.quantity.span, message, (), unit.key)
