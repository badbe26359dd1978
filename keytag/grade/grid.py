"""Where the modules of a printed symbol really lie: the sampling grid, its axial and its grid non-uniformity.

The first half of the reference decode algorithm of ISO/IEC 18004 (from the picture to the grid), for an upright symbol
whose place is known to about a module: finder centres give the axes, the timing patterns each column and row, the
alignment patterns the field between. It does not search a picture for symbols, nor turn one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from keytag.grade.layout import layout, version_of
from keytag.grade.press import gaussian
from keytag.qr.tables import QUIET

if TYPE_CHECKING:
    import numpy as np

    from keytag.grade.press import Floats, Picture

_REGULAR = 0.25  # modules: a finder pattern that fits as well as this needs no second look
_BAND = 0.25  # half the width of the strip, in modules, over which an edge is averaged along itself


class Grid(NamedTuple):
    """Centres of all modules, quiet zone included, in mm, and the two non-uniformities as fractions."""

    x: Floats  # (n, n), n = modules + 2 * QUIET
    y: Floats
    axial: float
    grid: float


class _Finder(NamedTuple):
    x: float
    y: float
    unit_x: float  # module size by this finder alone, freed of ink gain
    unit_y: float


class _Edges(NamedTuple):
    """Crossings of the threshold along a line: places in mm, rising, and whether each goes from dark to light."""

    at: Floats
    rising: np.ndarray[tuple[int], np.dtype[np.bool_]]


def nominal(modules: int, module_mm: float, origin: tuple[float, float]) -> tuple[Floats, Floats]:
    """Centres (x, y) of the even grid from `origin`, quiet zone included."""
    import numpy as np

    place = (np.arange(-QUIET, modules + QUIET) + 0.5) * module_mm
    x, y = np.meshgrid(place + origin[0], place + origin[1])
    return x, y


def measure(picture: Picture, modules: int, module_mm: float, blur: float, threshold: float) -> Grid | None:
    """The grid of the symbol at `picture.origin`, edges taken where its reflectance, blurred by `blur` mm, crosses
    `threshold`; None where a finder pattern is not to be made out."""
    import numpy as np

    line = _Line(picture, module_mm * _BAND, blur, threshold)
    start = (picture.origin[0] + 3.5 * module_mm, picture.origin[1] + 3.5 * module_mm)
    first = _finder(line, *start, module_mm)
    if first is None:
        return None
    span = modules - 7
    right = _finder(line, first.x + span * first.unit_x, first.y, module_mm)
    below = _finder(line, first.x, first.y + span * first.unit_y, module_mm)
    if right is None or below is None:
        return None
    u = ((right.x - first.x) / span, (right.y - first.y) / span)
    v = ((below.x - first.x) / span, (below.y - first.y) / span)
    wide, high = math.hypot(*u), math.hypot(*v)
    place = np.arange(-QUIET, modules + QUIET) - 3.0
    columns, rows = np.meshgrid(place, place)
    x = first.x + columns * u[0] + rows * v[0]
    y = first.y + columns * u[1] + rows * v[1]

    along = _timing(line.across(first.y + 3 * v[1]), first.x + 3 * v[0], u[0], modules)
    down = _timing(line.down(first.x + 3 * u[0]), first.y + 3 * u[1], v[1], modules)
    shift_x = _spread(along, first.unit_x - wide, right.unit_x - wide, modules)
    shift_y = _spread(down, first.unit_y - high, below.unit_y - high, modules)
    symbol = slice(QUIET, -QUIET)
    worst = [float(np.abs(shift_x[symbol]).max()) / wide, float(np.abs(shift_y[symbol]).max()) / high]
    x += shift_x[None, :]
    y += shift_y[:, None]

    for row, column in layout(version_of(modules)).alignment:
        at = (first.x + (column - 3) * u[0] + (row - 3) * v[0], first.y + (column - 3) * u[1] + (row - 3) * v[1])
        seen = _alignment(line, *at, wide, high)
        if seen is None:
            continue
        off = (seen[0] - at[0], seen[1] - at[1])
        worst.append(math.hypot(off[0] / wide, off[1] / high))
        if row == column == modules - 7:  # the fourth corner: bend the field towards it, the finders staying put
            share = np.clip(columns, 0, None) * np.clip(rows, 0, None) / (modules - 10) ** 2
            x += share * (off[0] - shift_x[column + QUIET])
            y += share * (off[1] - shift_y[row + QUIET])
    # 7.8.6: AN = |X_avg - Y_avg| / ((X_avg + Y_avg) / 2); 7.8.7: GN = the largest deviation, in modules.
    return Grid(x, y, round(abs(wide - high) / ((wide + high) / 2), 4), round(max(worst), 4))


class _Line:
    """Edges along straight lines through a picture."""

    def __init__(self, picture: Picture, half: float, blur: float, threshold: float) -> None:
        self._image = picture.image
        self._scale = picture.px_per_mm
        self._half = half
        self._blur = blur
        self._threshold = threshold

    def across(self, y: float) -> _Edges:
        return self._edges(self._image, y)

    def down(self, x: float) -> _Edges:
        return self._edges(self._image.T, x)

    def _edges(self, image: Floats, at: float) -> _Edges:
        import numpy as np

        low, high = (at - self._half) * self._scale, (at + self._half) * self._scale
        taps = gaussian(self._blur * self._scale)
        half = len(taps) // 2
        start = math.floor(low)
        # The share of each row of pixels in the strip, softened like the picture itself.
        strip = [max(0.0, min(row + 1, high) - max(row, low)) for row in range(start, math.ceil(high))]
        weights = np.convolve(strip, taps)
        rows = np.clip(np.arange(len(weights)) + start - half, 0, image.shape[0] - 1)
        profile = (weights / weights.sum()) @ image[rows]
        profile = np.convolve(np.pad(profile, half, mode="edge"), taps, mode="valid")
        light = profile >= self._threshold
        before = np.nonzero(light[1:] != light[:-1])[0]
        step = (self._threshold - profile[before]) / (profile[before + 1] - profile[before])
        return _Edges((before + 0.5 + step) / self._scale, light[before + 1])


def _finder(line: _Line, x: float, y: float, module: float) -> _Finder | None:
    """The finder pattern whose core lies at about (x, y)."""
    unit_x = unit_y = module
    for _ in range(2):  # the second round looks along the true middle
        across = _best(line.across, y, unit_y, x, unit_x)
        if across is None:
            return None
        x, unit_x = across.middle, across.unit
        down = _best(line.down, x, unit_x, y, unit_y)
        if down is None:
            return None
        y, unit_y = down.middle, down.unit
    return _Finder(x, y, unit_x, unit_y)


class _Rings(NamedTuple):
    """The 1:1:3:1:1 pattern along a line: its middle, its module size, and how far in modules it is from regular."""

    middle: float
    unit: float
    irregular: float


def _best(look: Callable[[float], _Edges], beside: float, beside_unit: float, at: float, unit: float) -> _Rings | None:
    """The pattern about `at` along the middle of three lines through the core, or along a sounder one beside it."""
    best: _Rings | None = None
    for off in (0, 1, -1):
        rings = _rings(look(beside + off * beside_unit), at, unit)
        if rings is not None and (best is None or rings.irregular < best.irregular):
            best = rings
        if best is not None and best.irregular < _REGULAR:
            break
    return best


def _rings(edges: _Edges, at: float, module: float) -> _Rings | None:
    """The pattern about `at` by its six edges from the core outwards."""
    import numpy as np

    split = int(np.searchsorted(edges.at, at))
    if split < 3 or len(edges.at) < split + 3 or not edges.rising[split]:
        return None
    e = [float(value) for value in edges.at[split - 3 : split + 3]]
    # Edges of one kind all move the same way when ink spreads, so the spans between them are true.
    unit = (e[4] - e[0] + e[5] - e[1]) / 12
    if not 0.5 < unit / module < 2 or not 1.5 < (e[3] - e[2]) / unit < 4.5:
        return None
    spans = ((e[0], e[2], 2), (e[2], e[4], 4), (e[1], e[3], 4), (e[3], e[5], 2))
    return _Rings(sum(e) / 6, unit, max(abs((stop - start) / unit - modules) for start, stop, modules in spans))


def _timing(edges: _Edges, start: float, unit: float, modules: int) -> dict[int, float]:
    """How far off each module of a timing pattern is, by its number, in mm; `start` is where module 3 lies."""
    import numpy as np

    wanted = range(7, modules - 6)  # edge k stands between modules k - 1 and k
    expected = {k: start + (k - 3.5) * unit for k in wanted}
    inside = (edges.at > expected[7] - 0.7 * unit) & (edges.at < expected[modules - 7] + 0.7 * unit)
    at, rising = edges.at[inside], edges.rising[inside]
    found = {}
    if len(at) == len(wanted) and rising[0]:
        found = dict(zip(wanted, at, strict=True))
    else:  # some modules are lost: take only edges that are near their place
        for k in wanted:
            same = at[rising == bool(k % 2)]
            if len(same):
                near = float(same[np.abs(same - expected[k]).argmin()])
                if abs(near - expected[k]) < 0.5 * unit:
                    found[k] = near
    return {
        k: float((found[k] + found[k + 1]) / 2 - (expected[k] + expected[k + 1]) / 2)
        for k in wanted[:-1]
        if k in found and k + 1 in found
    }


def _spread(off: dict[int, float], first: float, last: float, modules: int) -> Floats:
    """How far off each column is: by the timing pattern, its gaps interpolated, and within the finders and beyond by
    how much the `first` and the `last` one's own modules are wider than the even grid's."""
    import numpy as np

    known = dict(off)
    known |= {at: (at - 3) * first for at in range(-QUIET, 7)}
    known |= {at: (at - modules + 4) * last for at in range(modules - 7, modules + QUIET)}
    places = sorted(known)
    return np.interp(np.arange(-QUIET, modules + QUIET), places, [known[place] for place in places])


def _alignment(line: _Line, x: float, y: float, wide: float, high: float) -> tuple[float, float] | None:
    """The middle of the alignment pattern at about (x, y), or None where its core is not found within a module."""
    for off in (0.0, 0.5, -0.5, 1.0, -1.0):
        across = _core(line.across(y + off * high), x, wide)
        down = None if across is None else _core(line.down(across), y, high)
        again = None if across is None or down is None else _core(line.across(down), across, wide)
        if again is not None and down is not None:
            return again, down
    return None


def _core(edges: _Edges, at: float, unit: float) -> float | None:
    """The middle of the light ring's outer edges and the dark core's, nearest to `at`."""
    import numpy as np

    best: float | None = None
    for core in np.nonzero(~edges.rising[:-1])[0]:  # a core starts where light turns dark
        if core < 1 or core + 2 >= len(edges.at):
            continue
        e = [float(value) for value in edges.at[core - 1 : core + 3]]
        middle = sum(e) / 4
        whole = 2 < (e[3] - e[0]) / unit < 4 and (e[2] - e[1]) / unit < 2
        if whole and abs(middle - at) < unit and (best is None or abs(middle - at) < abs(best - at)):
            best = middle
    return best
