"""A line is thinner than a press can hold.

Under 0.25 pt a line is one device pixel on a proof and nothing on a plate.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press, least_scale
from keytag.diagnostics import Diagnostic, Severity

ID = "pdf-hairline"
SEVERITY = Severity.ERROR
TITLE = "a line under 0.25 pt"
LEAST = 0.25


def check(press: Press) -> Iterator[Diagnostic]:
    """Every stroke at the size at which it is placed."""
    for number, page in enumerate(press.pdf.pages, 1):
        stream = press.stream(page.obj)
        for paint in stream.paints:
            yield from _judged(f"page {number}", paint.kind, paint.width)
        forms, done = press.forms(page.obj), set()
        for name, matrix in stream.places:
            scale = least_scale(matrix)
            if (name, round(scale, 6)) in done:
                continue
            done.add((name, round(scale, 6)))
            for paint in press.stream(forms[name]).paints:
                yield from _judged(f"page {number}, {name[1:]}", paint.kind, paint.width * scale)


def _judged(where: str, kind: str, width: float) -> Iterator[Diagnostic]:
    if kind == "stroke" and width < LEAST - 0.001:
        yield error(ID, f"{where}: a line of {width:.3f} pt (at least {LEAST} pt)")
