"""Registration marks: a cross in a circle in `/All` on four sides, by which the plates are laid on one another."""

from __future__ import annotations

from keytag.base.drawing import Layer, Stroke
from keytag.base.geometry import Rect, circle, join, line
from keytag.base.ink import REGISTRATION
from keytag.base.words import say
from keytag.sheet.marks.ground import HAIRLINE, OFFSET, Ground, Strip

SIZE = 5.0  # fits between two crop marks 6 mm apart
_STEP = 1.0


def place(ground: Ground) -> None:
    """A cross in a circle at the middle of each side, or a pair evenly beside it, as near the block as goes.

    Pairs about the middle turn into each other, so that front and back marks always coincide.
    """
    for edge in ("top", "right", "bottom", "left"):
        found = _register_places(ground, ground.strip(edge))
        if not found:
            ground.lacks("register", say("{edge}: no free {size:g} mm", edge=edge, size=SIZE))
        for box in found:
            ground.put(Layer.MARKS, cross(box), box)


def cross(box: Rect) -> list[Stroke]:
    """The mark that fills a square."""
    x, y = box.centre
    arms = join([line(box.x, y, box.right, y), line(x, box.y, x, box.bottom)])
    return [Stroke(path, REGISTRATION, HAIRLINE) for path in (arms, circle(x, y, box.width * 0.3))]


def _register_places(ground: Ground, strip: Strip) -> list[Rect]:
    middle, half = ground.trim.centre, SIZE / 2
    upright = strip.edge in ("top", "bottom")
    for step in range(int((strip.length / 2 - half) / _STEP)):
        for away in range(int((strip.depth - SIZE - OFFSET) / 0.5 + 1.000001)):
            near = OFFSET + half + away * 0.5
            boxes = []
            for along in {-step * _STEP, step * _STEP}:
                if upright:
                    y = ground.bleed.y - near if strip.edge == "top" else ground.bleed.bottom + near
                    x = middle.x + along
                else:
                    x = ground.bleed.x - near if strip.edge == "left" else ground.bleed.right + near
                    y = middle.y + along
                boxes.append(Rect(x - half, y - half, SIZE, SIZE))
            if all(ground.free(box) for box in boxes):
                return sorted(boxes)
    return []
