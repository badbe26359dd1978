"""One drawing with every kind of mark on every layer: what each writer must be able to write."""

from __future__ import annotations

from keytag.base.drawing import (
    Document,
    Fill,
    Form,
    Group,
    Layer,
    Page,
    Picture,
    Placement,
    Stroke,
    Symbol,
    Words,
)
from keytag.base.geometry import Affine, Path, Rect, circle, join, line, rectangle, translation
from keytag.base.ink import BLACK, CUT, DIMENSIONS, DRILL, LEGEND, PAPER, REGISTRATION, WHITE, Cmyk, Ink
from keytag.base.outline import Ellipse
from keytag.base.units import pt
from keytag.sheet.lettering import placed
from keytag.tag.typeset import load, place, set_text

RED = Ink("Red", Cmyk(0, 1, 1, 0))
GOLD = Ink("Gold 871", Cmyk(0, 0.18, 0.9, 0.1), spot=True)
OUTLINE = Ellipse(50, 20)
LINK = "https://zalo.me/1234567890123456789"
NAME = "Trưởng Công an (xã) \\ Kon Gang"
NUMBER = "0900.000.123"
HOLE = (4.5, 10.0, 1.75)
PIXELS = bytes((255, 0, 0, 0)) * (48 * 24) + bytes((0, 255, 0, 0)) * (48 * 24)  # cyan above magenta


def modules() -> Path:
    """Something like a symbol: 25 × 25 modules of 0.4 mm, the first always dark."""
    dark = [(i, j) for i in range(25) for j in range(25) if (i * j + i + j) % 2 == 0]
    return join([rectangle(Rect(20 + 0.4 * i, 5 + 0.4 * j, 0.4, 0.4)) for i, j in dark])


def words(text: str, size: float, x: float, baseline: float, ink: Ink, field: str = "") -> Words:
    return place(load("semibold").shape(text), size, x, baseline, ink, field)


def face(key: str = "unit/front", ink: Ink = RED) -> Form:
    """A face on `ink`: its text left, a panel with the symbol in the middle, a picture and a spot on the right."""
    x, y, radius = HOLE
    art = (
        Fill(OUTLINE.path(3), ink),
        Stroke(OUTLINE.path(-1.5), GOLD, pt(0.75)),
        words(NAME, 4, 9, 8, PAPER, "chief.role"),
        words(NUMBER, 6, 7.5, 12, GOLD, "chief"),
        Fill(rectangle(Rect(18, 3, 14, 14), 0.5), PAPER),
        Symbol(modules(), BLACK, LINK, Rect(20, 5, 10, 10), 0.4, "2-M"),
        Picture(Rect(35, 6, 4, 4), 48, 48, PIXELS, "emblem.png"),
        Fill(rectangle(Rect(41, 6, 4, 4)), GOLD._replace(tint=0.5)),
    )
    groups = (
        Group(Layer.ARTWORK, art),
        Group(Layer.WHITE, (Fill(OUTLINE.path(2.85), WHITE),)),
        Group(Layer.CUT, (Stroke(OUTLINE.path(), CUT, pt(0.25)),)),
        Group(Layer.HOLE, (Stroke(circle(x, y, radius), DRILL, pt(0.25)),)),
    )
    return Form(key, OUTLINE.rect.inset(-3), groups)


def page() -> Page:
    """A small sheet: two stations, the second turned by 180°, with marks outside the bleed."""
    upright, turned = translation(15, 15), Affine(-1, 0, 0, -1, 15 + 50, 15 + 26 + 20)
    groups = (
        Group(Layer.MARKS, (Stroke(line(40, 2, 40, 7), REGISTRATION, pt(0.25)),)),
        Group(Layer.LEGEND, (placed(set_text("job 1 · tờ 1/2", 7, LEGEND), translation(15, 72)),)),
        Group(Layer.DIMENSIONS, (Stroke(line(15, 74, 65, 74), DIMENSIONS, pt(0.25)),)),
    )
    places = (Placement("unit/front", upright, 1), Placement("unit/front", turned, 2))
    return Page(Rect(0, 0, 80, 76), Rect(12, 12, 56, 52), Rect(15, 15, 50, 46), places, groups, "1 front")


def document(**changes: object) -> Document:
    made = Document('Đak Đoa <tags> & "keys"', "2020-05-18T08:00:00+07:00", (page(),), (face(),), "sample")
    return made._replace(**changes)  # type: ignore[arg-type]
