"""Words that are set already, put elsewhere: moved, turned, and broken into lines at their joints.

How a line is set is the caller's, so that sheets and dimensions need no font machinery of their own.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from keytag.base.drawing import Glyph, Words
from keytag.base.geometry import Affine, Path, translation
from keytag.base.ink import Ink

# (text, size in points, ink) → one line whose left baseline is the origin.
SetText: TypeAlias = Callable[[str, float, Ink], Words]

JOINT = "  ·  "


def placed(words: Words, at: Affine) -> Words:
    """`words` mapped by `at`, a move with or without a turn; glyph outlines stay in font units (y up)."""
    a, b, c, d, e, f = at
    upright = (a, b, c, d) == (1, 0, 0, 1)
    turn = Affine(a, -b, -c, d)
    glyphs = []
    for outline, x, y in words.glyphs:
        placed_at = a * x + c * y + e, b * x + d * y + f
        glyphs.append(Glyph(outline if upright else _turned(outline, turn), *placed_at))
    return words._replace(glyphs=tuple(glyphs), box=at.rect(words.box))


def centred(words: Words, x: float, baseline: float) -> Words:
    """`words` with the middle of their ink at `x`."""
    return placed(words, translation(x - words.box.centre.x, baseline))


def broken(parts: Sequence[str], width: float, size: float, ink: Ink, set_text: SetText) -> list[Words] | None:
    """`parts` joined into as few lines of at most `width` mm as go; a part that alone is wider is wrapped.

    None where not even one letter fits.
    """
    joint = set_text(f"x{JOINT}x", size, ink).box.width - set_text("xx", size, ink).box.width
    lines: list[list[str]] = []
    used = 0.0
    for part in parts:
        wide = set_text(part, size, ink).box.width
        if wide > width:
            wrapped = _wrapped(part, width, lambda text: set_text(text, size, ink).box.width)
            if wrapped is None:
                return None
            lines += [[line] for line in wrapped]
            used = set_text(wrapped[-1], size, ink).box.width
        elif lines and used + joint + wide <= width:
            lines[-1].append(part)
            used += joint + wide
        else:
            lines.append([part])
            used = wide
    return [set_text(JOINT.join(line), size, ink) for line in lines]


def _wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str] | None:
    """`text` in lines of at most `width`, broken at blanks where it has some, else between letters."""
    lines: list[str] = []
    while text:
        fits = bisect.bisect_right(range(1, len(text) + 1), width, key=lambda count: measure(text[:count]))
        if fits == 0:
            return None
        blank = text.rfind(" ", 0, fits + 1)
        end = fits if fits == len(text) or blank <= 0 else blank
        lines.append(text[:end])
        text = text[end:].lstrip(" ")
    return lines


@lru_cache(maxsize=4096)
def _turned(outline: Path, turn: Affine) -> Path:
    """Letters come again and again, and a turned one is always the same."""
    return outline.transformed(turn)
