"""A right number that is not written in its usual groups.

On the tag every number is printed in the same groups, whatever stands here: 0900.000.101, 0269.3000.113. Written so
in the roster too, a digit too many or too few is seen at a glance, and the roster can be held against the tag line by
line. The digits stay as they are, so that `--fix` may regroup them; not where they could be a landline from before 2017
too (0593000201 with no groups), which other groups would make into a mobile for good.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import Kind, group

ID = "number-grouping"
SEVERITY = Severity.WARNING
TITLE = "a number not in its usual groups"
BAD = """\
units:
  - name: Glar
    duty: (0269) 3000201  # ✗
    chief: "0900000101"  # ✗
"""
GOOD = """\
units:
  - name: Glar
    duty: 0269.3000.201
    chief: 0900.000.101
"""
_KINDS = (Kind.MOBILE, Kind.LANDLINE, Kind.POLICE, Kind.ARMY, Kind.TOLL_FREE, Kind.SHORT)


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each number of today in other groups, mended by regrouping."""
    for kind in _KINDS:
        for number in context.by_kind[kind]:
            usual = group(number.phone.digits, kind)
            if number.text.value != usual and not number.phone.international:
                message = say(
                    "{who}: {number} is usually written {usual}", who=number.who, number=number.text.value, usual=usual
                )
                fix = () if number.phone.doubtful else context.rewrite(number.text, usual)
                if number.phone.doubtful:
                    message += say(" if it is a mobile, and no landline from before 2017")
                yield Diagnostic(ID, SEVERITY, number.text.span, message, fix, number.key)
