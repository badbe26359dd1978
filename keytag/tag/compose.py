"""One unit set in one template becomes an artwork: pure, and total for every roster that loads.

What does not fit is drawn all the same, at its least size, and noted in the face's fits; judging is the checks'.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from keytag.base.drawing import Fill, Form, Glyph, Group, Layer, Mark, Stroke, Symbol, Words
from keytag.base.geometry import Affine, Path, Rect, circle, line, rectangle
from keytag.base.ink import CUT, DRILL, PAPER, WHITE, Ink
from keytag.base.outline import Outline
from keytag.base.units import MM_PER_PT, pt
from keytag.qr import encode as qr
from keytag.roster.model import Contact, Job, Unit
from keytag.tag import fitting, typeset
from keytag.tag.artwork import Artwork, Face, Fit, Hole
from keytag.tag.payload import payload
from keytag.tag.template import (
    Background,
    ContactList,
    Element,
    Emblem,
    Frame,
    Label,
    QrPanel,
    Range,
    Rule,
    Spot,
    Stack,
    Template,
    TextLine,
)
from keytag.tag.wording import Said, Value, fields, number, say

_TECHNICAL_WIDTH = pt(0.25)
# What abbreviating must win in number size: a unit's name in full is worth more than a role's.
_LABELS, _PAIRING, _WORDS = 1.03, 1.04, 1.06


class Composer:
    """Sets units in one template; faces that say the same (a district's front) are set once and shared.

    A `draft` has everything at its place and size and draws nothing fine: QR symbols have no modules, and letters are
    boxes. That is enough for all artwork checks, and the library that makes modules is not loaded.
    """

    def __init__(self, template: Template, *, draft: bool = False) -> None:
        self.template = template
        self.draft = draft
        self._stacks: dict[tuple[object, ...], _Fitted] = {}
        self._plain = {id(e): _plain(template, e) for e in (*template.front, *template.back) if not _is_set(e)}
        self._technical = {back: _technical(template, template.hole_on(back)) for back in (False, True)}

    def compose(self, job: Job, unit: Unit) -> Artwork:
        """Both faces of `unit`'s tag, finished."""
        template, values = self.template, fields(job, unit)
        front, back = (self._face(is_back, unit, values) for is_back in (False, True))
        plastic = template.substrate.ink if template.white_choke is None else PAPER
        return Artwork(unit.key, unit.full_title, template.outline, template.bleed, template.safe, front, back, plastic)

    def _face(self, back: bool, unit: Unit, values: dict[str, Value]) -> Face:
        template = self.template
        elements = template.back if back else template.front
        side, hole = "back" if back else "front", template.hole_on(back)
        face = _Setting(template, side, hole, unit, values, self.draft, {}, [], [], [], [])
        done: dict[int, list[Mark]] = {}

        def put(kind: type[QrPanel] | type[Stack] | type[Label]) -> None:
            for index, element in enumerate(elements):
                if isinstance(element, kind):
                    done[index] = self._set(face, element)

        put(QrPanel)
        put(Stack)
        put(Label)
        if face.crowded:
            self._make_room(face, put)
        marks: list[Mark] = []
        for index, element in enumerate(elements):
            marks += done[index] if index in done else self._plain[id(element)]
        groups = (Group(Layer.ARTWORK, tuple(marks)), *self._technical[back])
        backgrounds = [e.ink for e in elements if isinstance(e, Background)]
        ink = backgrounds[-1] if backgrounds else template.substrate.ink
        bounds = template.outline.rect.inset(-template.bleed)
        form = Form(f"{unit.key}/{'back' if back else 'front'}", bounds, groups)
        return Face(form, face.hole, tuple(face.fits), tuple(face.missing), ink)

    def _make_room(self, face: _Setting, put: Callable[[type[Stack] | type[Label]], None]) -> None:
        """A label found no free place: the text makes room at that of its places which costs the text least."""
        panels, places = list(face.panels), face.crowded.pop()
        face.crowded.clear()

        def settle(place: Rect) -> tuple[int, float, float]:
            face.panels[:] = [*panels, place]
            face.fits.clear()
            face.missing.clear()
            put(Stack)
            fits = list(face.fits)
            put(Label)
            short = sum(max(0.0, fit.comfortable - fit.size) for fit in fits)
            return sum(fit.fits for fit in fits), -round(short, 2), round(sum(fit.size for fit in fits), 2)

        best = max(places, key=settle)
        if face.panels[-1] != best:
            settle(best)

    def _set(self, face: _Setting, element: Element) -> list[Mark]:
        if isinstance(element, QrPanel):
            return _qr(face, element)
        if isinstance(element, Label):
            return _label(face, element)
        assert isinstance(element, Stack)
        fitted = self._fitted(face, element)
        return [] if fitted is None else list(_written(face, fitted))

    def _fitted(self, face: _Setting, stack: Stack) -> _Fitted | None:
        """The stack solved. What is the same for many units (a district's front) is remembered by what it says."""
        if any(isinstance(item, ContactList) for item in stack.lines):
            return _solve(face, stack)
        key = (id(stack), *face.panels, *_wordings(face, stack))
        known = self._stacks.get(key)
        if known is not None:  # solved for another unit: the same words, from this unit's own place in the roster
            return known._replace(pieces=_pieces(face, stack, known.steps))
        found = _solve(face, stack)
        if found is not None:
            self._stacks[key] = found
        return found


class _Setting(NamedTuple):
    """What the elements of one face share while they are set."""

    template: Template
    side: str
    hole: Hole | None
    unit: Unit
    values: dict[str, Value]
    draft: bool
    pieces: dict[tuple[int, _Step], _Piece | None]  # each line of a stack as far as it was abbreviated: made once
    panels: list[Rect]  # what text keeps off: QR panels, each with its clearance
    crowded: list[list[Rect]]  # for each label that found no free place, its places
    fits: list[Fit]
    missing: list[tuple[str, str]]


def _technical(template: Template, hole: Hole | None) -> list[Group]:
    """White underbase, cut line and ring hole, drawn after the art and overprinting it (press.md, Layers)."""
    groups = []
    if template.white_choke is not None:
        area = template.outline.path(template.bleed - template.white_choke)
        groups.append(Group(Layer.WHITE, (Fill(area, WHITE),)))
    groups.append(Group(Layer.CUT, (Stroke(template.outline.path(), CUT, _TECHNICAL_WIDTH),)))
    if hole is not None:
        ring = circle(hole.centre.x, hole.centre.y, hole.diameter / 2)
        groups.append(Group(Layer.HOLE, (Stroke(ring, DRILL, _TECHNICAL_WIDTH),)))
    return groups


def _is_set(element: Element) -> bool:
    """Whether an element depends on the unit."""
    return isinstance(element, QrPanel | Stack | Label)


def _plain(template: Template, element: Element) -> list[Mark]:
    """The elements that need no fitting."""
    match element:
        case Background(ink, area):
            return [Fill(template.outline.path(template.bleed if area == "bleed" else 0.0), ink)]
        case Frame(ink, inset, width):
            return [Stroke(template.outline.path(-inset), ink, width)]
        case Rule(ink, start, end, width):
            return [Stroke(line(start.x, start.y, end.x, end.y), ink, width)]
        case Emblem():
            return list(element.marks)
    raise TypeError(f"{type(element).__name__} is set by the composer")


@lru_cache(maxsize=256)
def _panel(outline: Outline, safe: float, hole: Hole | None, element: QrPanel) -> Rect:
    """The largest square around the centre that stays in the safe area and off the ring hole, up to the wished size."""
    chords = outline.chords(safe)
    cx, cy = element.centre

    def fits(half: float) -> bool:
        band = chords.band(cy - half, cy + half)
        if band is None or band[0] > cx - half or cx + half > band[1]:
            return False
        if hole is None:
            return True
        dx, dy = max(0.0, abs(hole.centre.x - cx) - half), max(0.0, abs(hole.centre.y - cy) - half)
        return math.hypot(dx, dy) >= hole.diameter / 2 + safe

    low, high = 0.0, element.most / 2
    if fits(high):
        low = high
    for _ in range(24):  # to a tenth of a micrometre
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return Rect(cx - low, cy - low, 2 * low, 2 * low)


def _qr(face: _Setting, element: QrPanel) -> list[Mark]:
    said = payload(element, face.values, face.side)
    size = qr.size(said.text, element.level) if said else None
    if said is None or size is None:
        return []
    panel = _panel(face.template.outline, face.template.safe, face.hole, element)
    face.panels.append(panel.inset(-element.clear))
    module = panel.width / (size.modules + 2 * qr.QUIET)
    side = module * size.modules
    x, y = panel.x + module * qr.QUIET, panel.y + module * qr.QUIET
    matrix = None if face.draft else qr.encode(said.text, element.level)
    path = qr.outline(matrix, x, y, module) if matrix else Path("", ())
    box = Rect(x, y, side, side)
    symbol = Symbol(path, element.ink, said.text, box, module, size.name, said.source)
    return [Fill(rectangle(panel, element.radius), element.panel), symbol]


def _said(face: _Setting, texts: tuple[str, ...], upper: bool, unless: tuple[str, ...]) -> list[Said]:
    """The ways to say a line that the roster has words for, longest first; none where the line is left out."""
    if any(face.values[name].text for name in unless):
        return []
    return [said for said in (say(text, face.values, upper) for text in texts) if said is not None]


def _label(face: _Setting, element: Label) -> list[Mark]:
    """The label at its first free place; where none is free, the text has to make room for it."""
    ways = _said(face, (element.text,), element.upper, element.unless)
    if not ways:
        return []
    said = ways[0]
    missing, places = _label_places(element, said.text, face.draft)
    face.missing.extend((said.field, character) for character in missing)
    boxes = [words.box for words in places]
    wide = [box.inset(-element.clear) for box in boxes]
    free = [i for i, place in enumerate(wide) if place in face.panels]  # the text has made room
    free = free or [i for i, box in enumerate(boxes) if _is_free(face, box, element.clear)]
    if not free:
        face.crowded.append(wide)
    words = places[free[0] if free else 0]
    face.fits.append(
        Fit(
            said.text,
            said.field,
            element.size,
            element.size,
            face.template.limits.text_good,
            bool(free),
            said.source,
            words.box,
        )
    )
    return [words._replace(field=said.field, source=said.source)]


@lru_cache(maxsize=256)
def _label_places(element: Label, text: str, draft: bool) -> tuple[tuple[str, ...], tuple[Words, ...]]:
    """The characters that the font lacks, and the label at each of its places: mostly the same on every tag."""
    run = typeset.load(element.font).shape(text)
    em = element.size * MM_PER_PT
    width, height = run.ink_width * em, (run.ascent + run.descent) * em
    flat = typeset.place(run, element.size, -width / 2, height / 2 - run.descent * em, element.ink, draft=draft)
    return run.missing, tuple(_turned(flat, spot) for spot in element.places)


def _is_free(face: _Setting, box: Rect, clear: float) -> bool:
    template, hole, wide = face.template, face.hole, box.inset(-clear)
    band = template.outline.chords(template.safe).band(box.y, box.bottom)
    if band is None or box.x < band[0] or box.right > band[1]:
        return False
    if hole is not None:
        dx = max(0.0, box.x - hole.centre.x, hole.centre.x - box.right)
        dy = max(0.0, box.y - hole.centre.y, hole.centre.y - box.bottom)
        if math.hypot(dx, dy) < hole.diameter / 2 + template.safe:
            return False
    return not any(other.overlaps(wide) for other in (*(fit.box for fit in face.fits), *face.panels))


def _turn(spot: Spot) -> Affine:
    """The map that turns what stands around the origin clockwise, and moves it to the place."""
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[spot.turn % 4]
    return Affine(cos, sin, -sin, cos, *spot.centre)


def _turned(words: Words, spot: Spot) -> Words:
    """`words`, which stand around the origin, at that place."""
    turn = _turn(spot)
    # Outlines are y up and the page y down: the same turn is the other way round in font units.
    spin = Affine(turn.a, turn.c, turn.b, turn.d)
    glyphs = tuple(Glyph(_spun(g.outline, spin), *turn.apply(g.x, g.y)) for g in words.glyphs)
    return words._replace(glyphs=glyphs, box=turn.rect(words.box))


@lru_cache(maxsize=512)
def _spun(outline: Path, spin: Affine) -> Path:
    return outline.transformed(spin)


class _Fitted(NamedTuple):
    """A stack solved: how far each line was abbreviated, its lines as they are said, and where they go."""

    steps: tuple[_Step, ...]
    pieces: tuple[_Piece, ...]
    layout: fitting.Layout


def _wordings(face: _Setting, stack: Stack) -> list[tuple[str, ...]]:
    """All that the solution of a stack of words depends on besides the template: what its lines may say."""
    return [
        tuple(s.text for s in _said(face, item.texts, item.upper, item.unless))
        for item in stack.lines
        if isinstance(item, TextLine)
    ]


def _pieces(face: _Setting, stack: Stack, steps: tuple[_Step, ...]) -> tuple[_Piece, ...]:
    made = []
    for item, step in zip(stack.lines, steps, strict=True):
        key = id(item), step
        if key not in face.pieces:
            face.pieces[key] = _piece(face, item, step)
        piece = face.pieces[key]
        if piece is not None:
            made.append(piece)
    return tuple(made)


def _solve(face: _Setting, stack: Stack) -> _Fitted | None:
    """Labels and words abbreviate by their own ladders, and deputies pair up, before type shrinks."""
    template, hole = face.template, face.hole
    obstacle = (hole.centre.x, hole.centre.y, hole.diameter / 2 + template.safe) if hole else None
    area = fitting.Area(template.outline, template.safe + stack.margin, obstacle, tuple(face.panels))
    axis = template.outline.width / 2 if stack.axis is None else stack.axis
    middle = template.outline.height / 2 - stack.lift

    def block_of(pieces: tuple[_Piece, ...]) -> fitting.Block:
        return fitting.Block(tuple(p.item for p in pieces), stack.align, axis, middle)

    def attempt(steps: tuple[_Step, ...]) -> _Fitted | None:
        pieces = _pieces(face, stack, steps)
        return _Fitted(steps, pieces, fitting.fit(block_of(pieces), area)) if pieces else None

    def promising(steps: tuple[_Step, ...], numbers: float) -> bool:
        """Whether it is worth solving: most shorter wordings do not let the numbers grow."""
        return fitting.holds(block_of(_pieces(face, stack, steps)), area, numbers)

    best = attempt(tuple(_Step(0, False) for _ in stack.lines))
    improved = best is not None
    while improved and best is not None:
        improved = False
        for better, cost in _shorter(stack, best):
            if best.layout.score[:2] == (0.0, 0.0) and not promising(better, best.layout.score[2] * cost):
                continue
            found = attempt(better)
            if found is not None and _is_better(found.layout, best.layout, cost):
                best, improved = found, True
                break
    return best


class _Step(NamedTuple):
    """How far a line has gone down its ladder, and whether a list's deputies share rows."""

    level: int
    paired: bool


def _is_better(new: fitting.Layout, old: fitting.Layout, cost: float) -> bool:
    """Whether shorter words are worth it: more fits, or comfort, or the numbers grow by more than `cost`."""
    if new.score[:2] != old.score[:2]:
        return new.score[:2] > old.score[:2]
    return new.score[2] > old.score[2] * cost


def _shorter(stack: Stack, fitted: _Fitted) -> list[tuple[tuple[_Step, ...], float]]:
    """The next shorter ways to say what is too wide, one change each, and by what factor that must enlarge numbers."""
    found: list[tuple[tuple[_Step, ...], float]] = []
    steps = fitted.steps
    known = {id(p.source): (p, n) for p, n in zip(fitted.pieces, fitted.layout.narrow, strict=True)}
    for i, item in enumerate(stack.lines):
        if id(item) not in known:
            continue
        (piece, narrow), step = known[id(item)], steps[i]
        if piece.pairs and not step.paired:
            for level in range(step.level, min(step.level + 2, piece.depth)):
                found.append(((*steps[:i], _Step(level, True), *steps[i + 1 :]), _PAIRING))
        cost = _LABELS if isinstance(item, ContactList) else _WORDS
        if narrow and step.level + 1 < piece.depth:
            found.append(((*steps[:i], step._replace(level=step.level + 1), *steps[i + 1 :]), cost))
    return found


class _Piece(NamedTuple):
    """A stack's line ready to fit, what its runs say, how long its ladder is and whether rows could be shared."""

    source: TextLine | ContactList
    item: fitting.Line | fitting.Table
    said: tuple[Said, ...]
    depth: int
    pairs: bool


def _piece(face: _Setting, item: TextLine | ContactList, step: _Step) -> _Piece | None:
    if isinstance(item, ContactList):
        return _list_piece(face, item, step)
    ways = _said(face, item.texts, item.upper, item.unless)
    if not ways:
        return None
    said = ways[min(step.level, len(ways) - 1)]
    font = typeset.load(item.font)
    height = font.digit_height if item.number else font.cap_height if item.upper else font.x_height
    line_item = fitting.Line(font.shape(said.text, item.tracking), item.size, item.space, height, item.number)
    return _Piece(item, line_item, (said,), len(ways), False)


def _list_piece(face: _Setting, item: ContactList, step: _Step) -> _Piece | None:
    singles = [[c] for role in item.roles for c in face.unit.contacts if c.role == role]
    if not singles:
        return None
    paired = _pair(singles) if len(singles) >= item.pair_from else singles
    label_font, font = typeset.load(item.label_font), typeset.load(item.font)
    rows: list[fitting.Row] = []
    said: list[Said] = []
    depth = 1
    for group in paired if step.paired else singles:
        first = group[0]
        ladder = item.ladder(first.role, first.label.value if first.label else "")
        depth = max(depth, len(ladder))
        words = ladder[min(step.level, len(ladder) - 1)]
        said.append(Said(words, f"label.{first.role}", (first.label or first.number).span))
        values = [number(contact) for contact in group]
        said += [
            Said(value.text, _field_of(face.unit, contact), value.source)
            for value, contact in zip(values, group, strict=True)
        ]
        rows.append(fitting.Row(label_font.shape(words), tuple(font.shape(value.text) for value in values)))
    table = fitting.Table(
        rows=tuple(rows),
        size=item.size,
        label_size=item.label_size,
        label_ratio=item.label_ratio,
        gap=item.gap,
        pair_gap=item.pair_gap,
        space=item.space,
        row_space=item.row_space,
        height=font.digit_height,
        shared=all(len(row.numbers) == 1 for row in rows),
    )
    return _Piece(item, table, tuple(said), depth, len(paired) < len(singles))


def _pair(singles: list[list[Contact]]) -> list[list[Contact]]:
    """Neighbours of the same role and label share a row, two and two."""
    rows: list[list[Contact]] = []
    for (contact,) in singles:
        last = rows[-1][0] if rows and len(rows[-1]) == 1 else None
        if last is not None and last.role == contact.role != "chief" and _own(last) == _own(contact):
            rows[-1].append(contact)
        else:
            rows.append([contact])
    return rows


def _own(contact: Contact) -> str:
    return contact.label.value if contact.label else ""


def _field_of(unit: Unit, contact: Contact) -> str:
    """The roster's name for a contact's number: `unit.chief`, `unit.deputies.2`."""
    if contact.role in ("chief", "duty"):
        return f"unit.{contact.role}"
    name, same = ("deputies", unit.deputies) if contact.role == "deputy" else ("others", unit.others)
    return f"unit.{name}.{next(i for i, c in enumerate(same, 1) if c is contact)}"


def _written(face: _Setting, fitted: _Fitted) -> list[Words]:
    """The solved stack as words of this unit, and a note of how each came out."""
    words: list[Words] = []
    rows = iter(fitted.layout.rows)
    for piece in fitted.pieces:
        said, source = iter(piece.said), piece.source
        for _ in range(len(piece.item.rows) if isinstance(piece.item, fitting.Table) else 1):
            for i, placed in enumerate(next(rows)):
                ink, size = source.ink, source.size
                is_number = i > 0 or (isinstance(source, TextLine) and source.number)
                if i == 0 and isinstance(source, ContactList):
                    ink, size = source.label_ink, source.label_size
                words.append(_word(face, placed, next(said), ink, size, is_number))
    return words


def _word(face: _Setting, placed: fitting.Placed, said: Said, ink: Ink, size: Range, is_number: bool) -> Words:
    limits = face.template.limits
    good = limits.number_least if is_number else limits.text_good
    at = placed.x, placed.baseline
    words = typeset.place(placed.run, placed.size, *at, ink, said.field, said.source, draft=face.draft)
    face.fits.append(Fit(said.text, said.field, placed.size, size.least, good, placed.fits, said.source, words.box))
    face.missing.extend((said.field, character) for character in placed.run.missing)
    return words
