"""Reads an imposition scheme's YAML into a `Scheme`: keys known, values checked, complaints with their places.

Reading is total: what is wrong is reported and a default stands in its place, so that all of it is seen at once;
whoever goes on to print stops at errors. Finding the file is `shipped`'s business. The keys: docs/schemes.md.
"""

from __future__ import annotations

import re
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Span
from keytag.base.ink import RESERVED, USUAL_DIES, DieNames
from keytag.base.words import joined, say
from keytag.files import kinds, source
from keytag.files.fields import Fields, nearest
from keytag.files.source import Node, Scalar, Source
from keytag.sheet.scheme import (
    DIE_NAME,
    EDGES,
    EMULSIONS,
    HEADS,
    JIG,
    MARKS,
    POLARITIES,
    READINGS,
    ROWS,
    SHEETWISE,
    STRAIGHT,
    TURNS,
    WORK_STYLES,
    Cell,
    Costs,
    Films,
    Gap,
    Gripper,
    Margins,
    Pin,
    RunLimits,
    Scheme,
    Size,
)
from keytag.sheet.scheme_keys import KEYS, REQUIRED

_SRA3 = Size(320, 450)
_MOST_SIDE = 3000.0  # mm; no press is wider
_MOST_GRID = 500
_MOST_MONEY = 1e9
_MOST_RUN = 100_000_000
_MOST_CHOKE = 0.3  # mm: more closes every counter of a letter
_TAKEN = frozenset(name.casefold() for name in (*RESERVED, JIG))
_RESOLUTIONS = (1200, 2540)  # dpi of film recorders


def scheme_of(text: Source) -> tuple[Scheme, tuple[Diagnostic, ...]]:
    """The scheme in `text` and what is wrong with it; `InputError` where it is not YAML."""
    node, findings = source.parse(text)
    kinds.expect(node, text.name, kinds.SCHEME)
    fields = Fields(node, KEYS[""], findings, say("a scheme"))
    stem = Path(text.name).stem
    for key in REQUIRED:
        fields.require(key)
    size = _size(fields)
    scheme = Scheme(
        name=fields.string("name", stem),
        title=_bilingual(fields, "title", stem),
        sheet=size,
        gripper=_gripper(fields, size),
        margins=_margins(fields),
        border=fields.length("border", 3.0, most=100),
        gap=_gap(fields),
        turn=_turn(fields),
        grid=_grid(fields),
        blocked=tuple(_cell(item, findings) for item in fields.sequence("blocked")),
        work=fields.choice("work", WORK_STYLES, SHEETWISE),
        marks=_marks(fields),
        costs=_costs(fields),
        limits=_limits(fields),
        notes=_bilingual(fields, "notes", ""),
        file=text.name,
        dies=DieNames(_spot(fields, "cut", USUAL_DIES.cut), _spot(fields, "hole", USUAL_DIES.hole)),
        die_spans=(_span(fields, "cut"), _span(fields, "hole")),
        rows=fields.choice("rows", ROWS, STRAIGHT),
        heads=fields.choice("heads", HEADS, HEADS[0]),
        make_ready=fields.integer("make_ready", 0, least=0, most=100_000),
        pins=tuple(_pin(item, findings, size) for item in fields.sequence("pins")),
        films=_films(fields),
        tolerance=fields.length("tolerance", 0.2, least=0.01, most=2),
    )
    _check_whole(fields, scheme)
    return scheme, tuple(findings)


def _bilingual(fields: Fields, key: str, default: str) -> tuple[str, str]:
    """English and Vietnamese; one text serves for both."""
    if isinstance(fields.node(key), Scalar):
        text = fields.string(key, default)
        return text, text
    inner = fields.mapping(key, KEYS[key])
    if inner is None:
        return default, default
    english = inner.string("en", inner.string("vi", default))
    return english, inner.string("vi", english)


