"""Lines of text, rules and symbols as operators, written straight: what stands on a label is a dozen of them.

The layout library makes an object for each line, and encodes its words anew; words that come again are encoded once
here. Each line is between `q` and `Q`, so that the library's own memory of font and colour stays true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics

from keytag.base.ink import Ink
from keytag.base.units import number
from keytag.documents.style import Style
from keytag.documents.typesetting import set_width

_DARK = re.compile("1+")
SHARE = {"left": 0.0, "centre": 0.5, "right": 1.0}  # of a line's width that stands before its place


class Lines:
    """The lines of one document."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def draw(self, canvas: Any, x: float, y: float, text: str, style: Style, align: str) -> None:
        """One line at its baseline, in points, y up; no mark in it needs shaping."""
        if share := SHARE[align]:
            x -= share * set_width(text, style)
        shown = " ".join(
            [f"{font} {style.size:g} Tf ({said}) Tj" for font, said in self._encoded(canvas, text, style.font)]
        )
        canvas._code.append(f"q {inked(style.ink)} k BT 1 0 0 1 {fp_str(x, y)} Tm {shown} ET Q")

    def _encoded(self, canvas: Any, text: str, name: str) -> tuple[tuple[str, str], ...]:
        """(font's resource, its codes as they stand in a string) of each run in one subset of the font."""
        if (name, text) not in self._known:
            font, document = pdfmetrics.getFont(name), canvas._doc
            self._known[name, text] = tuple(
                (font.getSubsetInternalName(subset, document), canvas._escape(codes))
                for subset, codes in font.splitString(text, document)
            )
        return self._known[name, text]


def rules(canvas: Any, lines: Sequence[tuple[float, float, float, float]], width: float, ink: Ink) -> None:
    """Straight lines of one width and ink, in points, y up: a path."""
    path = " ".join([f"{fp_str(x0, y0)} m {fp_str(x1, y1)} l" for x0, y0, x1, y1 in lines])
    canvas._code.append(f"q {inked(ink)} K {fp_str(width)} w {path} S Q")


def modules(canvas: Any, x: float, y: float, module: float, symbol: tuple[str, int], ink: Ink) -> None:
    """A symbol, as `qr.encode.text` gives it, with its top left at (x, y), in points, y up.

    Each dark run is a rectangle of one path, in modules.
    """
    at = " ".join(map(number, (module, 0, 0, -module, x, y)))
    rectangles = _rectangles(symbol[1] + 1)
    path = " ".join([rectangles[run.span()] for run in _DARK.finditer(symbol[0])])
    canvas._code.append(f"q {inked(ink)} k {at} cm {path} f Q")


class _Rectangles(dict[tuple[int, int], str]):
    """The rectangle of each run, from its start to its end in rows of so many bytes: most symbols have many alike."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide

    def __missing__(self, run: tuple[int, int]) -> str:
        row, column = divmod(run[0], self._wide)
        self[run] = made = f"{column} {row} {run[1] - run[0]} 1 re"
        return made


@lru_cache(maxsize=8)
def _rectangles(wide: int) -> _Rectangles:
    return _Rectangles(wide)


@lru_cache(maxsize=64)
def inked(ink: Ink) -> str:
    """The operands that set a process ink."""
    return str(fp_str(*(round(v, 4) for v in ink.cmyk)))
