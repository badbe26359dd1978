"""The letters of every tag held against the font's own outlines, which fontTools reads by code of its own.

What the shaper and the pen made of a letter is compared by exact bounds and signed area: a contour that is lost, open,
or of another letter differs in one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from keytag.base.drawing import Words
from keytag.base.geometry import Path
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.tag import typeset
from keytag.tag.artwork import Artwork
from keytag.verification.model import Failure

_AREA = 0.002  # of the whole
_EDGE = 1.5  # font units


class Shape(NamedTuple):
    """A glyph's bounds and area in font units."""

    bounds: tuple[float, float, float, float]
    area: float


def check_glyphs(artworks: Mapping[str, Artwork]) -> tuple[int, list[Failure]]:
    """Every different word of all tags: its letters one by one, all of one font."""
    known: dict[tuple[str, int], bool] = {}
    compared, failures = 0, []
    for artwork in artworks.values():
        for face in artwork.faces:
            for mark in (m for group in face.form.groups for m in group.marks if isinstance(m, Words)):
                letters = [c for c in mark.text if not c.isspace()]
                compared += len(letters)
                if len(letters) != len(mark.glyphs):
                    failures.append(
                        Failure(
                            artwork.title, say("{mark!r} has {glyphs} letters", mark=mark.text, glyphs=len(mark.glyphs))
                        )
                    )
                    continue
                turned = mark.box.height > 1.6 * mark.box.width and len(letters) > 2
                if not any(_all_right(letters, mark, font, turned, known) for font in typeset.FONTS):
                    failures.append(
                        Failure(artwork.title, say("a letter of {mark!r} is not as the font has it", mark=mark.text))
                    )
    return compared, list(dict.fromkeys(failures))


def _all_right(
    letters: Iterable[str], mark: Words, font: str, turned: bool, known: dict[tuple[str, int], bool]
) -> bool:
    for letter, glyph in zip(letters, mark.glyphs, strict=True):
        key = (font + letter, id(glyph.outline))
        if key not in known:
            known[key] = any(_same(_measured(glyph.outline), shape, turned) for shape in _own(font, letter))
        if not known[key]:
            return False
    return True


def _same(one: Shape, other: Shape, turned: bool) -> bool:
    """Whether two shapes are one; a letter that is turned by a right angle has its width and height exchanged."""
    sizes = [(s.bounds[2] - s.bounds[0], s.bounds[3] - s.bounds[1]) for s in (one, other)]
    pairs = zip(sizes[0][::-1], sizes[1], strict=True) if turned else zip(one.bounds, other.bounds, strict=True)
    near = all(abs(a - b) <= _EDGE for a, b in pairs)
    return near and abs(one.area - other.area) <= max(abs(other.area) * _AREA, 4.0)


@lru_cache(maxsize=4096)
def _own(font: str, letter: str) -> tuple[Shape, ...]:
    """The letter's shapes in the font: its own, and those of its variants (tabular figures are `one.tf`)."""
    from fontTools.pens.areaPen import AreaPen
    from fontTools.pens.boundsPen import BoundsPen

    names, glyphs, variants = _opened(font)
    name = names.get(ord(letter))
    found = []
    for each in variants.get(name, ()) if name else ():
        bounds, area = BoundsPen(glyphs), AreaPen(glyphs)
        glyphs[each].draw(bounds)
        glyphs[each].draw(area)
        if bounds.bounds is not None:
            found.append(Shape(bounds.bounds, area.value))
    return tuple(found)


@lru_cache(maxsize=len(typeset.FONTS))
def _opened(font: str) -> tuple[dict[int, str], Any, dict[str, list[str]]]:
    from fontTools.ttLib import TTFont

    opened = TTFont(FilePath(typeset.__file__).parent.parent / "data" / "fonts" / typeset.FONTS[font])
    variants: dict[str, list[str]] = {}
    for name in opened.getGlyphOrder():
        variants.setdefault(name.partition(".")[0], []).append(name)
    return opened.getBestCmap(), opened.getGlyphSet(), variants


def _measured(path: Path) -> Shape:
    """The bounds and the signed area of an outline."""
    from fontTools.pens.areaPen import AreaPen

    area = AreaPen()
    c, i, is_open = path.coords, 0, False
    for op in path.ops:
        if op == "m":
            if is_open:
                area.closePath()
            area.moveTo((c[i], c[i + 1]))
            i, is_open = i + 2, True
        elif op == "l":
            area.lineTo((c[i], c[i + 1]))
            i += 2
        elif op == "c":
            area.curveTo((c[i], c[i + 1]), (c[i + 2], c[i + 3]), (c[i + 4], c[i + 5]))
            i += 6
        else:
            area.closePath()
            is_open = False
    if not path.ops:
        return Shape((0, 0, 0, 0), 0)
    (left, right), (bottom, top) = path.extents()
    return Shape((left, bottom, right, top), area.value)


def measured(path: Path) -> Shape:
    """The bounds and the signed area of an outline in font units."""
    return _measured(path)


def same(one: Shape, other: Shape, turned: bool) -> bool:
    """Whether two shapes are one, as letters are compared."""
    return _same(one, other, turned)


def shapes(font: str, letter: str) -> tuple[Shape, ...]:
    """The letter's shapes in a font, as fontTools reads them."""
    return _own(font, letter)


def fonts() -> tuple[str, ...]:
    """The fonts that there are."""
    return tuple(typeset.FONTS)
