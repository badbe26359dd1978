"""What the artwork checks look at: one composed tag, its template, and its live matter gathered once."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.drawing import Fill, Glyph, Group, Layer, Mark, Picture, Stroke, Symbol, Words
from keytag.base.geometry import Path, Rect
from keytag.base.ink import PAPER, Ink
from keytag.base.outline import Hole
from keytag.base.records import NamedTuple
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.tag.artwork import Artwork, Face
from keytag.tag.template import Template

if TYPE_CHECKING:
    from keytag.tag.elsewhere import Elsewhere

TOLERANCE = 0.02  # mm: what a table of chords and four decimals may lose


class Sample(NamedTuple):
    """What makes a good job bad: (old, new) text in its roster, or in its template. The good job is the check's other
    sample."""

    roster: tuple[str, str] | None = None
    template: tuple[str, str] | None = None


class Live(NamedTuple):
    """Matter that must stay whole: words, or a QR panel with its quiet zone; `ground` is what it is printed on."""

    side: str
    what: str
    box: Rect
    source: Span | None
    mark: Words | Symbol
    ground: Ink

    @property
    def boxes(self) -> tuple[Rect, ...]:
        """The ink piece by piece: the accent in the middle of a word does not count at its ends."""
        if isinstance(self.mark, Symbol):
            return (self.box,)
        return tuple(_glyph_box(glyph, self.mark.scale) for glyph in self.mark.glyphs if glyph.outline.ops)


class Links(NamedTuple):
    """What the roster says of links: the `hosts` that they may name besides zalo.me, and those `judged` where they
    stand, as text and place."""

    hosts: frozenset[str] = frozenset()
    judged: frozenset[tuple[str, Span]] = frozenset()


NUMBER = "number"


class Asked(NamedTuple):
    """A fact that the roster asks to have printed: what it is called there, its words, and its place.

    `field` is the template's, or `NUMBER` for a telephone number, which stands on a tag alone or not at all.
    """

    name: str
    field: str
    text: str
    source: Span | None


NO_LINKS = Links()


class Subject(NamedTuple):
    """One artwork to be checked; `span` is the unit's place in the roster, for what has no place of its own.

    `live` matter and printed marks are those of `sides`, which are looked at.
    """

    artwork: Artwork
    template: Template
    span: Span | None
    live: tuple[Live, ...]
    printed: tuple[tuple[Mark, ...], tuple[Mark, ...]]  # of both faces
    sides: tuple[str, ...] = SIDES
    allowed: Links = NO_LINKS
    elsewhere: "Elsewhere | None" = None
    asked: tuple[Asked, ...] = ()

    def find(self, check: str, severity: Severity, source: Span | None, message: str) -> Diagnostic:
        """A finding about this tag."""
        return Diagnostic(
            check,
            severity,
            source or self.span,
            say("{artwork}: {message}", artwork=self.artwork.title, message=message),
            (),
            self.artwork.key,
        )

    def faces(self) -> Iterator[tuple[str, Face]]:
        pairs = zip(SIDES, self.artwork.faces, strict=True)
        return pairs if len(self.sides) == len(SIDES) else (pair for pair in pairs if pair[0] in self.sides)

    def marks(self, side: str) -> tuple[Mark, ...]:
        """The printed marks of one face, technical layers left out; none of a side that is not looked at."""
        return self.printed[SIDES.index(side)] if side in self.sides else ()

    def of(self, side: str) -> "Subject":
        """The same, of which one side is looked at."""
        return self._replace(sides=(side,), live=tuple([live for live in self.live if live.side == side]))


def subject(
    artwork: Artwork,
    template: Template,
    span: Span | None,
    allowed: Links = NO_LINKS,
    elsewhere: "Elsewhere | None" = None,
    asked: tuple[Asked, ...] = (),
    sides: Sequence[str] = SIDES,
) -> Subject:
    """`artwork` with the live matter of `sides` gathered."""
    artwork = artwork.opened  # checks tell marks apart by which object they are
    live: list[Live] = []
    for side, face in zip(SIDES, artwork.faces, strict=True):
        for group in face.form.groups if side in sides else ():
            if group.layer is Layer.ARTWORK:
                live += _live(side, group, artwork)
    front, back = (
        tuple([mark for group in face.form.groups if group.layer is Layer.ARTWORK for mark in group.marks])
        for face in artwork.faces
    )
    return Subject(artwork, template, span, tuple(live), (front, back), SIDES, allowed, elsewhere, asked)


def _live(side: str, group: Group, artwork: Artwork) -> Iterator[Live]:
    before: Mark | None = None
    painted: list[tuple[Rect, Fill]] = []
    for mark in group.marks:
        if isinstance(mark, Words):
            yield Live(side, f"'{mark.text}'", mark.box, mark.source, mark, _ground(mark.box, painted, artwork))
        elif isinstance(mark, Symbol):
            panel = before.path.bounds() if isinstance(before, Fill) else mark.box
            yield Live(side, say("the QR panel"), panel, mark.source, mark, _ground(mark.box, painted, artwork))
        elif isinstance(mark, Fill):
            painted.append((_bounds(mark.path), mark))
        before = mark


@lru_cache(maxsize=512)
def _bounds(path: Path) -> Rect:
    return path.bounds()


def _ground(box: Rect, painted: list[tuple[Rect, Fill]], artwork: Artwork) -> Ink:
    """The ink under the middle of `box`: the last that was painted there, else the plastic or the White on it."""
    for bounds, fill in reversed(painted):
        if bounds.overlaps(box) and (bounds.contains(artwork.trim) or inside(fill.path, box.centre)):
            return seen(fill.ink, artwork)
    return artwork.plastic


def seen(ink: Ink, artwork: Artwork) -> Ink:
    """An ink as it looks: what is called paper is whatever the art stands on."""
    return artwork.plastic if ink == PAPER else ink


def inside(path: Path, point: tuple[float, float]) -> bool:
    """Whether a point lies in a path, by the non-zero winding rule; curves as eight chords."""
    x, y = point
    winding = 0
    for (x0, y0), (x1, y1) in _edges(path):
        if (y0 <= y) != (y1 <= y):
            at = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
            if at > x:
                winding += 1 if y1 > y0 else -1
    return winding != 0


@lru_cache(maxsize=256)
def _edges(path: Path) -> tuple[tuple[tuple[float, float], tuple[float, float]], ...]:
    found: list[tuple[tuple[float, float], tuple[float, float]]] = []
    start = here = (0.0, 0.0)
    i, c = 0, path.coords
    for op in path.ops:
        if op == "z":
            found.append((here, start))
            here = start
        elif op == "c":
            p = (here, (c[i], c[i + 1]), (c[i + 2], c[i + 3]), (c[i + 4], c[i + 5]))
            for k in range(1, 9):
                t, u = k / 8, 1 - k / 8
                w = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
                there = (
                    sum(a * q[0] for a, q in zip(w, p, strict=True)),
                    sum(a * q[1] for a, q in zip(w, p, strict=True)),
                )
                found.append((here, there))
                here = there
            i += 6
        else:
            there = c[i], c[i + 1]
            if op == "l":
                found.append((here, there))
            else:
                start = there
            here = there
            i += 2
    return tuple(found)


def _glyph_box(glyph: Glyph, scale: float) -> Rect:
    (x0, x1), (y0, y1) = extents(glyph.outline)
    return Rect(glyph.x + x0 * scale, glyph.y - y1 * scale, (x1 - x0) * scale, (y1 - y0) * scale)


@lru_cache(maxsize=4096)
def extents(path: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    """The extents of a letter's outline, found once for all its uses."""
    return path.extents()


def off_hole(box: Rect, hole: Hole) -> float:
    """The distance of `box` from the rim of the ring hole; negative where it reaches in."""
    dx = max(0.0, box.x - hole.centre.x, hole.centre.x - box.right)
    dy = max(0.0, box.y - hole.centre.y, hole.centre.y - box.bottom)
    return float((dx * dx + dy * dy) ** 0.5) - hole.diameter / 2


__all__ = [
    "TOLERANCE",
    "Fill",
    "Live",
    "Picture",
    "Sample",
    "Stroke",
    "Subject",
    "Symbol",
    "Words",
    "extents",
    "off_hole",
    "subject",
]
