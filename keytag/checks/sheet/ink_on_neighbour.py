"""A tag's bleed reaches over a neighbour's trim edge: it prints on the finished tag beside it.

The gap between trims is less than one bleed. No cut can mend that.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import OVERLAP, View

ID = "ink-on-neighbour"
SEVERITY = Severity.ERROR


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each pair of stations where ink of one lies on the other."""
    for one, other, _, depth in view.overlaps:
        if depth > OVERLAP:
            message = say(
                "{view}, {where}: prints {depth:.2f} mm over the tag on station {station}",
                view=view.name,
                where=one.where,
                depth=depth,
                station=other.station,
            )
            yield Diagnostic(ID, SEVERITY, None, message, unit=one.key)
