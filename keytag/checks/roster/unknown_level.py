"""An authority's level is none of district, province and commune.

The level gives the word before its name, and says when its police ended.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import joined, say
from keytag.checks.roster.context import Context
from keytag.roster.keys import LEVELS

ID = "unknown-level"
SEVERITY = Severity.ERROR
TITLE = "a level of authority that there is not"
BAD = """\
authority:
  name: Đak Đoa
  level: huyện  # ✗
"""
GOOD = """\
authority:
  name: Đak Đoa
  level: district
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each authority with another word for its level."""
    for authority in context.authorities:
        level = authority.level
        if level is not None and level.value.casefold() not in LEVELS:
            message = say(
                "'{level}' is no level: write one of {levels}", level=level.value, levels=joined(", ", LEVELS)
            )
            yield Diagnostic(ID, SEVERITY, level.span, message)
