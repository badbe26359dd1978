"""Where each tag stands on the press sheet, front and back, so that both register when the sheet is turned.

One law makes the back: a point of the back forme is the mirror image of the same point of the paper on the front forme,
x′ = W − x (y′ = H − y when the sheet tumbles; the same point where tags are turned in the places of a jig), and a tag's
back is drawn as seen from behind, u′ = w − u. Marks, slug
and paper boxes are `page`'s; which design stands where is `blocks`'.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from keytag.base.drawing import Placement
from keytag.base.errors import InputError
from keytag.base.geometry import Affine, Point, Rect, union
from keytag.base.outline import Outline
from keytag.base.sides import BACK, FRONT
from keytag.base.words import joined, say
from keytag.sheet.layout import Forme, Layout, Sheet, Station, behind_turn
from keytag.sheet.nesting import Cell, Rows, partners, staggered, straight
from keytag.sheet.scheme import HEAD_TO_HEAD, STAGGERED, STRAIGHT, WORK_AND_TURN, Scheme, Size
from keytag.tag.artwork import Artwork

_MOST_STATIONS = 20_000  # ten times the largest press sheet of the smallest tags
_SLACK = 1e-6  # millimetres: what a division may lose before a tag that just fits is refused


def lay_out(scheme: Scheme, width: float, height: float, bleed: float, outline: Outline | None = None) -> Layout:
    """The stations for a tag of `width` × `height` mm with `bleed`; an `InputError` where the scheme cannot hold it.

    `outline` is its contour: staggered rows come as close as that allows.
    """
    box = Size(height, width) if scheme.turn % 180 else Size(width, height)
    _check_work(scheme)
    free = _free(scheme)
    rows = _rows(scheme, box, bleed, free, outline)
    if len(rows.cells) > _MOST_STATIONS:
        raise InputError(
            say(
                "{scheme}: {columns} × {rows} stations are more than the {most_stations:,} allowed",
                scheme=scheme.name,
                columns=rows.columns,
                rows=rows.rows,
                most_stations=_MOST_STATIONS,
            )
        )
    left = free.x + (free.width - rows.size.width) / 2
    top = free.y + (free.height - rows.size.height) / 2
    behind = partners(scheme, rows, box)
    blocked = _blocked(scheme, rows, behind)
    cells = [cell for cell in rows.cells if cell in behind and cell not in blocked]
    if not cells:
        raise InputError(
            say("{scheme}: every station is blocked", scheme=scheme.name),
            hint=say("take some out of the scheme's blocked list"),
        )
    index = {cell: i for i, cell in enumerate(cells)}
    stations = []
    for (c, r), i in index.items():
        partner = index[behind[c, r]]
        face = FRONT if i <= partner else BACK
        turn = _turn(scheme, r) if face == FRONT else behind_turn(scheme, _turn(scheme, behind[c, r][1]))
        x, y = rows.cells[c, r]
        stations.append(Station(i, c, r, left + x, top + y, turn, partner, face))
    trims = union(Rect(s.x, s.y, box.width, box.height) for s in stations)
    places = tuple((s.index, s.partner) if scheme.same_plates else (s.index,) for s in stations if s.face == FRONT)
    tag, nested = Size(width, height), rows.columns * rows.rows > 1 and _shifted(rows)
    layout = Layout(scheme, tag, box, bleed, rows.columns, rows.rows, rows.pitch, trims, tuple(stations), places)
    return layout._replace(staggered=nested)


def gain(scheme: Scheme, width: float, height: float, bleed: float, outline: Outline) -> tuple[int, int]:
    """Stations of straight and of staggered rows; nought where they cannot hold one."""
    found = []
    for rows in (STRAIGHT, STAGGERED):
        try:
            found.append(len(lay_out(scheme._replace(rows=rows), width, height, bleed, outline).stations))
        except InputError:
            found.append(0)
    return found[0], found[1]


def _turn(scheme: Scheme, row: int) -> int:
    return (scheme.turn + 180) % 360 if scheme.heads == HEAD_TO_HEAD and row % 2 else scheme.turn


def _shifted(rows: Rows) -> bool:
    """Whether its rows do not all begin at the same place."""
    return any(abs(at.x - rows.cells[0, 0].x) > _SLACK for (c, _), at in rows.cells.items() if c == 0)


def _rows(scheme: Scheme, box: Size, bleed: float, free: Rect, outline: Outline | None) -> Rows:
    """Straight or staggered rows, as the scheme wants it, the ones with more stations where it wants the best."""
    nested = staggered(scheme, outline, box, free.inset(bleed)) if scheme.rows != STRAIGHT else None
    if scheme.rows == STAGGERED and nested is not None:
        return nested
    pitch = Point(box.width + scheme.gap.x, box.height + scheme.gap.y)
    columns, rows = _counts(scheme, box, bleed, free, pitch)
    grid = straight(box, pitch, columns, rows)
    if nested is not None and len(partners(scheme, nested, box)) > len(grid.cells):
        return nested
    return grid


def impose(
    layout: Layout,
    assignment: Sequence[int | None],
    artworks: Sequence[Artwork],
    *,
    run: int = 1,
    number: int = 1,
    of: int = 1,
) -> Sheet:
    """One plate set: `assignment` gives the index in `artworks` for each station of `layout`, None to leave it empty.

    Raises `ValueError` where the assignment is not the layout's: wrong length, a pair that does not carry one design,
    or an artwork of another size.
    """
    _check_assignment(layout, assignment, artworks)
    front, back, counts = [], [], dict[str, int]()
    places = _places(layout)
    for station, at, design in zip(layout.stations, places, assignment, strict=True):
        if design is None:
            continue
        artwork = artworks[design]
        counts[artwork.key] = counts.get(artwork.key, 0) + 1
        here, there = (artwork.front, artwork.back) if station.face == FRONT else (artwork.back, artwork.front)
        front.append(Placement(here.form.key, at[0], station.index + 1))
        if BACK in layout.scheme.sides:
            back.append(Placement(there.form.key, at[1], station.index + 1))
    formes = Forme(FRONT, tuple(front)), Forme(BACK, tuple(back))
    return Sheet(layout, *formes, run, number, of, tuple(counts.items()), tuple(assignment))


@lru_cache(maxsize=4)
def _places(layout: Layout) -> tuple[tuple[Affine, Affine], ...]:
    """Where the faces of each station lie, front and back: the same on all plates, whose places are kept once."""
    return tuple((layout.at(station, FRONT), layout.at(station, BACK)) for station in layout.stations)


def _check_assignment(layout: Layout, assignment: Sequence[int | None], artworks: Sequence[Artwork]) -> None:
    if len(assignment) != len(layout.stations):
        raise ValueError(
            say(
                "{assignment} designs for {stations} stations",
                assignment=len(assignment),
                stations=len(layout.stations),
            )
        )
    for place in layout.places:
        if len({assignment[i] for i in place}) != 1:
            raise ValueError(
                say(
                    "stations {place} print behind each other: one design",
                    place=joined(" and ", (str(i + 1) for i in place)),
                )
            )
    for design in {d for d in assignment if d is not None}:
        outline = artworks[design].outline
        if abs(outline.width - layout.tag.width) > _SLACK or abs(outline.height - layout.tag.height) > _SLACK:
            raise ValueError(
                say(
                    "{artworks} is {width:g} × {height:g} mm, the stations are not",
                    artworks=artworks[design].key,
                    width=outline.width,
                    height=outline.height,
                )
            )


def _check_work(scheme: Scheme) -> None:
    # On the side edges the turn would bring the other edge under the gripper: that is the other work style.
    if scheme.same_plates and scheme.gripper.depth > 0 and scheme.gripper.edge in ("left", "right"):
        raise InputError(
            say(
                "{scheme}: {work} needs the gripper at the top or bottom, not at the {edge}",
                scheme=scheme.name,
                work=scheme.work,
                edge=scheme.gripper.edge,
            ),
            hint=say("swap the sheet's width and height, or set gripper.edge"),
        )


def _free(scheme: Scheme) -> Rect:
    """The area of the front forme that trims and bleeds may take; symmetric about the line the plates turn on."""
    m, depth = scheme.margins, scheme.gripper.depth
    room = {"top": m.top, "right": m.right, "bottom": m.bottom, "left": m.left}
    for edge in scheme.gripper_edges(FRONT):
        room[edge] += depth
    if scheme.work == WORK_AND_TURN:
        room["left"] = room["right"] = max(room["left"], room["right"])
    if scheme.tumbles:
        room["top"] = room["bottom"] = max(room["top"], room["bottom"])
    width = scheme.sheet.width - room["left"] - room["right"]
    return Rect(room["left"], room["top"], width, scheme.sheet.height - room["top"] - room["bottom"])


def _counts(scheme: Scheme, box: Size, bleed: float, free: Rect, pitch: Point) -> tuple[int, int]:
    """Columns and rows: the scheme's own where they fit, else as many as fit (even where pairs need it)."""
    fit_x = math.floor((free.width - 2 * bleed + scheme.gap.x + _SLACK) / pitch.x)
    fit_y = math.floor((free.height - 2 * bleed + scheme.gap.y + _SLACK) / pitch.y)
    even_x, even_y = (scheme.same_plates and not scheme.tumbles), scheme.tumbles
    most = (fit_x - fit_x % 2 if even_x else fit_x, fit_y - fit_y % 2 if even_y else fit_y)
    tag = say(
        "a tag of {width:g} × {height:g} mm with {bleed:g} mm bleed", width=box.width, height=box.height, bleed=bleed
    )
    area = say(
        "{width:g} × {height:g} mm that gripper and margins leave of the sheet",
        width=max(free.width, 0),
        height=max(free.height, 0),
    )
    if min(most) < 1:
        pair = say(" twice ({work} needs a front and a back)", work=scheme.work) if fit_x >= 1 and fit_y >= 1 else ""
        raise InputError(
            say(
                "{scheme}: {tag} does not fit{pair} into the {area}", scheme=scheme.name, tag=tag, pair=pair, area=area
            ),
            hint=say("a larger sheet, smaller margins, or another turn of the tag"),
        )
    if scheme.grid is None:
        return most
    columns, rows = scheme.grid
    if (even_x and columns % 2) or (even_y and rows % 2):
        what = say("columns") if even_x else say("rows")
        raise InputError(
            say(
                "{scheme}: {work} needs an even number of {what}, not {columns}",
                scheme=scheme.name,
                work=scheme.work,
                what=what,
                columns=columns if even_x else rows,
            )
        )
    if columns > fit_x or rows > fit_y:
        raise InputError(
            say(
                "{scheme}: {columns} × {rows} stations for {tag} do not fit into the {area}",
                scheme=scheme.name,
                columns=columns,
                rows=rows,
                tag=tag,
                area=area,
            ),
            hint=say("{most} × {most2} would; or write stations: auto", most=most[0], most2=most[1]),
        )
    return columns, rows


def _blocked(scheme: Scheme, rows: Rows, behind: Mapping[Cell, Cell]) -> set[Cell]:
    """The cells that stay empty; where one forme prints both surfaces, the cell behind a blocked one too."""
    cells: set[Cell] = {(c.column, c.row) for c in scheme.blocked}
    for column, row in sorted(cells):
        if column >= rows.columns or row >= rows.rows:
            raise InputError(
                say(
                    "{scheme}: blocked station {column}/{row} is not among the {columns} × {rows} stations",
                    scheme=scheme.name,
                    column=column + 1,
                    row=row + 1,
                    columns=rows.columns,
                    rows=rows.rows,
                )
            )
    return cells | {behind[cell] for cell in cells if cell in behind}
