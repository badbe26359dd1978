"""The white around the block of tags, while marks are set: what is free, and what stands where.

A place is granted only where nothing touches a bleed, a gripper, the unprintable border or another mark. What the marks
look like is their own modules' business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from keytag.base.drawing import Group, Layer, Mark
from keytag.base.geometry import Affine, Rect, first_overlapping
from keytag.base.ink import Ink
from keytag.base.records import NamedTuple
from keytag.base.units import pt
from keytag.sheet.layout import Layout, Missing

HAIRLINE = pt(0.25)  # the thinnest line a press holds (docs/press.md)
OFFSET = 1.0  # of the nearest mark from the bleed, so that a trimmed tag never shows one
_CLEAR = 0.4  # between neighbouring marks
_ROUNDING = 1e-3  # mm: a gap that is so little too small is tried all the same
_TOUCH = 1e-6  # mm that two boxes may share
_SEARCH = 1.0  # step of the search for a free place


class Patch(NamedTuple):
    """One ink of the job in the colour bar, on the layer where the job uses it (one spot, one purpose)."""

    ink: Ink
    layer: Layer


class Strip(NamedTuple):
    """The white along one edge: `box` on the page, and the map from upright reading coordinates (u right, v down).

    Along left and right one reads turned, the text's feet towards the tags; `outer` says where v counts from: True if
    v = 0 is the sheet's edge.
    """

    edge: str
    box: Rect
    length: float
    depth: float
    at: Affine
    outer: bool


class Ground:
    """One side of the sheet while marks are set: what is free, and what has been put where."""

    def __init__(self, layout: Layout, side: str) -> None:
        scheme = layout.scheme
        self.layout, self.side, self.scheme = layout, side, scheme
        self.trim = layout.trim_block(side)
        self.bleed = self.trim.inset(-layout.bleed)
        edges = dict.fromkeys(("top", "right", "bottom", "left"), scheme.border)
        for edge in scheme.gripper_edges(side):
            edges[edge] = max(edges[edge], scheme.gripper.depth)
        width = scheme.sheet.width - edges["left"] - edges["right"]
        height = scheme.sheet.height - edges["top"] - edges["bottom"]
        self.usable = Rect(edges["left"], edges["top"], width, height)
        self.taken: list[Rect] = [self.bleed]
        self._blocked_by = self.bleed  # what was in the way last: most often it is so next time
        self.marks: dict[Layer, list[Mark]] = {}
        self.missing: list[Missing] = []

    def copy(self) -> Ground:
        """The same ground, to be marked further without touching this one."""
        other = Ground(self.layout, self.side)
        other.taken = list(self.taken)
        other.marks = {layer: list(marks) for layer, marks in self.marks.items()}
        other.missing = list(self.missing)
        return other

    def free(self, box: Rect) -> bool:
        """Whether `box` lies on printable white, clear of every mark so far."""
        if not self.usable.contains(box):
            return False
        clear = box.inset(-_CLEAR)
        if clear.overlaps(self._blocked_by):
            return False
        other = first_overlapping(clear, self.taken)
        if other is not None:
            self._blocked_by = other
        return other is None

    def first_free(self, edge: str, width: float, height: float) -> tuple[Rect, Affine] | None:
        """The first free one of the `places` along `edge`; None where there is none."""
        strip, upright = self.strip(edge), edge in ("left", "right")
        way = strip.at.b if upright else strip.at.a  # along the strip, on the page

        def row(box: Rect) -> Callable[[float], bool] | None:
            near = _beside(self.taken, box.inset(-_CLEAR + _TOUCH), upright=upright)
            walls = _beside(near, box.inset(-_CLEAR + _ROUNDING), upright=upright)
            if not self._has_gap(walls, width, upright=upright):
                return None
            first, long = (box.y, box.height) if upright else (box.x, box.width)
            taken = [(r.y, r.bottom) if upright else (r.x, r.right) for r in near]
            barred = [(low - _CLEAR - long + _TOUCH, high + _CLEAR - _TOUCH) for low, high in taken]
            return lambda u: not any(low < first + way * u < high for low, high in barred)

        return next((place for place in places(strip, width, height, row=row) if self.usable.contains(place[0])), None)

    def _has_gap(self, taken: list[Rect], width: float, *, upright: bool) -> bool:
        """Whether a row of places has a gap between what is taken of it that could hold one: most have none."""
        usable = self.usable
        if upright:
            walls = [(r.y, r.bottom) for r in taken]
            at, end = usable.y - _CLEAR, usable.bottom + _CLEAR  # the printable edge needs no distance
        else:
            walls = [(r.x, r.right) for r in taken]
            at, end = usable.x - _CLEAR, usable.right + _CLEAR
        for first, last in (*sorted(walls), (end, end)):
            if first - at > width + 2 * _CLEAR - _ROUNDING:
                return True
            at = max(at, last)
        return False

    def put(self, layer: Layer, marks: Iterable[Mark], box: Rect) -> None:
        self.taken.append(box)
        self.marks.setdefault(layer, []).extend(marks)

    def lacks(self, mark: str, reason: str) -> None:
        self.missing.append(Missing(mark, self.side, reason))

    def strip(self, edge: str) -> Strip:
        """The white between the block's bleed and the printable edge there (empty where there is none)."""
        u, b = self.usable, self.bleed
        if edge == "top":
            box = Rect(u.x, u.y, u.width, max(0.0, b.y - u.y))
            return Strip(edge, box, box.width, box.height, Affine(1, 0, 0, 1, box.x, box.y), True)
        if edge == "bottom":
            box = Rect(u.x, b.bottom, u.width, max(0.0, u.bottom - b.bottom))
            return Strip(edge, box, box.width, box.height, Affine(1, 0, 0, 1, box.x, box.y), False)
        if edge == "left":  # read from the bottom up
            box = Rect(u.x, b.y, max(0.0, b.x - u.x), b.height)
            return Strip(edge, box, box.height, box.width, Affine(0, -1, 1, 0, box.x, box.bottom), True)
        box = Rect(b.right, b.y, max(0.0, u.right - b.right), b.height)  # read from the top down
        return Strip(edge, box, box.height, box.width, Affine(0, 1, -1, 0, box.right, box.y), True)

    def tail(self) -> str:
        """The edge that leaves the press last."""
        return _OPPOSITE[self.scheme.gripper_edges(self.side)[0]]

    def edges(self, *first: str) -> tuple[str, ...]:
        """All edges, `first` and then the deepest strips first."""
        rest = sorted(_OPPOSITE, key=lambda e: -self.strip(e).depth)
        return (*first, *(e for e in rest if e not in first))

    def groups(self) -> tuple[Group, ...]:
        order = (Layer.MARKS, Layer.ARTWORK, Layer.WHITE, Layer.LEGEND)
        return tuple(Group(layer, tuple(self.marks[layer])) for layer in order if layer in self.marks)


