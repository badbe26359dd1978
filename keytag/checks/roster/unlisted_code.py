"""A code that no unit has had since July 2025, nor before.

The list of 2025-07-01 is whole: a code that is not on it is mistyped, or comes from a draft of the list. Where the name
is right, its code is proposed. Codes of before are judged where their unit is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.checks.roster.places import kind_fits, plain
from keytag.vietnam import days, gazetteer, provinces

ID = "unlisted-code"
SEVERITY = Severity.WARNING
TITLE = "a code that is not on the official list"
BAD = """\
job:
  date: 2025-08-01
authority:
  name: Gia Lai
  level: province
units:
  - kind: xã
    name: KDang
    code: "23715"  # ✗ 23714
"""
GOOD = """\
job:
  date: 2025-08-01
authority:
  name: Gia Lai
  level: province
units:
  - kind: xã
    name: KDang
    code: "23714"
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each code of five digits that the lists of both ages lack."""
    if context.on < days.REFORM:
        return
    for unit in context.roster.units:
        code = unit.code.value if unit.code is not None else ""
        if unit.code is None or not (len(code) == 5 and code.isascii() and code.isdigit()):
            continue
        owner = provinces.of_unit_code(code)
        units = gazetteer.units(owner) if owner else None
        if units is not None and (units.by_code(code, context.on) or units.by_code(code, "")):
            continue
        pool = context.places.pool(context.places.of_unit(unit))
        named = pool.called(plain(unit.name)) if unit.name is not None else []
        hint = next(
            (say(": {o} has {code}", o=o.title, code=o.code) for o in named if kind_fits(unit, o, context.on)), ""
        )
        message = say("{unit}: no unit has the code {code}{hint}", unit=unit.title, code=code, hint=hint)
        yield Diagnostic(ID, SEVERITY, unit.code.span, message, (), unit.key)
