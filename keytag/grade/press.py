"""The print model: a symbol as ink on stock, its edges moved by the ink gain and softened by a Gaussian blur.

What a module looks like depends on its own colour and its eight neighbours' alone, as long as the gain stays under one
module: so a print is a mosaic of few distinct tiles. An aperture reading is linear in the picture, so each tile is
weighed once instead of each module, which makes a sweep fast without approximating anything.

Not modelled: speckle, gloss, banding, show-through, and the spectrum of ink and lamp. Lengths in millimetres,
reflectances from 0 to 1. Nothing here grades.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from keytag.grade.layout import Matrix
from keytag.qr.tables import QUIET

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# ISO/IEC 15415, 7.3.3: the measuring aperture is for the application to name; 80 % of the X dimension is its guidance.
APERTURE = 0.8
PX_PER_MM = 50  # nominal; a module gets the nearest odd number of pixels, so that its centre is a pixel's centre
_MOST_PX = 61  # per module; modules over 1.2 mm are rendered coarser, which anti-aliasing makes up for
_REACH = 4  # standard deviations after which the Gaussian is cut off (6e-5 of it is left)


class Tones(NamedTuple):
    """Reflectances: ink, the unprinted ground of the symbol, and what surrounds it (quiet zone and beyond)."""

    dark: float
    light: float
    quiet: float


@dataclass(frozen=True, slots=True)
class Plate:
    """A symbol ready to be printed: the tile of each module of the symbol, its quiet zone and a margin beyond."""

    modules: int
    module_mm: float
    tones: Tones
    pixels: int  # per module and side
    margin: int  # modules around the symbol
    tile: NDArray[np.intp]  # (n, n), n = modules + 2 * margin: which of `codes` stands there
    codes: NDArray[np.intp]  # the neighbourhoods that occur: a bit for each of the nine modules, dark = 1, row by row

    @property
    def px_per_mm(self) -> float:
        return self.pixels / self.module_mm


class Impression(NamedTuple):
    """A plate printed with one ink gain: the share of each pixel that ink covers, by tile."""

    plate: Plate
    coverage: Floats  # (tiles, pixels, pixels)


class Picture(NamedTuple):
    """Reflectances on a pixel raster; `origin` is the top left corner of the symbol's first module (x, y), in mm."""

    image: Floats
    px_per_mm: float
    origin: tuple[float, float]


def plate(matrix: Matrix, module_mm: float, tones: Tones) -> Plate:
    """The plate of a square `matrix` (dark = True, no quiet zone); `ValueError` for sizes or tones out of range."""
    import numpy as np

    if not module_mm > 0 or not math.isfinite(module_mm):
        raise ValueError(f"a module of {module_mm} mm cannot be printed")
    if not all(0 <= tone <= 1 for tone in tones):
        raise ValueError(f"reflectances lie between 0 and 1, not {tuple(tones)}")
    size = len(matrix)
    if not size or any(len(row) != size for row in matrix):
        raise ValueError("the matrix is not square")
    pixels = min(max(5, round((module_mm * PX_PER_MM - 1) / 2) * 2 + 1), _MOST_PX)
    margin = QUIET + 1
    field = np.pad(np.array(matrix, dtype=bool), margin + 1)
    span = size + 2 * margin
    code = np.zeros((span, span), dtype=np.intp)
    for bit, (row, column) in enumerate(np.ndindex(3, 3)):
        code |= field[row : row + span, column : column + span].astype(np.intp) << bit
    codes, tile = np.unique(code, return_inverse=True)
    return Plate(size, module_mm, tones, pixels, margin, tile.reshape(span, span), codes)


def impression(plate: Plate, gain: float = 0.0) -> Impression:
    """`plate` printed with its dark region grown by `gain` mm all round (shrunk where negative).

    The offset is the true morphological one: outer corners are rounded, inner ones stay sharp. Coverage is the exact
    area share of each pixel along edges and at sharp corners, and within 0.1 of it along the round ones. `ValueError`
    for a gain of more than a module.
    """
    import numpy as np

    if not abs(gain) <= plate.module_mm:
        raise ValueError(f"a gain of {gain} mm is more than the module of {plate.module_mm} mm")
    dark = (plate.codes >> 4 & 1).astype(bool)
    # Ink grows into light modules, or paper into dark ones: from a neighbour of the other colour, `deep` pixels far.
    deep = abs(gain) * plate.px_per_mm
    entered = ~dark if gain > 0 else dark
    other = [((plate.codes >> bit & 1).astype(bool) != dark) & entered for bit in range(9)]
    place = np.arange(plate.pixels)
    strip = np.clip(deep - place, 0.0, 1.0)
    sideways = np.minimum(1.0, other[3][:, None] * strip + other[5][:, None] * strip[::-1])
    upright = np.minimum(1.0, other[1][:, None] * strip + other[7][:, None] * strip[::-1])
    spared = (1 - upright)[:, :, None] * (1 - sideways)[:, None, :]
    disc = np.clip(0.5 + deep - np.hypot(place[:, None] + 0.5, place[None, :] + 0.5), 0.0, 1.0) if deep else 0.0
    for corner, row, column in ((0, 1, 3), (2, 1, 5), (6, 7, 3), (8, 7, 5)):
        alone = other[corner] & ~other[row] & ~other[column]  # else its disc lies within the neighbours' strips
        if deep and alone.any():
            spared[alone] *= 1 - np.asarray(disc)[:: -1 if row == 7 else 1, :: -1 if column == 5 else 1]
    return Impression(plate, np.where(dark[:, None, None], spared, 1 - spared))


