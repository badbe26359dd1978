"""Glyph outlines as HarfBuzz draws them, each held against what the font itself says of the glyph.

HarfBuzz draws through callbacks, which drop exceptions: a Ctrl-C there would leave half a letter. So nothing may be
lost while it draws, and the finished outline must fill the glyph's extents, with as many contours as the `glyf` table
counts (OpenType 1.9, "glyf"), each closed.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from keytag.base.callbacks import NothingLost
from keytag.base.errors import OutputError
from keytag.base.geometry import Path, Rect
from keytag.base.words import say

if TYPE_CHECKING:
    import uharfbuzz

_ROUNDING = 1.0  # font units: a font's extents are whole numbers
_MORE, _WIDE, _SCALE, _TWO_SCALES, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80  # flags of a composite glyph's components


class Pen:
    """Collects one glyph as a path; the quadratic curves of TrueType become the same curves as cubics."""

    def __init__(self) -> None:
        self.ops: list[str] = []
        self.coords: list[float] = []

    def moveTo(self, p: tuple[float, float]) -> None:
        self.ops.append("m")
        self.coords += p

    def lineTo(self, p: tuple[float, float]) -> None:
        self.ops.append("l")
        self.coords += p

    def curveTo(self, p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> None:
        self.ops.append("c")
        self.coords += (*p, *q, *r)

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        (x, y), (x2, y2) = points  # HarfBuzz gives one control point at a time
        x0, y0 = self.coords[-2:]
        self.ops.append("c")
        self.coords += (
            x0 + (x - x0) * 2 / 3,
            y0 + (y - y0) * 2 / 3,
            x2 + (x - x2) * 2 / 3,
            y2 + (y - y2) * 2 / 3,
            x2,
            y2,
        )

    def closePath(self) -> None:
        self.ops.append("z")


class Outlines:
    """The outlines of one TrueType font, in font units with y up; nothing is remembered here."""

    def __init__(self, font: uharfbuzz.Font) -> None:
        self._font = font
        tables = {tag: font.face.reference_table(tag).data for tag in ("head", "loca", "glyf")}
        (wide,) = struct.unpack_from(">h", tables["head"], 50)  # indexToLocFormat
        loca = tables["loca"]
        count = len(loca) // (4 if wide else 2)
        places = struct.unpack(f">{count}{'I' if wide else 'H'}", loca)
        self._starts: tuple[int, ...] = places if wide else tuple(2 * place for place in places)
        self._glyf: bytes = tables["glyf"]

    def box(self, glyph: int) -> Rect | None:
        """The glyph's inked bounds by the font, y up from the lower left; None where it has no ink."""
        e = self._font.get_glyph_extents(glyph)
        inked = e is not None and e.width and e.height
        return Rect(e.x_bearing, e.y_bearing + e.height, e.width, -e.height) if inked else None

    def draw(self, glyph: int) -> Path:
        """The glyph's curves, whole: whatever was raised while they were drawn is raised here.

        An `OutputError` where they are not what the font says of the glyph.
        """
        pen = Pen()
        with NothingLost():
            self._font.draw_glyph_with_pen(glyph, pen)
        path = Path("".join(pen.ops), tuple(pen.coords))
        wrong = self._wrong(glyph, path)
        if wrong:
            name = self._font.glyph_to_string(glyph)
            raise OutputError(
                say("the outline of the letter {name} is not whole: {wrong}", name=name, wrong=wrong),
                hint=say("run keytag again"),
            )
        return path

    def _wrong(self, glyph: int, path: Path) -> str:
        """What tells that `path` is not the whole glyph; empty where nothing does."""
        before, *contours = path.ops.split("m")
        if before or any(contour.lstrip("lc") != "z" for contour in contours):
            return say("a contour is open")
        wanted = self.contours(glyph)
        if len(contours) != wanted:
            return say("{contours} contours of {wanted}", contours=len(contours), wanted=wanted)
        box = self.box(glyph)
        if box is None:
            return say("ink where the font has none") if contours else ""
        (left, right), (bottom, top) = path.extents()
        sides = zip((left, bottom, right, top), (box.x, box.y, box.right, box.bottom), strict=True)
        return "" if all(abs(a - b) <= _ROUNDING for a, b in sides) else say("it does not fill the font's extents")

    def contours(self, glyph: int) -> int:
        """How many contours the `glyf` table gives a glyph, those of its components for a composite one."""
        start, end = self._starts[glyph], self._starts[glyph + 1]
        if start == end:
            return 0
        (count,) = struct.unpack_from(">h", self._glyf, start)
        return int(count) if count >= 0 else sum(self.contours(part) for part in self._components(start + 10))

    def _components(self, at: int) -> list[int]:
        """The glyphs that a composite glyph is made of; its description begins at byte `at`."""
        found, flags = [], _MORE
        while flags & _MORE:
            flags, glyph = struct.unpack_from(">HH", self._glyf, at)
            found.append(glyph)
            at += 8 if flags & _WIDE else 6
            at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        return found
