"""The numbers of sheets as operators: characters that are forms, and rows of modules as rectangles, many at once.

A template of bytes has holes for the characters of a serial; rows of modules become tokens by a gather in one table
(`qr.linear`). Nothing here knows pages or files.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from keytag.base.drawing import Slot
from keytag.base.geometry import Affine, Path
from keytag.base.ink import Ink
from keytag.base.records import NamedTuple
from keytag.base.units import number
from keytag.qr.linear import Family, Symbols, runs, symbols
from keytag.render.pdf.content import KNOCKOUT, OVERPRINT, spot_name
from keytag.render.pdf.syntax import matrix
from keytag.serial.characters import ALPHABET
from keytag.serial.form import Form as Writing
from keytag.serial.form import cells, specimen
from keytag.sheet.edition import SHEET_FONT, Edition, Spot
from keytag.sheet.numbering import Pile
from keytag.tag import typeset

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SERIAL = "{serial}"
LINE_CHARACTERS = f"{ALPHABET}-/ ·–sheetờ"


class Kind(NamedTuple):
    """Numbers that are written alike: the same words around the serial, form, font and ink, or the same symbol."""

    text: str
    writing: Writing
    ink: Ink
    font: str
    level: str


def kind_of(spot: Spot) -> Kind:
    return Kind(spot.slot.text, spot.writing, spot.slot.ink, spot.slot.font, spot.slot.level)


@lru_cache(maxsize=8)
def _line_table(letter: str) -> dict[str, tuple[bytes, float]]:
    font = typeset.load(SHEET_FONT)
    return {
        c: (b"/%s Do\n" % name_of(letter, c).encode() if outline(SHEET_FONT, c) else b"", font.shape(c).advance)
        for c in sorted(set(LINE_CHARACTERS))
    }


def line(text: str, letter: str) -> bytes:
    """A line of characters, its map left open as `@`."""
    said = f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
    found = [f"/Span <</ActualText {said}>> BDC\nq @ cm\n".encode()]
    ahead = 0.0
    for character in text:
        step, ahead = _step(letter, ahead, character)
        found.append(step)
    return b"".join((*found, b"Q\nEMC\n"))


@lru_cache(maxsize=4096)
def _step(letter: str, ahead: float, character: str) -> tuple[bytes, float]:
    """A character so far ahead of the one placed last, and how far ahead the next one is then: few differ in a run."""
    shown, advance = _line_table(letter)[character]
    if not shown:
        return b"", ahead + advance
    return (b"1 0 0 1 %g 0 cm\n%s" % (ahead, shown) if ahead else shown), advance


def line_map(scale: float, x0: float, y0: float, x1: float, y1: float) -> str:
    """From font units to a line of words that runs from one glyph's origin to another's, in quarter turns."""

    dx, dy = x1 - x0, y1 - y0
    cos, sin = ((dx > 0) - (dx < 0), 0) if abs(dx) >= abs(dy) else (0, (dy > 0) - (dy < 0))
    return matrix(Affine(scale * cos, scale * sin, scale * sin, -scale * cos, x0, y0))


def name_of(letter: str, character: str) -> str:
    """The form's name of a character in one font and ink."""
    plain = character in ALPHABET or character == "-"
    return f"{letter}{character}" if plain else f"{letter}_{ord(character):04x}"


@lru_cache(maxsize=512)
def outline(font: str, character: str) -> Path | None:
    """A character's outline in font units, from its origin; None where it has no ink."""
    loaded = typeset.load(font)
    run = loaded.shape(character)
    if not run.glyphs:
        return None
    paths = [loaded.outline(glyph).moved(x, y) for glyph, x, y in run.glyphs]
    return Path("".join(p.ops for p in paths), tuple(v for p in paths for v in p.coords))


class Some(NamedTuple):
    """Numbers of one kind on some sheets: `texts` are characters of (sheets, places, length); `there` says which of
    (sheets, places) have a number, the others stay blank; `maps` are the places' maps as operands."""

    texts: NDArray[np.uint8]
    there: NDArray[np.bool_]
    maps: Sequence[bytes]


