"""What the artwork checks look at: one composed tag, its template, and its live matter gathered once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.drawing import Fill, Layer, Mark, Picture, Stroke, Symbol, Words
from keytag.base.geometry import Rect
from keytag.tag.artwork import Artwork, Face, Hole
from keytag.tag.template import Template

TOLERANCE = 0.02  # mm: what a table of chords and four decimals may lose


class Sample(NamedTuple):
    """What makes a good job bad: (old, new) text in its roster, or in its template. The good job is the check's other
    sample."""

    roster: tuple[str, str] | None = None
    template: tuple[str, str] | None = None


class Live(NamedTuple):
    """Matter that must stay whole: words, or a QR panel with its quiet zone."""

    side: str
    what: str
    box: Rect
    source: Span | None
    mark: Words | Symbol


class Links(NamedTuple):
    """What the roster says of links: the `hosts` that they may name besides zalo.me, and those `judged` where they
    stand, as text and place."""

    hosts: frozenset[str] = frozenset()
    judged: frozenset[tuple[str, Span]] = frozenset()


NO_LINKS = Links()


class Subject(NamedTuple):
    """One artwork to be checked; `span` is the unit's place in the roster, for what has no place of its own."""

    artwork: Artwork
    template: Template
    span: Span | None
    live: tuple[Live, ...]
    allowed: Links = NO_LINKS

    def find(self, check: str, severity: Severity, source: Span | None, message: str) -> Diagnostic:
        """A finding about this tag."""
        return Diagnostic(
            check, severity, source or self.span, f"{self.artwork.title}: {message}", (), self.artwork.key
        )

    def faces(self) -> Iterator[tuple[str, Face]]:
        return zip(("front", "back"), self.artwork.faces, strict=True)

    def marks(self, side: str) -> tuple[Mark, ...]:
        """The printed marks of one face, technical layers left out."""
        face = self.artwork.front if side == "front" else self.artwork.back
        return tuple(mark for group in face.form.groups if group.layer is Layer.ARTWORK for mark in group.marks)


def subject(artwork: Artwork, template: Template, span: Span | None, allowed: Links = NO_LINKS) -> Subject:
    """`artwork` with its live matter gathered."""
    live: list[Live] = []
    for side, face in zip(("front", "back"), artwork.faces, strict=True):
        for group in face.form.groups:
            before: Mark | None = None
            for mark in group.marks if group.layer is Layer.ARTWORK else ():
                if isinstance(mark, Words):
                    live.append(Live(side, f"'{mark.text}'", mark.box, mark.source, mark))
                elif isinstance(mark, Symbol):
                    panel = before.path.bounds() if isinstance(before, Fill) else mark.box
                    live.append(Live(side, "the QR panel", panel, mark.source, mark))
                before = mark
    return Subject(artwork, template, span, tuple(live), allowed)


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
    "off_hole",
    "subject",
]
