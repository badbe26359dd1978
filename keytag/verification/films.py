"""Films held against the plates drawn anew: each file's directory by value, its picture whole, every pixel.

The drawing's plates come from Skia as those of the press files do (`raster`), at the film's own resolution; marks of
the page lie above and their half tones are left out, ink of the tags is drawn in by the scheme's choke. A film is
turned and inverted back before it is compared, so that places are those of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from keytag.base.drawing import Form, Group, Mark, Page, Picture
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.units import number
from keytag.base.words import say
from keytag.sheet.scheme import Films
from keytag.verification import compare, film_file, raster
from keytag.verification.model import Failure

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[Any, Any]

_MM = 25.4
_LEAST = 0.0015  # mm² beyond a pixel's tolerance that are no rounding of a rasteriser
_LEAST_CHOKED = 0.03  # where ink is drawn in, a slit a pixel wide, which may come out or not, takes ink at both sides
_ROUNDED = 2.0  # pixels: half of one for the choke, and one at each edge of a line
_ENOUGH = 300_000  # pixels that differ; a film that differs in more is not looked at any further


class Film(NamedTuple):
    """One film as it must be: its file, the page and forms that it shows, the ink, and what it says of itself."""

    file: str
    page: Page
    forms: Mapping[str, Form]
    ink: str
    texts: Mapping[int, str]  # by TIFF tag


class Expected(NamedTuple):
    """All films of a folder. `content` is what films.json says without files and seal, `wrong` what its plan breaks."""

    films: Sequence[Film]
    how: Films
    content: Mapping[str, Any]
    wrong: Sequence[tuple[str, str]]


def check_films(files: Mapping[str, bytes], expected: Expected) -> tuple[int, list[Failure]]:
    """The pixels compared, and every film that is not as the drawing has it."""
    painter = raster.Painter(expected.how.dpi / _MM, touch=0.0)  # films have ink where a pixel's centre has

    def check(film: Film) -> tuple[int, list[Failure]]:
        try:
            return _compared(film, film_file.taken_apart(files[film.file]), expected.how, painter)
        except ValueError as error:
            return 0, [Failure(film.file, say("is no film that can be read: {error}", error=reason(error)))]

    there = [film for film in expected.films if film.file in files]  # others are missing, which is said with the names
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(check, there))
    return sum(count for count, _ in found), [failure for _, failures in found for failure in failures]


def _compared(film: Film, file: film_file.FilmFile, how: Films, painter: raster.Painter) -> tuple[int, list[Failure]]:
    failures = [Failure(film.file, says) for says in _said(film, file, how)]
    width, height = (round(length * how.dpi / _MM) for length in film.page.media[2:])
    if (file.width, file.height) != (width, height):
        says = say(
            "has {width} × {height} pixels, {width2} × {height2} are expected",
            width=file.width, height=file.height, width2=width, height2=height,
        )  # fmt: skip
        return 0, [*failures, Failure(film.file, says)]
    differences, rows = _differences(film, file, how, painter)
    if rows < height:
        says = say("differs so much that it was compared down to {y:.0f} mm only", y=rows / how.dpi * _MM)
        failures.append(Failure(film.file, says))
    if differences:
        failures.append(Failure(film.file, _worst(film.ink, differences)))
    return width * rows, failures


def _worst(ink: str, differences: Sequence[compare.Difference]) -> str:
    most = differences[0]
    more = say(", and {found} more places", found=len(differences) - 1) if len(differences) > 1 else ""
    place = say("{x:.1f}, {y:.1f} mm", x=most.at.x, y=most.at.y)
    pattern = (
        say("{ink}: {area:.3f} mm² of ink too much at {place}{more}", ink=ink, area=most.area, place=place, more=more)
        if most.found > most.expected
        else say("{ink}: {area:.3f} mm² of ink are missing at {place}{more}",
                 ink=ink, area=most.area, place=place, more=more)
    )  # fmt: skip
    return pattern


def _said(film: Film, file: film_file.FilmFile, how: Films) -> Iterator[str]:
    """What the file says of itself and should not."""
    wanted: dict[int, film_file.Values] = {tag: (value,) for tag, value in film_file.FIXED.items()}
    wanted |= {tag: (text,) for tag, text in film.texts.items()}
    dpi = round(how.dpi * 1000) / 1000
    wanted |= {film_file.X_DPI: (dpi,), film_file.Y_DPI: (dpi,)}
    for tag, value in wanted.items():
        found = file.values.get(tag)
        if found != value:
            yield say(
                "its tag {tag} says {found}, {wanted} is expected",
                tag=tag, found=_shown(found), wanted=_shown(value),
            )  # fmt: skip
    known = {*wanted, film_file.WIDTH, film_file.HEIGHT, film_file.ROWS, *film_file.STRIPS}
    for tag in sorted(file.values.keys() - known):
        yield say("its tag {tag} does not belong there", tag=tag)


def _shown(values: film_file.Values | None) -> str:
    if values is None:
        return say("nothing")
    return ", ".join(repr(v) if isinstance(v, str) else number(v) for v in values[:4])


def _differences(
    film: Film, file: film_file.FilmFile, how: Films, painter: raster.Painter
) -> tuple[list[compare.Difference], int]:
    """Where ink differs, the largest first, and how many rows were looked at."""
    import numpy as np

    width, height, dots = file.width, file.height, painter.dots
    drawing = _Drawing(film, how, painter, width, height)
    begin = height - film.page.media.height * dots
    cells, top = compare.Cells(width, dots, max(1, round((_LEAST_CHOKED if how.choke else _LEAST) * dots**2))), 0
    before = np.empty((0, width), np.uint8)
    for here, after in _with_next(_strips(file, how)):
        have = np.concatenate([before, here, after[:1]])
        first = top - len(before)
        want = drawing.rows(first, have)
        for y, x in compare.beyond(want, have, slice(len(before), len(before) + len(here))):
            cells.add(y, x, want, have, first)
        top, before = top + len(here), here[-1:]
        if cells.count > _ENOUGH:
            break
    return cells.gathered(film.ink, begin), top


def _strips(file: film_file.FilmFile, how: Films) -> Iterator[Rows]:
    """The strips as the sheet has them, 0 ink: turned back where mirrored, inverted where negative."""
    import numpy as np

    for i, strip in enumerate(file.strips):
        rows = film_file.decoded(strip, file.width, min(file.rows, file.height - i * file.rows))
        if (how.reading == "wrong") != (how.emulsion == "down"):
            rows = np.ascontiguousarray(rows[:, ::-1])
        yield rows if how.polarity == "positive" else ~rows


def _with_next(strips: Iterator[Rows]) -> Iterator[tuple[Rows, Rows]]:
    """Each strip and the one after it; nothing after the last."""
    here = next(strips)
    for after in strips:
        yield here, after
        here = after
    yield here, here[:0]


class _Drawing:
    """A film's plate drawn anew, band by band: solid, ink of the tags drawn in, marks above."""

    def __init__(self, film: Film, how: Films, painter: raster.Painter, width: int, height: int) -> None:
        groups = tuple(_solid(group, film.ink) for group in film.page.groups)
        self._plates = raster.Plates(film.page._replace(groups=groups), film.forms, painter.dots, painter)
        self._ink, self._width, self._height = film.ink, width, height
        self._choke = how.choke * painter.dots

    def rows(self, top: int, have: Rows) -> Rows:
        """The plate's rows from `top` on, as many as `have`: 0 ink, 255 bare.

        Where ink is drawn in, a pixel more or less decides whether a narrow line is left at all: what lies between a
        choke that is a little less and one that is a little more is taken as the film has it.
        """
        import numpy as np

        beyond = int(self._choke + _ROUNDED) if self._choke else 0
        bottom = top + len(have)
        art = np.empty((len(have) + 2 * beyond, self._width), np.uint8)
        drawn = self._plates.art(self._ink, self._height, top - beyond, bottom + beyond, art)
        found = np.where(art[beyond : len(art) - beyond] < 128, np.uint8(0), np.uint8(255))
        if drawn and beyond:
            most, least = (_drawn_in(art, max(self._choke + by, 0), beyond) for by in (-_ROUNDED, _ROUNDED))
            found = np.where(least, np.uint8(0), np.where(most, have, np.uint8(255)))
        marks = np.empty_like(found)
        if self._plates.marks(self._ink, self._height, top, marks):
            found[marks < 128] = 0
        return found


