"""A technical ink is on the wrong layer, or a technical layer holds something else.

A factory switches White, Legend and Dimensions off and on by their layers: what is on the wrong one is printed when it
should not be, or missing when it should. White may instead be an ink of the art itself (on coloured plastic), but not
both in one file.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.drawing import Layer
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

ID = "pdf-technical-ink"
SEVERITY = Severity.ERROR
TITLE = "a technical ink on the wrong layer"
_OWN = {
    "White": Layer.WHITE.value,
    "Legend": Layer.LEGEND.value,
    "Relief": Layer.LEGEND.value,
    "Dimensions": Layer.DIMENSIONS.value,
}


def check(press: Press) -> Iterator[Diagnostic]:
    """Every technical spot's layer, and every technical layer's inks."""
    if not press.standard.layers or not press.layers:
        return
    underbase = art = False
    for use in press.distinct_uses:
        for paint in use.stream.paints:
            layer, own = paint.layer or use.layer, _OWN.get(paint.spot)
            if paint.spot == "White" and layer != own:
                art = True
            elif own is not None and layer != own:
                yield error(
                    ID,
                    say(
                        "{where}: {spot} is on the layer {layer!r}, not on {own!r}",
                        where=use.where,
                        spot=paint.spot,
                        layer=layer,
                        own=own,
                    ),
                )
            elif own is None and layer in _OWN.values():
                yield error(
                    ID,
                    say(
                        "{where}: {spot} is painted on the layer {layer!r}",
                        where=use.where,
                        spot=paint.spot or paint.space,
                        layer=layer,
                    ),
                )
            underbase |= paint.spot == "White" and layer == own
    if underbase and art:
        yield error(ID, say("White is both an underbase on its own layer and an ink of other layers"))
