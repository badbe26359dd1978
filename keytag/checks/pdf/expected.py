"""The file is not the one that was wanted: pages, trim, layers or inks are others.

Every rule may hold and the file still be the wrong one: a layer that got lost breaks no standard, but the tags are then
not cut. Only judged where the caller says what the file must be.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.units import MM_PER_PT
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

ID = "pdf-expected"
SEVERITY = Severity.ERROR
TITLE = "not the file that was wanted"
_SLACK = 0.01  # mm


def check(press: Press) -> Iterator[Diagnostic]:
    """Whatever the expectation states; layers count where something is painted on them."""
    expect, pages = press.expect, len(press.pdf.pages)
    if expect.pages is not None and pages != expect.pages:
        yield error(ID, say("the file has {pages} pages, not {pages2}", pages=pages, pages2=expect.pages))
    if expect.trim is not None:
        for number, page in enumerate(press.pdf.pages, 1):
            x0, y0, x1, y1 = (float(v) for v in page.obj.get("/TrimBox", (0, 0, 0, 0)))
            width, height = (x1 - x0) * MM_PER_PT, (y1 - y0) * MM_PER_PT
            if max(abs(width - expect.trim[0]), abs(height - expect.trim[1])) > _SLACK:
                wanted = say("{trim:g} × {trim2:g} mm", trim=expect.trim[0], trim2=expect.trim[1])
                yield error(
                    ID,
                    say(
                        "page {number}: the trim is {width:.2f} × {height:.2f} mm, not {wanted}",
                        number=number,
                        width=width,
                        height=height,
                        wanted=wanted,
                    ),
                )
    if expect.layers is not None and press.standard.layers:
        painted = {paint.layer or use.layer for use in press.distinct_uses for paint in use.stream.paints}
        for name in expect.layers:
            if name not in painted:
                yield error(ID, say("nothing is on the layer {name!r}", name=name))
    if expect.spots is not None:
        used = dict.fromkeys(paint.spot for _, paint in press.paints() if paint.spot)
        for name in used:
            if name not in expect.spots:
                yield error(ID, say("the ink {name} is used, which the job does not have", name=name))
