"""One film of one side of a press sheet: its plate scanned in bands, choked, mirrored, inverted as is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from keytag.base.drawing import Form, Page
from keytag.base.geometry import Affine
from keytag.base.records import NamedTuple
from keytag.base.units import number
from keytag.render.ascii import ascii_text
from keytag.render.film.scanline import Run, covered, packed, runs_of
from keytag.render.film.separate import painted
from keytag.render.film.tiff import tiff
from keytag.sheet.scheme import Films

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

_PIXELS = 6_000_000  # of a band, which is a strip of the file: what is in memory at one time
_HALF = 0.5  # pixel, to which a choke is rounded
MM = 25.4


class Told(NamedTuple):
    """What a film says of itself in its description, and its day (ISO 8601)."""

    job: str
    plate: str
    side: str
    ink: str
    date: str
    software: str


def size_of(page: Page, films: Films) -> tuple[int, int]:
    """Columns and rows of a film."""
    return round(page.media.width * films.dpi / MM), round(page.media.height * films.dpi / MM)


def description(told: Told, films: Films) -> str:
    """What stands in the TIFF: all that tells one film from another, and how it is to be exposed."""
    return "; ".join(
        [
            f"keytag film: {ascii_text(told.job)}",
            f"plate {told.plate}",
            f"side {told.side}",
            f"ink {ascii_text(told.ink)}",
            f"reading {films.reading}",
            f"emulsion {films.emulsion}",
            f"polarity {films.polarity}",
            f"choke {number(films.choke)} mm",
            f"{number(films.dpi)} dpi",
            f"mirrored {'yes' if films.mirrored else 'no'}",
            told.date[:10],
        ]
    )


def film(page: Page, forms: Sequence[Form], plate: str, films: Films, told: Told) -> bytes:
    """The TIFF of one plate; a `ValueError` for a tint in the art, which no film without a screen holds."""
    width, height = size_of(page, films)
    dots = films.dpi / MM
    # PDF's coordinates begin at the lower left: what rounding to whole pixels adds or takes is above.
    at = Affine(dots, 0, 0, dots, -page.media.x * dots, height - page.media.bottom * dots)
    known = {form.key: form for form in forms}
    used = {placement.form for placement in page.placements}
    runs = {key: runs_of(painted(known[key].groups, plate), known[key].bounds) for key in sorted(used)}
    art = _placed(page, known, runs, at)
    own = [(run, at) for run in runs_of(painted(page.groups, plate, patches=True))]
    stamp = told.date[:10].replace("-", ":") + " 00:00:00"
    said = {270: description(told, films), 305: ascii_text(told.software), 306: stamp}
    rows = max(1, min(height, _PIXELS // width))
    return tiff(_bands(art, own, films, width, height, rows), width, height, films.dpi, said, rows)


class _Placed(NamedTuple):
    """A form's runs where it stands, and the rows that it can touch."""

    runs: tuple[Run, ...]
    at: Affine
    top: float
    bottom: float


def _placed(page: Page, forms: Mapping[str, Form], runs: Mapping[str, tuple[Run, ...]], at: Affine) -> list[_Placed]:
    found = []
    for placement in page.placements:
        to = placement.at.then(at)
        box = to.rect(forms[placement.form].bounds)
        found.append(_Placed(runs[placement.form], to, box.y, box.bottom))
    return found


def _bands(
    art: Sequence[_Placed], own: Sequence[tuple[Run, Affine]], films: Films, width: int, height: int, high: int
) -> Iterator[Array]:
    reach = films.choke * films.dpi / MM
    beyond = int(reach + _HALF)
    for top in range(0, height, high):
        bottom = min(top + high, height)
        first, last = top - beyond, bottom + beyond
        there = [placed for placed in art if placed.bottom >= first and placed.top <= last]
        rows: Array = packed(covered(_in_order(there), width, first, last), width).copy()
        if beyond:
            rows = _eroded(rows, width, reach, beyond)
        np.bitwise_or(rows, packed(covered(own, width, top, bottom), width), out=rows)
        if films.mirrored:
            rows = np.packbits(np.unpackbits(rows, axis=1, count=width)[:, ::-1], axis=1)
        yield rows if films.polarity == "positive" else np.invert(rows)


def _in_order(placed: Sequence[_Placed]) -> list[tuple[Run, Affine]]:
    """The first runs of all forms, then all second ones: tags do not lie on one another, and batches are larger so."""
    most = max((len(one.runs) for one in placed), default=0)
    return [(one.runs[i], one.at) for i in range(most) for one in placed if i < len(one.runs)]


def _eroded(rows: Array, width: int, reach: float, beyond: int) -> Array:
    """Ink no nearer than `reach` pixels to bare film, by a disc; `beyond` rows at both ends are looked at only."""
    height = len(rows) - 2 * beyond
    narrowed: list[Array] = [np.unpackbits(rows, axis=1, count=width)]
    for _ in range(beyond):
        before = narrowed[-1]
        after = before.copy()
        after[:, 1:] &= before[:, :-1]
        after[:, :-1] &= before[:, 1:]
        narrowed.append(after)
    found = np.ones((height, width), np.uint8)
    for dy in range(-beyond, beyond + 1):
        half = int(((reach + _HALF) ** 2 - dy * dy) ** 0.5)
        found &= narrowed[half][beyond + dy : beyond + dy + height]
    return np.packbits(found, axis=1)
