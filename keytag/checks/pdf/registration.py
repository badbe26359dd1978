"""The registration colour reaches into the bleed.

`All` prints on every plate at once: a register mark is meant to, a tag is ruined by it.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press
from keytag.diagnostics import Diagnostic, Severity

ID = "pdf-registration-colour"
SEVERITY = Severity.ERROR
TITLE = "registration colour inside the bleed"


def check(press: Press) -> Iterator[Diagnostic]:
    """Every paint in All, on pages by its place, in forms wherever it is."""
    for number, page in enumerate(press.pdf.pages, 1):
        box = page.obj.get("/BleedBox")
        if box is None:
            continue
        left, bottom, right, top = (float(v) for v in box)
        for paint in press.stream(page.obj).paints:
            if paint.spot != "All" or paint.box is None:
                continue
            x0, y0, x1, y1 = paint.box
            if x0 < right - 0.01 and x1 > left + 0.01 and y0 < top - 0.01 and y1 > bottom + 0.01:
                yield error(ID, f"page {number}: a {paint.kind} in the registration colour lies in the bleed")
    for where, holder, stream in press.streams():
        if holder.get("/Subtype") == "/Form" and any(paint.spot == "All" for paint in stream.paints):
            yield error(ID, f"{where}: the registration colour is used in a tag")
