"""An emblem's picture is too coarse for print.

Under 300 dots per inch at its printed size the edges of an emblem fray: look at a proof before it is printed. An SVG
has no such limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Picture, Sample, Subject

ID = "emblem-resolution"
SEVERITY = Severity.WARNING
TITLE = "emblem under 300 dpi"
LEAST = 300
BAD = Sample(
    template=("front:\n", "front:\n  - emblem: {file: coarse.png, x: 40mm, y: 8mm, width: 4mm, height: 4mm}\n")
)


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each raster under 300 dpi."""
    for side, _ in tag.faces():
        for mark in tag.marks(side):
            if isinstance(mark, Picture):
                dpi = min(mark.columns / mark.box.width, mark.rows / mark.box.height) * 25.4
                if dpi < LEAST - 0.5:
                    message = say(
                        "{side}: the emblem {source} has {dpi:.0f} dpi at its size (at least {least})",
                        side=side,
                        source=mark.source,
                        dpi=dpi,
                        least=LEAST,
                    )
                    yield tag.find(ID, SEVERITY, None, message)
