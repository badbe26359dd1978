"""A technical ink knocks out what lies under it, or bare paper is set to overprint.

A cut line that knocks out leaves a white hairline around every tag; a White that knocks out takes the art with it.
Paper white that overprints is not there at all. A form that leaves it to its page is not trusted either way.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

ID = "pdf-overprint"
SEVERITY = Severity.ERROR
TITLE = "overprint set wrongly"


def check(press: Press) -> Iterator[Diagnostic]:
    """Every paint of a technical spot, and every paint of paper."""
    technical = press.expect.dies.technical
    for number, item, _, kind in press.dictionaries:
        if kind == "/ExtGState" and (item.get("/OP") or item.get("/op")) and item.get("/OPM", 0) != 1:
            yield error(
                ID,
                say(
                    "object {number}: overprints in mode 0: a process ink of nought would knock out (/OPM)",
                    number=number,
                ),
            )
    for where, paint in press.paints():
        if paint.spot in technical and not paint.overprint:
            yield error(
                ID,
                say(
                    "{where}: {spot} ({kind}) knocks out what lies under it",
                    where=where,
                    spot=paint.spot,
                    kind=paint.kind,
                ),
            )
        paper = paint.space == "DeviceCMYK" and paint.kind != "image" and not any(paint.colour.parts)
        if paper and paint.overprint is not False:
            yield error(
                ID, say("{where}: paper white ({kind}) overprints and would vanish", where=where, kind=paint.kind)
            )
