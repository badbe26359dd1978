"""What stands where a number should is no telephone number of Vietnam.

A digit too few or too many, an area code that there never was, two numbers in one field, a person's name: the tag
would lead nowhere. Accepted are mobiles, landlines, the police network (069 and seven digits), the army's (069 and
six), short codes and 1800 numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import TWO_NUMBERS, Kind

ID = "not-vietnamese"
SEVERITY = Severity.ERROR
TITLE = "not a Vietnamese number"
BAD = """\
units:
  - name: Glar
    duty: 0269.3000.11  # ✗ a digit is missing
    chief: 0900.000.101 0900.000.102  # ✗ two numbers
"""
GOOD = """\
units:
  - name: Glar
    duty: 0692.000.113
    chief: 0900.000.101
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each text that is no number, if its digits are not to blame on odd characters."""
    for number in context.by_kind[Kind.INVALID]:
        phone = number.phone
        if phone.odd and phone.has_digits and len(phone.digits) < TWO_NUMBERS:
            continue
        value = number.text.value
        shown = f"'{excerpt(value)}'" if value.isprintable() else "it"
        why = phone.why
        if phone.odd:
            why = say("two numbers stand here") if len(phone.digits) >= TWO_NUMBERS else say("it is no number")
        yield Diagnostic(
            ID,
            SEVERITY,
            number.text.span,
            say("{who}: {shown}: {why}", who=number.who, shown=shown, why=why),
            (),
            number.key,
        )
