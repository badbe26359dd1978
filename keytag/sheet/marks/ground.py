"""The white around the block of tags, while marks are set: what is free, and what stands where.

A place is granted only where nothing touches a bleed, a gripper, the unprintable border or another mark. What the marks
look like is their own modules' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from keytag.base.drawing import Group, Layer, Mark
from keytag.base.geometry import Affine, Rect
from keytag.base.ink import Ink
from keytag.base.units import pt
from keytag.sheet.layout import Layout, Missing

HAIRLINE = pt(0.25)  # the thinnest line a press holds (docs/press.md)
OFFSET = 1.0  # of the nearest mark from the bleed, so that a trimmed tag never shows one
_CLEAR = 0.4  # between neighbouring marks
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
        self._last: Rect | None = None  # what stood in the way last
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
        wide = box.inset(-_CLEAR)
        if self._last is not None and wide.overlaps(self._last):  # neighbouring places meet the same mark
            return False
        self._last = next((other for other in self.taken if wide.overlaps(other)), None)
        return self._last is None

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


_OPPOSITE = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}


def places(strip: Strip, width: float, height: float, start: float | None = None) -> Iterator[tuple[Rect, Affine]]:
    """Boxes of that size along `strip`, as (box on the page, map from the box's own reading coordinates).

    Next to the sheet's edge first, leaving the tags' side to crop marks, and from the middle (or `start`) outwards.
    """
    if width > strip.length or height > strip.depth:
        return
    first = (strip.length - width) / 2 if start is None else start
    reach = max(first, strip.length - width - first)
    for away in range(int((strip.depth - height) / _SEARCH) + 1):
        v = away * _SEARCH if strip.outer else strip.depth - height - away * _SEARCH
        for step in range(int(reach / _SEARCH) + 1):
            for u in dict.fromkeys((first + step * _SEARCH, first - step * _SEARCH)):
                if 0 <= u <= strip.length - width:
                    at = Affine(1, 0, 0, 1, u, v).then(strip.at)
                    yield at.rect(Rect(0, 0, width, height)), at
