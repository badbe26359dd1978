"""The same unit stands in the roster twice.

It would be printed twice, with two sets of numbers, and nobody knows which is right. Two units of one name in different
provinces, or under different districts, are two units; otherwise they are told apart by their codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, line_of, point
from keytag.roster.model import Unit
from keytag.vietnam.names import fold

ID = "duplicate-unit"
SEVERITY = Severity.ERROR
TITLE = "the same unit twice"
BAD = """\
units:
  - kind: xã
    name: K'Dang
  - kind: xã
    name: K’Dang  # ✗
"""
GOOD = """\
units:
  - kind: xã
    name: Ia Băng
    code: "23719"
  - kind: xã
    name: Ia Băng
    code: "99901"
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit whose kind and name an earlier one has, unless both have codes and these differ."""
    known: dict[tuple[object, ...], dict[str, Unit]] = {}  # by place, kind, name: the first with each code, or without
    for unit in context.roster.units:
        if unit.name is None:
            continue
        key = (*_place(context, unit), fold(unit.kind.value) if unit.kind else "", fold(unit.name.value))
        others = known.setdefault(key, {})
        code = unit.code.value if unit.code is not None else ""
        other = others.get(code) or others.get("") if code else next(iter(others.values()), None)
        if other is not None:
            message = say(
                "{unit} stands in {place} already", unit=unit.title, place=line_of(point(other.name, other.span))
            )
            yield Diagnostic(ID, SEVERITY, unit.name.span, message, (), unit.key, (other.key,))
        others.setdefault(code, unit)


def _place(context: Context, unit: Unit) -> tuple[str, str]:
    """The province and, before July 2025, the district that a unit is in, as far as the roster says."""
    home = context.places.of_unit(unit)
    authority = unit.authority
    name = authority.name.value if home.district and authority is not None and authority.name is not None else ""
    return home.province.code if home.province is not None else "", fold(name)
