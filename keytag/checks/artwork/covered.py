"""An emblem, a rule, a frame or a fill is painted over words, a number or the QR panel.

Elements are painted in the order of the template: what stands later lies on top, and a digit with a line through it is
read as another one. Put it before the text in the list, or elsewhere. What counts is where ink really falls, glyph by
glyph: a frame around the words or a star beside them covers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.flatten import Polygon, flattened
from keytag.base.geometry import Affine, Path, Rect
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.checks.artwork.subject import Fill, Live, Picture, Sample, Stroke, Subject, Words

ID = "covered"
SEVERITY = Severity.ERROR
TITLE = "something is painted over words or the QR panel"
BAD = Sample(
    template=(
        "\nback:\n",
        "  - rule: {ink: black, from: {x: 24mm, y: 10mm}, to: {x: 46mm, y: 10mm}, width: 2pt}\n\nback:\n",
    )
)
_LEAST = 1e-3  # mm²: a spot of 0.03 mm across is none
_FINE = 0.005  # mm: how far polygons may be from the curves


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each piece of live matter with ink of later elements on it."""
    for side in SIDES:
        marks = tag.marks(side)
        place = {id(mark): i for i, mark in enumerate(marks)}
        for live in tag.live:
            if live.side != side:
                continue
            over = next((m for m in marks[place[id(live.mark)] + 1 :] if _covers(m, live)), None)
            if over is not None:
                message = say(
                    "{side}: {what} lies under {named}, which the template paints later",
                    side=side,
                    what=live.what,
                    named=_named(over),
                )
                yield tag.find(ID, SEVERITY, live.source, message)


def _covers(mark: object, live: Live) -> bool:
    """Whether ink of `mark` falls on the live matter."""
    if not isinstance(mark, Fill | Stroke | Picture):
        return False  # words and symbols over others are live-overlap's business
    if not _box(mark).overlaps(live.box):
        return False
    from keytag.tag.outlines.parallel import area, shared

    return area(shared(_painted(mark), _shape(live))) > _LEAST


def _box(mark: Fill | Stroke | Picture) -> Rect:
    if isinstance(mark, Picture):
        return mark.box
    box = mark.path.bounds() if mark.path.ops else Rect(0, 0, 0, 0)
    return box.inset(-2 * mark.width) if isinstance(mark, Stroke) else box  # mitres reach farther than half a line


def _painted(mark: Fill | Stroke | Picture) -> list[Polygon]:
    """The area that the mark inks."""
    if isinstance(mark, Picture):
        return [_corners(mark.box)]
    if isinstance(mark, Fill):
        return flattened(mark.path, _FINE)
    from keytag.tag.outlines.parallel import stroked

    return stroked(mark.path, mark.width)


def _shape(live: Live) -> list[Polygon]:
    """The inked glyphs of words; the whole panel of a symbol, since its quiet zone is as live as its modules."""
    if not isinstance(live.mark, Words):
        return [_corners(live.box)]
    from keytag.tag.typeset import exact

    found: list[Polygon] = []
    for outline, x, y in exact(live.mark).glyphs:
        scale = live.mark.scale
        path: Path = outline.transformed(Affine(scale, 0, 0, -scale, x, y))
        found += flattened(path, _FINE)
    return found


def _corners(box: Rect) -> Polygon:
    return [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]


def _named(mark: object) -> str:
    if isinstance(mark, Picture):
        return say("the picture {source}", source=mark.source)
    assert isinstance(mark, Fill | Stroke)
    return say("a {what} in {ink}", what=say("line") if isinstance(mark, Stroke) else say("shape"), ink=mark.ink.name)
