"""Lay marks: a small picture of how the sheet is held and turned, and the side guide's triangle.

The picture shows the gripper edge as a bar, the turning line dashed and an arrow across it: no language needed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from keytag.base.drawing import Fill, Layer, Stroke
from keytag.base.geometry import Path, Rect, join, line, polygon, rectangle
from keytag.base.ink import REGISTRATION
from keytag.base.units import pt
from keytag.base.words import say
from keytag.sheet.marks.ground import HAIRLINE, OFFSET, Ground, places
from keytag.sheet.scheme import SINGLE_SIDED, Scheme


def place(ground: Ground) -> None:
    """A little picture of the sheet (gripper edge, turning line and way, lay corner), and the side guide's triangle."""
    scheme = ground.scheme
    scale = 11 / max(scheme.sheet)
    icon = Rect(0, 0, scheme.sheet.width * scale, scheme.sheet.height * scale)
    for box in _icon_places(ground, icon):
        if ground.free(box):
            ground.put(Layer.MARKS, pictogram(scheme, ground.side, box), box)
            break
    else:
        ground.lacks(
            "lay",
            say("no free {width:.0f} × {height:.0f} mm for the turning picture", width=icon.width, height=icon.height),
        )
    _side_guide(ground)


def _icon_places(ground: Ground, icon: Rect) -> Iterator[Rect]:
    u, b, gap = ground.usable, ground.bleed, OFFSET
    xs = (max(b.right + gap, u.right - icon.width - gap), min(b.x - gap, u.x + icon.width + gap) - icon.width)
    ys = (min(b.y - gap, u.y + icon.height + gap) - icon.height, max(b.bottom + gap, u.bottom - icon.height - gap))
    for y in ys if ground.tail() == "top" else ys[::-1]:
        for x in xs:
            yield Rect(x, y, icon.width, icon.height)
    for edge in ground.edges():
        for box, _ in places(ground.strip(edge), *_along(edge, icon)):
            yield box


def _along(edge: str, box: Rect) -> tuple[float, float]:
    return (box.width, box.height) if edge in ("top", "bottom") else (box.height, box.width)


def pictogram(scheme: Scheme, side: str, box: Rect) -> list[Stroke | Fill]:
    """The sheet as it lies for one side: its gripper edge as a bar, the turning line dashed, an arrow across it."""
    edge, thick = scheme.gripper_edges(side)[0], 1.0
    bar = {
        "top": Rect(box.x, box.y, box.width, thick),
        "bottom": Rect(box.x, box.bottom - thick, box.width, thick),
        "left": Rect(box.x, box.y, thick, box.height),
        "right": Rect(box.right - thick, box.y, thick, box.height),
    }[edge]
    x, y = box.centre
    if scheme.in_place:
        return _jig(box)
    if scheme.work == SINGLE_SIDED:
        return [
            Stroke(rectangle(box.inset(HAIRLINE / 2)), REGISTRATION, HAIRLINE),
            Fill(rectangle(bar), REGISTRATION),
        ]
    if scheme.tumbles:
        dashes = [
            line(box.x + 1.4 * i, y, min(box.x + 1.4 * i + 0.8, box.right), y) for i in range(int(box.width / 1.4))
        ]
    else:
        dashes = [
            line(x, box.y + 1.4 * i, x, min(box.y + 1.4 * i + 0.8, box.bottom)) for i in range(int(box.height / 1.4))
        ]
    reach = min(box.width, box.height) * 0.36
    arc, head = _turn_arrow(x, y, reach, scheme.tumbles)
    lines = (rectangle(box.inset(HAIRLINE / 2)), join(dashes))
    return [
        *(Stroke(path, REGISTRATION, HAIRLINE) for path in lines),
        Stroke(arc, REGISTRATION, pt(0.5)),
        Fill(head, REGISTRATION),
        Fill(rectangle(bar), REGISTRATION),
    ]


def _jig(box: Rect) -> list[Stroke | Fill]:
    """A jig's places, an arrow over each: it stays, and the tags are turned in it."""
    marks: list[Stroke | Fill] = [Stroke(rectangle(box.inset(HAIRLINE / 2)), REGISTRATION, HAIRLINE)]
    wide, high = box.width / 2, box.height / 2
    for left, top in ((x, y) for y in (box.y, box.y + high) for x in (box.x, box.x + wide)):
        place = Rect(left + wide * 0.12, top + high * 0.5, wide * 0.76, high * 0.36)
        arc, head = _turn_arrow(*place.centre, min(wide, high) * 0.3, tumbles=False)
        marks += [Stroke(rectangle(place), REGISTRATION, HAIRLINE), Stroke(arc, REGISTRATION, pt(0.35))]
        marks.append(Fill(head, REGISTRATION))
    return marks


def _turn_arrow(x: float, y: float, reach: float, tumbles: bool) -> tuple[Path, Path]:
    """A flat arch from one side of the turning line to the other, and its head."""
    points = [(math.cos(math.pi * (1 - i / 12)), -0.7 * math.sin(math.pi * (1 - i / 12))) for i in range(12)]
    head = [(0.68, -0.5), (1.3, -0.5), (1.0, 0.15)]
    if tumbles:
        points, head = [(-v, u) for u, v in points], [(-v, u) for u, v in head]
    at = [(x + reach * u, y + reach * v) for u, v in points]
    arc = Path("m" + "l" * (len(at) - 1), tuple(v for p in at for v in p))
    return arc, polygon([(x + reach * u, y + reach * v) for u, v in head])


def _side_guide(ground: Ground) -> None:
    """A triangle that points to the side lay: the left of the front forme, near the gripper."""
    size = 3.0
    front = ground.side == "front" or ground.scheme.same_plates or ground.scheme.in_place
    lay = {"left": "bottom", "right": "bottom"}.get(ground.tail(), "left")
    if not front:
        lay = {"left": "right"}.get(lay, lay)
    strip = ground.strip(lay)
    near = ground.scheme.gripper_edges(ground.side)[0]
    # Reading coordinates run up along the left edge and down along the right.
    at_start = (lay == "left") == (near == "bottom") if lay in ("left", "right") else near == "left"
    start = strip.length * 0.1 if at_start else strip.length * 0.9 - size
    for box, at in places(strip, size, size, start=start):
        if ground.free(box):
            corners = (
                [(0.0, size), (size, size), (size / 2, 0.0)] if strip.outer else [(0, 0), (size, 0), (size / 2, size)]
            )
            path = polygon(corners).transformed(at)
            ground.put(Layer.MARKS, [Fill(path, REGISTRATION)], box)
            return
    ground.lacks("lay", say("{lay}: no free {size:g} mm for the side guide", lay=lay, size=size))
