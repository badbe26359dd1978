"""Numbers of the shipped sample stand in the roster: 0900.000.xxx and 0269.3000.xxx.

They are made to try keytag with, and reach nobody, or a stranger. Put the real ones in before anything is printed. One
note for the whole roster, which `keytag impose` and the production ticket repeat.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import is_sample

ID = "sample-number"
SEVERITY = Severity.NOTE
TITLE = "numbers of the sample"
BAD = """\
authority:
  name: Đak Đoa
  duty: 0692.000.113
  chief: 0692.000.100
units:
  - name: Glar
    chief: 0900.000.101  # ✗
    duty: 0692.000.201
"""
GOOD = """\
authority:
  name: Đak Đoa
  duty: 0692.000.113
  chief: 0692.000.100
units:
  - name: Glar
    chief: 0692.000.101
    duty: 0692.000.201
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for all of them, at the first."""
    found = [number for number in context.numbers if is_sample(number.phone.today or number.phone.digits)]
    if found:
        total = len(context.numbers)
        what = (
            say("{found} of {total} numbers are samples", found=len(found), total=total)
            if len(found) > 1
            else say("a number is a sample")
        )
        message = say("{what} (0900.000.xxx, 0269.3000.xxx): put the real ones in before tags are printed", what=what)
        yield Diagnostic(ID, SEVERITY, found[0].text.span, message)
