"""The same number stands twice on one tag.

Two lines that ring one telephone waste the place of a second person, and nearly always one of them was copied and not
changed. A tag carries the unit's numbers and its authority's duty desk and chief.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import OFF_TAG, Context, Number, stands_also

ID = "repeated-number"
SEVERITY = Severity.ERROR
TITLE = "the same number twice on one tag"
BAD = """\
units:
  - name: Glar
    chief: 0900.000.101
    deputies:
      - 0900.000.102
      - 0900.000.102  # ✗
"""
GOOD = """\
units:
  - name: Glar
    chief: 0900.000.101
    deputies:
      - 0900.000.102
      - 0900.000.103
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each repetition within a unit, or of its authority's number."""
    authority: dict[int, dict[str, Number]] = {}
    for number in context.numbers:
        if number.unit is None and number.authority is not None and number.contact.role not in OFF_TAG:
            authority.setdefault(id(number.authority), {}).setdefault(_dialled(number), number)
    seen: dict[str, Number] = {}
    unit = None
    for number in context.numbers:
        digits = _dialled(number)
        if len(digits) < 3 or number.contact.role in OFF_TAG:
            continue
        if number.unit is None:
            first = authority[id(number.authority)][digits]
            if first is number:
                continue
        else:
            if number.unit is not unit:
                unit, seen = number.unit, {}
            first = seen.get(digits) or authority.get(id(number.authority), {}).get(digits) or number
            seen.setdefault(digits, number)
            if first is number:
                continue
        yield Diagnostic(ID, SEVERITY, number.text.span, stands_also(number, first), (), number.key)


def _dialled(number: Number) -> str:
    """The digits of today: an outdated number and what it became are one."""
    return number.phone.today or number.phone.digits
