"""Small schemes and artworks for the sheet's tests: a red oval with a hole that is off both centre lines."""

from __future__ import annotations

from keytag.base.drawing import Fill, Form, Group, Layer, Stroke
from keytag.base.geometry import Point, circle
from keytag.base.ink import CUT, DRILL, Cmyk, Ink
from keytag.base.outline import Ellipse, Hole, Outline
from keytag.base.units import pt
from keytag.sheet.scheme import (
    MARKS,
    SHEETWISE,
    Cell,
    Costs,
    Gap,
    Gripper,
    Margins,
    RunLimits,
    Scheme,
    Size,
)
from keytag.tag.artwork import Artwork, Face

RED = Ink("Red", Cmyk(0, 1, 1, 0))
GOLD = Ink("Gold", Cmyk(0, 0.18, 0.9, 0))


def scheme(
    work: str = SHEETWISE,
    *,
    sheet: tuple[float, float] = (320, 450),
    gripper: tuple[str, float] = ("bottom", 10),
    margins: tuple[float, float, float, float] = (14, 15, 6, 15),
    gap: tuple[float, float] = (6, 6),
    turn: int = 0,
    grid: tuple[int, int] | None = None,
    blocked: tuple[tuple[int, int], ...] = (),
    marks: tuple[str, ...] = MARKS,
    border: float = 3,
) -> Scheme:
    return Scheme(
        name="sample",
        title=("Sample", "Mẫu"),
        sheet=Size(*sheet),
        gripper=Gripper(*gripper),
        margins=Margins(*margins),
        border=border,
        gap=Gap(*gap),
        turn=turn,
        grid=grid,
        blocked=tuple(Cell(*cell) for cell in blocked),
        work=work,
        marks=marks,
        costs=Costs(),
        limits=RunLimits(),
        notes=("", ""),
    )


def artwork(
    key: str = "unit",
    outline: Outline | None = None,
    bleed: float = 3,
    hole: tuple[float, float, float] = (3.9, 7.3, 3.4),
    safe: float = 1.5,
) -> Artwork:
    shape = outline or Ellipse(50, 20)
    x, y, diameter = hole
    faces = []
    for side in ("front", "back"):
        at = Point(x if side == "front" else shape.width - x, y)
        groups = (
            Group(Layer.ARTWORK, (Fill(shape.path(bleed), RED), Stroke(shape.path(-1), GOLD, pt(0.75)))),
            Group(Layer.CUT, (Stroke(shape.path(), CUT, pt(0.25)),)),
            Group(Layer.HOLE, (Stroke(circle(at.x, at.y, diameter / 2), DRILL, pt(0.25)),)),
        )
        form = Form(f"{key}/{side}", shape.path(bleed).bounds(), groups)
        faces.append(Face(form, Hole(at, diameter), (), (), RED))
    return Artwork(key, f"xã {key}", shape, bleed, safe, faces[0], faces[1])
