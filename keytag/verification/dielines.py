"""`cutting-forme.dxf` and `.svg` read back: every contour and hole beside the die-line that stands there on the sheet.

The DXF is read group by group and the SVG as XML, with nothing of the code that wrote them; then both must be the same
bytes as when they are made anew.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from keytag.base.geometry import Path
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import say
from keytag.sheet.die import Circle, Die
from keytag.verification.model import Failure, bounded

JIG = "Jig"
CLOSE = 0.01  # mm
_PIECE = 0.25  # mm between the points at which a contour is measured, and of a cubic at least so many:
_PIECES = 6
_RUN = 16  # sides of a contour that are boxed together
_MOST = 6  # differences named of one file


Points = Sequence[tuple[float, float]]


class Lines(NamedTuple):
    """What a file draws, on its layers by name: closed contours as points, and circles."""

    contours: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    circles: tuple[tuple[str, float, float, float], ...]


def check_dielines(die: Die, anew: Mapping[str, bytes], found: Mapping[str, bytes]) -> tuple[int, list[Failure]]:
    """Every contour and circle of each file; those that are missing are said elsewhere."""
    compared, failures = 0, list[Failure]()
    for name, data in found.items():
        try:
            lines = read_dxf(data, die.sheet.height) if name.endswith(".dxf") else read_svg(data)
        except (ValueError, LookupError, ElementTree.ParseError) as error:
            failures.append(Failure(name, say("cannot be read back: {error}", error=reason(error))))
            continue
        faults = [Failure(name, fault) for fault in _faults(die, lines)]
        faults = bounded(name, faults, _MOST)
        if not faults and data != anew[name]:
            faults = [Failure(name, say("is not written as keytag writes it"))]
        compared += len(die.cuts) + len(die.holes)
        failures += faults
    return compared, failures


def _faults(die: Die, lines: Lines) -> Iterable[str]:
    cut, hole = _layer(die.cut, lines), _layer(die.hole, lines)
    cuts = [points for layer, points in lines.contours if layer == cut]
    holes = [circle for layer, *circle in lines.circles if layer == hole]
    pins = [circle for layer, *circle in lines.circles if layer == JIG]
    others = len(lines.contours) - len(cuts) + len(lines.circles) - len(holes) - len(pins)
    if others:
        yield say(
            "{others} closed lines are on other layers than {cut} and {hole}", others=others, cut=die.cut, hole=die.hole
        )
    if len(cuts) != len(die.cuts):
        yield say("has {cuts} contours, {cuts2} are expected", cuts=len(cuts), cuts2=len(die.cuts))
    if len(holes) != len(die.holes):
        yield say("has {holes} ring holes, {holes2} are expected", holes=len(holes), holes2=len(die.holes))
    for number, off in enumerate(_contour_errors(die.cuts, cuts), 1):
        if off > CLOSE:
            yield say("the contour of station {number} is off by {off:.3f} mm", number=number, off=off)
    if len(pins) != len(die.pins):
        yield say("has {pins} pins of the jig, {pins2} are expected", pins=len(pins), pins2=len(die.pins))
    for number, (circle, (x, y, diameter)) in enumerate(zip(die.pins, pins, strict=False), 1):
        if _off(circle, x, y, diameter) > CLOSE:
            yield say("pin {number} of the jig is not where it should be", number=number)
    for number, (circle, (x, y, diameter)) in enumerate(zip(die.holes, holes, strict=False), 1):
        off = _off(circle, x, y, diameter)
        if off > CLOSE:
            yield say("ring hole {number} is off by {off:.3f} mm", number=number, off=off)


def _off(circle: Circle, x: float, y: float, diameter: float) -> float:
    """How far a circle is from where, or from as large as, it should be."""
    return max(math.hypot(x - circle.centre.x, y - circle.centre.y), abs(diameter - circle.diameter))


def _layer(name: str, lines: Lines) -> str:
    """The layer as the file calls it: Release 12 has no blanks in names."""
    known = {layer for layer, *_ in (*lines.contours, *lines.circles)}
    return name if name in known else re.sub(r"[^A-Za-z0-9$_-]", "_", name)


def _contour_errors(paths: Sequence[Path], contours: Sequence[Points]) -> Iterator[float]:
    """`contour_error` of each pair, or a bound of it that is within `CLOSE`.

    Most stations are one contour moved: where a pair is one that was measured, both moved alike but for e and f mm of
    any of their points, it is off by no more than that one and e + f.
    """
    import numpy as np

    measured: list[tuple[str, Any, Any, float]] = []
    for path, points in zip(paths, contours, strict=False):
        coords, found = np.reshape(path.coords, (-1, 2)), np.reshape(points, (-1, 2))
        for ops, other, others, off in measured:
            if ops != path.ops or len(found) != len(others):
                continue
            by = coords[0] - other[0]
            e, f = (float(np.hypot(*(a - b - by).T).max()) for a, b in ((coords, other), (found, others)))
            if off + e + f <= CLOSE:
                yield off + e + f
                break
        else:
            off = contour_error(path, points)
            if points:
                measured.append((path.ops, coords, found, off))
            yield off


def contour_error(path: Path, points: Points) -> float:
    """The greatest distance between a curve and a closed polygon, either way, in mm."""
    curve = _fine(path)
    return max(_farthest(curve, points), _farthest(points, curve)) if points else math.inf


def _farthest(one: Points, other: Points) -> float:
    """How far a point of `one` lies from the closed polygon `other`, at the most.

    Sides are boxed in runs: a point is measured to the sides of the nearest box, and of those boxes that are no farther
    than the nearest side then found.
    """
    import numpy as np

    p, a = np.asarray(one, float), np.asarray(other, float)
    a = np.concatenate([a, np.repeat(a[:1], -len(a) % _RUN + 1, axis=0)])  # closed; further sides have no length
    start, d = a[:-1].reshape(-1, _RUN, 2), np.diff(a, axis=0).reshape(-1, _RUN, 2)
    ends = np.stack([start, start + d])
    low, high = ends.min(axis=(0, 2)), ends.max(axis=(0, 2))
    outside = np.maximum(np.maximum(low - p[:, None], p[:, None] - high), 0)
    to_box = np.hypot(outside[..., 0], outside[..., 1])

    def nearest(points: Any, runs: Any) -> Any:
        off, along = p[points, None] - start[runs], d[runs]
        t = np.clip((off * along).sum(2) / np.maximum((along * along).sum(2), 1e-18), 0, 1)
        off -= t[:, :, None] * along
        return np.hypot(off[..., 0], off[..., 1]).min(1)

    runs = to_box.argmin(axis=1)
    found = nearest(np.arange(len(p)), runs)
    nearer = to_box < found[:, None]
    nearer[np.arange(len(p)), runs] = False
    points, runs = np.nonzero(nearer)
    np.minimum.at(found, points, nearest(points, runs))
    return float(found.max())


def _fine(path: Path) -> list[tuple[float, float]]:
    """Points of the path by de Casteljau, close to one another."""
    found: list[tuple[float, float]] = []
    i, c = 0, path.coords
    for op in path.ops:
        if op in "ml":
            found.append((c[i], c[i + 1]))
            i += 2
        elif op == "c":
            (x0, y0), (x1, y1, x2, y2, x3, y3) = found[-1], c[i : i + 6]
            long = math.hypot(x1 - x0, y1 - y0) + math.hypot(x2 - x1, y2 - y1) + math.hypot(x3 - x2, y3 - y2)
            pieces = max(_PIECES, math.ceil(long / _PIECE))
            for k in range(1, pieces + 1):
                t = k / pieces
                u = 1 - t
                w = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
                found.append(
                    (w[0] * x0 + w[1] * x1 + w[2] * x2 + w[3] * x3, w[0] * y0 + w[1] * y1 + w[2] * y2 + w[3] * y3)
                )
            i += 6
    return found


def read_dxf(data: bytes, height: float) -> Lines:
    """The entities of a Release 12 file, y turned down from `height`; `ValueError` where it is none."""
    rows = data.decode("ascii").split("\r\n")
    groups = [(int(code), value) for code, value in zip(rows[0::2], rows[1::2], strict=False) if code.strip()]
    start = groups.index((2, "ENTITIES"))
    contours: list[tuple[str, tuple[tuple[float, float], ...]]] = []
    circles: list[tuple[str, float, float, float]] = []
    entity: dict[int, str] = {}
    kind, layer, closed = "", "", False
    points: list[tuple[float, float]] = []
    for code, value in groups[start + 1 :]:
        if code != 0:
            entity[code] = value
            continue
        if kind == "POLYLINE":
            layer, closed, points = entity[8], int(entity.get(70, "0")) & 1 == 1, []
        elif kind == "VERTEX":
            points.append((float(entity[10]), height - float(entity[20])))
        elif kind == "SEQEND":
            if not closed:
                raise ValueError(say("a contour on {layer} is open", layer=layer))
            contours.append((layer, tuple(points)))
        elif kind == "CIRCLE":
            circles.append((entity[8], float(entity[10]), height - float(entity[20]), 2 * float(entity[40])))
        if value == "ENDSEC":
            return Lines(tuple(contours), tuple(circles))
        kind, entity = value, {}
    raise ValueError(say("it ends within its entities"))


_STEP = re.compile(r"[MLCZ]|-?\d+(?:\.\d+)?")


def read_svg(data: bytes) -> Lines:
    """The closed paths and circles of a file of ours, by their groups; `ValueError` for anything else in a path."""
    contours, circles = list[tuple[str, tuple[tuple[float, float], ...]]](), list[tuple[str, float, float, float]]()
    if b"<!" in data:
        raise ValueError(say("it declares entities"))
    for group in ElementTree.fromstring(data.decode("utf-8")):
        layer = group.get("id", "")
        for shape in group:
            if shape.tag.endswith("}circle"):
                x, y, r = (float(shape.get(key, "")) for key in ("cx", "cy", "r"))
                circles.append((layer, x, y, 2 * r))
            elif shape.get("d", "").endswith("Z"):
                contours.append((layer, tuple(_fine(_path(shape.get("d", ""))))))
    return Lines(tuple(contours), tuple(circles))


def _path(text: str) -> Path:
    ops, coords = "", list[float]()
    for word in _STEP.findall(text):
        if word.isalpha():
            ops += word.lower()
        else:
            coords.append(float(word))
    return Path(ops, tuple(coords))
