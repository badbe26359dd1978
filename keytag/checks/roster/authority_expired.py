"""The authority's facts do not hold on the day that counts.

After its last day a duty desk is somebody else's or nobody's; before its first day it is not there yet. The day is the
job's own date, or `--on`: let CI pass today's date, and an old roster fails before it is printed again.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, outside, title_of

ID = "authority-expired"
SEVERITY = Severity.ERROR
TITLE = "an authority past its validity"
BAD = """\
job:
  date: 2025-02-10
authority:
  name: Đak Đoa
  level: district
  valid_until: 2025-01-31  # ✗
"""
GOOD = """\
job:
  date: 2025-01-10
authority:
  name: Đak Đoa
  level: district
  valid_until: 2025-01-31
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each authority that is over, or has not begun."""
    for authority in context.authorities:
        found = outside(authority.valid, context.on)
        if found is not None:
            text, words = found
            yield Diagnostic(
                ID,
                SEVERITY,
                text.span,
                say("{title_of} {words} {day}", title_of=title_of(authority), words=words, day=context.on),
            )
