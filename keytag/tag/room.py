"""The room that text has on a face: an outline less its inset, a round hole and panels; and what text needs of it.

A run of letters is held against the outline glyph by glyph: the accent in the middle of a title does not count where
the outline is narrow. Everything is in millimetres; a profile is relative to a reference that the fitter moves.
"""

from __future__ import annotations

from functools import lru_cache

from keytag.base.geometry import Rect
from keytag.base.outline import Outline
from keytag.base.records import NamedTuple
from keytag.base.units import MM_PER_PT
from keytag.tag import typeset
from keytag.tag.processes import GAP
from keytag.tag.typeset import Run

CLEAR = GAP  # mm of ground between the ink of two rows, whatever the process
_FAR = 1e6
_MIDDLE = 2e-3  # mm: what twice a middle may differ by
_NEAR = 1e-9  # mm: sums of the same terms differ by less


class Ink(NamedTuple):
    """A box of ink: `x0` to `x1` from a reference, `up` above and `down` below the baseline."""

    x0: float
    x1: float
    up: float
    down: float


class Area:
    """Where text may stand: an outline less `inset` (or a box within it), less a round hole and panels."""

    __slots__ = ("_bottom", "_box", "_chords", "_hole", "_known", "_panels", "_top", "middle")

    def __init__(
        self,
        outline: Outline,
        inset: float,
        hole: tuple[float, float, float] | None,
        panels: tuple[Rect, ...],
        box: Rect | None = None,
    ) -> None:
        self._chords = outline.chords(inset)
        self._top, self._bottom = inset, outline.height - inset
        self._hole = hole
        self._panels = [(p.x, p.right, p.y, p.bottom) for p in panels]
        self._box = box
        # By the object, which is kept: rows of one size are the same object on every tag, and are asked for again.
        self._known: dict[int, tuple[tuple[Ink, ...], dict[float, tuple[float, float]]]] = {}
        self.middle = outline.height / 2 if box is None else box.y + box.height / 2

    @property
    def height(self) -> float:
        """From the highest to the lowest place that ink may take."""
        return self._bottom - self._top if self._box is None else self._box.height

    def narrows_up(self, foot: float) -> bool:
        """Whether what has no room with its foot at this height has none farther up.

        So it is where the outline, or the top of the box, is all that can be in its way from there on.
        """
        waist, hole, box = self._chords.waist, self._hole, self._box
        return (
            waist is not None
            and foot <= waist
            and (hole is None or foot <= hole[1] - hole[2])
            and (box is None or foot <= box.bottom)
            and all(foot <= y0 for _, _, y0, _ in self._panels)
        )

    def narrows_down(self, head: float) -> bool:
        """The same of what has its head at this height, and farther down."""
        waist, hole, box = self._chords.waist, self._hole, self._box
        return (
            waist is not None
            and head >= waist
            and (hole is None or head >= hole[1] + hole[2])
            and (box is None or head >= box.y)
            and all(head >= y1 for _, _, _, y1 in self._panels)
        )

    def band(self, top: float, bottom: float) -> tuple[float, float]:
        """The widest free x range from `top` to `bottom`; an empty one where there is none."""
        return self._between((Ink(0.0, 0.0, -top, bottom),), 0.0)

    def shifts(self, inks: tuple[Ink, ...], baseline: float) -> tuple[float, float]:
        """Between which x the reference of `inks` may stand at this baseline; the wrong way round where nowhere."""
        asked = self._known.get(id(inks))
        if asked is None:
            asked = self._known[id(inks)] = inks, {}
        known = asked[1].get(baseline)
        if known is None:
            known = asked[1][baseline] = self._between(inks, baseline)
        return known

    def _between(self, inks: tuple[Ink, ...], baseline: float) -> tuple[float, float]:
        """See `shifts`. Most of the time that fitting takes is spent here: there are no calls but one."""
        low, high = -_FAR, _FAR
        free, box, hole = self._chords.band, self._box, self._hole
        for x0, x1, up, down in inks:
            top, bottom = baseline - up, baseline + down
            found = free(top, bottom)
            if found is None or (box is not None and (top < box.y - 1e-6 or bottom > box.bottom + 1e-6)):
                return _FAR, -_FAR
            left, right = found
            if box is not None:
                left, right = max(left, box.x), min(right, box.right)
            if hole is not None:
                x, y, radius = hole
                near = top - y if top > y else y - bottom if bottom < y else 0.0
                if near < radius:
                    cut = (radius * radius - near * near) ** 0.5
                    if x + cut > left and x - cut < right:  # the wider side is what is left
                        if x - cut - left >= right - (x + cut):
                            right = x - cut
                        else:
                            left = x + cut
            for start, end, y0, y1 in self._panels:
                if y0 < bottom and y1 > top and end > left and start < right:
                    if start - left >= right - end:
                        right = start
                    else:
                        left = end
            if left - x0 > low:
                low = left - x0
            if right - x1 < high:
                high = right - x1
        return low, high

    def reach(self, inks: tuple[Ink, ...], baseline: float, travel: float) -> tuple[float, float]:
        """Bounds of `shifts` for all baselines from this one down by `travel`: as wide as at any of them, or wider."""
        low, high = -_FAR, _FAR
        for x0, x1, up, down in inks:
            left, right = self._reach(baseline - up - _NEAR, baseline + down - _NEAR, travel + 2 * _NEAR)
            if left >= right:
                return _FAR, -_FAR
            if left - x0 > low:
                low = left - x0
            if right - x1 < high:
                high = right - x1
        return low, high

    def _reach(self, top: float, bottom: float, travel: float) -> tuple[float, float]:
        """Bounds of `band` for a range that moves down: what a hole or a panel takes, where it surely takes it."""
        found = self._chords.reach(top, bottom, travel)
        if found is None:
            return -_FAR, _FAR
        left, right = found
        if left >= right:
            return _FAR, -_FAR
        least = most = left + right  # between which twice the middle of the free range is
        box = self._box
        if box is not None:
            if top + travel < box.y - 1e-6 or bottom > box.bottom + 1e-6:
                return _FAR, -_FAR
            least, most = least - max(0.0, right - box.right), most + max(0.0, box.x - left)
            left, right = max(left, box.x), min(right, box.right)
        cuts = [
            (x0, x1, y0 < bottom and y1 > top + travel, x0, x1)
            for x0, x1, y0, y1 in self._panels_by(top, bottom + travel)
        ]
        if self._hole is not None:
            x, y, radius = self._hole
            if top < y + radius and bottom + travel > y - radius:
                near = max(0.0, top + travel - y, y - bottom)  # at one of both ends
                cut = (radius * radius - near * near) ** 0.5 if near < radius else 0.0
                cuts.insert(0, (x - radius, x + radius, near < radius, x - cut, x + cut))
        for x0, x1, surely, start, end in cuts:  # the widest that may be cut out, and what is
            if x0 + x1 < least - _MIDDLE:  # the right side is the wider one, whatever the range
                most += max(0.0, x1 - left)
                left = max(left, end) if surely else left
            elif x0 + x1 >= most + _MIDDLE:
                least -= max(0.0, right - x0)
                right = min(right, start) if surely else right
            else:
                least, most = least - max(0.0, right - x0), most + max(0.0, x1 - left)
        return left, right

    def _panels_by(self, top: float, bottom: float) -> list[tuple[float, float, float, float]]:
        return [panel for panel in self._panels if panel[2] < bottom and panel[3] > top]