def _size(fields: Fields) -> Size:
    inner = fields.mapping("sheet", KEYS["sheet"])
    if inner is None:
        return _SRA3
    sides = []
    for key, default in zip(KEYS["sheet"], _SRA3, strict=True):
        inner.require(key)
        sides.append(inner.length(key, default, least=20, most=_MOST_SIDE))
    return Size(*sides)


def _gripper(fields: Fields, size: Size) -> Gripper:
    inner = fields.mapping("gripper", KEYS["gripper"])
    if inner is None:
        return Gripper("bottom", 0.0)
    inner.require("edge")
    inner.require("depth")
    return Gripper(inner.choice("edge", EDGES, "bottom"), inner.length("depth", 0.0, most=min(size) / 2))


def _margins(fields: Fields) -> Margins:
    """One length for all four sides, or a length a side."""
    if isinstance(fields.node("margins"), Scalar):
        every = fields.length("margins", 0.0, most=_MOST_SIDE)
        return Margins(every, every, every, every)
    inner = fields.mapping("margins", KEYS["margins"])
    if inner is None:
        return Margins(0, 0, 0, 0)
    return Margins(*(inner.length(key, 0.0, most=_MOST_SIDE) for key in KEYS["margins"]))


def _gap(fields: Fields) -> Gap:
    """One length for both ways, or `x` and `y`."""
    if isinstance(fields.node("gap"), Scalar):
        both = fields.length("gap", 6.0, most=_MOST_SIDE)
        return Gap(both, both)
    inner = fields.mapping("gap", KEYS["gap"])
    if inner is None:
        return Gap(6, 6)
    return Gap(*(inner.length(key, 6.0, most=_MOST_SIDE) for key in KEYS["gap"]))


def _turn(fields: Fields) -> int:
    turn = fields.integer("turn", 0, least=0, most=270)
    if turn not in TURNS:
        fields.bad("turn", say("{turn} is not one of {map}", turn=turn, map=joined(", ", map(str, TURNS))))
        return 0
    return turn


def _grid(fields: Fields) -> tuple[int, int] | None:
    node = fields.node("stations")
    if isinstance(node, Scalar):
        if node.value.casefold() != "auto":
            fields.bad("stations", say("{node!r} is neither auto nor {{columns: …, rows: …}}", node=node.value))
        return None
    inner = fields.mapping("stations", KEYS["stations"])
    if inner is None:
        return None
    complete = [inner.require(key) for key in KEYS["stations"]]
    columns, rows = (inner.integer(key, 1, least=1, most=_MOST_GRID) for key in KEYS["stations"])
    return (columns, rows) if all(complete) else None


def _cell(node: Node, findings: list[Diagnostic]) -> Cell:
    """One blocked station; written from 1, kept from 0."""
    inner = Fields(node, KEYS["blocked"], findings, say("a blocked station"))
    for key in KEYS["blocked"]:
        inner.require(key)
    column, row = (inner.integer(key, 1, least=1, most=_MOST_GRID) for key in KEYS["blocked"])
    return Cell(column - 1, row - 1)


def _marks(fields: Fields) -> tuple[str, ...]:
    """The marks asked for, in the order of `MARKS`; all where the key is left out."""
    if not fields.has("marks"):
        return MARKS
    wanted = set()
    for text in fields.texts("marks"):
        if text.value in MARKS:
            wanted.add(text.value)
            continue
        guess = nearest(text.value, MARKS)
        hint = (
            say("did you mean '{guess}'?", guess=guess)
            if guess
            else say("use any of {marks}", marks=joined(", ", MARKS))
        )
        fields.complain("bad-value", text.span, say("marks: '{text}' is not known: {hint}", text=text.value, hint=hint))
    return tuple(mark for mark in MARKS if mark in wanted)


def _pin(node: Node, findings: list[Diagnostic], size: Size) -> Pin:
    inner = Fields(node, KEYS["pins"], findings, say("a pin"))
    for key in KEYS["pins"]:
        inner.require(key)
    return Pin(
        inner.length("x", 0, most=size.width),
        inner.length("y", 0, most=size.height),
        inner.length("diameter", 6, least=1, most=50),
    )


