"""The cutting forme: what the die-maker gets, the cut lines and drill circles of every station and their measures.

No artwork. The view is the front of the sheet; the same forme cuts a turned sheet, since the back registers with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.drawing import DIE_LINES, Form, Group, Layer, Mark, Page, Placement, Stroke
from keytag.base.geometry import Affine, Path, Rect, circle, line, rectangle, translation
from keytag.base.ink import DIMENSIONS, LEGEND
from keytag.base.records import NamedTuple
from keytag.base.sides import FRONT
from keytag.base.units import number, pt
from keytag.sheet.dimension import LINE, across, bounds, down, millimetres
from keytag.sheet.layout import Layout
from keytag.sheet.lettering import SetText, placed
from keytag.sheet.scheme import Scheme
from keytag.sheet.title_block import About, title_block
from keytag.tag.artwork import Artwork

_ROOM = 36.0  # around the sheet
_LEVELS = (6.0, 12.5, 19.0)  # of the measures from the sheet's edge
_DIMENSION = 10.0  # points: read at a bench, from the size of a whole sheet
_CORNER = (12.0, 3.0)  # of the jig's corner mark: its arms, and how far it stands off the sheet
_CLEAR = 1.0
_SIZE = 9.0
_LEADING = 4.2
_FORME = ("Cutting forme", "Khuôn bế")
_NOBODY = About()
_NAMES = {"sheet": "tờ", "trim": "con", "block": "khối", "pitch": "bước", "gripper": "nhíp"}


class CuttingForme(NamedTuple):
    """One page, and the forms it places: the cut of a tag seen from its front and from its back."""

    page: Page
    forms: tuple[Form, ...]


def cutting_forme(
    layout: Layout, artwork: Artwork, set_text: SetText, legend: Sequence[str] = (), about: About = _NOBODY
) -> CuttingForme:
    """The cutting forme of all stations of `layout`; any `artwork` of the job has the die-line and the hole.

    `about` fills the title block, `legend` is set below the facts, line by line.
    """
    forms = [
        Form(
            f"cutting/{face.form.key.rpartition('/')[2]}",
            artwork.trim,
            tuple(g for g in face.form.groups if g.layer in DIE_LINES),
        )
        for face in artwork.faces
    ]
    at = translation(_ROOM, _ROOM)
    sheet = at.rect(layout.scheme.media)
    placements = tuple(
        Placement(f"cutting/{s.face}", layout.at(s, FRONT).then(at), s.index + 1) for s in layout.stations
    )
    words = [set_text(text, _SIZE, LEGEND) for text in (*_facts(layout, artwork, about), *legend)]
    below = sheet.bottom + 22
    scheme = layout.scheme
    block, box = title_block(_ROOM, below, about, scheme.tolerance, scheme.dies, set_text)
    below = box.bottom + 6
    lines = [placed(w, translation(_ROOM - w.box.x, below + i * _LEADING)) for i, w in enumerate(words)]
    measures = [*_measures(layout, artwork, at, _larger(set_text)), *_corner(sheet, scheme)]
    reach = max(b.right for b in (box, *map(bounds, (*lines, *measures))))
    media = Rect(0, 0, max(sheet.right + _ROOM, reach + 5), below + len(words) * _LEADING + 3)
    trim = at.rect(layout.block)
    groups = (
        Group(Layer.DIMENSIONS, tuple(measures)),
        Group(Layer.LEGEND, (*block, *lines)),
    )
    page = Page(media, trim.inset(-max(layout.bleed, 2.0)), trim, placements, groups, "cutting forme")
    return CuttingForme(page, tuple(forms))


def _larger(set_text: SetText) -> SetText:
    """Dimensions of a forme are read from the size of a whole sheet, not of a tag."""
    return lambda text, _, ink: set_text(text, _DIMENSION, ink)


def _measures(layout: Layout, artwork: Artwork, at: Affine, set_text: SetText) -> list[Mark]:
    sheet, block = at.rect(layout.scheme.media), at.rect(layout.block)
    marks: list[Mark] = [Stroke(rectangle(sheet), DIMENSIONS, LINE)]
    first = at.rect(layout.trim(layout.stations[0]))
    bleed = block.inset(-layout.bleed)
    top, left = bleed.y - _CLEAR, bleed.x - _CLEAR
    near, middle, far = _LEVELS
    pitch = layout.pitch
    marks += across(sheet.x, sheet.right, sheet.y - far, _both(sheet.width, "sheet"), set_text, sheet.y)
    marks += across(sheet.x, block.x, sheet.y - near, millimetres(block.x - sheet.x), set_text, top)
    marks += across(first.x, first.right, sheet.y - near, _both(first.width, "trim"), set_text, top)
    marks += across(block.x, block.right, sheet.y - middle, _both(block.width, "block"), set_text, top)
    marks += down(sheet.y, sheet.bottom, sheet.x - far, _both(sheet.height, "sheet"), set_text, sheet.x)
    marks += down(sheet.y, block.y, sheet.x - near, millimetres(block.y - sheet.y), set_text, left)
    last = at.rect(layout.trim(next(s for s in layout.stations if s.row == layout.stations[-1].row)))
    marks += down(last.y, last.bottom, sheet.x - near, _both(last.height, "trim"), set_text, left)
    marks += down(block.y, block.bottom, sheet.x - middle, _both(block.height, "block"), set_text, left)
    right, below = bleed.right + _CLEAR, bleed.bottom + _CLEAR
    if layout.rows > 1:
        y1 = first.y + pitch.y
        marks += down(first.y, y1, sheet.right + near, _both(pitch.y, "pitch"), set_text, right)
    if layout.columns > 1:
        x1 = first.x + pitch.x
        marks += across(first.x, x1, sheet.bottom + near, _both(pitch.x, "pitch"), set_text, below)
    marks += _hole(layout, artwork, at, set_text)
    marks += _gripper(layout, at, set_text)
    return marks


def _hole(layout: Layout, artwork: Artwork, at: Affine, set_text: SetText) -> list[Mark]:
    """The ring hole of the last column (across) and the last row (down), from the trim's near edges."""
    station = layout.stations[-1]
    face = artwork.front if station.face == FRONT else artwork.back
    if face.hole is None:
        return []
    trim, sheet = at.rect(layout.trim(station)), at.rect(layout.scheme.media)
    bleed = at.rect(layout.block.inset(-layout.bleed))
    x, y = layout.at(station, FRONT).then(at).apply(*face.hole.centre)
    name = f"lỗ / hole Ø {number(round(face.hole.diameter, 2))} mm at"
    near, middle, _ = _LEVELS
    x_text, y_text = millimetres(x - trim.x, name), millimetres(trim.bottom - y, "lỗ / hole at")
    return [
        *across(trim.x, x, sheet.bottom + middle - 1, x_text, set_text, bleed.bottom + _CLEAR),
        *down(y, trim.bottom, sheet.right + near, y_text, set_text, bleed.right + _CLEAR),
    ]


