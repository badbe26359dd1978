"""There is no province of that name, or no more.

The province tells which area codes belong here. Since July 2025 there are 34; the others were merged into these.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.files.fields import nearest
from keytag.vietnam import days, provinces

ID = "unknown-province"
SEVERITY = Severity.WARNING
TITLE = "a province that there is not"
BAD = """\
authority:
  name: Đak Đoa
  province: Gia Lay  # ✗
"""
GOOD = """\
authority:
  name: Đak Đoa
  province: Gia Lai
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each authority whose province is not one of the day's."""
    for authority in context.authorities:
        name = authority.province
        if name is None:
            continue
        known = provinces.provinces(context.on)
        key = provinces.province(name.value)
        if key in known or (key in provinces.provinces("") and context.on < days.REFORM):
            continue
        into = provinces.merged_into(name.value)
        near = nearest(key, list(known))
        hint = (
            say("it is part of {into} since July 2025", into=into)
            if into
            else say("did you mean {known}?", known=known[near])
            if near
            else ""
        )
        message = say("there is no province '{name}'", name=name.value) + (say(": {hint}", hint=hint) if hint else "")
        yield Diagnostic(ID, SEVERITY, name.span, message)
