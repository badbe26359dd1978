"""Crop marks: where to cut, at both trim edges of every column and row, beyond the bleed on both ends of the block."""

from __future__ import annotations

from collections.abc import Iterable

from keytag.base.drawing import Layer, Stroke
from keytag.base.geometry import line
from keytag.base.ink import REGISTRATION
from keytag.base.words import say
from keytag.sheet.marks.ground import HAIRLINE, OFFSET, Ground

_LENGTH = 4.0
_LEAST = 2.0


def place(ground: Ground) -> None:
    """A tick at both trim edges of every column and row, beyond the bleed on both ends of the block."""
    layout, side = ground.layout, ground.side
    trims = [layout.trim(s, side) for s in layout.stations]
    xs = _apart(v for t in trims for v in (t.x, t.right))
    ys = _apart(v for t in trims for v in (t.y, t.bottom))
    if layout.staggered:  # no knife goes between nested rows: the marks are for laying the die
        block = layout.trim_block(side)
        xs, ys = [block.x, block.right], [block.y, block.bottom]
    for edge in ("top", "bottom", "left", "right"):
        length = min(_LENGTH, ground.strip(edge).depth - OFFSET)
        if length < _LEAST:
            ground.lacks(
                "crop",
                say("{edge}: {length:.1f} mm of white, 3 mm needed", edge=edge, length=max(0.0, length + OFFSET)),
            )
            continue
        b = ground.bleed
        near = {"top": b.y, "bottom": b.bottom, "left": b.x, "right": b.right}[edge]
        sign = -1 if edge in ("top", "left") else 1
        start, end = near + sign * OFFSET, near + sign * (OFFSET + length)
        for v in xs if edge in ("top", "bottom") else ys:
            path = line(v, start, v, end) if edge in ("top", "bottom") else line(start, v, end, v)
            ground.put(Layer.MARKS, [Stroke(path, REGISTRATION, HAIRLINE)], path.bounds().inset(-HAIRLINE / 2))


def _apart(values: Iterable[float]) -> list[float]:
    """`values` rising, each once (shared cuts of a gap of nothing)."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 0.01:
            found.append(value)
    return found
