"""Die-lines as SVG, for lasers and plotters whose program reads no DXF: exact curves, a group each.

Millimetres at 1:1; x right and y down from the sheet's top left as the front is seen. Groups are what Inkscape and
LightBurn take for layers, and lines are 0.1 mm in a colour of their own, by which a laser's program tells them apart.
"""

from __future__ import annotations

from keytag.base.geometry import Path, line
from keytag.base.ink import FOLD
from keytag.base.units import number
from keytag.render.markup import escape, quoteattr
from keytag.render.svg import data, plain
from keytag.sheet.die import CORNER, Circle, Die
from keytag.sheet.scheme import JIG

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'width="{w}mm" height="{h}mm" viewBox="0 0 {w} {h}">'
)
_CUT, _HOLE, _JIG, _FOLD = "#ff0000", "#0000ff", "#808080", "#00a000"


def die_svg(die: Die) -> bytes:
    """The whole file; `ValueError` for a coordinate that is no number."""
    high = die.sheet.height
    corner = (line(0, high, CORNER, high), line(0, high, 0, high - CORNER))
    parts = [
        _HEAD.format(w=number(die.sheet.width), h=number(high)),
        f"<title>{escape(plain(die.facts[0]))}</title>" if die.facts else "",
        f"<desc>{escape(plain(chr(10).join(die.facts[1:])))}</desc>" if die.facts[1:] else "",
        _layer(die.cut, _CUT, [_path(path) for path in die.cuts]),
        _layer(die.hole, _HOLE, [_circle(c) for c in die.holes]),
        _layer(FOLD.name, _FOLD, [_path(path) for path in die.folds]),
        _layer(JIG, _JIG, [*(_path(path) for path in corner), *(_circle(c) for c in die.pins)]),
        "</svg>",
    ]
    return "\n".join([*filter(None, parts), ""]).encode()


def _circle(c: Circle) -> str:
    return f'<circle cx="{number(c.centre.x)}" cy="{number(c.centre.y)}" r="{number(c.diameter / 2)}"/>'


def _path(path: Path) -> str:
    return f'<path d="{data(path)}"/>'


def _layer(name: str, colour: str, marks: list[str]) -> str:
    if not marks:
        return ""
    label = quoteattr(plain(name))
    head = f'<g inkscape:groupmode="layer" inkscape:label={label} id={label} fill="none" stroke="{colour}" '
    return "\n".join([head + 'stroke-width="0.1">', *marks, "</g>"])
