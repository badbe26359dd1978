"""SVG's shapes, path data and transforms as paths and maps (SVG 1.1, 7.6, 8.3 and 9).

Path data is parsed by fontTools; nothing that is no finite number gets through.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from keytag.base.errors import InputError
from keytag.base.excerpt import excerpt
from keytag.base.geometry import Affine, Path, Rect, translation
from keytag.base.words import say

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_LENGTH = re.compile(rf"({_NUMBER})\s*(px|pt|pc|mm|cm|in)?")
_UNITS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_FAR = 1e7  # user units: beyond it a file is damaged
_COUNTS = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}


class PathPen:
    """Collects a path from the calls of fontTools' pen protocol; quadratic curves become the same curves as cubics."""

    def __init__(self) -> None:
        self.ops: list[str] = []
        self.coords: list[float] = []

    def moveTo(self, p: tuple[float, float]) -> None:
        self.ops.append("m")
        self.coords += p

    def lineTo(self, p: tuple[float, float]) -> None:
        self.ops.append("l")
        self.coords += p

    def curveTo(self, p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> None:
        self.ops.append("c")
        self.coords += (*p, *q, *r)

    def qCurveTo(self, p: tuple[float, float], q: tuple[float, float]) -> None:
        (x0, y0), (x, y), (x2, y2) = self.coords[-2:], p, q
        self.ops.append("c")
        self.coords += (x0 + (x - x0) * 2 / 3, y0 + (y - y0) * 2 / 3)
        self.coords += (x2 + (x - x2) * 2 / 3, y2 + (y - y2) * 2 / 3, x2, y2)

    def closePath(self) -> None:
        self.ops.append("z")

    def endPath(self) -> None:
        """An open subpath ends: nothing to draw."""


def path_of(data: str) -> Path:
    """Path data as a path; an `InputError` where it is none."""
    from fontTools.svgLib.path import parse_path

    pen = PathPen()
    try:
        parse_path(data, pen)
        return finite(Path("".join(pen.ops), tuple(float(v) for v in pen.coords)))
    except (ValueError, IndexError, TypeError, AssertionError, OverflowError, ZeroDivisionError, KeyError) as error:
        raise InputError(say("holds path data that cannot be read: {data!r}", data=excerpt(data, 30))) from error


def finite(path: Path) -> Path:
    """The path itself; an `InputError` where a coordinate is no number or absurdly far away."""
    if not all(abs(v) < _FAR for v in path.coords):  # also False for nan
        raise InputError(say("holds a coordinate that is no number, or far too large"))
    return path


def shape_of(tag: str, attributes: Mapping[str, str]) -> Path | None:
    """A basic shape as a path in its own units; None where the element is no shape or draws nothing."""
    if tag == "path":
        return path_of(attributes.get("d", "")) if attributes.get("d", "").strip() else None
    if tag in ("polygon", "polyline"):
        points = attributes.get("points", "").strip()
        return path_of(f"M{points}{'z' if tag == 'polygon' else ''}") if points else None

    def value(name: str) -> float:
        return length(attributes.get(name, "0"))

    if tag == "line":
        return finite(Path("ml", (value("x1"), value("y1"), value("x2"), value("y2"))))
    if tag == "rect":
        return _rect(attributes)
    if tag in ("circle", "ellipse"):
        rx, ry = (value("r"), value("r")) if tag == "circle" else (value("rx"), value("ry"))
        x, y = value("cx"), value("cy")
        if rx <= 0 or ry <= 0:
            return None
        return path_of(f"M{x - rx} {y}A{rx} {ry} 0 1 1 {x + rx} {y}A{rx} {ry} 0 1 1 {x - rx} {y}z")
    return None


def _rect(attributes: Mapping[str, str]) -> Path | None:
    x, y, width, height = (length(attributes.get(name, "0")) for name in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return None
    given = [length(attributes[name]) for name in ("rx", "ry") if name in attributes]
    rx, ry = (given[0], given[-1]) if given else (0.0, 0.0)
    rx, ry = min(max(rx, 0), width / 2), min(max(ry, 0), height / 2)
    if rx == 0 or ry == 0:
        return path_of(f"M{x} {y}H{x + width}V{y + height}H{x}z")
    arc = f"A{rx} {ry} 0 0 1"
    return path_of(
        f"M{x + rx} {y}H{x + width - rx}{arc} {x + width} {y + ry}V{y + height - ry}{arc} {x + width - rx} {y + height}"
        f"H{x + rx}{arc} {x} {y + height - ry}V{y + ry}{arc} {x + rx} {y}z"
    )


def length(text: str) -> float:
    """A length in user units; an `InputError` where it is none (percentages have no meaning here)."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise InputError(say("holds {text!r}, which is no length", text=excerpt(text, 30)))
    value = float(match[1]) * _UNITS[match[2] or "px"]
    if not abs(value) < _FAR:
        raise InputError(say("holds a length that is far too large"))
    return value


def transform_of(text: str) -> Affine:
    """A transform list as one map; an `InputError` where it is none."""
    whole = Affine()
    if _TRANSFORM.sub("", text).strip(" ,\t\r\n"):
        raise InputError(say("holds the transform {text!r}, which cannot be read", text=excerpt(text)))
    for name, inner in _TRANSFORM.findall(text):
        values = [float(v) for v in re.findall(_NUMBER, inner)]
        if len(values) not in _COUNTS[name] or not all(abs(v) < _FAR for v in values):
            raise InputError(say("holds the transform {text!r}, which cannot be read", text=excerpt(text)))
        whole = _one(name, values).then(whole)
    return whole


def _one(name: str, v: list[float]) -> Affine:
    if name == "matrix":
        return Affine(*v)
    if name == "translate":
        return translation(v[0], v[1] if len(v) > 1 else 0.0)
    if name == "scale":
        return Affine(v[0], 0, 0, v[-1])
    if name == "skewX":
        return Affine(1, 0, math.tan(math.radians(v[0])), 1)
    if name == "skewY":
        return Affine(1, math.tan(math.radians(v[0])), 0, 1)
    cos, sin = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
    turn = Affine(cos, sin, -sin, cos)
    if len(v) == 1:
        return turn
    return translation(-v[1], -v[2]).then(turn).then(translation(v[1], v[2]))


def view_box(attributes: Mapping[str, str]) -> Rect:
    """The part of the plane that the file shows; an `InputError` where it says none, or nonsense."""
    text = attributes.get("viewBox", "").strip()
    if text:
        parts = re.split(r"[\s,]+", text)
        if len(parts) == 4 and all(re.fullmatch(_NUMBER, part) for part in parts):
            x, y, width, height = (float(part) for part in parts)
            if width > 0 and height > 0 and all(abs(v) < _FAR for v in (x, y, width, height)):
                return Rect(x, y, width, height)
        raise InputError(
            say("has the viewBox {text!r}: four numbers are due, the last two above 0", text=excerpt(text))
        )
    if attributes.get("width") and attributes.get("height"):
        width, height = length(attributes["width"]), length(attributes["height"])
        if width > 0 and height > 0:
            return Rect(0, 0, width, height)
    raise InputError(say("has no viewBox: say which part of it is the picture"))
