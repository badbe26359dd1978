"""A unit's kind is none of those that there are.

xã, thị trấn, phường, and since 2025 đặc khu: the word is printed before the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context, point

ID = "unknown-kind"
SEVERITY = Severity.ERROR
TITLE = "a kind of unit that there is not"
KINDS = ("xã", "thị trấn", "phường", "đặc khu")
BAD = """\
units:
  - kind: xả  # ✗
    name: Glar
"""
GOOD = """\
units:
  - kind: xã
    name: Glar
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit of no kind or an unknown one."""
    for unit in context.roster.units:
        if unit.kind is None:
            message = f"{unit.title} has no kind: write one of {', '.join(KINDS)}"
            yield Diagnostic(ID, SEVERITY, point(unit.name, unit.span), message, (), unit.key)
        elif unit.kind.value not in KINDS and unit.kind.value.casefold() not in KINDS:
            message = f"'{unit.kind.value}' is no kind of unit: write one of {', '.join(KINDS)}"
            yield Diagnostic(ID, SEVERITY, unit.kind.span, message, (), unit.key)
