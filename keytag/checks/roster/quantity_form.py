"""A quantity is zero, or is no whole number.

Half a tag cannot be made, and none need not be in the roster. Thousands may be set off by a dot or a space: 1.195.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.checks.roster.context import Context

ID = "quantity-form"
SEVERITY = Severity.ERROR
TITLE = "a quantity that is no number of tags"
BAD = """\
units:
  - name: Glar
    quantity: 0  # ✗
  - name: Trang
    quantity: about 800  # ✗
"""
GOOD = """\
units:
  - name: Glar
    quantity: 1.195
  - name: Trang
    quantity: 840
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each quantity that cannot be ordered."""
    for unit in context.roster.units:
        if unit.quantity is None:
            continue
        value = unit.quantity.value
        if value.isascii() and value.isdigit() and len(value) <= 9 and int(value) > 0:
            continue
        if _grouped(value) and unit.tags > 0:
            continue
        why = say("is no tags at all") if _zero(value) else say("is not a whole number of tags")
        yield Diagnostic(
            ID,
            SEVERITY,
            unit.quantity.span,
            say("{unit}: '{value}' {why}", unit=unit.title, value=excerpt(value, 30), why=why),
            (),
            unit.key,
        )


def _grouped(value: str) -> bool:
    """Whether thousands are set off properly, by dots or by spaces alone: 1.195, 15 000."""
    for mark in ". ":
        first, *rest = value.split(mark)
        if rest and 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest):
            return (digits := value.replace(mark, "")).isascii() and digits.isdigit() and first[0] != "0"
    return False


def _zero(value: str) -> bool:
    return bool(value) and set(value) == {"0"}
