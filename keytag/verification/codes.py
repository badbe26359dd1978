"""QR codes read off the found plates at every station by zxing, each design's once more by zbar, and graded.

The grade takes the inks that the plates show, on dark modules and on light ones, and the symbol upright however its
station turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from keytag.base.drawing import Symbol
from keytag.base.geometry import Affine
from keytag.base.ink import WHITE, Cmyk
from keytag.base.records import NamedTuple
from keytag.grade import NOMINAL_BLUR
from keytag.qr import encode as qr
from keytag.tag.artwork import Face
from keytag.tag.reflectance import at_660_nm, white_light
from keytag.verification.looking import Eye, turns_of

if TYPE_CHECKING:
    import numpy as np

    from keytag.grade import Grade, Sweep

    Rows = np.ndarray[Any, Any]

_QUIET = 4  # modules
_ROUND = 2  # decimals of a reflectance: equal symbols are graded once


class Code(NamedTuple):
    """One symbol at one station: what zxing reads, and what zbar does where it was asked, too."""

    place: str
    payload: str
    read: tuple[str, ...]
    again: tuple[str, ...] | None = None


class Graded(NamedTuple):
    """One design's symbol on the plates: its modules, those that are wrong, and the light that it reflects."""

    place: str
    title: str
    rows: tuple[tuple[bool, ...], ...]
    wrong: int
    module: float
    dark: float
    light: float
    quiet: float


def symbols(face: Face) -> list[Symbol]:
    """The symbols of a face in painting order."""
    return [mark for group in face.form.groups for mark in group.marks if isinstance(mark, Symbol)]


def code_of(eye: Eye, place: str, symbol: Symbol, at: Affine, payload: str) -> tuple[Code, Rows]:
    """The symbol that stands there, read from the plates, and its picture: light, upright, with the quiet zone."""
    import zxingcpp

    box = at.rect(symbol.box.inset(-_QUIET * symbol.module))
    picture = eye.light(eye.tones(box, turns_of(at)))
    found = zxingcpp.read_barcodes(picture)
    return Code(place, payload, tuple(code.text for code in found)), picture


def graded_of(eye: Eye, place: str, title: str, symbol: Symbol, at: Affine, payload: str, level: str) -> Graded | None:
    """What the plates show of a symbol, module by module; None where the payload makes none."""
    import numpy as np

    from keytag.grade import modules_of

    matrix = qr.encode(payload, level)
    if matrix is None:
        return None
    module = symbol.box.width / matrix.modules
    margin = (_QUIET + 1) * module
    tones = eye.tones(at.rect(symbol.box.inset(-margin)), turns_of(at))
    picture = eye.light(tones).astype(np.float64) / 255
    rows = modules_of(picture, eye.dots, matrix.modules, (margin, margin), module_mm=module)
    wrong = sum(a != b for row, wanted in zip(rows, matrix.rows, strict=True) for a, b in zip(row, wanted, strict=True))
    where = {(r, c): bool(dark) for r, row in enumerate(matrix.rows) for c, dark in enumerate(row)}
    dark = [cell for cell, is_dark in where.items() if is_dark]
    light = [cell for cell, is_dark in where.items() if not is_dark]
    shown = [_reflects(eye, tones, cells, margin, module) for cells in (dark, light, *_around(matrix.modules))]
    return Graded(place, title, rows, wrong, module, *_worst(shown))


def _around(modules: int) -> list[list[tuple[int, int]]]:
    """The quiet zone in four strips, each two modules deep, from the edge that a choke of its ground takes away."""
    along = range(-_QUIET, modules + _QUIET)
    low, high = range(-_QUIET, -_QUIET + 2), range(modules + _QUIET - 2, modules + _QUIET)
    rows = [[(i, j) for i in part for j in along] for part in (low, high)]
    return [*rows, *([(j, i) for i, j in strip] for strip in rows)]


def _worst(shown: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """(dark, light, quiet) in the light, white or 660 nm, in which they differ less; quiet is the darkest strip."""
    ways = [tuple(round(both[i], _ROUND) for both in shown) for i in (0, 1)]
    dark, light, quiet = min(((way[0], way[1], min(way[2:])) for way in ways), key=lambda w: min(w[1:]) - w[0])
    return dark, light, quiet


def _reflects(
    eye: Eye, tones: dict[str, Rows], cells: Sequence[tuple[int, int]], margin: float, module: float
) -> tuple[float, float]:
    """White light and light of 660 nm that the middles of modules reflect, in the mean of their inks."""
    import numpy as np

    y, x = (
        np.rint((margin + (np.array(each) + 0.5) * module) * eye.dots).astype(int) for each in zip(*cells, strict=True)
    )
    mean = {
        name: float(rows[np.minimum(y, len(rows) - 1), np.minimum(x, rows.shape[1] - 1)].mean()) / 255
        for name, rows in tones.items()
    }
    ground, white = eye.template.substrate.ink.cmyk, mean.pop(WHITE.name, 0.0)
    mixed = [part * (1 - white) for part in ground]
    for name, tone in mean.items():
        mixed = [part + tone * (ink - part) if ink > part else part for part, ink in zip(mixed, eye.inks[name],
                 strict=True)]  # fmt: skip
    colour = Cmyk(*(min(max(part, 0.0), 1.0) for part in mixed))
    return white_light(colour), at_660_nm(colour)


def grades_of(graded: Sequence[Graded]) -> list[tuple[Graded, Grade]]:
    """Each different symbol, and its grade as it is on the plates; the worst comes first."""
    found: dict[tuple[object, ...], tuple[Graded, Grade]] = {}
    for one in graded:
        key = (one.rows, round(one.module, 4), one.dark, one.light, one.quiet)
        if key not in found:
            found[key] = (one, sweep_of(one, (0.0,), (NOMINAL_BLUR,)).at(0.0, NOMINAL_BLUR))
    return sorted(found.values(), key=lambda each: _rank(each[1]))


def _rank(grade: Grade) -> tuple[object, ...]:
    """What orders grades from bad to good: the worst parameter first, then all of them, then the contrast."""
    return grade.overall, sorted(one.grade for one in grade.parameters), grade.parameter("SC").value


def sweep_of(one: Graded, gains: Sequence[float], blurs: Sequence[float]) -> Sweep:
    """The grades of a symbol as the plates show it, over gains and blurs (mm)."""
    from keytag.grade import sweep

    shown = {"dark": one.dark, "light": one.light, "quiet": one.quiet}
    return sweep(one.rows, one.module, **shown, gains=gains, blurs=blurs)
