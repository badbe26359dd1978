"""A number in its international form, with +84.

It is right, but it is not how people here dial, and it is longer than what fits large on a tag. The national form
begins with 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import Kind, group

ID = "international-form"
SEVERITY = Severity.WARNING
TITLE = "a number with +84"
BAD = """\
units:
  - name: Glar
    chief: +84 900 000 101  # ✗
"""
GOOD = """\
units:
  - name: Glar
    chief: 0900.000.101
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each valid number that begins with +84 or 0084."""
    for number in context.numbers:
        phone = number.phone
        if phone.international and phone.kind in (Kind.MOBILE, Kind.LANDLINE, Kind.POLICE):
            message = f"{number.who}: write {group(phone.digits, phone.kind)}, as it is dialled here"
            yield Diagnostic(ID, SEVERITY, number.text.span, message, (), number.key)
