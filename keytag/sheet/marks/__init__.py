"""Printer's marks in the white around the block of tags: one module a mark.

Each mark knows where it would like to stand; `ground` grants the place. What finds none is a fact in `MarkSet.missing`,
never an overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keytag.base.drawing import Group
from keytag.base.packed import PackedGroups
from keytag.base.records import NamedTuple
from keytag.sheet.layout import Layout, Missing
from keytag.sheet.lettering import SetText
from keytag.sheet.marks import colour_bar, crop, designs, lay, names, pins, register, scale, slug
from keytag.sheet.marks.colour_bar import patches
from keytag.sheet.marks.ground import Ground, Patch
from keytag.sheet.marks.names import Name

__all__ = ["DESIGNS", "MARKS", "SLUG", "MarkSet", "Missing", "Patch", "fixed_marks", "patches", "with_slug"]


class MarkSet(NamedTuple):
    """The marks of one side, and what could not be placed."""

    groups: Sequence[Group]
    missing: tuple[Missing, ...]


# In the order they are set: what cannot move comes first. Slug and names, which differ from plate to plate, are last.
MARKS: tuple[tuple[str, Callable[[Ground, Sequence[Patch], SetText], None]], ...] = (
    ("crop", lambda ground, inks, set_text: crop.place(ground)),
    ("register", lambda ground, inks, set_text: register.place(ground)),
    ("lay", lambda ground, inks, set_text: lay.place(ground)),
    ("colour-bar", lambda ground, inks, set_text: colour_bar.place(ground, inks)),
    ("scale", lambda ground, inks, set_text: scale.place(ground, set_text)),
)
SLUG, NAMES, DESIGNS = "slug", "names", "designs"


def fixed_marks(layout: Layout, side: str, inks: Sequence[Patch], set_text: SetText) -> Ground:
    """Every mark but the slug that the layout's scheme asks for on that side, and the room that is left."""
    ground = Ground(layout, side)
    pins.place(ground)
    for name, place in MARKS:
        if name in layout.scheme.marks:
            place(ground, inks, set_text)
    return ground


def with_slug(
    ground: Ground,
    ways: Sequence[slug.Slug],
    called: Sequence[Name],
    set_text: SetText,
    numbers: designs.Numbers | None = None,
) -> MarkSet:
    """The marks of `ground` and what differs from plate to plate, if the scheme asks for it; `ground` stays as it is.

    That is the slug, the plates' names, and on a front forme the `numbers` of its designs.
    """
    ground = ground.copy()
    if DESIGNS in ground.scheme.marks and numbers is not None:
        designs.place(ground, numbers, set_text)
    if SLUG in ground.scheme.marks:
        slug.place(ground, ways, set_text)
    if NAMES in ground.scheme.marks:
        names.place(ground, called, set_text)
    return MarkSet(PackedGroups(ground.groups()), tuple(ground.missing))