def _films(fields: Fields) -> Films:
    inner = fields.mapping("films", KEYS["films"])
    if inner is None:
        return Films()
    return Films(
        _resolution(inner),
        inner.choice("reading", READINGS, Films().reading),
        inner.choice("emulsion", EMULSIONS, Films().emulsion),
        inner.choice("polarity", POLARITIES, Films().polarity),
        inner.length("choke", 0.0, most=_MOST_CHOKE),
    )


def _resolution(fields: Fields) -> float:
    """Pixels to an inch: `2400dpi`, or the figure alone."""
    default = Films().dpi
    text = fields.string("resolution", f"{default:g}dpi")
    figures = text.strip().casefold().removesuffix("dpi").strip()
    least, most = _RESOLUTIONS
    if not (figures.isascii() and figures.isdigit() and least <= int(figures) <= most):
        fields.bad(
            "resolution",
            say(
                "{text!r} is no resolution of films: write {least} to {most} dpi, such as 2400dpi",
                text=text,
                least=least,
                most=most,
            ),
        )
        return default
    return float(figures)


def _spot(fields: Fields, key: str, default: str) -> str:
    """A name for a die-line's spot and its cutter's layer: signs that every RIP and every table's program takes."""
    name = fields.string(key, default).strip()
    if not re.fullmatch(DIE_NAME, name):
        fields.bad(
            key,
            say(
                "{name!r} is no name of a spot: write 1 to 31 letters and figures in ASCII, with blanks "
                "and . _ + - between them, such as Thru-cut",
                name=name,
            ),
        )
        return default
    if name.casefold() in _TAKEN:
        fields.bad(
            key,
            say(
                "{name!r} is the name of another plate or layer; call it otherwise, such as {default}",
                name=name,
                default=default,
            ),
        )
        return default
    return name


def _span(fields: Fields, key: str) -> Span | None:
    return fields.span_of(key) if fields.has(key) else None


def _costs(fields: Fields) -> Costs:
    inner = fields.mapping("costs", KEYS["costs"])
    if inner is None:
        return Costs()
    plate, sheet = (
        inner.decimal(key, 0.0, least=0, most=_MOST_MONEY) if inner.has(key) else None for key in KEYS["costs"]
    )
    return Costs(plate, sheet)


def _limits(fields: Fields) -> RunLimits:
    inner = fields.mapping("limits", KEYS["limits"])
    if inner is None:
        return RunLimits()
    overs = inner.fraction("overs", 0.0, most=100.0) if inner.has("overs") else None
    plates, shortest, multiple = (
        inner.integer(key, 1, least=1, most=_MOST_RUN) if inner.has(key) else None
        for key in ("plates", "shortest", "multiple")
    )
    return RunLimits(plates, overs, shortest, multiple)


def _check_whole(fields: Fields, scheme: Scheme) -> None:
    """What only shows when all is read."""
    if scheme.same_plates and scheme.gripper.depth > 0 and scheme.gripper.edge in ("left", "right"):
        fields.bad("gripper", say("{work} needs the gripper at the top or bottom", work=scheme.work))
    m, depth = scheme.margins, scheme.gripper.depth
    across = m.left + m.right + depth * (scheme.gripper.edge in ("left", "right"))
    down = m.top + m.bottom + depth * (scheme.gripper.edge in ("top", "bottom"))
    cut, hole = (re.sub(r"[^a-z0-9-]", "_", name.casefold()) for name in scheme.dies)  # as DXF has them
    if cut == hole:
        key = "hole" if fields.has("hole") else "cut"
        fields.bad(
            key, say("cut and hole are both {cut!r}; a cutter tells them apart by their names", cut=scheme.dies.cut)
        )
    if across >= scheme.sheet.width or down >= scheme.sheet.height:
        fields.bad("margins", say("margins and gripper leave nothing of the sheet"))
