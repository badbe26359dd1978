"""Neighbouring bleeds overlap: the gap between trims is less than twice the bleed.

The tag that is printed later covers part of its neighbour's bleed. Where all tags have one background that is harmless;
where colours differ, a cut that is off by more than what is left of the bleed shows the neighbour's colour.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import View

ID = "bleed-overlap"
SEVERITY = Severity.WARNING


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each side whose bleeds overlap, with the worst overlap."""
    worst: dict[str, float] = {}
    for one, _, depth, _ in view.overlaps:
        worst[one.side] = max(worst.get(one.side, 0.0), depth)
    for side, depth in worst.items():
        message = say(
            "{view}, {side}: bleeds of neighbouring tags overlap by {depth:.2f} mm; widen the scheme's gap",
            view=view.name,
            side=side,
            depth=depth,
        )
        yield Diagnostic(ID, SEVERITY, None, message)
