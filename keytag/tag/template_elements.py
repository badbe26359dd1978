"""The elements of a face, read: one function for each kind."""

from __future__ import annotations

from collections.abc import Callable

from keytag.base.geometry import Point, Rect
from keytag.base.units import pt
from keytag.base.words import joined, say
from keytag.files.fields import Fields
from keytag.files.source import Node
from keytag.tag import template_lines as lines
from keytag.tag import template_values as values
from keytag.tag.outlines.inner import inner_path
from keytag.tag.template import (
    Background,
    Element,
    Frame,
    Label,
    Paragraph,
    QrPanel,
    Range,
    Relief,
    Rule,
    Spot,
)
from keytag.tag.template_keys import ALIGNS, CHOKES, ELEMENTS, KEYS, LEVELS
from keytag.tag.template_values import Context


def elements(context: Context, nodes: tuple[Node, ...], face: str) -> tuple[Element, ...]:
    """The elements of one face, those that cannot be read left out with a finding."""
    found: list[Element] = []
    for node in nodes:
        before = len(context.findings)
        one = Fields(node, ELEMENTS, context.findings, say("an element of the {face}", face=face))
        named = [kind for kind in ELEMENTS if one.node(kind) is not None]
        if not named and len(context.findings) > before:  # a key that there is not is said
            continue
        if len(named) != 1:
            message = say("an element is one of {elements}, with its keys under it", elements=joined(", ", ELEMENTS))
            one.complain("bad-value", node.span, message)
            continue
        inner = one.mapping(named[0], KEYS[ELEMENTS[named[0]]])
        element = _READERS[named[0]](context, inner) if inner is not None else None
        if element is not None:
            found.append(element)
    return tuple(found)


def _fill(context: Context, fields: Fields) -> Element:
    area = fields.text("area")
    whole = area is not None and area.value.casefold() in ("bleed", "trim") and area.value not in context.areas
    filled = context._replace(areas=context.areas | context.panels)
    box = None if whole and not fields.has("box") else values.room(filled, fields, "bleed", "trim")
    kind = area.value.casefold() if area is not None and box is None and whole else "bleed"
    return Background(values.ink(context, fields), kind, box, fields.length("radius", 0, most=100), values.when(fields))


def _frame(context: Context, fields: Fields) -> Element:
    width = fields.length("width", pt(0.75), least=pt(0.25), most=20)
    inset = fields.length("inset", 1, most=50)
    if not inner_path(context.outline, inset).ops:
        fields.bad("inset", say("a frame {inset:g} mm inside the edge: the tag is nowhere so wide", inset=inset))
    return Frame(values.ink(context, fields), inset, width, values.when(fields))


def _rule(context: Context, fields: Fields) -> Element:
    width = fields.length("width", pt(0.75), least=pt(0.25), most=20)
    ends = values.point(fields, "from"), values.point(fields, "to")
    if fields.has("from") and fields.has("to"):
        a, b = ends
        across = Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).inset(-width / 2)
        values.on_tag(context.trim, fields, "from", across)
    return Rule(values.ink(context, fields), *ends, width, values.when(fields))


def _qr(context: Context, fields: Fields) -> Element | None:
    links = values.patterns(fields, "link", varies=True)
    panel = QrPanel(
        link=links[0] if links else "",
        ink=values.ink(context, fields),
        panel=values.ink(context, fields, "panel"),
        centre=values.point(fields, "centre"),
        most=fields.length("most", 14, least=3, most=400),
        radius=fields.length("radius", 0.5, most=20),
        level=fields.choice("level", LEVELS, "m").upper(),
        clear=fields.length("clear", 1, most=20),
        choke=fields.length("choke", CHOKES[context.process], most=0.2),
        when=values.when(fields),
        source=fields.span_of("link"),
    )
    if fields.has("centre"):
        values.on_tag(context.trim, fields, "centre", panel.centre)
    return panel if links else None  # whose other keys are judged all the same


