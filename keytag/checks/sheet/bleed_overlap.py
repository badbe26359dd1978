"""Neighbouring bleeds overlap: the gap between trims is less than twice the bleed.

The tag that is printed later covers part of its neighbour's bleed. Where all tags have one background that is harmless;
where colours differ, a cut that is off by more than what is left of the bleed shows the neighbour's colour.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.checks.sheet.placed import View, neighbours, overlap
from keytag.diagnostics import Diagnostic, Severity

ID = "bleed-overlap"
SEVERITY = Severity.WARNING
_TOLERANCE = 0.01  # mm


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each side whose bleeds overlap, with the worst overlap."""
    for side, _, faces in view.sides:
        worst = max((overlap(a.bleed, b.bleed) for a, b in neighbours(faces)), default=0.0)
        if worst > _TOLERANCE:
            message = (
                f"{view.name}, {side}: bleeds of neighbouring tags overlap by {worst:.2f} mm; widen the scheme's gap"
            )
            yield Diagnostic(ID, SEVERITY, None, message)
