"""The type of the documents in the layout library's terms: the family with tabular figures, styles, colours, widths.

What text is made fit for it here, too: composed, on one line, and shaped where a mark needs it.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

import keytag.documents.start  # noqa: F401  isort: skip
from reportlab.lib.abag import ABag
from reportlab.lib.colors import CMYKColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeFragWord
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaParser

from keytag.base.ink import Ink
from keytag.base.units import MM_PER_PT
from keytag.documents.style import STYLES, Style

_FOLDER = FilePath(__file__).parent.parent / "data" / "fonts"
_WEIGHTS = ("Medium", "SemiBold", "Bold")
_ABOVE = 230  # Unicode's combining class of marks above a letter
DIGITS = "0123456789"
NO_BREAK = "\u00a0"
PROPORTIONAL = 0xF700  # private use: the proportional figures, which shaped words are set with
_LONGEST = 400  # characters of one text: more would push a table row over a page
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class BrokenOnce(Paragraph):  # type: ignore[misc]
    """A paragraph that breaks its lines once for a width: a table asks for the same three times."""

    _broken: tuple[float, Any, tuple[float, float]] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        known = self._broken
        if known is None or known[0] != width or known[1] is not getattr(self, "blPara", None):
            size = super().wrap(width, height)
            self._broken = known = width, getattr(self, "blPara", None), size
        return known[2]


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Register the family with tabular figures under the plain digits, so that numbers align and extract as digits."""
    for weight in _WEIGHTS:
        name = f"keytag-{weight}"
        font = TTFont(name, str(_FOLDER / f"FiraSansCondensed-{weight}.ttf"))
        pdfmetrics.registerFont(font)
        word = [0, (ABag(fontName=name, fontSize=10), DIGITS)]
        tabular = shapeFragWord(word, features={"tnum": True, "kern": False})[1][1]
        face = font.face
        for i, (digit, figure) in enumerate(zip(DIGITS, tabular, strict=True)):
            plain = face.charToGlyph[ord(digit)]
            # HarfBuzz answers with the proportional glyph: it gets a code of its own, with its own width.
            face.glyphToChar[plain] = [PROPORTIONAL + i]
            face.charToGlyph[PROPORTIONAL + i] = plain
            face.charWidths[PROPORTIONAL + i] = face.charWidths[ord(digit)]
            face.charToGlyph[ord(digit)] = face.charToGlyph[ord(figure)]
            face.charWidths[ord(digit)] = face.charWidths[ord(figure)]


@lru_cache(maxsize=32)
def paragraph_style(style: Style, align: str, shaped: bool) -> Any:
    return ParagraphStyle(
        f"{style.font}-{style.size}",
        fontName=style.font,
        fontSize=style.size,
        leading=style.leading,
        textColor=colour(style.ink),
        alignment={"left": 0, "centre": 1, "right": 2}[align],
        bulletFontName=style.font,
        splitLongWords=1,
        shaping=int(shaped),
        allowWidows=0,
        allowOrphans=0,
    )


@lru_cache(maxsize=32)
def fragment(style: Style) -> Any:
    """A run of text in that style; `clone(text=...)` gives its words. What the library's parser of marked-up text
    makes, once: it needs a millisecond for a line, and every line is one of a few styles."""
    ink = ",".join(f"{v:g}" for v in style.ink.cmyk)
    return _parsed(f'<font name="{style.font}" size="{style.size:g}" color="cmyk({ink})">x</font>', style)


@lru_cache(maxsize=32)
def line_break(style: Style) -> Any:
    """A new line in a paragraph of that style."""
    return _parsed("<br/>", style)


def _parsed(marked: str, style: Style) -> Any:
    (found,) = ParaParser().parse(marked, paragraph_style(style, "left", False))[1]
    return found


@lru_cache(maxsize=256)
def colour(ink: Ink) -> Any:
    """A process ink as the layout library's colour."""
    return CMYKColor(*(round(v, 4) for v in ink.cmyk))


def clean(text: str) -> str:
    """`text` on one line and composed (NFC): what fonts and readers of PDF can show; endless text is cut short."""
    words = unicodedata.normalize("NFC", _NOT_PRINTED.sub(" ", text))
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


def needs_shaping(text: str) -> bool:
    """Whether some mark does not fall right by itself: it does on plain small letters (ơ̆, ư̆), and readers then find
    no gap behind it, which they take for a blank."""
    if not any(map(unicodedata.combining, text)):
        return False
    for before, mark in itertools.pairwise(f" {text}"):
        if kind := unicodedata.combining(mark):
            above = [c for c in unicodedata.normalize("NFD", before) if unicodedata.combining(c) == _ABOVE]
            if kind != _ABOVE or above or not before.islower():
                return True
    return False


@lru_cache(maxsize=4096)
def width_of(text: str, style: str) -> float:
    """The width of one line in millimetres."""
    register_fonts()
    return set_width(clean(text), STYLES[style]) * MM_PER_PT


@lru_cache(maxsize=2048)
def set_width(text: str, style: Style) -> float:
    """The width of clean words in points."""
    return float(pdfmetrics.stringWidth(text, style.font, style.size))
