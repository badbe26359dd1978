"""Words become outlines: HarfBuzz shapes them, the glyphs' curves are kept, and no font goes any further.

Shaping is done once in font units and only scaled afterwards, so fitting a line costs a multiplication. Fira Sans
Condensed sets the Jrai and Bahnar letters (ƀ č ŏ ơ̆ ư̆ ê̆) by mark positioning, which plain metrics would get wrong.
Nothing here chooses a size or a place: `fitting` does.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Span
from keytag.base.drawing import Glyph, Words
from keytag.base.geometry import Affine, Path, Rect, rectangle
from keytag.base.ink import Ink
from keytag.base.records import NamedTuple
from keytag.base.units import MM_PER_PT
from keytag.tag.glyphs import Outlines

if TYPE_CHECKING:
    import uharfbuzz

_QUARTERS = (Affine(1, 0, 0, 1), Affine(0, -1, 1, 0), Affine(-1, 0, 0, -1), Affine(0, 1, -1, 0))
FONTS = {
    "medium": "FiraSansCondensed-Medium.ttf",
    "semibold": "FiraSansCondensed-SemiBold.ttf",
    "bold": "FiraSansCondensed-Bold.ttf",
}
_FOLDER = FilePath(__file__).parent.parent / "data" / "fonts"


class Run(NamedTuple):
    """A shaped line in font units (y up, origin at its left baseline): its inked glyphs by number in `font`.

    `left` … `top` are its inked bounds. `missing` are the characters that the font has no glyph for; they are set as
    its empty box, so that a proof shows them.
    """

    text: str
    font: str
    glyphs: tuple[tuple[int, float, float], ...]
    advance: float
    left: float
    right: float
    bottom: float
    top: float
    upem: float
    missing: tuple[str, ...]

    def __hash__(self) -> int:  # runs are asked for again and again: what tells most apart is enough
        return hash((self.text, self.font, self.advance))

    @property
    def ink_width(self) -> float:
        """Width from the first inked edge to the last, in em."""
        return (self.right - self.left) / self.upem

    @property
    def ascent(self) -> float:
        """Ink above the baseline, in em."""
        return self.top / self.upem

    @property
    def descent(self) -> float:
        """Ink below the baseline (positive), in em."""
        return -self.bottom / self.upem


class Font:
    """One loaded font: shapes text and hands out outlines, remembering both (they never change)."""

    def __init__(self, name: str) -> None:
        import uharfbuzz as hb

        self.name = name
        file = _FOLDER / FONTS[name] if name in FONTS else FilePath(name)
        face = hb.Face(hb.Blob.from_file_path(file))
        self._font: uharfbuzz.Font = hb.Font(face)
        self._outlines = Outlines(self._font)
        self._upem = float(face.upem)
        self.cap_height = self._glyph_top("H")
        self.digit_height = self._glyph_top("8")
        self.x_height = self._glyph_top("x")

    def _glyph_top(self, letter: str) -> float:
        """The height of a letter, in em."""
        return float(self._font.get_glyph_extents(self._font.get_nominal_glyph(ord(letter))).y_bearing) / self._upem

    @lru_cache(maxsize=1024)  # noqa: B019 - a font lives as long as the process, see `load`
    def outline(self, glyph: int) -> Path:
        """The glyph's curves."""
        return self._outlines.draw(glyph)

    @lru_cache(maxsize=1024)  # noqa: B019
    def box(self, glyph: int) -> Rect | None:
        """The glyph's inked bounds, y up from the lower left; None where it has no ink."""
        return self._outlines.box(glyph)

    @lru_cache(maxsize=1024)  # noqa: B019
    def boxed(self, glyph: int) -> Path:
        """The glyph's box as a path; empty where it has no ink."""
        box = self.box(glyph)
        return Path("", ()) if box is None else rectangle(box)

    @lru_cache(maxsize=512)  # noqa: B019 - a font lives as long as the process, see `load`
    def shape(self, text: str, tracking: float = 0.0) -> Run:
        """`text` as one line with tabular figures; `tracking` is extra space between letters, in em."""
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, {"tnum": True, "kern": True, "liga": False})
        extra = tracking * self._upem
        glyphs: list[tuple[int, float, float]] = []
        left = bottom = math.inf
        right = top = -math.inf
        missing: list[str] = []
        x, previous = 0.0, -1
        for info, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
            glyph = info.codepoint
            if extra or not glyph:
                cluster = info.cluster
                if extra and cluster != previous and previous >= 0:
                    x += extra
                previous = cluster
                if not glyph:
                    missing.append(text[cluster])
            box = self.box(glyph)
            if box is not None:
                gx, gy = x + position.x_offset, float(position.y_offset)
                glyphs.append((glyph, gx, gy))
                x0, y0, width, height = box
                x0, y0 = x0 + gx, y0 + gy
                x1, y1 = x0 + width, y0 + height
                left, right = x0 if x0 < left else left, x1 if x1 > right else right
                bottom, top = y0 if y0 < bottom else bottom, y1 if y1 > top else top
            x += position.x_advance
        if not glyphs:  # white space
            left, right, bottom, top = 0.0, x, 0.0, 0.0
        return Run(
            text, self.name, tuple(glyphs), x, left, right, bottom, top, self._upem, tuple(dict.fromkeys(missing))
        )

    @lru_cache(maxsize=64)  # noqa: B019
    def spaced(self, text: str) -> Run:
        """`text` set character by character, without kerning: each stands where it does whatever its neighbours are."""
        glyphs: list[tuple[int, float, float]] = []
        missing: list[str] = []
        x, left, right, bottom, top = 0.0, math.inf, -math.inf, math.inf, -math.inf
        for character in text:
            run = self.shape(character)
            missing += run.missing
            if run.glyphs:
                glyphs += [(glyph, x + gx, gy) for glyph, gx, gy in run.glyphs]
                left, right = min(left, x + run.left), max(right, x + run.right)
                bottom, top = min(bottom, run.bottom), max(top, run.top)
            x += run.advance
        return Run(
            text, self.name, tuple(glyphs), x, left, right, bottom, top, self._upem, tuple(dict.fromkeys(missing))
        )

    def has(self, character: str) -> bool:
        """Whether the font draws `character` itself."""
        return self._font.get_nominal_glyph(ord(character)) is not None


