"""One paint lays down more ink than plastic can hold.

300 % in all; what overprints is added up on the plates (`keytag verify`), here each paint by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press
from keytag.diagnostics import Diagnostic, Severity

ID = "pdf-ink-total"
SEVERITY = Severity.ERROR
TITLE = "total ink over the limit"
LIMIT = 3.0


def check(press: Press) -> Iterator[Diagnostic]:
    """Every process colour that is painted."""
    for where, paint in press.paints():
        if paint.space == "DeviceCMYK" and sum(paint.colour) > LIMIT + 0.0005:
            yield error(ID, f"{where}: a {paint.kind} of {sum(paint.colour):.0%} ink (limit {LIMIT:.0%})")
