"""The page of one face alone as films show it: registration marks on four sides, and the films' names.

A sheet's marks stand around its block; a face that is printed by itself, for a trial or on a machine for one tag at a
time, needs its own, or its films can be laid on one another only by eye.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.drawing import Group, Layer, Mark, Page
from keytag.base.geometry import Rect, translation
from keytag.base.ink import REGISTRATION, Ink
from keytag.base.units import pt
from keytag.sheet.lettering import SetText, placed
from keytag.sheet.marks.register import SIZE, cross
from keytag.sheet.marks.slug import clipped

_TEXT = 7.0  # points
_EDGE = 2.0  # mm from the page's top left to the first line
_OFF = 2.0  # of the marks from the bleed
_LONGEST = 30  # letters of the job's and of the unit's name


def film_page(page: Page, called: tuple[str, str, str, str], inks: Sequence[Ink], set_text: SetText) -> Page:
    """`page` is a one-up master; `called` are job, unit, side and day. Each ink's line shows on its own film only."""
    job, unit, side, day = called
    lines = [(f"{clipped(job, _LONGEST)} · {clipped(unit, _LONGEST)}", REGISTRATION)]
    lines.append((f"{side.upper()} · 1:1", REGISTRATION))
    head = len(lines)
    lines += [(f"{ink.name} · {side} · {day}", ink) for ink in inks]
    high = pt(_TEXT) * 1.25
    marks: list[Mark] = []
    for i, (text, ink) in enumerate(lines):
        words = set_text(text, _TEXT, ink)
        marks.append(placed(words, translation(_EDGE - words.box.x, _EDGE + high * (min(i, head) + 0.8))))
    for box in _sides(page.bleed):
        marks += cross(box)
    return page._replace(groups=(*page.groups, Group(Layer.MARKS, tuple(marks))))


def _sides(bleed: Rect) -> list[Rect]:
    x, y = bleed.centre
    half, away = SIZE / 2, _OFF + SIZE / 2
    middles = ((x, bleed.y - away), (bleed.right + away, y), (x, bleed.bottom + away), (bleed.x - away, y))
    return [Rect(u - half, v - half, SIZE, SIZE) for u, v in middles]
