"""A mark that the scheme asks for found no room on the sheet.

Wider margins, fewer stations, or a scheme that does not ask for it mend that. A press can run without a ruler, but
without register and crop marks front and back are laid by eye. Numbers of designs (`designs`) that find no room between
tags are a note: the ticket's map of the sheet has them, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import View
from keytag.sheet.marks import DESIGNS

ID = "mark-missing"
SEVERITY = Severity.WARNING


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each mark that could not be placed."""
    for mark, side, reason in view.press.missing:
        yield Diagnostic(
            ID,
            Severity.NOTE if mark == DESIGNS else SEVERITY,
            None,
            say("{view}, {side}: no room for {mark} ({reason})", view=view.name, side=side, mark=mark, reason=reason),
        )
