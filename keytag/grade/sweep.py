"""How far a press may swell, starve or smear a symbol before it fails: grades over ink gains and blurs, and in words.

It draws nothing: `Sweep.cells` hands the picture over as rows, columns and grades.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from keytag.grade.grader import NOMINAL_BLUR, Grade, grade_impression
from keytag.grade.layout import Matrix, version_of
from keytag.grade.parameters import LETTERS
from keytag.grade.press import Tones, impression, plate

GAINS = (-0.06, -0.04, -0.02, 0.0, 0.02, 0.04, 0.06, 0.08, 0.10)  # mm by which each dark edge moves outwards
BLURS = (0.04, 0.06, 0.08, 0.10, 0.12)  # mm, standard deviations
READS = 2  # grade C: what trade specifications ask of a code that phones must read


class Cell(NamedTuple):
    """One field of the sweep's picture: rows are blurs from sharp to soft, columns gains from loss to gain."""

    row: int
    column: int
    gain: float
    blur: float
    grade: int
    letter: str


class Sweep(NamedTuple):
    """Grades by blur (rows) and gain (columns), both ascending."""

    gains: tuple[float, ...]
    blurs: tuple[float, ...]
    grades: tuple[tuple[Grade, ...], ...]

    def at(self, gain: float, blur: float) -> Grade:
        """The grade of the field nearest to `gain` and `blur`, in mm."""
        return self.grades[_nearest(self.blurs, blur)][_nearest(self.gains, gain)]

    def tolerance(self, least: int = READS, blur: float = NOMINAL_BLUR) -> float | None:
        """The largest gain in mm, of those tried, up to which every grade is `least` or better; None if no gain is too
        much already."""
        return self._reach(least, blur, 1)

    def loss(self, least: int = READS, blur: float = NOMINAL_BLUR) -> float | None:
        """The same towards shrinking, as a positive length in mm."""
        return self._reach(least, blur, -1)

    def cells(self) -> tuple[Cell, ...]:
        """All fields, row by row, for drawing."""
        return tuple(
            Cell(row, column, gain, blur, self.grades[row][column].overall, self.grades[row][column].letter)
            for row, blur in enumerate(self.blurs)
            for column, gain in enumerate(self.gains)
        )

    def words(self, least: int = READS, blur: float = NOMINAL_BLUR) -> str:
        """What the sweep says in one line, such as "reads down to C with 0.08 mm gain and with 0.06 mm loss"."""
        letter = LETTERS[least]
        gain, loss = self.tolerance(least, blur), self.loss(least, blur)
        blurred = f"blur {self.blurs[_nearest(self.blurs, blur)]:g} mm"
        if gain is None or loss is None:
            printed = self.at(0.0, blur)
            causes = ", ".join(one.name for one in printed.worst)
            return f"does not reach {letter} even without gain: {printed.letter} for {causes} ({blurred})"
        swell = _length(gain, "gain", max(self.gains))
        shrink = _length(loss, "loss", -min(self.gains))
        return f"reads down to {letter} {swell} and {shrink} ({blurred})"

    def _reach(self, least: int, blur: float, sign: int) -> float | None:
        row = self.grades[_nearest(self.blurs, blur)]
        outwards = sorted((sign * gain, one.overall) for gain, one in zip(self.gains, row, strict=True))
        reached = None
        for gain, overall in outwards:
            if gain < 0:
                continue
            if overall < least:
                break
            reached = abs(gain)  # never -0
        return reached


def sweep(
    matrix: Matrix,
    module_mm: float,
    *,
    dark: float,
    light: float,
    quiet: float,
    gains: Sequence[float] = GAINS,
    blurs: Sequence[float] = BLURS,
) -> Sweep:
    """The grades of a symbol over all `gains` (0 among them) and `blurs`, in mm; the rest as for `grade`."""
    version_of(len(matrix))
    if not blurs or 0.0 not in gains:
        raise ValueError("a sweep needs a blur, and the gain 0 to start from")
    made = plate(matrix, module_mm, Tones(dark, light, quiet))
    blurs, gains = tuple(sorted(set(blurs))), tuple(sorted(set(gains)))
    columns = [grade_impression(impression(made, gain), blurs) for gain in gains]
    return Sweep(gains, blurs, tuple(zip(*columns, strict=True)))


def _nearest(values: tuple[float, ...], wanted: float) -> int:
    return min(range(len(values)), key=lambda at: (abs(values[at] - wanted), at))


def _length(reached: float, what: str, most: float) -> str:
    if reached == 0:
        return f"without any {what}"
    return f"with {reached:.2f} mm {what}" + (" or more" if reached >= most else "")
