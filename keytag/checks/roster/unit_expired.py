"""A unit's facts do not hold on the day that counts.

As for an authority: the day is the job's own date, or `--on`.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, outside

ID = "unit-expired"
SEVERITY = Severity.ERROR
TITLE = "a unit past its validity"
BAD = """\
units:
  - name: Glar
    valid_until: 2020-04-30  # ✗
"""
GOOD = """\
units:
  - name: Glar
    valid_until: 2020-12-31
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit that is over, or has not begun."""
    for unit in context.roster.units:
        if unit.valid.until is None and unit.valid.since is None:
            continue
        found = outside(unit.valid, context.on)
        if found is not None:
            text, words = found
            yield Diagnostic(
                ID,
                SEVERITY,
                text.span,
                say("{unit} {words} {day}", unit=unit.title, words=words, day=context.on),
                (),
                unit.key,
            )
