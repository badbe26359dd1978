"""Numbered sheets: one static form under and one over each side's numbers, the same objects on every page, streamed.

A page is `/Under Do`, its numbers, `/Over Do`. Characters are one outline form each, placed in a marked span that says
the serial; a symbol's modules are rectangles of one path, those that no number of the plate changes are in the form
below. Rows of modules become tokens by a gather in one table (`qr.linear`), eight sheets at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from keytag.base.drawing import Document, Fill, Group, Layer, Page, Slot
from keytag.base.geometry import Path, Rect
from keytag.base.ink import LEGEND, Ink
from keytag.base.standard import Standard
from keytag.render.pdf.content import (
    KNOCKOUT,
    LAYER_END,
    OVERPRINT,
    Content,
    flip,
    glyph_content,
    group_contents,
    joined,
    layer_begin,
    surface_content,
)
from keytag.render.pdf.document import _catalog, _digest, _form, _page, _Shared
from keytag.render.pdf.metadata import facts, fill_info, xmp
from keytag.render.pdf.numbers import (
    LINE_CHARACTERS,
    SERIAL,
    Codes,
    Kind,
    Some,
    Texts,
    kind_of,
    line,
    line_map,
    name_of,
    outline,
)
from keytag.render.pdf.saving import saved
from keytag.render.pdf.stream import Shell, grown, taken_apart
from keytag.render.pdf.syntax import matrix
from keytag.serial.characters import ALPHABET
from keytag.serial.form import Form as Writing
from keytag.sheet.edition import SHEET_FONT, UNDER, Edition, Side, half_keys
from keytag.sheet.numbering import line_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pikepdf import Object, Pdf

TOGETHER = 8  # sheets whose numbers are computed at once


def written(
    edition: Edition, standard: Standard, numbers: NDArray[np.int64], first_sheet: int = 1, *, imprint: bool = False
) -> bytes:
    """The PDF of these sheets: `numbers` is (sheets, stations), -1 where a station stays blank.

    `first_sheet` is the first one's place in the run. With `imprint` only the numbers are printed, and registration
    marks: for shells that were printed before. Raises `ValueError` as `write` does.
    """
    made = _Made(edition, standard, imprint)
    return b"".join(grown(made.shell(), made.pages(numbers, first_sheet)))


def blank(edition: Edition, standard: Standard, *, imprint: bool = False) -> bytes:
    """The shell alone: a blank page a side, with every form and resource of the file."""
    return _Made(edition, standard, imprint).blank()


class _Made:
    """One edition on its way: its inks, characters and symbols named."""

    def __init__(self, edition: Edition, standard: Standard, imprint: bool) -> None:
        self.edition, self.standard, self.imprint = edition, standard, imprint
        self.letters: dict[tuple[str, Ink], str] = {}
        for side in edition.sides:
            for spot in side.spots:
                if spot.slot.font:
                    self._letter(spot.slot.font, spot.slot.ink)
        if any(side.sheet_line for side in edition.sides):
            self._letter(SHEET_FONT, LEGEND)
        self.texts = {kind: Texts(kind, self.letters[kind.font, kind.ink]) for kind in self._kinds() if kind.font}
        self.codes = {kind: Codes(kind, edition.piles, edition, imprint) for kind in self._kinds() if not kind.font}

    def _letter(self, font: str, ink: Ink) -> None:
        self.letters.setdefault((font, ink), chr(ord("a") + len(self.letters)))

    def _kinds(self) -> list[Kind]:
        return list(dict.fromkeys(kind_of(spot) for side in self.edition.sides for spot in side.spots))

    # -- what all pages share

    def shell(self) -> Shell:
        return taken_apart(self.blank())

    def blank(self) -> bytes:
        """A PDF of one blank page a side, with all forms and resources."""
        import pikepdf

        edition = self.edition
        faces, bounds = self._faces(), {half: face.bounds for face in edition.faces for half in half_keys(face)}
        glyphs = {name: (glyph_content(path, ink), box) for name, path, ink, box in self._glyphs()}
        halves = [self._halves(side) for side in edition.sides]
        contents = [*faces.values(), *(c for c, _ in glyphs.values()), *(c for pair in halves for c in pair)]
        own = self._own_content()
        document = Document(edition.title, edition.date, (), (), edition.subject)
        said = facts(document)
        pdf = pikepdf.new()
        try:
            shared = _Shared(pdf, [*contents, own])
            for key, content in faces.items():
                if any(key in c.forms for pair in halves for c in pair):
                    shared.add_form(pdf, key, content, bounds[key])
            named = {name: _form(pdf, shared, content, box) for name, (content, box) in glyphs.items()}
            known: dict[tuple[bytes, bytes], pikepdf.Object] = {}
            for side, pair in zip(edition.sides, halves, strict=True):
                page = _page(pdf, shared, own._replace(data=b"", layers=()), side.page)
                page["/Resources"] = self._resources(pdf, shared, named, side, pair, own, known)
                pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
            _catalog(pdf, shared)
            digest = hashlib.sha256(_digest(document, self.standard, contents) + repr(edition.piles).encode())
            pdf.Root["/Metadata"] = pdf.make_indirect(
                pikepdf.Stream(
                    pdf, xmp(said, self.standard, digest.digest()), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
                )
            )
            fill_info(pdf.docinfo, said, self.standard)
            return saved(pdf, self.standard)
        finally:
            pdf.close()

    def _faces(self) -> dict[str, Content]:
        """The faces' halves; under codes of their own also the modules that no number changes."""
        extra: dict[str, dict[Slot, Kind]] = {}
        for side in self.edition.sides:
            places = {p.station - 1: p for p in side.page.placements}
            for spot in side.spots:
                if not spot.slot.font and not self.imprint:
                    extra.setdefault(places[spot.station].form, {})[spot.slot] = kind_of(spot)
        found, layered = dict[str, Content](), self.standard.layers
        for face in self.edition.faces:
            parts = list(zip(face.groups, group_contents(face.groups, layered), strict=True))
            for key, below in zip(half_keys(face), (True, False), strict=True):
                chosen = [content for group, content in parts if (group.layer in UNDER) is below]
                if slots := extra.get(key):
                    marks = dict.fromkeys(Fill(self.codes[kind].static(slot), slot.ink) for slot, kind in slots.items())
                    chosen += group_contents((Group(Layer.ARTWORK, tuple(marks)),), layered)
                found[key] = joined(chosen)
        return found

    def _halves(self, side: Side) -> tuple[Content, Content]:
        layered = self.standard.layers
        over = Page(side.page.media, side.page.bleed, side.page.trim, side.over, side.over_groups)
        if self.imprint:
            blank = Page(side.page.media, side.page.bleed, side.page.trim, (), ())
            marks = tuple(group for group in side.page.groups if group.layer is Layer.MARKS)
            return surface_content(blank._replace(groups=marks), layers=layered), surface_content(blank)
        return surface_content(side.page, layers=layered), surface_content(over, layers=layered)

    def _own_content(self) -> Content:
        """What page contents name besides forms."""
        inks = [kind.ink for kind in self.codes]
        spots = tuple(dict.fromkeys(ink._replace(tint=1.0, overprint=False) for ink in inks if ink.spot))
        states = tuple(dict.fromkeys(OVERPRINT if ink.overprint else KNOCKOUT for ink in inks))
        layers: tuple[Layer, ...] = ()
        if self.standard.layers:
            some = [Layer.ARTWORK] if any(side.spots for side in self.edition.sides) else []
            layers = (*some, *([Layer.LEGEND] if any(side.sheet_line for side in self.edition.sides) else []))
        return Content(b"", spots, states, layers, (), ())

    def _resources(
        self,
        pdf: Pdf,
        shared: _Shared,
        named: Mapping[str, Object],
        side: Side,
        pair: tuple[Content, Content],
        own: Content,
        known: dict[tuple[bytes, bytes], Object],
    ) -> Object:
        """One resource dictionary for all pages of a side; equal halves of two sides are one object."""
        import pikepdf

        found = shared.resources(own)
        table = {}
        for name, content in zip(("/Under", "/Over"), pair, strict=True):
            key = (name.encode(), content.data)
            if key not in known:
                known[key] = _form(pdf, shared, content, side.page.media)
            table[name] = known[key]
        fonts = {self.letters[s.slot.font, s.slot.ink] for s in side.spots if s.slot.font}
        if side.sheet_line:
            fonts.add(self.letters[SHEET_FONT, LEGEND])
        table |= {f"/{name}": form for name, form in named.items() if name[0] in fonts}
        found["/XObject"] = pikepdf.Dictionary(table)
        return pdf.make_indirect(found)

    def _glyphs(self) -> Iterator[tuple[str, Path, Ink, Rect]]:
        """Each character's form: name, outline in font units, ink, box."""
        for (font, ink), letter in self.letters.items():
            wanted = set(ALPHABET) | {"-"}
            for kind in self.texts:
                if (kind.font, kind.ink) == (font, ink):
                    wanted |= set(kind.text.replace(SERIAL, ""))
            if (font, ink) == (SHEET_FONT, LEGEND):
                wanted |= set(LINE_CHARACTERS)
            for character in sorted(wanted):
                path = outline(font, character)
                if path is not None:
                    yield name_of(letter, character), path, ink, path.bounds().inset(-1)

    # -- pages

    def pages(self, numbers: NDArray[np.int64], first_sheet: int) -> Iterator[tuple[int, bytes]]:
        """(side, content) of every page, sheet after sheet."""
        writings = {spot.writing for side in self.edition.sides for spot in side.spots}
        sides = [_Page(self, side) for side in self.edition.sides]
        for at in range(0, len(numbers), TOGETHER):
            part = numbers[at : at + TOGETHER]
            flat = part.clip(0).ravel()  # a blank is written as number nought, and left out
            texts = {w: w.rows(flat).reshape(*part.shape, w.length) for w in writings}
            marks = [side.numbers(part, texts) for side in sides]
            for k in range(len(part)):
                line = self._sheet_line(first_sheet + at + k, part[k])
                for i, side in enumerate(sides):
                    yield i, side.content(marks[i][k], line)

    def _sheet_line(self, sheet: int, row: NDArray[np.int64]) -> bytes:
        """The sheet's own line of the slug, `@` in the place of its map."""
        letter = self.letters.get((SHEET_FONT, LEGEND))
        if letter is None:
            return b""
        writings = dict(self.edition.writings)
        there = [(station, int(n)) for station, n in enumerate(row.tolist()) if n >= 0]
        ends = [writings[station].printed(n) for station, n in (there[0], there[-1])] if there else ["–", "–"]
        return line(line_text(sheet, self.edition.run, *ends), letter)