@lru_cache(maxsize=2048)
def scaled(boxes: tuple[Ink, ...], size: float, x: float = 0.0) -> tuple[Ink, ...]:
    """Boxes in em at `size` points, moved by `x` millimetres: of rows that many tags have."""
    return at_size(boxes, size, x)


def at_size(boxes: tuple[Ink, ...], size: float, x: float = 0.0) -> tuple[Ink, ...]:
    """The same, not remembered: of words that one tag has."""
    em = size * MM_PER_PT
    return tuple([Ink(x + a * em, x + b * em, up * em, down * em) for a, b, up, down in boxes])


@lru_cache(maxsize=256)
def letters(run: Run) -> tuple[Ink, ...]:
    """The glyphs of a run as boxes in em from its first inked edge."""
    return _boxes(run)


def _boxes(run: Run) -> tuple[Ink, ...]:
    font, upem = typeset.load(run.font), run.upem
    found: list[Ink] = []
    for glyph, gx, gy in run.glyphs:
        box = font.box(glyph)
        if box is not None:
            x0, y0 = box.x + gx - run.left, box.y + gy
            found.append(Ink(x0 / upem, (x0 + box.width) / upem, (y0 + box.height) / upem, -y0 / upem))
    return tuple(found)


@lru_cache(maxsize=512)
def hull(run: Run) -> tuple[Ink, ...]:
    """Those of the `letters` that an outline can touch."""
    return outermost(_boxes(run))


def outermost(inks: tuple[Ink, ...]) -> tuple[Ink, ...]:
    """Without boxes that others shield on both sides: those that reach as high, as low, and farther to that side."""
    # Of boxes as high and as low as each other only the first at either end can be one: a text has few heights.
    first: dict[tuple[float, float], int] = {}
    last: dict[tuple[float, float], int] = {}
    for i, (x0, x1, up, down) in enumerate(inks):
        if (up, down) not in first or x0 < inks[first[up, down]].x0:
            first[up, down] = i
        if (up, down) not in last or x1 > inks[last[up, down]].x1:
            last[up, down] = i
    ends = sorted({*first.values(), *last.values()})
    found = []
    for i in ends:
        x0, x1, up, down = inks[i]
        left = right = True
        for j in ends:
            a, b, u, d = inks[j]
            if u >= up and d >= down and j != i:
                same = u == up and d == down
                left = left and not (a < x0 or (a == x0 and (not same or j < i)))
                right = right and not (b > x1 or (b == x1 and (not same or j < i)))
        if left or right:
            found.append(inks[i])
    return tuple(found)


@lru_cache(maxsize=64)
def _digit_cell(font: str) -> tuple[float, float, float]:
    """How far any digit reaches right of its origin, up and down, in em: what a number of other digits may take."""
    boxes = [typeset.load(font).shape(digit) for digit in "0123456789"]
    return max(b.right / b.upem for b in boxes), max(b.ascent for b in boxes), max(b.descent for b in boxes)


@lru_cache(maxsize=1024)
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
    highest = sorted(below, key=lambda ink: -ink.up)  # the deepest against the highest: most need not be looked at
    for a0, a1, _, down in sorted(above, key=lambda ink: -ink.down):
        if highest and down + highest[0].up + CLEAR <= least:
            break
        for b0, b1, up, _ in highest:
            if down + up + CLEAR <= least:
                break
            if a0 - CLEAR < b1 and b0 - CLEAR < a1:
                least = down + up + CLEAR
                break
    return least
