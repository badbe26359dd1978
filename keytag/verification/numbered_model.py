"""What a numbered job must be: for each plate its files, its stations and their piles, and the rows of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keytag.base.geometry import Rect
from keytag.base.records import NamedTuple
from keytag.serial.form import Form


class Tag(NamedTuple):
    """What must stand on one station of one sheet: whose it is, its number, and how that is written."""

    unit: str
    number: int
    form: Form


class Book(NamedTuple):
    """Everything the numbered files of one plate must be.

    `boxes` are the stations' trims on each side of the paper, front first; `turned` says where the tag's back lies on
    the first side. `piles` are (unit, form, first number, tags) by station from 0. `slots` says for each face and unit
    how many serials stand there, and what its codes say, with `{serial}`. `shell` has the same forms made anew on a
    blank page a side (`sides` of them); `codes` are the boxes of codes on a face, by unit,
    `links` what they say and their level.
    """

    plate: int
    run: int
    files: Sequence[tuple[str, int, int]]  # name, first and last sheet
    boxes: tuple[Sequence[Rect], Sequence[Rect]]
    turned: Sequence[bool]
    piles: Mapping[int, tuple[str, Form, int, int]]
    slots: tuple[Mapping[str, tuple[int, Sequence[str]]], Mapping[str, tuple[int, Sequence[str]]]]
    shell: bytes
    codes: Mapping[str, Rect]
    links: Mapping[str, tuple[str, str]]
    sides: int = 2
    imprint: bool = False  # numbers alone, onto shells: nothing of a code is drawn below it
    sheets: Sequence[Sequence[Tag | None]] | None = None  # of spoiled tags: what stands where, in place of the piles

    def tag(self, station: int, sheet: int) -> Tag | None:
        """The tag of a station (from 0) on a sheet (from 1): first + sheet − 1, down its pile."""
        if self.sheets is not None:
            here = self.sheets[sheet - 1] if 0 < sheet <= len(self.sheets) else ()
            return here[station] if station < len(here) else None
        pile = self.piles.get(station)
        if pile is None:
            return None
        unit, form, first, count = pile
        return Tag(unit, first + sheet - 1, form) if sheet <= count else None


class Numbers(NamedTuple):
    """What a numbered job must hold: its plates, and the rows of its table."""

    plates: Sequence[Book]
    table: str
    rows: Sequence[tuple[str, ...]]
