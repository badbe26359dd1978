"""Die-lines as AutoCAD DXF Release 12 in ASCII, for cutting tables, lasers and die-makers.

Release 12 (`AC1009`) is what every cutter reads: contours are closed polylines, ring holes are circles, one layer each,
in millimetres at 1:1, x right and y up from the sheet's lower left corner as the front is seen. A group is two lines, a
code and a value (AutoCAD 12 Customization Manual, Drawing Interchange Files). The same die gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import sub

from keytag.base.flatten import Polygon, flattened
from keytag.base.geometry import Path
from keytag.base.ink import FOLD
from keytag.base.units import number
from keytag.render.ascii import ascii_text
from keytag.sheet.die import CORNER, Die
from keytag.sheet.scheme import JIG

TOLERANCE = 0.008  # mm from a curve to its chords: a hundredth with what four decimals lose
_SAME = 1e-9  # mm that rounding may part two stations' contours
_LONGEST_NAME = 31  # of a layer in Release 12
_COLOURS = (4, 1, 8, 3)  # AutoCAD colour index: cyan as the cut line's preview, red, grey, green
_WIDE = 240  # characters of a comment; Release 12 allows 255

Group = tuple[int, str]


def dxf(die: Die) -> bytes:
    """The whole file; `ValueError` for a coordinate that is no number."""
    cut, hole = layer_name(die.cut), layer_name(die.hole)
    head = [
        *((999, ascii_text(fact)[:_WIDE]) for fact in die.facts),
        *_header(die),
        *_tables((cut, hole, JIG, *([FOLD.name] if die.folds else []))),
        *((0, "SECTION"), (2, "ENTITIES")),
    ]
    tail = [*_others(die, hole), (0, "ENDSEC"), (0, "EOF")]
    return "".join((_text(head), *_contours(die, cut), _text(tail))).encode("ascii")


def layer_name(spot: str) -> str:
    """A spot's name as Release 12 allows it for a layer: letters, digits, `$`, `-`, `_`, at most 31."""
    return re.sub(r"[^A-Za-z0-9$_-]", "_", spot)[:_LONGEST_NAME]


def _text(groups: Iterable[Group]) -> str:
    return "".join([f"{code:>3}\r\n{value}\r\n" for code, value in groups])


def _header(die: Die) -> Iterator[Group]:
    width, height = number(die.sheet.width), number(die.sheet.height)
    yield from _section(
        "HEADER",
        [
            *((9, "$ACADVER"), (1, "AC1009")),
            *((9, "$INSBASE"), (10, "0"), (20, "0"), (30, "0")),
            *((9, "$EXTMIN"), (10, "0"), (20, "0"), (30, "0")),
            *((9, "$EXTMAX"), (10, width), (20, height), (30, "0")),
            *((9, "$LIMMIN"), (10, "0"), (20, "0")),
            *((9, "$LIMMAX"), (10, width), (20, height)),
            *((9, "$LUNITS"), (70, "2")),
            *((9, "$LUPREC"), (70, "4")),
            *((9, "$MEASUREMENT"), (70, "1")),  # metric; readers of Release 12 pass over what they do not know
            *((9, "$INSUNITS"), (70, "4")),  # millimetres, the same
        ],
    )


def _tables(layers: tuple[str, ...]) -> Iterator[Group]:
    line = [(0, "LTYPE"), (2, "CONTINUOUS"), (70, "64"), (3, "Solid line"), (72, "65"), (73, "0"), (40, "0")]
    table = [(0, "TABLE"), (2, "LTYPE"), (70, "1"), *line, (0, "ENDTAB")]
    table += [(0, "TABLE"), (2, "LAYER"), (70, str(len(layers) + 1))]
    for name, colour in (("0", 7), *zip(layers, _COLOURS, strict=False)):
        table += [(0, "LAYER"), (2, name), (70, "0"), (62, str(colour)), (6, "CONTINUOUS")]
    yield from _section("TABLES", [*table, (0, "ENDTAB")])


def _section(name: str, groups: list[Group] | Iterator[Group]) -> Iterator[Group]:
    yield from ((0, "SECTION"), (2, name))
    yield from groups
    yield (0, "ENDSEC")


def _contours(die: Die, cut: str) -> Iterator[str]:
    """The closed polylines as text: a die has ten thousand corners, all but two lines of each alike.

    Each shape is flattened once, however many stations have it.
    """
    high = die.sheet.height
    begin = _text(((0, "POLYLINE"), (8, cut), (66, "1"), *_point(0, 0, 0), (70, "1")))
    vertex = _text(((0, "VERTEX"), (8, cut), (10, "%s"), (20, "%s"), (30, "0")))  # a layer's name has no %
    end = _text(((0, "SEQEND"), (8, cut)))
    shapes: list[tuple[Path, list[Polygon]]] = []
    columns: dict[tuple[int, float], list[str]] = {}  # a contour's x by where it stands; stations share most of them
    rows: dict[tuple[int, float], list[str]] = {}
    for path in die.cuts:
        found = next(((p, moved) for shape, p in shapes if (moved := _moved(shape, path)) is not None), None)
        if found is None:
            found = flattened(path, TOLERANCE), (0.0, 0.0)
            shapes.append((path, found[0]))
        polygons, (left, top) = found
        for points in polygons:
            across, down = (id(points), left), (id(points), top)
            if across not in columns:
                columns[across] = [number(left + x) for x, _ in points]
            if down not in rows:
                rows[down] = [number(high - top - y) for _, y in points]
            both = zip(columns[across], rows[down], strict=True)
            yield begin + (vertex * len(points)) % tuple(chain.from_iterable(both)) + end


def _moved(shape: Path, path: Path) -> tuple[float, float] | None:
    """How far `path` is the same shape moved; None where it is another."""
    if path.ops != shape.ops or not path.coords:
        return None
    off = list(map(sub, path.coords, shape.coords))
    xs, ys = off[0::2], off[1::2]
    alike = max(xs) - min(xs) < _SAME and max(ys) - min(ys) < _SAME
    return (round(xs[0], 9), round(ys[0], 9)) if alike else None


def _others(die: Die, hole: str) -> Iterator[Group]:
    """Circles and lines."""
    high = die.sheet.height
    for layer, circle in (*((hole, c) for c in die.holes), *((JIG, c) for c in die.pins)):
        x, y = circle.centre
        yield from ((0, "CIRCLE"), (8, layer), *_point(0, x, high - y), (40, number(circle.diameter / 2)))
    for fold in die.folds:
        x0, y0, x1, y1 = fold.coords
        yield from ((0, "LINE"), (8, FOLD.name), *_point(0, x0, high - y0), *_point(1, x1, high - y1))
    # The corner to which a jig or a lay holds the sheet, as lines: what cuts closed contours never cuts it.
    for x, y in ((CORNER, 0.0), (0.0, CORNER)):
        yield from ((0, "LINE"), (8, JIG), *_point(0, 0, 0), *_point(1, x, y))


def _point(index: int, x: float, y: float) -> tuple[Group, ...]:
    return (10 + index, number(x)), (20 + index, number(y)), (30 + index, "0")
