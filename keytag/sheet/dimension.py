"""Dimension lines as a draughtsman draws them: extension lines, arrows and the measure, all in the Dimensions ink.

What is measured, and that nothing of it stands inside a bleed, is the caller's business.
"""

from __future__ import annotations

from keytag.base.drawing import Fill, Mark, Stroke
from keytag.base.geometry import Affine, Rect, line, polygon
from keytag.base.ink import DIMENSIONS
from keytag.base.units import number, pt
from keytag.sheet.lettering import SetText, placed

LINE = pt(0.25)
SIZE = 7.0  # points
_ARROW = (1.8, 0.35)  # length and half width
_OVERSHOOT = 1.0  # of an extension line beyond the dimension line
_STUB = 3.0  # of a dimension line that runs outside its measure


def millimetres(value: float, before: str = "") -> str:
    """A measure as text, to a hundredth: `trim 50 mm`."""
    return f"{before} {number(round(value, 2))} mm".strip()


def across(x0: float, x1: float, y: float, text: str, set_text: SetText, start: float) -> list[Mark]:
    """The distance from x0 to x1, drawn at height y; extension lines begin at height `start`."""
    return _measure(x1 - x0, text, set_text, y - start, Affine(1, 0, 0, 1, x0, y))


def down(y0: float, y1: float, x: float, text: str, set_text: SetText, start: float) -> list[Mark]:
    """The distance from y0 to y1, drawn at x and read from the bottom up; extension lines begin at x = `start`."""
    return _measure(y1 - y0, text, set_text, x - start, Affine(0, -1, 1, 0, x, y1))


def bounds(mark: Mark) -> Rect:
    """The box around a mark, line widths left out."""
    return mark.path.bounds() if isinstance(mark, Fill | Stroke) else mark.box


def _measure(span: float, text: str, set_text: SetText, reach: float, at: Affine) -> list[Mark]:
    """Along the x axis from 0 to `span`; extension lines come from -`reach`; `at` puts it on the page."""
    words = set_text(text, SIZE, DIMENSIONS)
    beyond = _OVERSHOOT if reach > 0 else -_OVERSHOOT
    paths = [line(0, -reach, 0, beyond), line(span, -reach, span, beyond)]
    inside = span > 2 * _ARROW[0] + 0.5
    if inside:
        paths.append(line(0, 0, span, 0))
        heads = [(0.0, 1), (span, -1)]
    else:
        paths += [line(-_STUB, 0, 0, 0), line(span, 0, span + _STUB, 0)]
        heads = [(0.0, -1), (span, 1)]
    marks: list[Mark] = [Stroke(path.transformed(at), DIMENSIONS, LINE) for path in paths]
    for tip, way in heads:
        base = tip + way * _ARROW[0]
        marks.append(Fill(polygon([(tip, 0), (base, _ARROW[1]), (base, -_ARROW[1])]).transformed(at), DIMENSIONS))
    fits = inside and words.box.width < span - 0.5
    x = (span - words.box.width) / 2 if fits else span + (0.8 if inside else _STUB + 0.5)
    marks.append(placed(words, Affine(1, 0, 0, 1, x - words.box.x, -0.8 if fits else 0.8).then(at)))
    return marks
