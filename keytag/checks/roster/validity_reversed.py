"""A validity ends before it begins.

The two dates have changed places, or one has a wrong year; as they stand, the facts never hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, iso

ID = "validity-reversed"
SEVERITY = Severity.ERROR
TITLE = "a validity that ends before it begins"
BAD = """\
units:
  - name: Glar
    valid_from: 2020-12-31
    valid_until: 2020-01-01  # ✗
"""
GOOD = """\
units:
  - name: Glar
    valid_from: 2020-01-01
    valid_until: 2020-12-31
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit and authority with such dates."""
    owners = [(a.valid, "") for a in context.authorities] + [(u.valid, u.key) for u in context.roster.units]
    for valid, key in owners:
        if valid.until is None or valid.since is None:
            continue
        since, until = iso(valid.since), iso(valid.until)
        if since and until and until < since:
            message = say("ends on {until}, before it begins on {since}", until=until, since=since)
            yield Diagnostic(ID, SEVERITY, valid.until.span, message, (), key)
