"""Where the pins of a jig or of a film punch stand: a cross in a circle of the pin's size, in all inks, kept clear."""

from __future__ import annotations

from keytag.base.drawing import Layer, Stroke
from keytag.base.geometry import Rect, circle, join, line
from keytag.base.ink import REGISTRATION
from keytag.base.sides import FRONT
from keytag.sheet.marks.ground import HAIRLINE, Ground

_ARM = 1.0  # mm of the cross beyond the pin


def place(ground: Ground) -> None:
    """Every pin of the scheme, as that side sees it."""
    for pin in ground.scheme.pins:
        half = pin.diameter / 2 + _ARM
        box = Rect(pin.x - half, pin.y - half, 2 * half, 2 * half)
        if ground.side != FRONT:
            box = ground.layout.behind(box)
        x, y = box.centre
        cross = join([line(box.x, y, box.right, y), line(x, box.y, x, box.bottom)])
        marks = [Stroke(path, REGISTRATION, HAIRLINE) for path in (cross, circle(x, y, pin.diameter / 2))]
        ground.put(Layer.MARKS, marks, box)
