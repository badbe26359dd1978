"""The elements of a face that text makes room for, and those that need no fitting: panels, labels, plain marks."""

from __future__ import annotations

import math
from functools import lru_cache

from keytag.base.drawing import Fill, Glyph, Mark, Slot, Stroke, Symbol, Words
from keytag.base.geometry import Affine, Path, Rect, circle, line, rectangle
from keytag.base.ink import Ink
from keytag.base.outline import Hole, Outline
from keytag.base.units import MM_PER_PT
from keytag.qr import contour, tables
from keytag.qr import encode as qr
from keytag.tag import typeset
from keytag.tag.outlines.inner import inner_path
from keytag.tag.template import Background, Element, Emblem, Frame, Label, QrPanel, Rule, Spot, Template
from keytag.tag.template_fields import names_in

MOST_CHOKE = 0.1  # of a module


def plain(template: Template, element: Element) -> list[Mark]:
    """The elements that need no fitting; none where the kind needs it."""
    match element:
        case Background(ink, area, box, radius):
            if box is not None:
                return [Fill(rectangle(box, radius), ink)]
            return [Fill(template.outline.path(template.bleed if area == "bleed" else 0.0), ink)]
        case Frame(ink, inset, width):
            path = inner_path(template.outline, inset)
            return [Stroke(path, ink, width)] if path.ops else []
        case Rule(ink, start, end, width):
            return [Stroke(line(start.x, start.y, end.x, end.y), ink, width)]
        case Emblem():
            return list(element.marks)
    return []


@lru_cache(maxsize=256)
def panel(outline: Outline, safe: float, holes: tuple[Hole, ...], element: QrPanel) -> Rect:
    """The largest square around the centre that stays in the safe area and off the holes, up to the wished size."""
    chords = outline.chords(safe)
    cx, cy = element.centre

    def fits(half: float) -> bool:
        band = chords.band(cy - half, cy + half, cx)
        if band is None or band[0] > cx - half or cx + half > band[1]:
            return False
        return all(_gap(hole, Rect(cx - half, cy - half, 2 * half, 2 * half)) >= safe for hole in holes)

    low, high = 0.0, element.most / 2
    if fits(high):
        low = high
    for _ in range(24):  # to a tenth of a micrometre
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return Rect(cx - low, cy - low, 2 * low, 2 * low)


def _gap(hole: Hole, box: Rect) -> float:
    """From the rim of a hole to a box."""
    dx = max(0.0, box.x - hole.centre.x, hole.centre.x - box.right)
    dy = max(0.0, box.y - hole.centre.y, hole.centre.y - box.bottom)
    return math.hypot(dx, dy) - hole.diameter / 2


def symbol(place: Rect, element: QrPanel, payload: str, source: object, draft: bool, field: str = "") -> list[Mark]:
    """The panel with its symbol; nothing where no symbol holds the payload."""
    size = qr.size(payload, element.level)
    if size is None:
        return []
    module = place.width / (size.modules + 2 * tables.QUIET)
    side = module * size.modules
    x, y = place.x + module * tables.QUIET, place.y + module * tables.QUIET
    matrix = None if draft else qr.encode(payload, element.level)
    choke = min(element.choke, MOST_CHOKE * module)
    path = contour.outline(matrix, x, y, module, choke) if matrix else Path("", ())
    mark = Symbol(path, element.ink, payload, Rect(x, y, side, side), module, size.name, source, field)  # type: ignore[arg-type]
    return [Fill(rectangle(place, element.radius), element.panel), mark]


def varies(element: Label) -> bool:
    """Whether a label says a serial, and so differs from tag to tag."""
    return "serial" in names_in(element.text)


def label_map(element: Label, text: str, spot: Spot) -> Affine:
    """From font units, y up from the first character's origin, to where `label_places` sets the words at `spot`."""
    run = typeset.load(element.font).spaced(text)
    em = element.size * MM_PER_PT
    scale = em / run.upem
    origin = -run.ink_width * em / 2 - run.left * scale
    flat = Affine(scale, 0, 0, -scale, origin, (run.ascent + run.descent) * em / 2 - run.descent * em)
    return flat.then(_turn(spot))


def symbol_slot(mark: Symbol, element: QrPanel, specimen: str) -> Slot:
    """Where each tag has a symbol of its own, in the place of `mark`.

    Its edges are not drawn in: that is for plates, and what differs from tag to tag is printed without.
    """
    before, _, after = mark.payload.rpartition(specimen)
    at = Affine(mark.module, 0, 0, mark.module, mark.box.x, mark.box.y)
    return Slot(f"{before}{{serial}}{after}", at, mark.ink, mark.box, level=element.level)


@lru_cache(maxsize=512)
def label_places(element: Label, text: str, draft: bool) -> tuple[tuple[str, ...], tuple[Words, ...]]:
    """The characters that the font lacks, and the label at each of its places: mostly the same on every tag."""
    font = typeset.load(element.font)
    run = font.spaced(text) if varies(element) else font.shape(text)
    em = element.size * MM_PER_PT
    width, height = run.ink_width * em, (run.ascent + run.descent) * em
    flat = typeset.place(run, element.size, -width / 2, height / 2 - run.descent * em, element.ink, draft=draft)
    return run.missing, tuple(_turned(flat, spot) for spot in element.places)


def is_free(template: Template, holes: tuple[Hole, ...], box: Rect, others: list[Rect]) -> bool:
    """Whether a box stands in the safe area, off the holes and off the other boxes."""
    band = template.outline.chords(template.safe).band(box.y, box.bottom, box.centre.x)
    if band is None or box.x < band[0] or box.right > band[1]:
        return False
    if any(_gap(hole, box) < template.safe for hole in holes):
        return False
    return not any(other.overlaps(box) for other in others)


def _turned(words: Words, spot: Spot) -> Words:
    """`words`, which stand around the origin, at that place."""
    turn = _turn(spot)
    # Outlines are y up and the page y down: the same turn is the other way round in font units.
    spin = Affine(turn.a, turn.c, turn.b, turn.d)
    glyphs = tuple(Glyph(_spun(g.outline, spin), *turn.apply(g.x, g.y)) for g in words.glyphs)
    return words._replace(glyphs=glyphs, box=turn.rect(words.box))


def _turn(spot: Spot) -> Affine:
    """From around the origin to a label's place."""
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[spot.turn % 4]
    return Affine(cos, sin, -sin, cos, *spot.centre)


@lru_cache(maxsize=512)
def _spun(outline: Path, spin: Affine) -> Path:
    return outline.transformed(spin)


def raised(template: Template, ink: Ink, kind: str, width: float, centre: tuple[float, float] | None) -> Mark:
    """A raised rim or pip as a mark of the legend."""
    if kind == "rim":
        return Stroke(template.outline.path(-width / 2), ink, width)
    x, y = centre or template.outline.rect.centre
    return Fill(circle(x, y, width / 2), ink)