def _emblem(context: Context, fields: Fields) -> Element | None:
    box = Rect(
        values.coordinate(fields, "x"),
        values.coordinate(fields, "y"),
        fields.length("width", 5, least=0.5, most=values.FARTHEST),
        fields.length("height", 5, least=0.5, most=values.FARTHEST),
    )
    values.on_tag(context.trim, fields, "x", box)
    if not fields.require("file"):
        return None
    from keytag.tag.emblem import load_emblem  # few templates have one, and reading SVG is much machinery

    found = load_emblem(fields, box, context.folder, context.inks, values.known_ink)
    clear, when = fields.length("clear", 0.5, most=20), values.when(fields)
    return found and found._replace(clear=clear, when=when)


def _label(context: Context, fields: Fields) -> Element | None:
    texts = values.patterns(fields, "text", varies=True)
    places = [Fields(node, KEYS["place"], context.findings, say("a place")) for node in fields.sequence("places")]
    box = values.room(context, fields)
    if not places and box is None and not fields.has("area"):
        fields.require("places")
    spots = tuple(_spot(context, place) for place in places) or ((Spot(box.centre, 0),) if box else ())
    label = Label(
        text=texts[0] if texts else "",
        places=spots,
        clear=fields.length("clear", 0.4, most=20),
        font=values.font(context, fields, "font", "semibold"),
        ink=values.ink(context, fields),
        size=values.points(fields, "size", 7),
        upper=fields.flag("upper", False),
        when=values.when(fields),
    )
    return label if texts and spots else None


def _spot(context: Context, fields: Fields) -> Spot:
    turn = fields.integer("turn", 0, least=-270, most=270)
    if turn % 90:
        fields.bad("turn", say("labels turn by quarters: 0, 90, 180, -90"))
    centre = Point(values.coordinate(fields, "x"), values.coordinate(fields, "y"))
    values.on_tag(context.trim, fields, "x", centre)
    return Spot(centre, turn // 90 % 4, fields.integer("from", 0, least=0, most=99))


def _paragraph(context: Context, fields: Fields) -> Element | None:
    texts, box = values.patterns(fields, "text"), values.room(context, fields)
    if box is None and not fields.has("area"):
        fields.require("box")
    paragraph = Paragraph(
        texts=texts,
        box=box or Rect(0, 0, 1, 1),
        font=values.font(context, fields, "font", "medium"),
        ink=values.ink(context, fields),
        size=values.sizes(fields, "size", Range(6, 8, 8)),
        leading=fields.decimal("leading", 1.2, least=0.8, most=3),
        align=fields.choice("align", ALIGNS, "left"),
        valign=fields.choice("valign", ("top", "middle", "bottom"), "top"),
        upper=fields.flag("upper", False),
        when=values.when(fields),
    )
    return paragraph if texts and box is not None else None


def _relief(context: Context, fields: Fields) -> Element:
    kind = fields.choice("kind", ("rim", "pip"), "rim")
    centre = values.point(fields, "centre") if kind == "pip" else None
    if centre is not None and fields.has("centre"):
        values.on_tag(context.trim, fields, "centre", centre)
    most = min(context.trim.width, context.trim.height) / 2
    return Relief(
        kind,
        fields.length("height", 0.4, least=0.05, most=20),
        fields.length("width", 0.9, least=0.1, most=most if kind == "rim" else 2 * most),
        centre,
        values.when(fields),
    )


def _picture(context: Context, fields: Fields) -> Element | None:
    from keytag.tag.pictogram import load_pictogram

    box = values.room(context, fields)
    if box is None and not fields.has("area"):
        fields.require("box")
    ink = values.ink(context, fields)
    accent = values.ink(context, fields, "accent", ink)
    found = load_pictogram(fields, box or Rect(0, 0, 1, 1), ink, accent) if fields.require("name") else None
    clear, when = fields.length("clear", 0.5, most=20), values.when(fields)
    return found and box and found._replace(clear=clear, when=when)


_READERS: dict[str, Callable[[Context, Fields], Element | None]] = {
    "fill": _fill,
    "frame": _frame,
    "rule": _rule,
    "qr": _qr,
    "emblem": _emblem,
    "picture": _picture,
    "label": _label,
    "stack": lines.stack,
    "text": _paragraph,
    "contacts": lines.contacts_box,
    "relief": _relief,
}
