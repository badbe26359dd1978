"""The room that text has on a face: an outline less its inset, a round hole and panels; and what text needs of it.

A run of letters is held against the outline glyph by glyph: the accent in the middle of a title does not count where
the outline is narrow. Everything is in millimetres; a profile is relative to a reference that the fitter moves.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from keytag.base.geometry import Rect
from keytag.base.outline import Outline
from keytag.base.units import MM_PER_PT
from keytag.tag import typeset
from keytag.tag.typeset import Run

CLEAR = 0.1  # mm of ground between the ink of two rows: one step of the skyline
_FAR = 1e6


class Ink(NamedTuple):
    """A box of ink: `x0` to `x1` from a reference, `up` above and `down` below the baseline."""

    x0: float
    x1: float
    up: float
    down: float


class Area:
    """Where text may stand: an outline less `inset` (or a box within it), less a round hole and panels."""

    __slots__ = ("_band", "_bottom", "_box", "_hole", "_known", "_panels", "_top", "middle")

    def __init__(
        self,
        outline: Outline,
        inset: float,
        hole: tuple[float, float, float] | None,
        panels: tuple[Rect, ...],
        box: Rect | None = None,
    ) -> None:
        self._band = outline.chords(inset).band
        self._top, self._bottom = inset, outline.height - inset
        self._hole = hole
        self._panels = [(p.x, p.right, p.y, p.bottom) for p in panels]
        self._box = box
        # By the object, which is kept: rows of one size are the same object on every tag, and are asked for again.
        self._known: dict[tuple[int, float], tuple[tuple[Ink, ...], float, float]] = {}
        self.middle = outline.height / 2 if box is None else box.y + box.height / 2

    @property
    def height(self) -> float:
        """From the highest to the lowest place that ink may take."""
        return self._bottom - self._top if self._box is None else self._box.height

    def band(self, top: float, bottom: float) -> tuple[float, float]:
        """The widest free x range from `top` to `bottom`; an empty one where there is none."""
        found = self._band(top, bottom)
        if found is None:
            return _FAR, -_FAR
        left, right = found
        box = self._box
        if box is not None:
            if top < box.y - 1e-6 or bottom > box.bottom + 1e-6:
                return _FAR, -_FAR
            left, right = max(left, box.x), min(right, box.right)
        if self._hole is not None:
            x, y, radius = self._hole
            near = top - y if top > y else y - bottom if bottom < y else 0.0
            if near < radius:
                cut = (radius * radius - near * near) ** 0.5
                left, right = _wider(left, right, x - cut, x + cut)
        for x0, x1, y0, y1 in self._panels:
            if y0 < bottom and y1 > top:
                left, right = _wider(left, right, x0, x1)
        return left, right

    def shifts(self, inks: tuple[Ink, ...], baseline: float) -> tuple[float, float]:
        """Between which x the reference of `inks` may stand at this baseline; the wrong way round where nowhere."""
        key = id(inks), round(baseline, 4)
        known = self._known.get(key)
        if known is not None:
            return known[1], known[2]
        low, high = -_FAR, _FAR
        band = self.band
        for x0, x1, up, down in inks:
            left, right = band(baseline - up, baseline + down)
            if left - x0 > low:
                low = left - x0
            if right - x1 < high:
                high = right - x1
        self._known[key] = inks, low, high
        return low, high


def _wider(left: float, right: float, start: float, end: float) -> tuple[float, float]:
    """What is left of (left, right) without (start, end): the wider side."""
    if end <= left or start >= right:
        return left, right
    return (left, start) if start - left >= right - end else (end, right)


@lru_cache(maxsize=16384)
def scaled(boxes: tuple[Ink, ...], size: float, x: float = 0.0) -> tuple[Ink, ...]:
    """Boxes in em at `size` points, moved by `x` millimetres."""
    em = size * MM_PER_PT
    return tuple([Ink(x + a * em, x + b * em, up * em, down * em) for a, b, up, down in boxes])


@lru_cache(maxsize=4096)
def letters(run: Run) -> tuple[Ink, ...]:
    """The glyphs of a run as boxes in em from its first inked edge, those that matter beside an outline only once."""
    font, upem = typeset.load(run.font), run.upem
    found: list[Ink] = []
    for glyph, gx, gy in run.glyphs:
        box = font.box(glyph)
        if box is not None:
            x0, y0 = box.x + gx - run.left, box.y + gy
            found.append(Ink(x0 / upem, (x0 + box.width) / upem, (y0 + box.height) / upem, -y0 / upem))
    return tuple(found)


@lru_cache(maxsize=4096)
def hull(run: Run) -> tuple[Ink, ...]:
    """`letters`, joined where they reach equally high and low and left out where another reaches farther each way."""
    widest: dict[tuple[float, float], tuple[float, float]] = {}
    for x0, x1, up, down in letters(run):
        known = widest.get((up, down))
        widest[up, down] = (x0, x1) if known is None else (min(x0, known[0]), max(x1, known[1]))
    boxes = [Ink(x0, x1, up, down) for (up, down), (x0, x1) in widest.items()]
    return tuple(b for b in boxes if not any(o != b and _covers(o, b) for o in boxes))


def _covers(one: Ink, other: Ink) -> bool:
    return one.x0 <= other.x0 and one.x1 >= other.x1 and one.up >= other.up and one.down >= other.down


@lru_cache(maxsize=64)
def _digit_cell(font: str) -> tuple[float, float, float]:
    """How far any digit reaches right of its origin, up and down, in em: what a number of other digits may take."""
    boxes = [typeset.load(font).shape(digit) for digit in "0123456789"]
    return max(b.right / b.upem for b in boxes), max(b.ascent for b in boxes), max(b.descent for b in boxes)


@lru_cache(maxsize=4096)
def figures(run: Run) -> tuple[Ink, ...]:
    """A telephone number as one box in em, as if any digit stood in any place: numbers of one form are set alike."""
    if not run.glyphs or not run.text[-1:].isdecimal():
        return hull(run)
    right, up, down = _digit_cell(run.font)
    width = (run.glyphs[-1][1] - run.left) / run.upem + right
    box = Ink(0.0, max(width, run.ink_width), max(up, run.ascent), max(down, run.descent))
    return (Ink(*(round(v, 5) for v in box)),)


def drop(above: tuple[Ink, ...], below: tuple[Ink, ...]) -> float:
    """The least distance of two baselines at which no ink of one row comes nearer than `CLEAR` to the other's."""
    least = 0.0
    for a0, a1, _, down in above:
        for b0, b1, up, _ in below:
            if a0 - CLEAR < b1 and b0 - CLEAR < a1 and down + up + CLEAR > least:
                least = down + up + CLEAR
    return least
