"""The registration colour reaches into the bleed.

`All` prints on every plate at once: a register mark is meant to, a tag is ruined by it.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.painting import Paint
from keytag.checks.pdf.reading import Press

ID = "pdf-registration-colour"
SEVERITY = Severity.ERROR
TITLE = "registration colour inside the bleed"
_SLACK = 0.01  # pt


def check(press: Press) -> Iterator[Diagnostic]:
    """The extent of every paint in All, line width included, wherever it is placed."""
    boxes = [page.obj.get("/BleedBox") for page in press.pdf.pages]
    extents: dict[int, list[tuple[str, float, float, float, float]]] = {}
    for use in press.uses:
        found = extents.get(id(use.stream))
        if found is None:
            found = extents[id(use.stream)] = _extents(use.stream.paints)
        bleed = boxes[use.page - 1] if found else None
        if bleed is None:
            continue
        left, bottom, right, top = (float(v) for v in bleed)
        for kind, x0, y0, x1, y1 in found:
            corners = [use.at.apply(x, y) for x in (x0, x1) for y in (y0, y1)]
            xs, ys = [p.x for p in corners], [p.y for p in corners]
            across = min(xs) < right - _SLACK and max(xs) > left + _SLACK
            if across and min(ys) < top - _SLACK and max(ys) > bottom + _SLACK:
                yield error(
                    ID,
                    say("{where}: a {kind} in the registration colour lies in the bleed", where=use.where, kind=kind),
                )


def _extents(paints: tuple[Paint, ...]) -> list[tuple[str, float, float, float, float]]:
    found = []
    for paint in paints:
        extent = paint.extent() if paint.spot == "All" else None
        if extent is not None:
            by, (x0, y0, x1, y1) = (paint.width or 0.0) / 2, extent
            found.append((paint.kind, x0 - by, y0 - by, x1 + by, y1 + by))
    return found