def _gripper(layout: Layout, at: Affine, set_text: SetText) -> list[Mark]:
    """A dashed line at the gripper's depth, and its measure outside the sheet."""
    scheme, marks = layout.scheme, list[Mark]()
    sheet = at.rect(scheme.media)
    for edge, zone in zip(scheme.gripper_edges(FRONT), scheme.gripper_zones(FRONT), strict=False):
        box = at.rect(zone)
        text = _both(scheme.gripper.depth, "gripper")
        if edge in ("top", "bottom"):
            y = box.bottom if edge == "top" else box.y
            marks += _dashed(box.x, y, box.right, y)
            marks += down(box.y, box.bottom, sheet.right + _LEVELS[1], text, set_text, sheet.right)
        else:
            x = box.right if edge == "left" else box.x
            marks += _dashed(x, box.y, x, box.bottom)
            marks += across(box.x, box.right, sheet.bottom + _LEVELS[1], text, set_text, sheet.bottom)
    return marks


def _both(value: float, name: str) -> str:
    """A measure with its name in Vietnamese and English: `tờ / sheet 320 mm`."""
    return millimetres(value, f"{_NAMES[name]} / {name}")


def _corner(sheet: Rect, scheme: Scheme) -> list[Mark]:
    """The corner in which a jig, a lay or a table's stop holds the sheet, the DXF's origin; and the jig's pins."""
    long, off = _CORNER
    x, y = sheet.x - off, sheet.bottom + off
    pins = [circle(sheet.x + p.x, sheet.y + p.y, p.diameter / 2) for p in scheme.pins]
    return [
        *(Stroke(path, DIMENSIONS, LINE) for path in pins),
        Stroke(Path("mll", (x, y - long, x, y, x + long, y)), DIMENSIONS, pt(2)),
    ]


def _dashed(x0: float, y0: float, x1: float, y1: float) -> list[Mark]:
    length = abs(x1 - x0) + abs(y1 - y0)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    starts = [4.0 * i for i in range(int(length / 4) + 1)]
    ends = [min(s + 2.5, length) for s in starts]
    pieces = [(s, e) for s, e in zip(starts, ends, strict=True) if e > s]
    return [Stroke(line(x0 + ux * s, y0 + uy * s, x0 + ux * e, y0 + uy * e), DIMENSIONS, LINE) for s, e in pieces]


def _facts(layout: Layout, artwork: Artwork, about: About) -> list[str]:
    scheme = layout.scheme
    sheet = f"{number(scheme.sheet.width)} × {number(scheme.sheet.height)}"
    tag = f"{number(round(layout.tag.width, 2))} × {number(round(layout.tag.height, 2))}"
    pitch = f"{number(round(layout.pitch.x, 2))} × {number(round(layout.pitch.y, 2))}"
    count = f"{layout.columns} × {layout.rows}"
    stations = len(layout.stations)
    holes = artwork.front.holes
    drill = ", ".join(dict.fromkeys(number(round(hole.diameter, 2)) for hole in holes))
    each = f"{len(holes)} × " if len(holes) > 1 else ""
    what, what_vi = ("Contour of the mould and jig", "Biên dạng khuôn đúc, đồ gá") if about.moulded else _FORME
    english = f"{what} {scheme.name}: sheet {sheet} mm, {count} = {stations} tags of {tag} mm, pitch {pitch} mm"
    vietnamese = f"{what_vi} {scheme.name}: tờ {sheet} mm, {count} = {stations} con {tag} mm, bước {pitch} mm"
    return [
        english + (f", hole {each}Ø {drill} mm" if drill else "") + "; seen from the front of the sheet, 1:1",
        (vietnamese + (f", lỗ {each}Ø {drill} mm" if drill else "")).replace(".", ",")
        + "; nhìn từ mặt trước, tỉ lệ 1:1",
        *_pins(scheme),
    ]


def _pins(scheme: Scheme) -> list[str]:
    """The pins of a jig, from the sheet's top left."""
    pins = [f"Ø {number(p.diameter)} mm ({number(p.x)}; {number(p.y)})" for p in scheme.pins]
    if not pins:
        return []
    said = ", ".join(pins)
    return [f"chốt / pins: {said} mm, từ góc trên bên trái / from the top left"]
