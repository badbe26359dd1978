"""A plate set whose tags differ: what all its sheets share, and where on each sheet the numbers stand. Values only.

A face is parted where its numbers come: *under* them artwork and marks, *over* them what overprints all (White,
die-lines, legends). Numbers come between, so that what is drawn once is drawn in two forms, the same on every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from keytag.base.drawing import SERIAL, Form, Group, Layer, Page, Placement, Slot, Words
from keytag.base.geometry import Affine
from keytag.base.records import NamedTuple
from keytag.serial.form import Form as Writing
from keytag.sheet.layout import PressSheet
from keytag.sheet.numbering import Pile
from keytag.tag.artwork import Artwork

UNDER = (Layer.ARTWORK, Layer.MARKS)
SHEET_FONT = "medium"  # of slugs
MOST_SHEETS, MOST_TAGS = 500, 40_000  # in one file


class Spot(NamedTuple):
    """One number on a page: whose station (an index), what stands there, the map to the page, how it is written."""

    station: int
    slot: Slot
    at: Affine
    writing: Writing


class Side(NamedTuple):
    """One page: its boxes, its placements and marks in two halves, and its numbers."""

    page: Page
    over: tuple[Placement, ...]
    over_groups: tuple[Group, ...]
    spots: tuple[Spot, ...]
    sheet_line: Words | None  # the place of the sheet's own line in the slug


class Edition(NamedTuple):
    """All that the files of one plate set are made of but the numbers themselves; `faces` are whole."""

    title: str
    date: str
    subject: str
    number: int  # of the plate
    run: int
    sides: tuple[Side, ...]
    faces: tuple[Form, ...]
    piles: tuple[Pile, ...]
    writings: tuple[tuple[int, Writing], ...]  # by station

    @property
    def forms(self) -> tuple[Form, ...]:
        """The faces in halves; made when they are asked for, since whole ones are packed and know their hash."""
        return tuple(half for face in self.faces for half in halves(face))


def edition(
    press: PressSheet,
    numbered: Mapping[str, Artwork],
    piles: Sequence[Pile],
    writings: Mapping[str, Writing],
    title: str,
    date: str,
) -> Edition:
    """The edition of a press sheet made of shells; `numbered` are the artworks with their slots, by unit key."""
    slots = {face.form.key: face.slots for artwork in numbered.values() for face in artwork.faces}
    units = {pile.station: pile.unit for pile in piles}
    sides = []
    for page in press.pages:
        under = tuple(p._replace(form=f"{p.form}/under") for p in page.placements)
        over = tuple(p._replace(form=f"{p.form}/over") for p in page.placements)
        spots = tuple(
            Spot(p.station - 1, slot, slot.at.then(p.at), writings[units[p.station - 1]])
            for p in page.placements
            for slot in slots.get(p.form, ())
        )
        below = tuple(group for group in page.groups if group.layer in UNDER)
        above, line = _without_line(tuple(group for group in page.groups if group.layer not in UNDER))
        sides.append(Side(page._replace(placements=under, groups=below), over, above, spots, line))
    ways = tuple((pile.station, writings[pile.unit]) for pile in piles)
    sheet, faces = press.sheet, tuple(press.forms)
    return Edition(title, date, "numbered sheets", sheet.number, sheet.run, tuple(sides), faces, tuple(piles), ways)


def halves(form: Form) -> tuple[Form, Form]:
    """A face's form parted into what lies under its numbers and what lies over them."""
    under = tuple(group for group in form.groups if group.layer in UNDER)
    over = tuple(group for group in form.groups if group.layer not in UNDER)
    keys = half_keys(form)
    return Form(keys[0], form.bounds, under), Form(keys[1], form.bounds, over)


def half_keys(form: Form) -> tuple[str, str]:
    """The keys of a face's halves: what lies under its numbers, and what lies over them."""
    return f"{form.key}/under", f"{form.key}/over"


def _without_line(groups: tuple[Group, ...]) -> tuple[tuple[Group, ...], Words | None]:
    """The groups without the specimen of the sheet's own line, and that."""
    found = [m for g in groups for m in g.marks if isinstance(m, Words) and m.field == SERIAL]
    kept = tuple(g._replace(marks=tuple(m for m in g.marks if m not in found)) for g in groups) if found else groups
    return kept, found[0] if found else None


def parts(run: int, stations: int) -> Iterator[tuple[int, int]]:
    """The sheets of each file of a run, first and last from 1: as many as keep a file small enough to be made whole."""
    step = max(1, min(MOST_SHEETS, MOST_TAGS // max(1, stations)))
    for first in range(1, run + 1, step):
        yield first, min(run, first + step - 1)


def file_name(plate: int, first: int, last: int, run: int) -> str:
    """`plate-01.pdf`, or `plate-01-00501-01000.pdf` where a run takes several files."""
    return f"plate-{plate:02}.pdf" if (first, last) == (1, run) else f"plate-{plate:02}-{first:05}-{last:05}.pdf"
