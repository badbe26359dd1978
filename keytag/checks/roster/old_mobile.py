"""A mobile number of eleven digits, from before 2018.

On 15 September 2018 the prefixes 012x, 016x, 018x and 0199 became shorter ones, digit for digit by one table, and two
months later the old ones went dead. The table leaves no doubt, so that `--fix` puts the new number in.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import Kind, group

ID = "old-mobile"
SEVERITY = Severity.ERROR
TITLE = "a mobile number of eleven digits, from before 2018"
BAD = """\
units:
  - name: Glar
    chief: 0168.000.0101  # ✗ today 0380.000.101
"""
GOOD = """\
units:
  - name: Glar
    chief: 0380.000.101
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each old mobile, mended by the table of 2018."""
    for number in context.by_kind[Kind.OLD_MOBILE]:
        today = group(number.phone.today, Kind.MOBILE)
        message = say(
            "{who}: {digits} went out of use in 2018; today it is {today}",
            who=number.who,
            digits=number.phone.digits[:4],
            today=today,
        )
        fix = context.rewrite(number.text, today)
        yield Diagnostic(ID, SEVERITY, number.text.span, message, fix, number.key)
