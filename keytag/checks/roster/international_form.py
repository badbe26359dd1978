"""A number in its international form, with +84.

It is right, but it is not how people here dial, and it is longer than what fits large on a tag. The national form
begins with 0; `--fix` writes it where the digits can be one thing only.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import TODAY, group

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
        if phone.international and phone.kind in TODAY:
            usual = group(phone.digits, phone.kind)
            message = say("{who}: write {usual}, as it is dialled here", who=number.who, usual=usual)
            fix = () if phone.doubtful else context.rewrite(number.text, usual)
            if phone.doubtful:
                message += say(", if it is a mobile, and no landline from before 2017")
            yield Diagnostic(ID, SEVERITY, number.text.span, message, fix, number.key)
