"""The lines of a stack, read: words, numbers, parts side by side, and the list of roles and numbers."""

from __future__ import annotations

from keytag.base.geometry import Rect
from keytag.base.words import joined, say
from keytag.files.fields import GUESSES, Fields, is_empty, nearest
from keytag.files.source import Mapping, Node, clipped
from keytag.tag import template_values as values
from keytag.tag.template import ContactList, Part, Range, Space, Stack, StackItem, TextLine
from keytag.tag.template_fields import FIELD, names_in
from keytag.tag.template_keys import ALIGNS, KEYS, ROLES
from keytag.tag.template_values import Context

_WORDS, _NUMBERS, _LABELS = Range(6, 7, 7), Range(8, 8, 12.5), Range(6, 7, 7)
_PITCH = 0.75  # mm


def stack(context: Context, fields: Fields) -> Stack:
    """A `stack` with its lines."""
    lines = [found for node in fields.sequence("lines") if (found := _line(context, node)) is not None]
    return _around(context, fields, tuple(lines))


def contacts_box(context: Context, fields: Fields) -> Stack:
    """`contacts` as an element: a stack of nothing else."""
    return _around(context, fields, (_contacts(context, fields),))


def _around(context: Context, fields: Fields, lines: tuple[StackItem, ...]) -> Stack:
    box: Rect | None = values.room(context, fields)
    return Stack(
        lines=lines,
        align=fields.choice("align", ALIGNS, "centre"),
        margin=fields.length("margin", 0, most=50),
        axis=fields.length("axis", 0, most=values.FARTHEST) if fields.has("axis") else None,
        lift=fields.length("lift", 0, least=-50, most=50),
        box=box,
        when=values.when(fields),
    )


def _line(context: Context, node: Node) -> StackItem | None:
    named = {key.value for key, _ in node.entries} if isinstance(node, Mapping) else set()
    if "contacts" in named:
        inner = Fields(node, ("contacts",), context.findings, say("a line")).mapping("contacts", KEYS["contacts"])
        return None if inner is None else _contacts(context, inner)
    kind = "number" if "number" in named else "parts" if "parts" in named else "text"
    fields = Fields(node, KEYS[kind], context.findings, say("a line"))
    return _parts(context, fields) if kind == "parts" else _text(context, fields, kind)


def _text(context: Context, fields: Fields, kind: str) -> StackItem | None:
    number = kind == "number"
    texts = values.patterns(fields, kind)
    typed = any(c.isdigit() for text in texts for c in FIELD.sub("", text))
    if number and texts and (typed or not any(map(names_in, texts))):
        message = say(
            "a number comes from the roster, such as {field}: one typed here is held to nothing",
            field="{authority.duty}",
        )
        fields.bad(kind, message)
    line = TextLine(
        texts=texts,
        font=values.font(context, fields, "font", "bold" if number else "semibold"),
        ink=values.ink(context, fields),
        size=values.sizes(fields, "size", _NUMBERS if number else _WORDS),
        space=values.space(fields, "space", Space(0.5, 1.0)),
        tracking=fields.decimal("tracking", 0, least=-0.1, most=0.5),
        upper=not number and fields.flag("upper", False),
        number=number,
        when=values.when(fields),
        shrinks=not number and fields.flag("shrinks", False),
        wrap=0.0 if number else fields.length("wrap", 0, most=values.FARTHEST),
        yields=0.0 if number else values.points(fields, "yields", 0.0) if fields.has("yields") else 0.0,
    )
    return line if texts else None  # whose other keys are judged all the same


def _parts(context: Context, fields: Fields) -> StackItem | None:
    size = values.sizes(fields, "size", _WORDS)
    font, ink = values.font(context, fields, "font", "semibold"), values.ink(context, fields)
    parts = []
    for node in fields.sequence("parts"):
        one = Fields(node, KEYS["part"], context.findings, say("a part"))
        texts = values.patterns(one, "text")
        if texts:
            own = values.font(context, one, "font", "semibold") if one.has("font") else font
            parts.append(
                Part(texts[0], own, values.ink(context, one, "ink", ink), values.points(one, "size", size.usual))
            )
    if not parts:
        fields.require("parts")
        return None
    return TextLine(
        texts=(" ".join(part.text for part in parts),),
        font=font,
        ink=ink,
        size=Range(min(size.least, parts[0].size), parts[0].size, parts[0].size),
        space=values.space(fields, "space", Space(0.5, 1.0)),
        tracking=0.0,
        upper=False,
        number=False,
        when=values.when(fields),
        yields=values.points(fields, "yields", 0.0) if fields.has("yields") else 0.0,
        parts=tuple(parts),
        part_gap=fields.length("gap", 0.7, most=50),
    )


def _contacts(context: Context, fields: Fields) -> ContactList:
    roles = fields.texts("roles")
    for role in roles:
        if role.value not in ROLES:
            fields.complain(
                "bad-value", role.span, say("no role '{role}': use {roles}", role=role.value, roles=joined(", ", ROLES))
            )
    lead = fields.choice("lead", ROLES, "duty") if fields.has("lead") else ""
    row_space = values.space(fields, "row_space", Space(_PITCH, _PITCH))
    ratios = values.by_rows(fields, "lead_ratio", (1.2, 1.257, 1.3, 1.3), 1.0, 3.0)
    fields.decimal("label_ratio", 0.78, least=0.3, most=1.5)
    return ContactList(
        roles=tuple(r.value for r in roles if r.value in ROLES) or ROLES,
        labels=_ladders(fields),
        font=values.font(context, fields, "font", "bold"),
        ink=values.ink(context, fields),
        size=values.sizes(fields, "size", _NUMBERS),
        label_font=values.font(context, fields, "label_font", "semibold"),
        label_ink=values.ink(context, fields, "label_ink"),
        label_size=values.sizes(fields, "label_size", _LABELS).usual,
        gap=fields.length("gap", 1.0, most=50),
        pair_gap=fields.length("pair_gap", 1.3, most=50),
        pair_from=fields.integer("pair_from", 5, least=2, most=99),
        space=values.space(fields, "space", Space(0.85, 1.0)),
        pitch=fields.length("pitch", min(max(_PITCH, row_space.least), row_space.most), most=50),
        lead=lead,
        ratios=ratios if lead else (1.0, 1.0, 1.0, 1.0),
        mosts=values.sizes_by_rows(fields, "lead_most") if lead else None,
        when=values.when(fields),
    )


def _ladders(fields: Fields) -> tuple[tuple[str, tuple[str, ...]], ...]:
    labels = fields.node("labels")
    if not isinstance(labels, Mapping):
        return ()
    words = Fields(labels, [key.value for key, _ in labels.entries], fields.findings, "labels")
    for key, _ in labels.entries[:GUESSES]:  # roles of a roster's own are any words, but not keytag's with a slip
        guess = nearest(key.value, ROLES) if key.value not in ROLES and key.value.isascii() else ""
        if guess:
            message = say("no role '{role}'; did you mean '{guess}'?", role=clipped(key.value), guess=guess)
            fields.complain("bad-value", key.span, message)
    for text in (text for key, _ in labels.entries for text in words.texts(key.value)):
        if not text.value.strip():
            fields.complain("bad-value", text.span, say("has no words"))
    ladders = [
        (key.value, tuple(t.value for t in words.texts(key.value) if t.value.strip()))
        for key, value in labels.entries
        if not is_empty(value)
    ]
    return tuple((role, ladder) for role, ladder in ladders if ladder)
