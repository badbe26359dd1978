"""From a symbol, or a picture of one, to its grade: the print model, the grid and the parameters put together.

A synthetic grade: it says what a verifier would find on a print that behaves as modelled, not what a given print is.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from keytag.grade.layout import Matrix, version_of
from keytag.grade.parameters import LETTERS, Parameter, evaluate
from keytag.grade.press import APERTURE, Impression, Picture, Tones, impression, picture, plate, samples, soften
from keytag.qr.tables import QUIET

if TYPE_CHECKING:
    from keytag.grade.grid import Grid
    from keytag.grade.press import Floats

NOMINAL_BLUR = 0.06  # mm, one standard deviation: ink edge and optics together

_LEAST_PX = 5  # pixels per module, below which a picture shows its own raster rather than the symbol
_STRETCH = 0.25  # of the symbol's size: how much larger than nominal it may be and still be looked at as a whole


class Grade(NamedTuple):
    """The grade of one symbol: all parameters, and the aperture's diameter in mm that they were read with."""

    parameters: tuple[Parameter, ...]
    aperture_mm: float

    @property
    def overall(self) -> int:
        """4 to 0: the worst parameter counts (ISO/IEC 15415, 7.9)."""
        return min(parameter.grade for parameter in self.parameters)

    @property
    def letter(self) -> str:
        """`A` to `D`, or `F`."""
        return LETTERS[self.overall]

    @property
    def worst(self) -> tuple[Parameter, ...]:
        """The parameters that keep the grade from being better; none for an A."""
        return tuple(one for one in self.parameters if one.grade == self.overall) if self.overall < 4 else ()

    def parameter(self, key: str) -> Parameter:
        """The parameter of a key such as `"SC"`; `KeyError` where the symbol has none."""
        for one in self.parameters:
            if one.key == key:
                return one
        raise KeyError(key)


def grade(
    matrix: Matrix,
    module_mm: float,
    *,
    dark: float,
    light: float,
    quiet: float,
    gain: float = 0.0,
    blur: float = NOMINAL_BLUR,
) -> Grade:
    """The grade of a QR symbol as it will print.

    `matrix` without quiet zone, dark = True; `dark`, `light` and `quiet` (the quiet zone and beyond) are reflectances
    from 0 to 1; dark edges move outwards by `gain` mm; `blur` is a standard deviation in mm. `ValueError` for a size
    other than versions 1 to 10, and for measures out of range.
    """
    version_of(len(matrix))
    return grade_impression(impression(plate(matrix, module_mm, Tones(dark, light, quiet)), gain), (blur,))[0]


def grade_impression(printed: Impression, blurs: tuple[float, ...]) -> tuple[Grade, ...]:
    """The grades of one print seen through each of `blurs` (standard deviations in mm)."""
    from keytag.grade import grid

    sharp = picture(printed)
    plate = printed.plate
    found = []
    for blur in blurs:
        readings = samples(printed, blur)
        seen = grid.measure(sharp, plate.modules, plate.module_mm, blur, _threshold(readings))
        found.append(Grade(evaluate(readings, seen), APERTURE * plate.module_mm))
    return tuple(found)


def grade_image(
    image: Floats,
    px_per_mm: float,
    matrix_size: int,
    origin: tuple[float, float],
    *,
    module_mm: float,
    blur: float = 0.0,
) -> Grade:
    """The grade of an upright QR symbol in a picture of reflectances (rows × columns, 0 to 1).

    `matrix_size` is the number of modules on a side; `origin` the place (x, y) in mm, to about a module, of the top
    left corner of its first module; `module_mm` the nominal module. `blur` softens the picture first, as it does for
    `grade`: a rendered plate is sharper than any print. `ValueError` where the picture does not hold the quiet zone, or
    has fewer than five pixels a module.
    """
    readings, seen = _look(image, px_per_mm, matrix_size, origin, module_mm, blur)
    return Grade(evaluate(readings, seen), APERTURE * module_mm)