def _solid(group: Group, plate: str) -> Group:
    """A group of the page's own marks without its half tones."""

    def solid(mark: Mark) -> bool:
        return isinstance(mark, Picture) or not 0 < (raster.tone(mark.ink, plate) or 0) < 1

    return group._replace(marks=tuple(mark for mark in group.marks if solid(mark)))


def _drawn_in(art: Rows, reach: float, beyond: int) -> Rows:
    """Where ink has no bare pixel within `reach`: by sums along rows, one for each row of a disc.

    `beyond` rows at both ends of the art are looked at only.
    """
    import numpy as np

    rows, width = len(art) - 2 * beyond, art.shape[1]
    bare = np.zeros((len(art), width + 2 * beyond + 1), np.int32)
    np.cumsum(art >= 128, axis=1, out=bare[:, beyond + 1 : beyond + 1 + width])
    bare[:, beyond + 1 + width :] = bare[:, beyond + width : beyond + width + 1]
    found = np.ones((rows, width), np.bool_)
    for down in range(-int(reach), int(reach) + 1):
        half = int((reach**2 - down**2) ** 0.5)
        lines = bare[beyond + down : beyond + down + rows]
        last = lines[:, beyond + half + 1 : beyond + half + 1 + width]
        found &= last == lines[:, beyond - half : beyond - half + width]
    return found
