"""Printer's marks in the white around the block of tags: one module a mark.

Each mark knows where it would like to stand; `ground` grants the place. What finds none is a fact in `MarkSet.missing`,
never an overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from keytag.drawing import Group
from keytag.imposition import Layout
from keytag.lettering import SetText
from keytag.marks import colour_bar, crop, lay, register, scale, slug
from keytag.marks.colour_bar import Patch, patches
from keytag.marks.ground import Ground, Missing

__all__ = ["MARKS", "MarkSet", "Missing", "Order", "Patch", "marks", "patches"]


class Order(NamedTuple):
    """What the marks of one side need to know: the inks that print, and the slug as paragraphs of parts."""

    inks: Sequence[Patch]
    slug: Sequence[Sequence[str]]
    set_text: SetText


class MarkSet(NamedTuple):
    """The marks of one side, and what could not be placed."""

    groups: tuple[Group, ...]
    missing: tuple[Missing, ...]


# In the order they are set: what cannot move comes first.
MARKS: tuple[tuple[str, Callable[[Ground, Order], None]], ...] = (
    ("crop", lambda ground, order: crop.place(ground)),
    ("register", lambda ground, order: register.place(ground)),
    ("lay", lambda ground, order: lay.place(ground)),
    ("colour-bar", lambda ground, order: colour_bar.place(ground, order.inks)),
    ("slug", lambda ground, order: slug.place(ground, order.slug, order.set_text)),
    ("scale", lambda ground, order: scale.place(ground, order.set_text)),
)


def marks(layout: Layout, side: str, order: Order) -> MarkSet:
    """The marks that the layout's scheme asks for on that side."""
    ground = Ground(layout, side)
    for name, place in MARKS:
        if name in layout.scheme.marks:
            place(ground, order)
    return MarkSet(ground.groups(), tuple(ground.missing))
