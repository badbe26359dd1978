"""A page's boxes are missing, out of order, or leave too little bleed.

The trim tells where it is cut, the bleed how far ink reaches beyond: TrimBox inside BleedBox inside MediaBox on every
page, no CropBox, no rotation, no user unit, at least 2 mm of bleed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.units import MM_PER_PT
from keytag.base.words import joined, say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

if TYPE_CHECKING:
    from pikepdf import Object

ID = "pdf-boxes"
SEVERITY = Severity.ERROR
TITLE = "page boxes missing or wrong"
LEAST_BLEED = 2.0  # mm
_SLACK = 0.02
_DEEPEST = 64  # nodes of a page tree


def check(press: Press) -> Iterator[Diagnostic]:
    """Each page's boxes."""
    for number, page in enumerate(press.pdf.pages, 1):
        boxes = {name: page.obj.get(name) for name in ("/MediaBox", "/BleedBox", "/TrimBox")}
        missing = [name for name, box in boxes.items() if box is None]
        if missing:
            yield error(
                ID,
                say("page {number}: has no {missing} of its own", number=number, missing=joined(say(" or "), missing)),
            )
            continue
        media, bleed, trim = ([float(v) for v in box] for box in boxes.values() if box is not None)
        for inner, outer, name in ((trim, bleed, "TrimBox"), (bleed, media, "BleedBox")):
            if not _inside(inner, outer):
                yield error(
                    ID, say("page {number}: the {name} reaches out of the box around it", number=number, name=name)
                )
        least = min(trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]) * MM_PER_PT
        if least < LEAST_BLEED - _SLACK:
            yield error(
                ID,
                say(
                    "page {number}: has {least:.2f} mm of bleed (at least {least_bleed:g} mm)",
                    number=number,
                    least=least,
                    least_bleed=LEAST_BLEED,
                ),
            )
        for key in ("/CropBox", "/ArtBox", "/UserUnit", "/Rotate"):
            if key in page.obj:
                yield error(ID, say("page {number}: has {key}", number=number, key=key))
            elif any(key in node for node in _above(page.obj)):
                yield error(ID, say("page {number}: inherits {key} from the page tree", number=number, key=key))


def _above(page: Object) -> Iterator[Object]:
    """The nodes of the page tree that hold a page (ISO 32000-1, 7.7.3.4: boxes and rotation are inherited)."""
    node = page.get("/Parent")
    for _ in range(_DEEPEST):
        if node is None:
            return
        yield node
        node = node.get("/Parent")


def _inside(inner: list[float], outer: list[float]) -> bool:
    low = all(inner[i] >= outer[i] - 0.01 for i in (0, 1))
    return low and all(inner[i] <= outer[i] + 0.01 for i in (2, 3))
