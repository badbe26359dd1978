"""Expected and found plates held against each other, every pixel: morphology with a tolerance of one pixel.

A found pixel must lie between the least and the greatest expected tone of its 3 × 3 neighbours, and an expected one
between those of the found: so edges may be off by one pixel (0.064 mm at 400 dpi) and nothing may be lost, added or of
another tone anywhere. What is beyond is gathered into places. Die-lines and holes, which are held to less than a pixel,
are measured by their outer edges, averaged over all lines and columns of pixels that they cross.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Point, Rect
from keytag.base.records import NamedTuple
from keytag.verification.separations import BARE

if TYPE_CHECKING:
    import numpy as np

    from keytag.verification.raster import Plates
    from keytag.verification.separations import Separation

    Rows = np.ndarray[Any, Any]

TONE = 4  # of 255: a tone may be off by 1.6 %
LEAST = 6  # pixels beyond the tolerance that are no rounding of a rasteriser
_CLOSED = 0.1  # mm²: less than this of gaps that closed is none; each of their two edges may be off by its pixel
_GAP = 2  # pixels: how wide such a gap is at the most
_BAND = 512  # rows looked at in one go
_CELL = 8  # pixels: differences nearer than this belong together
_MOST = 40_000  # cells; a plate that differs in more is one difference
_ENOUGH = 3_000_000  # pixels that differ; what lies below them on the same plate is not looked at any more
_WORD = 8  # pixels that are held against each other as one number
_AT_ONCE = 400_000  # pixels held against their neighbours in one go
DIE_SHIFT = 0.036  # mm: more than half a pixel, by which straight edges that are alike may come out
DIE_GROWTH = 0.07  # mm: of each edge outwards; a straight one may come out a whole pixel larger
_FAR = 12  # pixels: an edge that is off by more counts as off by so much


class Difference(NamedTuple):
    """Ink that is not as expected: where on the page (mm from its top left) and how much (mm² beyond the tolerance)."""

    plate: str
    at: Point
    box: Rect
    area: float
    expected: float  # mean tone there, 0 to 1
    found: float


class Die(NamedTuple):
    """How a die-line or hole of one place lies: its shift, and how far its edges lie out (in: negative), in mm."""

    plate: str
    place: int  # index of the windows that were given
    shift: Point
    growth: Point
    missing: bool


class Compared(NamedTuple):
    """One page held against what it should be. `most_ink` is the greatest total of printing inks, and where it lies.

    `left_out` says from how many millimetres on a plate was not looked at, since it differs nearly everywhere.
    """

    differences: tuple[Difference, ...]
    dies: tuple[Die, ...]
    most_ink: float
    most_at: Point
    pixels: int
    left_out: Mapping[str, float]


def compare(
    expected: Plates, found: Separation, windows: Mapping[str, Sequence[Rect]], technical: Iterable[str]
) -> Compared:
    """Every plate of one page; `windows` are the boxes (mm) around each die-line and hole, by plate."""
    import numpy as np

    dots, width, height = expected.dots, found.width, found.height
    names = tuple(dict.fromkeys((*found.names, *expected.spots)))
    inks = [name for name in names if name not in set(technical)]
    cells, left_out = {name: Cells(width, dots) for name in names}, dict[str, float]()
    most, most_at = 0, Point(0, 0)
    media, bleed = expected.page.media, expected.page.bleed
    begin = height - media.height * dots
    edges = {name: [_Edges(box, dots, begin) for box in boxes] for name, boxes in windows.items()}
    left, right = ((x - media.x) * dots for x in (bleed.x, bleed.right))
    high, low = ((y - media.y) * dots + begin for y in (bleed.y, bleed.bottom))
    # One for all bands: fresh memory costs more than what is done in it. All are light: 255 is bare.
    room = np.empty((2, _BAND + 2, width), np.uint8)
    sums = np.empty((_BAND, width), np.uint16)
    for top in range(0, height, _BAND):
        bottom = min(top + _BAND, height)
        above, below = max(top - 1, 0), min(bottom + 1, height)
        total, inks_here = sums[: bottom - top], 0
        inner = slice(top - above, bottom - above)
        for name in names:
            want, have = room[:, : below - above]
            inked = found.band(name, above, below, have)
            if not expected.band(name, height, above, below, want) and not inked:
                continue
            if name in inks and inked:
                np.copyto(total, have[inner]) if not inks_here else np.add(total, have[inner], out=total)
                inks_here += 1
            for edge in edges.get(name, ()):
                edge.add(want[inner], have[inner], top)
            if cells[name].count < _ENOUGH:
                for y, x in beyond(want, have, inner):
                    cells[name].add(y, x, want, have, above, _closed(want, have, y, x))
            elif name not in left_out:
                left_out[name] = (top - begin) / dots
        # Only what is on the tags: registration marks and colour bars print on all plates, and are meant to.
        inside = total[max(round(high) - top, 0) : max(round(low) - top, 0), max(round(left), 0) : round(right)]
        here = BARE * inks_here - int(inside.min()) if inks_here and inside.size else 0
        if here > most:
            row, column = divmod(int(inside.argmin()), inside.shape[1])
            row += max(round(high), top)
            most, most_at = here, Point((column + max(left, 0)) / dots, (row - begin) / dots)
    differences = tuple(d for name in names for d in cells[name].gathered(name, begin))
    dies = tuple(m.result(name, i) for name, all_of in edges.items() for i, m in enumerate(all_of))
    return Compared(differences, dies, most / 255, most_at, width * height * len(names), left_out)


def beyond(want: Rows, have: Rows, inner: slice) -> Iterator[tuple[Rows, Rows]]:
    """Rows and columns of the pixels beyond the tolerance; only those that differ by a tone are looked at."""
    import numpy as np

    found = _apart(want.reshape(-1), have.reshape(-1))
    first, last = np.searchsorted(found, (inner.start * want.shape[1], inner.stop * want.shape[1]))
    found = found[first:last]
    for start in range(0, len(found), _AT_ONCE):
        y, x = np.divmod(found[start : start + _AT_ONCE], want.shape[1])
        bad = _outside(have, want, y, x) | _outside(want, have, y, x)
        if bad.any():
            yield y[bad], x[bad]


def _apart(one: Rows, other: Rows) -> Rows:
    """Where two lines of pixels differ by a tone: eight are seen to be the same at once."""
    import numpy as np

    whole = len(one) // _WORD * _WORD
    these, those = one[:whole].view(np.uint64), other[:whole].view(np.uint64)
    words = np.flatnonzero(these != those)
    inside = _far_apart(these[words].view(np.uint8), those[words].view(np.uint8))
    places = words[inside // _WORD] * _WORD + inside % _WORD
    return np.concatenate([places, whole + _far_apart(one[whole:], other[whole:])])


def _far_apart(one: Rows, other: Rows) -> Rows:
    import numpy as np

    apart = np.maximum(one, other)
    apart -= np.minimum(one, other)
    return np.flatnonzero(apart > TONE)


def _outside(these: Rows, those: Rows, y: Rows, x: Rows) -> Rows:
    """Whether each pixel of one lies outside what the other shows among its neighbours."""
    import numpy as np

    rows, columns = those.shape
    here, flat = these[y, x].astype(np.int16), those.ravel()
    least, most = np.full(len(y), 255, np.uint8), np.zeros(len(y), np.uint8)
    across = [np.clip(x + i, 0, columns - 1) for i in (-1, 0, 1)]
    for j in (-1, 0, 1):
        start = np.clip(y + j, 0, rows - 1) * columns
        for beside in across:
            near = flat[start + beside]
            np.minimum(least, near, out=least)
            np.maximum(most, near, out=most)
    found: Rows = (here > most.astype(np.int16) + TONE) | (here < least.astype(np.int16) - TONE)
    return found


def _closed(want: Rows, have: Rows, y: Rows, x: Rows) -> Rows:
    """Which of these pixels are bare in a gap of at most `_GAP` pixels between two edges, and inked as these are.

    Where the bleeds of two neighbours all but touch, one road leaves the last of the wedge open and the other does not.
    """
    import numpy as np

    rows, columns = want.shape
    ink = have[y, x].astype(np.int16)
    found: Rows = np.zeros(len(y), bool)

    def inked(down: int, right: int) -> Rows:
        there = want[np.clip(y + down, 0, rows - 1), np.clip(x + right, 0, columns - 1)]
        same: Rows = np.abs(there.astype(np.int16) - ink) <= TONE
        return same

    for down, right in ((1, 0), (0, 1), (1, 1), (1, -1)):
        for one in range(1, _GAP + 1):
            for other in range(1, _GAP + 2 - one):
                found |= inked(one * down, one * right) & inked(-other * down, -other * right)
    darker: Rows = want[y, x].astype(np.int16) > ink + TONE
    return found & darker


class Cells:
    """The pixels that differ on one plate, counted in a coarse grid; fewer than `least` together are nothing."""

    def __init__(self, width: int, dots: float, least: int = LEAST) -> None:
        self.dots, self.columns, self.least = dots, width // _CELL + 1, least
        self._parts: list[tuple[Rows, Rows]] = []  # numbers of cells, and for each the sums
        self.count = 0

    def add(self, y: Rows, x: Rows, want: Rows, have: Rows, top: int, closed: Rows | None = None) -> None:
        """The pixels `y`, `x` of both, whose first row is the page's row `top`; and which are of a gap that closed."""
        import numpy as np

        self.count += len(y)
        cells, which = np.unique((y + top) // _CELL * self.columns + x // _CELL, return_inverse=True)
        gaps = np.zeros(len(y), bool) if closed is None else closed
        weights = (None, x, y + top, want[y, x], have[y, x], gaps)
        sums = np.array([np.bincount(which, weights=weight, minlength=len(cells)) for weight in weights])
        self._parts.append((cells, sums))

    def gathered(self, plate: str, begin: float) -> list[Difference]:
        """Neighbouring cells together. The page begins at `begin`."""
        import numpy as np

        if not self._parts:
            return []
        cells, which = np.unique(np.concatenate([part[0] for part in self._parts]), return_inverse=True)
        parts = np.concatenate([part[1] for part in self._parts], axis=1)
        sums = np.array([np.bincount(which, weights=part) for part in parts])
        rows, columns = np.divmod(cells, self.columns)
        groups = [range(len(cells))] if len(cells) > _MOST else _connected(rows.tolist(), columns.tolist())
        found = []
        for group in groups:
            members = np.array(group)
            count, x, y, want, have, gaps = (float(v) for v in sums[:, members].sum(axis=1))
            if count < self.least or (count - gaps < self.least and count < _CLOSED * self.dots**2):
                continue
            k = _CELL / self.dots
            left, right = int(columns[members].min()), int(columns[members].max()) + 1
            top, bottom = int(rows[members].min()), int(rows[members].max()) + 1
            box = Rect(left * k, top * k - begin / self.dots, (right - left) * k, (bottom - top) * k)
            at = Point(x / count / self.dots, (y / count - begin) / self.dots)
            tones = (1 - light / count / BARE for light in (want, have))
            found.append(Difference(plate, at, box, count / self.dots**2, *tones))
        return sorted(found, key=lambda d: -d.area)


def _connected(rows: Sequence[int], columns: Sequence[int]) -> list[Sequence[int]]:
    """The indices of cells that touch one another, at corners too."""
    left, groups = {place: i for i, place in enumerate(zip(rows, columns, strict=True))}, list[Sequence[int]]()
    while left:
        place, index = left.popitem()
        todo, group = [place], [index]
        while todo:
            row, column = todo.pop()
            for near in [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]:
                if near in left:
                    group.append(left.pop(near))
                    todo.append(near)
        groups.append(group)
    return groups


class _Edges:
    """The outer edges of one die-line in its window, as expected and as found: line by line the first and last ink.

    Edges, not middles of ink: how thick a hairline comes out differs from line to line, where it begins does not.
    """

    def __init__(self, box: Rect, dots: float, begin: float) -> None:
        import numpy as np

        self.dots = dots
        self.left, self.right = max(math.floor(box.x * dots), 0), math.ceil(box.right * dots)
        self.top, self.bottom = max(math.floor(box.y * dots + begin), 0), math.ceil(box.bottom * dots + begin)
        wide, high = max(self.right - self.left, 0), max(self.bottom - self.top, 0)
        # expected and found; for each column the first and last row, for each row the first and last column
        self.columns = np.full((2, 2, wide), -1)
        self.rows = np.full((2, 2, high), -1)

    def add(self, want: Rows, have: Rows, top: int) -> None:
        import numpy as np

        y0, y1 = max(self.top - top, 0), min(self.bottom - top, len(want))
        if y0 >= y1:
            return
        for which, rows in enumerate((want, have)):
            ink = rows[y0:y1, self.left : self.right] < 128
            places = np.flatnonzero(ink)
            if not len(places):
                continue
            y, x = np.divmod(places, ink.shape[1])
            y += y0 + top - self.top
            # Of places that are set more than once the last one stays: backwards for the first, forwards for the last.
            lines, columns = self.rows[which], self.columns[which]
            lines[0, y[::-1]], lines[1, y] = x[::-1], x
            fresh = np.full(columns.shape[1], -1)
            fresh[x[::-1]] = y[::-1]
            np.copyto(columns[0], fresh, where=columns[0] < 0)
            columns[1, x] = y

    def result(self, plate: str, place: int) -> Die:
        import numpy as np

        there = [bool((self.rows[which, 0] >= 0).any()) for which in (0, 1)]
        if not all(there):
            return Die(plate, place, Point(0, 0), Point(0, 0), there[0] != there[1])
        edges = []
        for lines in (self.rows, self.columns):
            both = (lines >= 0).all(axis=(0, 1))
            off = np.clip(lines[1] - lines[0], -_FAR, _FAR)[:, both] if both.any() else np.full((2, 1), float(_FAR))
            edges.append([float(v) / self.dots for v in off.mean(axis=1)])
        (left, right), (top, bottom) = edges
        shift = Point((left + right) / 2, (top + bottom) / 2)
        return Die(plate, place, shift, Point((right - left) / 2, (bottom - top) / 2), False)