def modules_of(
    image: Floats, px_per_mm: float, matrix_size: int, origin: tuple[float, float], *, module_mm: float
) -> Matrix:
    """The modules (dark = True) that a picture shows, seen as `grade_image` does: a sweep can start from a plate."""
    readings, _ = _look(image, px_per_mm, matrix_size, origin, module_mm, 0.0)
    dark = readings[QUIET:-QUIET, QUIET:-QUIET] < _threshold(readings)
    return tuple(tuple(row) for row in dark.tolist())


def _look(
    image: Floats, px_per_mm: float, size: int, origin: tuple[float, float], module_mm: float, blur: float
) -> tuple[Floats, Grid | None]:
    """Aperture readings on the measured grid, or on the even one where no grid can be measured."""
    from keytag.grade import grid

    version_of(size)
    shown = _inspection_area(image, px_per_mm, size, origin, module_mm, blur)
    readings = _apertures(shown, *grid.nominal(size, module_mm, shown.origin), module_mm)
    seen = grid.measure(shown, size, module_mm, 0.0, _threshold(readings))
    if seen is not None:
        readings = _apertures(shown, seen.x, seen.y, module_mm)
    return readings, seen


def _threshold(readings: Floats) -> float:
    """The global threshold, midway between the extremes: ISO/IEC 15415, 7.2.4."""
    return (float(readings.max()) + float(readings.min())) / 2


def _inspection_area(
    image: Floats, px_per_mm: float, size: int, origin: tuple[float, float], module_mm: float, blur: float
) -> Picture:
    """The symbol with its quiet zone (ISO/IEC 15415, 7.3.5) and some way beyond, cut out and softened."""
    import numpy as np

    image = np.asarray(image, dtype=np.float64)
    if image.ndim != 2 or not px_per_mm > 0 or not module_mm > 0:
        raise ValueError("a picture has two dimensions, a resolution and a module size above 0")
    if module_mm * px_per_mm < _LEAST_PX:
        raise ValueError(f"{module_mm * px_per_mm:.1f} pixels a module are too few: {_LEAST_PX} at least")
    if not np.isfinite(image).all() or (image.size and (image.min() < 0 or image.max() > 1)):
        raise ValueError("reflectances lie between 0 and 1")
    slack = _STRETCH * size * module_mm
    height, width = image.shape
    cut = []
    for start, length in ((origin[0], width), (origin[1], height)):
        low = (start - QUIET * module_mm) * px_per_mm
        high = (start + (size + QUIET) * module_mm) * px_per_mm
        if low < -0.5 or high > length + 0.5:
            raise ValueError("the picture does not hold the symbol with its quiet zone")
        cut.append((max(0, math.floor(low - slack * px_per_mm)), math.ceil(high + slack * px_per_mm)))
    (left, right), (top, bottom) = cut
    corner = (origin[0] - left / px_per_mm, origin[1] - top / px_per_mm)
    return Picture(soften(image[top:bottom, left:right], blur * px_per_mm), px_per_mm, corner)


def _apertures(shown: Picture, x: Floats, y: Floats, module_mm: float) -> Floats:
    """Mean reflectance within the aperture about each centre (x, y), in mm: ISO/IEC 15415, 7.2.3."""
    import numpy as np

    radius = APERTURE / 2 * module_mm * shown.px_per_mm
    half = math.ceil(radius) + 1
    around = np.arange(-half, half + 1)
    column, row = x.ravel() * shown.px_per_mm - 0.5, y.ravel() * shown.px_per_mm - 0.5
    columns = np.round(column).astype(np.intp)[:, None] + around
    rows = np.round(row).astype(np.intp)[:, None] + around
    away = np.hypot((rows - row[:, None])[:, :, None], (columns - column[:, None])[:, None, :])
    weights = np.clip(0.5 + radius - away, 0.0, 1.0)
    height, width = shown.image.shape
    seen = shown.image[np.clip(rows, 0, height - 1)[:, :, None], np.clip(columns, 0, width - 1)[:, None, :]]
    return np.asarray(np.round((weights * seen).sum(axis=(1, 2)) / weights.sum(axis=(1, 2)), 6).reshape(x.shape))
