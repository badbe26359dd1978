"""A landline with the area code of another province.

One wrong digit in an area code rings at a stranger's desk. Which codes belong to the authority's province depends on
the day: since July 2025 Gia Lai has both 0256 (Bình Định before) and 0269. Where such a number is right, say so with
`# keytag: ignore[foreign-area-code]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import joined, say
from keytag.checks.roster.context import Context, Number
from keytag.checks.roster.places import level_of
from keytag.vietnam import days, provinces
from keytag.vietnam.phones import Kind, tables

ID = "foreign-area-code"
SEVERITY = Severity.ERROR
TITLE = "an area code of another province"
BAD = """\
authority:
  name: Đak Đoa
  province: Gia Lai
units:
  - name: Glar
    duty: 0260.3000.201  # ✗ Kon Tum
"""
GOOD = """\
authority:
  name: Đak Đoa
  province: Gia Lai
units:
  - name: Glar
    duty: 0269.3000.201
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each landline outside its authority's province, where the province is known."""
    for number in context.by_kind[Kind.LANDLINE]:
        province = _province(context, number)
        if not province:
            continue
        own = provinces.area_codes(province, context.on)
        if not own or number.phone.area in own:
            continue
        area = tables().areas[number.phone.area]
        other = area.province if not context.on or context.on < days.REFORM else area.province_since_2025_07
        codes = joined(say(" or "), sorted(own))
        message = say(
            "{who}: {code} is the code of {other}; {province} has {codes}",
            who=number.who,
            code=area.code,
            other=other,
            province=province,
            codes=codes,
        )
        yield Diagnostic(ID, SEVERITY, number.text.span, message, (), number.key)


def _province(context: Context, number: Number) -> str:
    """The province in words where the roster has them; else that of the unit's code."""
    authority = number.authority
    if authority is not None and authority.province is not None:
        return authority.province.value
    if authority is not None and not authority.own and level_of(authority) == "province":
        return authority.name.value if authority.name else ""
    code = number.unit.code if number.unit is not None else None
    if code is not None:
        found = context.places.of_code(code.value)
    else:
        found = context.places.by_codes(authority) if authority is not None and not authority.own else None
    return found.name if found is not None else ""
