"""The cut line or the drill circle is not what a cutter needs.

A die-line is a stroke at full tone in its own spot, on its own structural layer, and never an area.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.checks.pdf.finding import DIE, error
from keytag.checks.pdf.reading import Press
from keytag.diagnostics import Diagnostic, Severity
from keytag.drawing import Layer

ID = "pdf-die-line"
SEVERITY = Severity.ERROR
TITLE = "die-line painted wrongly"
_LAYERS = {"CutContour": Layer.CUT.value, "Drill": Layer.HOLE.value}


def check(press: Press) -> Iterator[Diagnostic]:
    """Every paint of a die-line's spot, and what else is on its layer."""
    for where, paint in press.paints():
        if paint.spot in DIE:
            if paint.kind != "stroke":
                yield error(ID, f"{where}: {paint.spot} is a {paint.kind}, not a line")
            elif paint.colour != (1.0,):
                yield error(ID, f"{where}: {paint.spot} is at {100 * paint.colour[0]:g} %, not at full tone")
            if press.standard.layers and paint.layer != _LAYERS[paint.spot]:
                yield error(ID, f"{where}: {paint.spot} is on the layer {paint.layer!r}")
        elif paint.layer in _LAYERS.values():
            yield error(ID, f"{where}: {paint.spot or paint.space} is painted on the layer {paint.layer!r}")
