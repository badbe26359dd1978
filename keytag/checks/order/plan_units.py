"""A word under `apart`, `together` or `plan` names no unit that has tags on order, or may mean several.

Write the unit's name, its key or its code. Two units of one name are told apart by their codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.order.ordered import Ordered

ID = "plan-units"
SEVERITY = Severity.ERROR
TITLE = "a plan's unit that there is not"


def check(order: Ordered) -> Iterator[Diagnostic]:
    """One finding for each such word."""
    for what, named in order.words():
        if named.unit is None:
            yield Diagnostic(ID, SEVERITY, named.word.span, say("{what}: {why}", what=what, why=named.why))
