"""Two pieces of live matter lie over one another.

Digits over digits are read as others; words in the quiet zone keep a QR code from being read at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.checks.artwork.subject import TOLERANCE, Sample, Subject, Words, extents

ID = "live-overlap"
SEVERITY = Severity.ERROR
TITLE = "words or QR panel overlap"
BAD = Sample(template=("{x: 7.9mm, y: 10mm, turn: -90}", "{x: 17mm, y: 10mm, turn: -90}"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each pair that overlaps."""
    for side in SIDES:
        here = [live for live in tag.live if live.side == side]
        for one, other in combinations(here, 2):
            if not one.box.overlaps(other.box, TOLERANCE):
                continue
            if isinstance(one.mark, Words) and isinstance(other.mark, Words) and not _ink_meets(one.mark, other.mark):
                continue
            yield tag.find(
                ID,
                SEVERITY,
                one.source,
                say("{side}: {what} lies over {what2}", side=side, what=one.what, what2=other.what),
            )


def _ink_meets(one: Words, other: Words) -> bool:
    """Whether any two glyphs' boxes overlap: a descender may reach beside an accent without touching it."""
    boxes = [_box(extents(b.outline), b.x, b.y, other.scale) for b in other.glyphs]
    for a in one.glyphs:
        ours = _box(extents(a.outline), a.x, a.y, one.scale)
        for theirs in boxes:
            if ours[0] < theirs[1] and theirs[0] < ours[1] and ours[2] < theirs[3] and theirs[2] < ours[3]:
                return True
    return False


def _box(units: tuple[tuple[float, float], tuple[float, float]], x: float, y: float, scale: float) -> tuple[float, ...]:
    (x0, x1), (y0, y1) = units
    return x + x0 * scale + TOLERANCE, x + x1 * scale, y - y1 * scale + TOLERANCE, y - y0 * scale
