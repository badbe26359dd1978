"""A station of the sheet carries no tag: plastic that is paid for and thrown away."""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import View

ID = "empty-station"
SEVERITY = Severity.NOTE


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each plate set with empty stations."""
    stations = len(view.press.sheet.layout.stations)
    empty = stations - len(view.front)
    if empty > 0:
        yield Diagnostic(
            ID,
            SEVERITY,
            None,
            say("{view}: {empty} of {stations} stations are empty", view=view.name, empty=empty, stations=stations),
        )
