"""An area code from before 2017, which no longer leads anywhere, or worse, to somebody's mobile.

From February to June 2017 fifty-nine provinces got new area codes: 059 of Gia Lai is 0269 today, and the digits after
it stayed. An old landline with its old code often has the digits of a mobile of today (059 3831 113 is a Gmobile
number), so that no validator finds it. Here the grouping decides (059.3831.113 is a landline, 0593.831.113 a mobile),
and where it says nothing, the field: a desk has a landline. After +84 it is the same (+84 59 3831 113). The new number
is proposed and never put in by itself: call it first.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import Kind, group, tables

ID = "old-area-code"
SEVERITY = Severity.ERROR
TITLE = "an area code from before 2017"
BAD = """\
units:
  - name: Glar
    duty: 059.3000.201  # ✗ today 0269.3000.201
  - name: Trang
    duty: "0593000202"  # ✗ on a desk it is a landline
"""
GOOD = """\
units:
  - name: Glar
    duty: 0269.3000.201
    chief: 0593.000.202
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each landline with an old code, with the number that it became."""
    for number in context.by_kind[Kind.OLD_LANDLINE]:
        phone = number.phone
        area = tables().old_areas[phone.area]
        today = group(phone.today, Kind.LANDLINE)
        message = say(
            "{who}: {area} was the code of {province} until 2017; today it is {today}",
            who=number.who,
            area=phone.area,
            province=area.province,
            today=today,
        )
        yield Diagnostic(ID, SEVERITY, number.text.span, message, (), number.key)