def picture(printed: Impression, blur: float = 0.0) -> Picture:
    """The print with its quiet zone (and one module beyond), blurred by a Gaussian of standard deviation `blur` mm."""
    import numpy as np

    plate = printed.plate
    cover = printed.coverage[plate.tile]
    paper = _paper(plate, plate.margin)[:, :, None, None]
    span = plate.tile.shape[0] * plate.pixels
    image = np.ascontiguousarray((paper + cover * (plate.tones.dark - paper)).transpose(0, 2, 1, 3)).reshape(span, span)
    corner = plate.margin * plate.module_mm
    return Picture(soften(image, blur * plate.px_per_mm), plate.px_per_mm, (corner, corner))


def samples(printed: Impression, blur: float) -> Floats:
    """Aperture readings at the centres of all modules, quiet zone included: (n, n), n = modules + 2 * QUIET."""
    import numpy as np

    plate = printed.plate
    window = _window(plate, blur)
    reach = window.shape[0] // 2
    weights = window.transpose(1, 3, 0, 2).reshape(plate.pixels**2, -1)
    readings = printed.coverage.reshape(len(printed.coverage), -1) @ weights  # (tiles, windows)
    whole = weights.sum(axis=0)
    tile = np.pad(plate.tile, reach, mode="edge")  # beyond the plate's margin there is plain surround, as at its edge
    paper = _paper(plate, QUIET + reach)
    size = plate.modules + 2 * QUIET
    first = plate.margin - QUIET
    found = np.zeros((size, size))
    for number, (row, column) in enumerate(np.ndindex(2 * reach + 1, 2 * reach + 1)):
        stock = paper[row : row + size, column : column + size]
        there = tile[first + row : first + row + size, first + column : first + column + size]
        found += stock * whole[number] + (plate.tones.dark - stock) * readings[:, number][there]
    return np.round(found, 6)  # the last bits of a matrix product differ between machines


def _paper(plate: Plate, margin: int) -> Floats:
    """What each module of the symbol and `margin` modules around it would reflect unprinted."""
    import numpy as np

    return np.pad(np.full((plate.modules, plate.modules), plate.tones.light), margin, constant_values=plate.tones.quiet)


def _window(plate: Plate, blur: float) -> Floats:
    """Weights of the aperture's blurred disc about a module's centre: (modules, pixels, modules, pixels), sum 1."""
    import numpy as np

    radius = APERTURE / 2 * plate.pixels
    half = math.ceil(radius)
    place = np.arange(-half, half + 1)
    disc = np.clip(0.5 + radius - np.hypot(place[:, None], place[None, :]), 0.0, 1.0)
    taps = gaussian(blur * plate.px_per_mm)
    disc = np.array([np.convolve(row, taps) for row in disc])
    disc = np.array([np.convolve(row, taps) for row in disc.T]).T
    reach = max(0, math.ceil((disc.shape[0] - plate.pixels) / 2 / plate.pixels))
    side = (2 * reach + 1) * plate.pixels
    edge = (side - disc.shape[0]) // 2
    padded = np.pad(disc / disc.sum(), edge)
    return padded.reshape(2 * reach + 1, plate.pixels, 2 * reach + 1, plate.pixels)


def gaussian(sigma: float) -> Floats:
    """Odd, normalised taps of a Gaussian of `sigma` pixels, each the integral over its pixel; one tap for 0."""
    import numpy as np

    if not 0 <= sigma < math.inf:
        raise ValueError(f"a blur cannot be {sigma}")
    if sigma == 0:
        return np.ones(1)
    half = math.ceil(_REACH * sigma)
    steps = np.array([math.erf((at - 0.5) / sigma / math.sqrt(2)) for at in range(-half, half + 2)])
    taps = np.diff(steps)
    return np.asarray(taps / taps.sum())


def soften(image: Floats, sigma: float) -> Floats:
    """`image` blurred by a Gaussian of `sigma` pixels; what lies beyond its edges is taken to be like the edge."""
    import numpy as np

    if sigma == 0:
        return image
    taps = gaussian(sigma)
    half = len(taps) // 2

    def operator(length: int) -> Floats:
        matrix = np.zeros((length, length))
        for tap, weight in zip(range(-half, half + 1), taps, strict=True):
            np.add.at(matrix, (np.arange(length), np.clip(np.arange(length) + tap, 0, length - 1)), weight)
        return matrix

    return np.asarray(operator(image.shape[0]) @ image @ operator(image.shape[1]).T)
