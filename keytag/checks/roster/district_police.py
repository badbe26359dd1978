"""A district's police stand on a tag for after February 2025.

On 1 March 2025 all 694 district police agencies ended, and on 1 July the districts themselves. Their desks do not
answer any more. Communes report to the province; write the province's police as authority, or let each commune be its
own.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, outside, title_of
from keytag.vietnam.days import POLICE_REFORM

ID = "district-police"
SEVERITY = Severity.ERROR
TITLE = "district police after February 2025"
BAD = """\
job:
  date: 2025-03-10
authority:
  name: Đak Đoa
  level: district  # ✗
  valid_until:
"""
GOOD = """\
job:
  date: 2025-03-10
authority:
  name: Gia Lai
  level: province
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each district authority on such a day, unless its own dates say so already."""
    if context.on < POLICE_REFORM:
        return
    for authority in context.authorities:
        level = authority.level
        if level is None or level.value.casefold() != "district" or outside(authority.valid, context.on) is not None:
            continue
        message = say(
            "{title_of}: district police ended on 2025-02-28, before {day}",
            title_of=title_of(authority),
            day=context.on,
        )
        yield Diagnostic(ID, SEVERITY, level.span, message)
