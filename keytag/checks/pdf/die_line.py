"""The cut line or the drill circle is not what a cutter needs.

A die-line is a closed stroke at full tone in its own spot, on its own structural layer, and never an area; nothing else
stands on that layer.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.drawing import Layer
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

ID = "pdf-die-line"
SEVERITY = Severity.ERROR
TITLE = "die-line painted wrongly"


def check(press: Press) -> Iterator[Diagnostic]:
    """Every paint of a die-line's spot at each of its uses, and what else is on its layer."""
    dies = press.expect.dies
    layers = {dies.cut: Layer.CUT.value, dies.hole: Layer.HOLE.value}
    for use in press.distinct_uses:
        for paint in use.stream.paints:
            layer = paint.layer or use.layer
            if paint.spot in layers:
                if paint.kind != "stroke":
                    yield error(
                        ID,
                        say(
                            "{where}: {spot} is a {kind}, not a line", where=use.where, spot=paint.spot, kind=paint.kind
                        ),
                    )
                elif not paint.outline.rstrip().endswith(b"h"):
                    yield error(ID, say("{where}: {spot} is an open line", where=use.where, spot=paint.spot))
                if paint.colour.parts != (1.0,):
                    tone = "".join(f"{100 * part:g} %" for part in paint.colour.parts)
                    yield error(
                        ID,
                        say(
                            "{where}: {spot} is at {tone}, not at full tone",
                            where=use.where,
                            spot=paint.spot,
                            tone=tone or say("no tone"),
                        ),
                    )
                if press.standard.layers and layer != layers[paint.spot]:
                    yield error(
                        ID,
                        say("{where}: {spot} is on the layer {layer!r}", where=use.where, spot=paint.spot, layer=layer),
                    )
            elif layer in layers.values():
                yield error(
                    ID,
                    say(
                        "{where}: {spot} is painted on the layer {layer!r}",
                        where=use.where,
                        spot=paint.spot or paint.space,
                        layer=layer,
                    ),
                )