def _beside(taken: list[Rect], box: Rect, *, upright: bool) -> list[Rect]:
    """What of all that is taken reaches into the row that `box` lies in: nothing else is in the way of its places."""
    if upright:
        left, right = box.x, box.right
        return [r for r in taken if r.x < right and r.x + r.width > left]
    top, bottom = box.y, box.bottom
    return [r for r in taken if r.y < bottom and r.y + r.height > top]


_OPPOSITE = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}


def places(
    strip: Strip,
    width: float,
    height: float,
    start: float | None = None,
    row: Callable[[Rect], Callable[[float], bool] | None] = lambda _: lambda _: True,
) -> Iterator[tuple[Rect, Affine]]:
    """Boxes of that size along `strip`, as (box on the page, map from the box's own reading coordinates).

    Next to the sheet's edge first, leaving the tags' side to crop marks, and from the middle (or `start`) outwards.
    `row` is given the first box of each row of places: it gives what says of a distance along the strip whether a place
    there will do, or None where none of the row will.
    """
    if width > strip.length or height > strip.depth:
        return
    first = (strip.length - width) / 2 if start is None else start
    reach = max(first, strip.length - width - first)
    for away in range(int((strip.depth - height) / _SEARCH) + 1):
        v = away * _SEARCH if strip.outer else strip.depth - height - away * _SEARCH
        fits = row(Affine(1, 0, 0, 1, 0, v).then(strip.at).rect(Rect(0, 0, width, height)))
        for step in range(int(reach / _SEARCH) + 1) if fits is not None else ():
            for u in (first + step * _SEARCH, first - step * _SEARCH)[: 2 if step else 1]:
                if 0 <= u <= strip.length - width and fits is not None and fits(u):
                    at = Affine(1, 0, 0, 1, u, v).then(strip.at)
                    yield at.rect(Rect(0, 0, width, height)), at
