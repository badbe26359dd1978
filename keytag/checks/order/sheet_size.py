"""The sheet of the scheme cannot hold the tag, or the scheme cannot be printed as it is.

The tag with its bleed must fit between gripper and margins, a scheme of one forme for both sides needs a pair of
stations, and a grid that is written out must fit. Take another scheme, a larger sheet, or turn the tag.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.order.ordered import Ordered

ID = "sheet-size"
SEVERITY = Severity.ERROR
TITLE = "a sheet that cannot hold the tag"


def check(order: Ordered) -> Iterator[Diagnostic]:
    """One finding where there is no layout."""
    error = order.refused
    if error is not None:
        message = say("{what}: {hint}", what=error.what, hint=error.hint) if error.hint else error.what
        yield Diagnostic(ID, SEVERITY, order.span, message)
