"""One paint lays down more ink than plastic can hold.

300 % in all; what overprints is added up on the plates (`keytag verify`), here each paint by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press
from keytag.checks.pdf.resources import is_stream

ID = "pdf-ink-total"
SEVERITY = Severity.ERROR
TITLE = "total ink over the limit"
LIMIT = 3.0


def check(press: Press) -> Iterator[Diagnostic]:
    """Every process colour that is painted, pixel by pixel in pictures."""
    for where, paint in press.paints():
        total = sum(paint.colour.parts)
        if paint.space == "DeviceCMYK" and total > LIMIT + 0.0005:
            yield error(
                ID,
                say(
                    "{where}: a {kind} of {total:.0%} ink (limit {limit:.0%})",
                    where=where,
                    kind=paint.kind,
                    total=total,
                    limit=LIMIT,
                ),
            )
    for item in press.objects:
        if is_stream(item) and item.get("/Subtype") == "/Image" and item.get("/ColorSpace") == "/DeviceCMYK":
            most = _heaviest(item.read_bytes())
            if most > LIMIT + 0.02:
                yield error(
                    ID,
                    say(
                        "object {objgen}: a picture with {most:.0%} ink (limit {limit:.0%})",
                        objgen=item.objgen[0],
                        most=most,
                        limit=LIMIT,
                    ),
                )


def _heaviest(pixels: bytes) -> float:
    """The most ink on any pixel, as a fraction. Different pixels are few in art, and a million in a photograph."""
    from array import array

    count = len(pixels) // 4
    distinct = set(array("I", pixels[: 4 * count])) if array("I").itemsize == 4 else set()
    return max((sum(value.to_bytes(4, "little")) for value in distinct), default=0) / 255