class _Page:
    """One side's pages: all that is the same on each of them, made once."""

    def __init__(self, made: _Made, side: Side) -> None:
        layered = made.standard.layers
        self._kinds: list[tuple[Kind, Codes | Texts, list[int], list[bytes]]] = []
        for kind in dict.fromkeys(kind_of(spot) for spot in side.spots):
            spots = [spot for spot in side.spots if kind_of(spot) == kind]
            maps = [matrix(spot.at).encode() for spot in spots]
            maker = made.codes[kind] if kind in made.codes else made.texts[kind]
            self._kinds.append((kind, maker, [spot.station for spot in spots], maps))
        self._begin = f"q\n{flip(side.page)} cm\n/Under Do\n".encode()
        self._artwork = layer_begin(Layer.ARTWORK, layered) if side.spots else b""
        self._legend, self._line_at = b"", b""
        if side.sheet_line is not None:
            glyphs = side.sheet_line.glyphs
            at = line_map(side.sheet_line.scale, glyphs[0].x, glyphs[0].y, glyphs[-1].x, glyphs[-1].y)
            self._legend, self._line_at = layer_begin(Layer.LEGEND, layered), at.encode()

    def numbers(self, numbers: NDArray[np.int64], texts: Mapping[Writing, NDArray[np.uint8]]) -> list[bytes]:
        """The numbers of each of these sheets, kind by kind as they stand in the side's spots."""
        pages: list[list[bytes]] = [[] for _ in numbers]
        for kind, maker, stations, maps in self._kinds:
            some = Some(texts[kind.writing][:, stations], numbers[:, stations] >= 0, maps)
            for page, marks in zip(pages, maker.pages(some), strict=True):
                page += (maker.head, marks)
        return [b"".join(page) for page in pages]

    def content(self, marks: bytes, line: bytes) -> bytes:
        """One page, with its numbers and its own line of the slug."""
        parts = [self._begin]
        if self._artwork:
            parts += (self._artwork, marks, LAYER_END)
        if self._legend:
            parts += (self._legend, line.replace(b"@", self._line_at, 1), LAYER_END)
        parts.append(b"/Over Do\nQ\n")
        return b"".join(parts)
