"""The parameters of ISO/IEC 15415:2011, 7.8, and those that ISO/IEC 18004:2015, Annex G adds, each graded 4 to 0.

From the aperture readings of all modules and the measured grid to grades. How the readings came about is not its
business, nor what is done about a bad grade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from keytag.grade.layout import Place, blocks, layout, version_of
from keytag.grade.reading import Reading, read
from keytag.qr.tables import QUIET

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from keytag.grade.grid import Grid
    from keytag.grade.press import Floats

    Levels = NDArray[np.intp]

LETTERS = "FDCBA"  # ISO/IEC 15415, 5.2: 0 to 4

# The least value (or the greatest) for grades 4, 3, 2 and 1.
SYMBOL_CONTRAST = (0.70, 0.55, 0.40, 0.20)  # ISO/IEC 15415, 7.8.3
MODULATION = (0.50, 0.40, 0.30, 0.20)  # 7.8.4, for each module; reflectance margin uses the same
AXIAL_NON_UNIFORMITY = (0.06, 0.08, 0.10, 0.12)  # 7.8.6, at most
GRID_NON_UNIFORMITY = (0.38, 0.50, 0.63, 0.75)  # 7.8.7, at most
UNUSED_ERROR_CORRECTION = (0.62, 0.50, 0.37, 0.25)  # 7.8.8
# ISO/IEC 18004, Annex G: damaged modules of a corner segment, damaged share of the timing and the alignment patterns
CORNER_DAMAGE = (0, 1, 2, 3)
TIMING_DAMAGE = (0.0, 0.07, 0.11, 0.14)
ALIGNMENT_DAMAGE = (0.0, 0.10, 0.20, 0.30)
AVERAGE_GRADE = (4.0, 3.5, 3.0, 2.5)  # at least, for the mean of the segments' grades
INFORMATION_DAMAGE = (0, 1, 2, 3)  # wrong modules of one copy of the format or version information

_SLACK = 1e-9  # a threshold is met by a value that misses it by rounding alone


class Parameter(NamedTuple):
    """One graded parameter. `value` is None where there is nothing to measure; `parts` grades what it is made of."""

    key: str
    name: str
    value: float | None
    grade: int
    clause: str
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def letter(self) -> str:
        return LETTERS[self.grade]


def at_least(value: float, limits: tuple[float, ...]) -> int:
    """The grade of a parameter that is better the greater."""
    return next((4 - i for i, limit in enumerate(limits) if value >= limit - _SLACK), 0)


def at_most(value: float, limits: tuple[float, ...]) -> int:
    """The grade of a parameter that is better the smaller."""
    return next((4 - i for i, limit in enumerate(limits) if value <= limit + _SLACK), 0)


def evaluate(readings: Floats, grid: Grid | None) -> tuple[Parameter, ...]:
    """All parameters of a symbol, by its aperture readings with the quiet zone (n + 2 * QUIET square) and its grid."""
    import numpy as np

    size = readings.shape[0] - 2 * QUIET
    version = version_of(size)
    highest, lowest = float(readings.max()), float(readings.min())
    contrast = round(highest - lowest, 9)
    threshold = (highest + lowest) / 2  # 7.2.4: the global threshold
    dark = readings < threshold
    inner = dark[QUIET:-QUIET, QUIET:-QUIET]
    reading = read(tuple(tuple(row) for row in inner.tolist())) if contrast > 0 else None

    # 7.8.4.2: MOD = 2 |R - GT| / SC, whatever the module should be
    modulation = 2 * np.abs(readings - threshold) / contrast if contrast > 0 else np.zeros_like(readings)
    right = dark == _intended(reading, size)
    margin = np.where(right, modulation, 0.0)  # 7.8.4.4: none for a module of the wrong colour
    levels, margins = _levels(modulation), _levels(margin)

    found = [
        Parameter("DEC", "decode", None, 4 if reading else 0, "ISO/IEC 15415:2011, 7.8.2"),
        Parameter("SC", "symbol contrast", contrast, at_least(contrast, SYMBOL_CONTRAST), "ISO/IEC 15415:2011, 7.8.3"),
        _codewords("MOD", "modulation", modulation, levels, reading, "ISO/IEC 15415:2011, 7.8.4.2"),
        _codewords("RM", "reflectance margin", margin, margins, reading, "ISO/IEC 15415:2011, 7.8.4.4"),
        _fixed_patterns(version, margins),
        _information("FI", "format information", layout(version).format, margins, reading),
    ]
    if version >= 7:
        found.append(_information("VI", "version information", layout(version).version_info, margins, reading))
    axial = None if grid is None else grid.axial
    uneven = None if grid is None else grid.grid
    unused = unused_error_correction(reading) if reading else 0.0
    found += [
        Parameter(
            "AN",
            "axial non-uniformity",
            axial,
            0 if axial is None else at_most(axial, AXIAL_NON_UNIFORMITY),
            "ISO/IEC 15415:2011, 7.8.6",
        ),
        Parameter(
            "GN",
            "grid non-uniformity",
            uneven,
            0 if uneven is None else at_most(uneven, GRID_NON_UNIFORMITY),
            "ISO/IEC 15415:2011, 7.8.7",
        ),
        Parameter(
            "UEC",
            "unused error correction",
            unused,
            at_least(unused, UNUSED_ERROR_CORRECTION),
            "ISO/IEC 15415:2011, 7.8.8",
        ),
    ]
    return tuple(found)


def unused_error_correction(reading: Reading) -> float:
    """UEC = 1 - (e + 2t) / (d - p) of the worst block, with t errors and no erasures: ISO/IEC 15415, 7.8.8."""
    plan = blocks(reading.version, reading.level)
    return min(1 - 2 * wrong / block.capacity for wrong, block in zip(reading.errors, plan, strict=True))


def overlay(levels: list[int], capacity: int) -> int:
    """The modulation grade of one block by its codewords' levels and its `capacity` d - p: ISO/IEC 15415, 7.8.4.2.

    At each level the codewords below it are taken as errors; the level counts as far as the unused error correction
    that this leaves is as good; the best of the levels is the grade.
    """
    best = 0
    for level in (4, 3, 2, 1):
        assumed = sum(one < level for one in levels)
        best = max(best, min(level, at_least(1 - 2 * assumed / capacity, UNUSED_ERROR_CORRECTION)))
    return best


def _levels(modulation: Floats) -> Levels:
    """The grade of each module by its modulation."""
    import numpy as np

    return np.asarray(sum((modulation >= limit - _SLACK).astype(np.intp) for limit in MODULATION))


def _intended(reading: Reading | None, size: int) -> NDArray[np.bool_]:
    """The colours that all modules should have; without a reading, only fixed patterns are told apart from light."""
    import numpy as np

    found = np.zeros((size + 2 * QUIET, size + 2 * QUIET), dtype=bool)
    if reading is not None:
        found[QUIET:-QUIET, QUIET:-QUIET] = reading.intended
    else:
        for (row, column), is_dark in layout(version_of(size)).fixed.items():
            found[row + QUIET, column + QUIET] = is_dark
    return found


def _at(levels: Levels, places: tuple[Place, ...]) -> list[int]:
    return [int(levels[row + QUIET, column + QUIET]) for row, column in places]


def _codewords(
    key: str, name: str, modulation: Floats, levels: Levels, reading: Reading | None, clause: str
) -> Parameter:
    """A codeword is as good as its worst module, the symbol as its worst block."""
    import numpy as np

    if reading is None:  # without a level there are no blocks to lay the levels over
        return Parameter(key, name, None, 0, clause)
    path = np.array(layout(reading.version).path) + QUIET
    words = levels[path[:, 0], path[:, 1]].reshape(-1, 8).min(axis=1).tolist()
    grade = min(
        overlay([words[at] for at in block.codewords], block.capacity)
        for block in blocks(reading.version, reading.level)
    )
    return Parameter(key, name, round(float(modulation[path[:, 0], path[:, 1]].min()), 4), grade, clause)


def _fixed_patterns(version: int, margins: Levels) -> Parameter:
    """By the segments of ISO/IEC 18004, Annex G: the worst segment, or the grade of their mean if that is worse."""
    plan = layout(version)
    parts = tuple((name, segment_grade(name, _at(margins, places))) for name, places in plan.segments.items())
    mean = sum(grade for _, grade in parts) / len(parts)
    grade = min(*(grade for _, grade in parts), at_least(mean, AVERAGE_GRADE))
    return Parameter(
        "FPD", "fixed pattern damage", round(mean, 4), grade, "ISO/IEC 15415:2011, 7.8.5; ISO/IEC 18004, Annex G", parts
    )


def segment_grade(name: str, levels: list[int]) -> int:
    """The grade of one fixed pattern segment by its modules' levels (0 for a wrong one), laid over as modulation is."""
    best = 0
    for level in (4, 3, 2, 1):
        damaged = [one < level for one in levels]
        if name[0] == "A":
            notional = at_most(sum(damaged), CORNER_DAMAGE)
        elif name[0] == "B":
            # No run of five timing modules may hold more than two damaged ones.
            runs = (sum(damaged[at : at + 5]) for at in range(max(1, len(damaged) - 4)))
            notional = 0 if max(runs) > 2 else at_most(sum(damaged) / len(damaged), TIMING_DAMAGE)
        else:
            notional = at_most(sum(damaged) / len(damaged), ALIGNMENT_DAMAGE)
        best = max(best, min(level, notional))
    return best


def _information(
    key: str, name: str, copies: tuple[tuple[Place, ...], ...], margins: Levels, reading: Reading | None
) -> Parameter:
    """The mean of both copies' grades, rounded up, since either is enough: ISO/IEC 18004, Annex G."""
    clause = "ISO/IEC 18004, Annex G"
    if reading is None:
        return Parameter(key, name, None, 0, clause)
    grades = []
    for copy in copies:
        levels = _at(margins, copy)
        grades.append(
            max(min(level, at_most(sum(one < level for one in levels), INFORMATION_DAMAGE)) for level in (4, 3, 2, 1))
        )
    mean = sum(grades) / len(grades)
    return Parameter(key, name, mean, -(-sum(grades) // len(grades)), clause, tuple(zip("12", grades, strict=True)))