class Texts:
    """Serials in characters: one template of bytes, whose holes the characters of each serial fill."""

    head = b""

    def __init__(self, kind: Kind, letter: str) -> None:
        before, _, after = kind.text.partition(SERIAL)
        said: list[int | str] = [*before, *cells(kind.writing), *after]
        font = typeset.load(kind.font)
        self._length = kind.writing.length
        self._before = [b"/Span <</ActualText ", *_actual(said), b">> BDC\nq "]
        sample = kind.writing.text(specimen(kind.writing))
        head, last = len(kind.writing.prefix), kind.writing.length - 1
        parts: list[bytes | int] = [b" cm\n"]
        ahead = 0.0
        for cell in said:
            # A digit is as wide as any other; the check character has the room that the template gave its specimen.
            shown = (sample[cell] if cell == last else "0") if isinstance(cell, int) and cell >= head else None
            if isinstance(cell, int) and cell < head:
                cell = kind.writing.prefix[cell]
            character = shown or str(cell)
            if outline(kind.font, character) is not None:
                if ahead:
                    parts.append(b"1 0 0 1 %g 0 cm\n" % ahead)
                if shown is not None and isinstance(cell, int):
                    parts += [b"/%s" % letter.encode(), cell, b" Do\n"]
                else:
                    parts.append(b"/%s Do\n" % name_of(letter, character).encode())
                ahead = 0.0
            ahead += font.shape(character).advance
        self._after = [*parts, b"Q\nEMC\n"]
        self._known: tuple[tuple[bytes, ...], _Template] = ((), _Template([]))

    def pages(self, some: Some) -> list[bytes]:
        """The numbers of each sheet. Sheets whose blanks are the same places, as nearly all are, are one template."""
        import numpy as np

        found = [b""] * len(some.there)
        alike: dict[bytes, list[int]] = {}
        for sheet, there in enumerate(some.there):
            alike.setdefault(there.tobytes(), []).append(sheet)
        for pattern, sheets in alike.items():
            places = np.flatnonzero(np.frombuffer(pattern, np.bool_)).tolist()
            template = self._template(tuple(some.maps[i] for i in places))
            texts = some.texts[sheets][:, places].reshape(len(sheets), -1)
            for sheet, page in zip(sheets, template.filled(texts), strict=True):
                found[sheet] = page
        return found

    def _template(self, maps: tuple[bytes, ...]) -> _Template:
        """All numbers of a sheet: the characters of the first, then of the second ...; the last one is remembered."""
        if self._known[0] != maps:
            parts: list[bytes | int] = []
            for at, operands in enumerate(maps):
                for part in (*self._before, operands, *self._after):
                    parts.append(at * self._length + part if isinstance(part, int) else part)
            self._known = maps, _Template(parts)
        return self._known[1]


def _actual(said: Sequence[int | str]) -> list[bytes | int]:
    """A text string of these cells: plain where all is ASCII, else UTF-16."""
    if all(isinstance(cell, int) or (cell.isascii() and cell not in "()\\") for cell in said):
        return [b"(", *(cell if isinstance(cell, int) else cell.encode() for cell in said), b")"]
    wide: list[bytes | int] = [b"\xfe\xff"]
    for cell in said:
        wide += [b"\0", cell] if isinstance(cell, int) else [_escaped(cell.encode("utf-16-be"))]
    return [b"(", *wide, b")"]


def _escaped(data: bytes) -> bytes:
    for byte in (b"\\", b"(", b")"):
        data = data.replace(byte, b"\\" + byte)
    return data.replace(b"\r", b"\\r").replace(b"\n", b"\\n")


class _Template:
    """Bytes with holes: `filled` puts a column of characters into each."""

    def __init__(self, parts: Sequence[bytes | int]) -> None:
        self._holes: list[int] = []
        self._columns: list[int] = []
        self._bytes = bytearray()
        for part in parts:
            if isinstance(part, int):
                self._holes.append(len(self._bytes))
                self._columns.append(part)
                self._bytes += b"?"
            else:
                self._bytes += part

    def filled(self, texts: NDArray[np.uint8]) -> list[bytes]:
        """One copy for each row of `texts`."""
        import numpy as np

        size = len(self._bytes)
        found = np.empty((len(texts), size), np.uint8)
        found[:] = np.frombuffer(bytes(self._bytes), np.uint8)
        found[:, self._holes] = texts.take(self._columns, axis=1)
        data = found.tobytes()
        return [data[i : i + size] for i in range(0, len(data), size)]


