"""A line is thinner than a press can hold.

Under 0.25 pt a line is one device pixel on a proof and nothing on a plate.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

ID = "pdf-hairline"
SEVERITY = Severity.ERROR
TITLE = "a line under 0.25 pt"
LEAST = 0.25


def check(press: Press) -> Iterator[Diagnostic]:
    """Every stroke at each size at which it is placed."""
    for use in press.distinct_uses:
        for width in dict.fromkeys(p.width for p in use.stream.paints if p.kind == "stroke"):
            if width is None:
                yield error(
                    ID, say("{where}: has a line whose width is left to where the form is placed", where=use.where)
                )
            elif width * use.scale < LEAST - 0.001:
                yield error(
                    ID,
                    say(
                        "{where}: has a line of {width:.3f} pt (at least {least} pt)",
                        where=use.where,
                        width=width * use.scale,
                        least=LEAST,
                    ),
                )
