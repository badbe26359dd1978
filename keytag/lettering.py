"""Words that are set already, put elsewhere: moved, turned, and broken into lines at their joints.

How a line is set is the caller's, so that sheets and dimensions need no font machinery of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from keytag.drawing import Glyph, Words
from keytag.geometry import Affine, translation
from keytag.ink import Ink

# (text, size in points, ink) → one line whose left baseline is the origin.
SetText: TypeAlias = Callable[[str, float, Ink], Words]

JOINT = "  ·  "


def placed(words: Words, at: Affine) -> Words:
    """`words` mapped by `at`, a move with or without a turn; glyph outlines stay in font units (y up)."""
    a, b, c, d, _, _ = at
    upright = (a, b, c, d) == (1, 0, 0, 1)
    turn = Affine(a, -b, -c, d)
    glyphs = []
    for outline, x, y in words.glyphs:
        x, y = at.apply(x, y)
        glyphs.append(Glyph(outline if upright else outline.transformed(turn), x, y))
    return words._replace(glyphs=tuple(glyphs), box=at.rect(words.box))


def centred(words: Words, x: float, baseline: float) -> Words:
    """`words` with the middle of their ink at `x`."""
    return placed(words, translation(x - words.box.centre.x, baseline))


def broken(parts: Sequence[str], width: float, size: float, ink: Ink, set_text: SetText) -> list[Words] | None:
    """`parts` joined into as few lines of at most `width` mm as go, None where one part alone is too wide."""
    lines: list[Words] = []
    text = ""
    for part in parts:
        longer = f"{text}{JOINT}{part}" if text else part
        words = set_text(longer, size, ink)
        if words.box.width > width and text:
            longer, words = part, set_text(part, size, ink)
            lines.append(words)
        elif lines and text:
            lines[-1] = words
        else:
            lines.append(words)
        if words.box.width > width:
            return None
        text = longer
    return lines
