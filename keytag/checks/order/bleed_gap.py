"""Neighbouring tags stand closer than twice their bleed, so that bleeds will overlap on every sheet.

A cut that is off shows the neighbour's colour. Widen the scheme's `gap` to twice the template's `bleed`. On finished
sheets `bleed-overlap` measures the same on what is placed.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.order.ordered import Ordered

ID = "bleed-gap"
SEVERITY = Severity.WARNING
TITLE = "a gap that is less than twice the bleed"
_TOUCH = 0.01  # mm, as on sheets: less is only touching


def check(order: Ordered) -> Iterator[Diagnostic]:
    """One finding for a scheme, with the worse of both ways."""
    layout = order.layout
    if layout is None:
        return
    gap = order.scheme.gap
    ways = [size for size, count in ((gap.x, layout.columns), (gap.y, layout.rows)) if count > 1]
    depth = 2 * layout.bleed - min(ways, default=2 * layout.bleed)
    if depth > _TOUCH:
        message = say(
            "{scheme}: bleeds of neighbouring tags overlap by {depth:.2f} mm; widen the scheme's gap",
            scheme=order.scheme.name,
            depth=depth,
        )
        yield Diagnostic(ID, SEVERITY, order.span, message)
