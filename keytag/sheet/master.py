"""The one-up master: one face at 1:1 with its bleed, die-line and hole, and the measures around it.

Nothing is drawn inside the bleed but the face itself. Proofs for people are rendered from this page. What does not
name the unit (measures, and the facts of trim and bleed) is a shared form: all tags of a job have the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from keytag.base.drawing import Form, Group, Layer, Mark, Page, Placement, Stroke, Words
from keytag.base.geometry import Affine, Rect, translation
from keytag.base.ink import LEGEND
from keytag.base.outline import Hole
from keytag.base.records import NamedTuple
from keytag.base.sides import FRONT
from keytag.base.units import number
from keytag.sheet.dimension import across, bounds, down, millimetres
from keytag.sheet.lettering import SetText, placed
from keytag.tag.artwork import Artwork, Face

_ROOM = 20.0  # around the bleed: two measures and their words
_NEAR, _FAR = 5.0, 11.0  # of the measures from the bleed
_CLEAR = 1.0  # of extension lines from the bleed
_SIZE = 7.0
_LEADING = 3.3
_EDGE = 1.0  # of the shared form's box beyond its lines' middles


class Master(NamedTuple):
    """One page and what it places: the face, and the form around it."""

    page: Page
    forms: tuple[Form, ...]


def one_up(artwork: Artwork, side: str, set_text: SetText, legend: Sequence[str] = ()) -> Master:
    """One face of `artwork` on a page of its own, its form placed once; `legend` is set below it, line by line."""
    face = artwork.front if side == FRONT else artwork.back
    bleed = artwork.trim.inset(-artwork.bleed)
    at = translation(_ROOM - bleed.x, _ROOM - bleed.y)
    title, facts = f"{artwork.title}, 1:1", tuple(_facts(artwork, side))
    below = 2 * _ROOM + bleed.height
    own = _set([title], below, set_text) + _set(legend, below + (1 + len(facts)) * _LEADING, set_text)
    around, reach = _around(side, _Frame(artwork.trim, artwork.bleed, face.hole), facts, set_text)
    reach = max(reach, *(words.box.right for words in own))
    lines = 1 + len(facts) + len(legend)
    media = Rect(0, 0, max(2 * _ROOM + bleed.width, reach + _ROOM / 4), below + lines * _LEADING + _ROOM / 4)
    placements = (Placement(face.form.key, at), Placement(around.key, translation(0, 0)))
    groups = (Group(Layer.LEGEND, tuple(own)),)
    page = Page(media, at.rect(bleed), at.rect(artwork.trim), placements, groups, f"{artwork.key} {side}")
    return Master(page, (face.form, around))


class _Frame(NamedTuple):
    """What is measured of a face, in its own millimetres."""

    trim: Rect
    by: float  # of the bleed
    hole: Hole | None


@lru_cache(maxsize=16)
def _around(side: str, frame: _Frame, facts: tuple[str, ...], set_text: SetText) -> tuple[Form, float]:
    """The form of all that stands around a face, and how far right it reaches: drawn once for all tags of a job."""
    bleed = frame.trim.inset(-frame.by)
    at = translation(_ROOM - bleed.x, _ROOM - bleed.y)
    measures = _measures(frame, at, set_text)
    shared = _set(facts, 2 * _ROOM + bleed.height + _LEADING, set_text)
    return _surround(side, measures, shared), max(bounds(mark).right for mark in (*shared, *measures))


def forms_of(masters: Iterable[Master]) -> tuple[Form, ...]:
    """What the pages of one file place, each form once."""
    return tuple({form.key: form for master in masters for form in master.forms}.values())


def _set(lines: Sequence[str], below: float, set_text: SetText) -> list[Words]:
    """Lines of the legend, the first with its head at `below`."""
    words = [set_text(text, _SIZE, LEGEND) for text in lines]
    return [placed(w, translation(_ROOM / 2 - w.box.x, below + i * _LEADING)) for i, w in enumerate(words)]


def _surround(side: str, measures: Sequence[Mark], facts: Sequence[Words]) -> Form:
    """The form of all that stands around a face, in the page's millimetres.

    The key tells what is drawn: faces of other sizes in one file would have other forms.
    """
    said = [mark.text for mark in (*measures, *facts) if isinstance(mark, Words)]
    groups = (Group(Layer.DIMENSIONS, tuple(measures)), Group(Layer.LEGEND, tuple(facts)))
    boxes = [bounds(mark) for mark in (*measures, *facts)]
    left, top = min(b.x for b in boxes) - _EDGE, min(b.y for b in boxes) - _EDGE
    right, bottom = max(b.right for b in boxes) + _EDGE, max(b.bottom for b in boxes) + _EDGE
    return Form(f"{side} measures: {'; '.join(said)}", Rect(left, top, right - left, bottom - top), groups)


def _measures(frame: _Frame, at: Affine, set_text: SetText) -> list[Mark]:
    trim, bleed = at.rect(frame.trim), at.rect(frame.trim.inset(-frame.by))
    start_y, start_x = bleed.y - _CLEAR, bleed.x - _CLEAR
    marks = [
        *across(trim.x, trim.right, bleed.y - _NEAR, millimetres(trim.width, "trim"), set_text, start_y),
        *down(trim.y, trim.bottom, bleed.x - _NEAR, millimetres(trim.height, "trim"), set_text, start_x),
    ]
    if frame.by > 0:
        wide, high = millimetres(bleed.width, "bleed"), millimetres(bleed.height, "bleed")
        marks += across(bleed.x, bleed.right, bleed.y - _FAR, wide, set_text, start_y)
        marks += down(bleed.y, bleed.bottom, bleed.x - _FAR, high, set_text, start_x)
    if frame.hole is not None:
        x, y = at.apply(*frame.hole.centre)
        # Measured from the nearer edge, as the driller does.
        x0, x1 = (trim.x, x) if x - trim.x <= trim.right - x else (x, trim.right)
        y0, y1 = (trim.y, y) if y - trim.y <= trim.bottom - y else (y, trim.bottom)
        name = f"hole Ø {number(round(frame.hole.diameter, 2))} mm at"
        below = bleed.bottom + _CLEAR
        marks += across(x0, x1, bleed.bottom + _NEAR, millimetres(x1 - x0, name), set_text, below)
        marks += down(y0, y1, bleed.right + _NEAR, millimetres(y1 - y0), set_text, bleed.right + _CLEAR)
    return marks


def _facts(artwork: Artwork, side: str) -> list[str]:
    """What the page shows, in English and in Vietnamese (with its decimal comma)."""
    w, h = number(round(artwork.trim.width, 2)), number(round(artwork.trim.height, 2))
    bleed, safe = number(round(artwork.bleed, 2)), number(round(artwork.safe, 2))
    front = side == FRONT
    english = f"{'front' if front else 'back'}, trim {w} × {h} mm, bleed {bleed} mm, safe area {safe} mm inside"
    vietnamese = f"{'mặt trước' if front else 'mặt sau'}, thành phẩm {w} × {h} mm, tràn lề {bleed} mm, "
    vietnamese += f"vùng an toàn cách mép {safe} mm"
    return [english, vietnamese.replace(".", ","), *_further(artwork.front if front else artwork.back)]


def _further(face: Face) -> list[str]:
    """Holes beyond the one that is measured in the drawing, and folds: places from the trim's top left."""
    lines = []
    for hole in face.more_holes:
        size, x, y = (number(round(v, 2)) for v in (hole.diameter, *hole.centre))
        vietnamese = f"lỗ Ø {size} mm tại ({x}; {y}) mm".replace(".", ",")
        lines.append(f"hole Ø {size} mm at ({x}; {y}) mm / {vietnamese}")
    folds = [mark for group in face.form.groups if group.layer is Layer.FOLD for mark in group.marks]
    for fold in folds:
        if isinstance(fold, Stroke):
            x0, y0, x1, y1 = (number(round(v, 2)) for v in fold.path.coords)
            lines.append(f"fold / đường gấp ({x0}; {y0}) – ({x1}; {y1}) mm")
    return lines