class Codes:
    """Symbols of their own: the modules that vary, as rectangles in units of a module."""

    def __init__(self, kind: Kind, piles: Sequence[Pile], edition: Edition, whole: bool = False) -> None:
        """`whole` symbols share nothing with a form below: they go onto shells that were printed before."""
        self._whole = whole
        before, _, after = kind.text.partition(SERIAL)
        form = kind.writing
        self._symbols = family_of(kind)
        writings = dict(edition.writings)
        mine = [pile for pile in piles if writings[pile.station] == form]
        self._form, self._low, self._high = form, min(p.first for p in mine), max(p.last for p in mine)
        self.head = _ink(kind.ink)
        said = _actual([*before, *range(form.length), *after])
        self._said = _Template([b"/Figure <</Alt (QR) /ActualText ", *said, b">> BDC\nq "])

    @cached_property
    def _varies(self) -> NDArray[np.uint64]:
        """The modules, a word a row, that are not the same for all numbers of the plate."""
        import numpy as np

        if self._whole:
            return np.full(self._symbols.modules, (1 << self._symbols.modules) - 1, np.uint64)
        ends = self._form.rows(np.array([self._low, self._high], np.int64))
        return self._symbols.varying(ends[0], ends[1])

    def static(self, slot: Slot) -> Path:
        """The dark modules that all numbers of the plate share, in the face's millimetres."""
        import numpy as np

        from keytag.qr import contour
        from keytag.qr.encode import Matrix

        words = self._symbols.rows(self._form.rows(np.array([self._low], np.int64)))[0] & ~self._varies
        side = self._symbols.modules
        rows = tuple(tuple(bool(int(word) >> x & 1) for x in range(side)) for word in words)
        return contour.outline(Matrix("", self._symbols.size, rows), slot.at.e, slot.at.f, slot.at.a)

    def pages(self, some: Some) -> list[bytes]:
        """The codes of each sheet."""
        texts = some.texts[some.there]
        rectangles, ends = _rectangles(self._symbols.rows(texts) & self._varies)
        parts: list[bytes] = [b""] * (5 * len(texts))
        parts[0::5] = self._said.filled(texts)
        parts[1::5] = [some.maps[i] for i in some.there.nonzero()[1].tolist()]
        parts[2::5] = [b" cm\n"] * len(texts)
        parts[3::5] = [rectangles[a:b] for a, b in itertools.pairwise([0, *ends])]
        parts[4::5] = [b"f\nQ\nEMC\n" if rows else b"Q\nEMC\n" for rows in parts[3::5]]
        stops = [0, *(5 * some.there.sum(axis=1).cumsum()).tolist()]
        return [b"".join(parts[a:b]) for a, b in itertools.pairwise(stops)]


def _rectangles(words: NDArray[np.uint64]) -> tuple[bytes, list[int]]:
    """The operators of many symbols' rectangles, and where each symbol's end."""
    found, side = runs(words), words.shape[1]
    most = 9 if not found.length.size or found.length.max() <= 9 else side
    table = _tokens(side, most)
    index = (found.row * side + found.column) * most + found.length - 1
    return table.take(index, axis=0).tobytes(), (found.counts.cumsum() * table.shape[1]).tolist()


def family_of(kind: Kind) -> Symbols:
    """The symbols of a kind of codes."""
    before, _, _ = kind.text.partition(SERIAL)
    sample = kind.text.replace(SERIAL, kind.writing.text(specimen(kind.writing)))
    return symbols(Family(sample, len(before), kind.writing.length, kind.level))


def _ink(ink: Ink) -> bytes:
    """What sets an ink and its state before its numbers."""
    state = f"/{OVERPRINT if ink.overprint else KNOCKOUT} gs\n"
    if ink.spot:
        return f"{state}/{spot_name(ink)} cs {number(ink.tint)} scn\n".encode()
    return f"{state}{' '.join(map(number, ink.cmyk))} k\n".encode()


@lru_cache(maxsize=4)
def _tokens(side: int, most: int) -> NDArray[np.uint8]:
    """`x y length 1 re` for the runs up to `most` of a symbol of `side` modules, all as wide, by (row, first column,
    length - 1)."""
    import numpy as np

    digits = len(str(most))
    texts = [
        b"%2d %2d %*d 1 re\n" % (x, y, digits, length)
        for y in range(side)
        for x in range(side)
        for length in range(1, most + 1)
    ]
    return np.frombuffer(b"".join(texts), np.uint8).reshape(len(texts), -1)
