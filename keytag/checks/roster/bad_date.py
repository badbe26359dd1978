"""A date that is not a day, or is not written YYYY-MM-DD.

05/04/2025 is the fifth of April here and the fourth of May elsewhere; 2025-02-30 is no day at all. A date that cannot
be read counts as none. A day before 2000 or after 2049 is a slip of a digit: 2202-05-18.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.files.fields import day
from keytag.files.source import Text

ID = "bad-date"
SEVERITY = Severity.ERROR
TITLE = "not a date"
FIRST, LAST = "2000-01-01", "2049-12-31"
BAD = """\
authority:
  name: Đak Đoa
  valid_until: 28/02/2025  # ✗ write 2025-02-28
units:
  - name: Glar
    valid_from: 2020-02-30  # ✗
"""
GOOD = """\
authority:
  name: Đak Đoa
  valid_until: 2025-02-28
units:
  - name: Glar
    valid_from: 2020-02-29
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each date that is none."""
    for dated in context.dates:
        value = day(dated.text)
        if value:
            if not FIRST <= value <= LAST:
                message = say("{what}: {value} lies far off: is a digit wrong?", what=dated.what, value=value)
                yield Diagnostic(ID, SEVERITY, dated.text.span, message, (), dated.key)
            continue
        value = dated.text.value.strip()
        proposed = _proposed(dated.text)
        hint = say("did you mean {proposed}?", proposed=proposed) if proposed else say("write YYYY-MM-DD")
        message = say("{what}: '{value}' is not a date; {hint}", what=dated.what, value=excerpt(value, 30), hint=hint)
        yield Diagnostic(ID, SEVERITY, dated.text.span, message, (), dated.key)


def _proposed(typed: Text) -> str:
    """The ISO form of day, month and year as they are written here; empty where it is no date either."""
    parts = typed.value.strip().replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return ""
    if len(parts[0]) == 4:
        parts.reverse()
    last, month, first = parts
    return day(typed._replace(value=f"{first}-{month:0>2}-{last:0>2}")) or ""
