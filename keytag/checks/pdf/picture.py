"""A picture is too coarse.

Under 300 dpi at its printed size pixels show: look at a proof. It may be meant, and stops no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import warning
from keytag.checks.pdf.reading import Press

ID = "pdf-picture"
SEVERITY = Severity.WARNING
TITLE = "a picture under 300 dpi"
LEAST = 300.0


def check(press: Press) -> Iterator[Diagnostic]:
    """Every picture at each size at which it is placed."""
    for use in press.distinct_uses:
        for paint in use.stream.paints:
            if paint.kind != "image":
                continue
            at = paint.at.then(use.at)
            width, height = hypot(at.a, at.b) / 72, hypot(at.c, at.d) / 72  # inches
            dpi = min(paint.pixels[0] / width if width else 0.0, paint.pixels[1] / height if height else 0.0)
            if dpi < LEAST - 1:
                yield warning(
                    ID,
                    say(
                        "{where}: a picture of {dpi:.0f} dpi (at least {least:.0f})",
                        where=use.where,
                        dpi=dpi,
                        least=LEAST,
                    ),
                )