@lru_cache(maxsize=16)
def load(name: str) -> Font:
    """The vendored font of that weight (`medium`, `semibold`, `bold`), or the one in the file of that path."""
    return Font(name)


def place(
    run: Run,
    size: float,
    x: float,
    baseline: float,
    ink: Ink,
    field: str = "",
    source: Span | None = None,
    *,
    draft: bool = False,
) -> Words:
    """Set `run` at `size` points with its first inked edge at `x` and its baseline at `baseline`, in millimetres.

    In a `draft` each glyph is drawn as its box: all that is judged is where it stands.
    """
    scale = size * MM_PER_PT / run.upem
    origin = x - run.left * scale
    shape = load(run.font).boxed if draft else load(run.font).outline
    glyphs = tuple([Glyph(shape(glyph), origin + gx * scale, baseline - gy * scale) for glyph, gx, gy in run.glyphs])
    box = Rect(x, baseline - run.top * scale, (run.right - run.left) * scale, (run.top - run.bottom) * scale)
    return Words(run.text, glyphs, scale, size, ink, box, field, source)


def exact(words: Words) -> Words:
    """A draft's words with their curves in the place of boxes; words that have them already as they are.

    A draft keeps neither font nor glyphs: they are the ones whose boxes these are, turned or not.
    """
    for name in FONTS:
        font = load(name)
        glyphs = [glyph for glyph, _, _ in font.shape(words.text).glyphs]
        if len(glyphs) != len(words.glyphs):
            continue
        for turn in _QUARTERS:
            boxes = (font.boxed(glyph).transformed(turn).coords for glyph in glyphs)
            if all(box == drawn.outline.coords for box, drawn in zip(boxes, words.glyphs, strict=True)):
                curves = (font.outline(glyph).transformed(turn) for glyph in glyphs)
                found = (drawn._replace(outline=c) for c, drawn in zip(curves, words.glyphs, strict=True))
                return words._replace(glyphs=tuple(found))
    return words


@lru_cache(maxsize=512)  # slugs and measures say the same words on every sheet
def set_text(text: str, size: float, ink: Ink, font: str = "medium") -> Words:
    """A plain line whose left baseline is the origin: for slugs, dimensions and other words outside the tag."""
    return place(load(font).shape(text), size, 0.0, 0.0, ink)
