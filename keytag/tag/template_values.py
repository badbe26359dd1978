"""Values of a template that several elements share: inks, fonts, sizes, places, patterns and conditions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from keytag.base.diagnostics import Diagnostic
from keytag.base.geometry import Point, Rect
from keytag.base.ink import PAPER, Cmyk, Ink
from keytag.base.outline import Outline
from keytag.base.records import NamedTuple
from keytag.base.units import MM_PER_PT, parse_length, pt
from keytag.base.words import joined, say
from keytag.files.fields import GUESSES, Fields, nearest
from keytag.files.source import Mapping, Scalar, clipped
from keytag.tag.template import Range, Space, When
from keytag.tag.template_fields import FIELDS, SERIALS, names_in, not_alone, stray_braces
from keytag.tag.template_keys import KEYS
from keytag.tag.typeset import FONTS

FARTHEST = 950.0  # mm: no coordinate of a piece of 900 mm is farther out

_POINT = 1e-3  # mm


class Context(NamedTuple):
    """What the elements of a template refer to by name, and where its findings go."""

    folder: Path
    findings: list[Diagnostic]
    inks: dict[str, Ink]
    fonts: dict[str, str]  # the template's own: name → what `typeset.load` takes
    areas: dict[str, Rect]  # panels less the safe margin, for what must not stand on a fold or at the edge
    panels: dict[str, Rect]  # the same out to the bleed, for what ink fills
    outline: Outline
    process: str

    @property
    def trim(self) -> Rect:
        return self.outline.rect


def two(fields: Fields, key: str) -> tuple[str, str]:
    """A text in English and Vietnamese; one text serves as both."""
    node = fields.node(key)
    if node is None:
        return "", ""
    if not isinstance(node, Mapping):
        text = fields.string(key, "")
        return text, text
    both = Fields(node, KEYS["title"], fields.findings, key)
    return both.string("en", ""), both.string("vi", both.string("en", ""))


def cmyk(fields: Fields, key: str) -> Cmyk:
    """`0/100/100/0`: four percentages."""
    text = fields.string(key, "0/0/0/0")
    parts = [part.strip() for part in text.split("/")]
    good = len(parts) == 4 and all(p.replace(".", "", 1).isdecimal() and p.isascii() and len(p) < 8 for p in parts)
    if not good or any(float(p) > 100 for p in parts):
        fields.bad(key, say("'{text}' is not four percentages such as 0/100/100/0", text=text))
        return Cmyk(0, 0, 0, 1)
    return Cmyk(*(float(p) / 100 for p in parts))


def points(fields: Fields | None, key: str, default: float) -> float:
    """A type size in points."""
    if fields is None:
        return default
    return round(fields.length(key, pt(default), least=pt(2), most=pt(600)) / MM_PER_PT, 6)


def ink(context: Context, fields: Fields, key: str = "ink", default: Ink | None = None) -> Ink:
    """An ink by its name; the default where none is named, a finding where there is none."""
    found = fields.text(key)
    if found is None:
        if default is None:
            fields.require(key)
        return default or PAPER
    return known_ink(fields, key, found.value, context.inks)


def known_ink(fields: Fields, key: str, name: str, inks: dict[str, Ink]) -> Ink:
    """The ink of that name, for the value of `key`; paper, with a finding, where there is none."""
    if name not in inks:
        message = say("no ink '{found}': the template's inks are {inks}", found=clipped(name), inks=joined(", ", inks))
        fields.bad(key, message + meant(name, inks))
    return inks.get(name, PAPER)


def meant(word: str, known: Iterable[str]) -> str:
    """What a misspelt name most likely stands for, to follow a message; empty where none is near."""
    guess = nearest(word, known)
    return say("; did you mean '{guess}'?", guess=guess) if guess else ""


def font(context: Context, fields: Fields, key: str, default: str) -> str:
    """What `typeset.load` takes for the font that is named."""
    found = fields.text(key)
    if found is not None and found.value in context.fonts:
        return context.fonts[found.value]
    return fields.choice(key, (*FONTS, *context.fonts), default)


def point(fields: Fields, key: str) -> Point:
    inner = fields.mapping(key, KEYS["point"])
    if inner is None:
        fields.require(key)
        return Point(0, 0)
    return Point(coordinate(inner, "x"), coordinate(inner, "y"))


def coordinate(fields: Fields, key: str) -> float:
    return fields.length(key, 0, least=-50, most=FARTHEST)


def box(fields: Fields) -> Rect:
    """The keys x, y, width, height of a box."""
    for key in ("width", "height"):
        fields.require(key)
    return Rect(
        coordinate(fields, "x"),
        coordinate(fields, "y"),
        fields.length("width", 5, least=0.5, most=FARTHEST),
        fields.length("height", 5, least=0.5, most=FARTHEST),
    )


def room(context: Context, fields: Fields, *more: str) -> Rect | None:
    """The `box` of an element, or the `area` that it names; None where it has neither. `more` could stand there too."""
    inner = fields.mapping("box", KEYS["box"])
    if inner is not None:
        found = box(inner)
        on_tag(context.trim, fields, "box", found)
        return found
    name = fields.text("area")
    if name is None:
        return None
    if name.value not in context.areas:
        known = (*more, *context.areas)
        if known:
            message = say(
                "no area '{name}': the template's areas are {known}", name=clipped(name.value), known=", ".join(known)
            )
        else:
            message = say("no area '{name}': the template has none (areas: …)", name=clipped(name.value))
        fields.bad("area", message + meant(name.value, known))
    return context.areas.get(name.value)


def on_tag(trim: Rect, fields: Fields, key: str, what: Rect | Point, inset: float = 0.0) -> None:
    """Complain of a box that no part of the tag is in, or of a point that is not on it, given by a key.

    What is nearer to its edge than `inset` is not on it either.
    """
    rect = what if isinstance(what, Rect) else Rect(what.x - _POINT, what.y - _POINT, 2 * _POINT, 2 * _POINT)
    if not trim.inset(inset).overlaps(rect):
        fields.bad(
            key, say("lies outside the tag, which is {width:g} × {height:g} mm", width=trim.width, height=trim.height)
        )


def patterns(fields: Fields, key: str, *, varies: bool = False) -> tuple[str, ...]:
    """Texts with `{field}`s in them; those that name an unknown field are left out, with a finding.

    Only where it `varies` may an element say a tag's serial: it is set again on every tag.
    """
    found = fields.texts(key)
    if fields.has(key) and not found and not fields.sequence(key):
        fields.bad(key, say("has no words"))
    if not varies and (odd := next((t for t in found if set(names_in(t.value)) & {*SERIALS}), None)):
        fields.complain("bad-value", odd.span, say("a serial stands in a label or a qr only"))
        found = tuple(t for t in found if not set(names_in(t.value)) & {*SERIALS})
    for text in found:
        if key == "link" and not text.value.strip():  # a blank text is a space, a blank link no code
            fields.bad(key, say("has no words"))
        for name in names_in(text.value):
            if name not in FIELDS:
                fields.complain("bad-value", text.span, _no_field(fields, "{" + name + "}"))
        if name := not_alone(text.value):
            message = say("other digits stand beside {field}: it would be another number", field=f"{{{name}}}")
            fields.complain("bad-value", text.span, message)
        for brace in stray_braces(text.value)[:1]:  # what follows it may be read otherwise once it is mended
            fields.complain("bad-value", text.span, _no_field(fields, brace))
    if not found:
        fields.require(key)
    return tuple(t.value for t in found if t.value and _is_known(t.value))


def _is_known(pattern: str) -> bool:
    return all(name in FIELDS for name in names_in(pattern)) and not stray_braces(pattern)


def _no_field(fields: Fields, written: str) -> str:
    """What is said of a fact that there is none of: which was meant, or which there are."""
    guess = nearest(written.strip("{} "), FIELDS) if len(fields.findings) < GUESSES else ""
    if guess:
        return say("no field {written}; did you mean {{{guess}}}?", written=clipped(written), guess=guess)
    return say("no field {written}: known are {what}", written=clipped(written), what=joined(", ", FIELDS))


def when(fields: Fields) -> When:
    """The conditions `needs` and `unless`."""
    return When(_fields(fields, "needs"), _fields(fields, "unless"))


def _fields(fields: Fields, key: str) -> tuple[str, ...]:
    found = fields.texts(key)
    for text in found:
        if text.value not in FIELDS:
            fields.complain("bad-value", text.span, _no_field(fields, "{" + text.value.strip("{} ") + "}"))
    return tuple(t.value for t in found if t.value in FIELDS)


def sizes(fields: Fields, key: str, default: Range) -> Range:
    """`least`, `usual` and `most`, each with its default; one size alone is the usual one."""
    node = fields.node(key)
    if node is None:
        return default
    if isinstance(node, Scalar):
        size = points(fields, key, default.usual)
        return Range(min(default.least, size), size, max(size, default.most) if default.most > default.usual else size)
    inner = Fields(node, KEYS["size"], fields.findings, key)
    least = points(inner, "least", default.least)
    usual = points(inner, "usual", max(least, default.usual))
    most = points(inner, "most", max(usual, default.most) if default.most > default.usual else usual)
    if not inner.has("least"):
        least = min(least, usual, most)
    if not inner.has("usual") and inner.has("most"):
        usual = min(usual, most)
    if not least <= usual <= most:
        fields.bad(key, say("sizes must rise: least, usual, most"))
        return Range(least, max(least, usual), max(least, usual, most))
    return Range(least, usual, most)


def space(fields: Fields, key: str, default: Space) -> Space:
    """White above a line; one length alone is both bounds."""
    node = fields.node(key)
    if node is None:
        return default
    if isinstance(node, Scalar):
        one = fields.length(key, default.least, most=100)
        return Space(one, one)
    inner = Fields(node, KEYS["space"], fields.findings, key)
    least = inner.length("least", 0.5, most=100)
    most = inner.length("most", least, most=100)
    if most < least:
        fields.bad(key, say("the most white space is less than the least"))
        return Space(least, max(least, most))
    return Space(least, max(least, most))


Steps = tuple[float, float, float, float]


def by_rows(fields: Fields, key: str, default: Steps, least: float, most: float) -> Steps:
    """One number for all lists, or three or four: for up to three, four, five, and six or more numbers."""
    values = []
    for text in fields.texts(key):
        try:
            values.append(float(text.value))
        except ValueError:
            values.append(float("nan"))
    return _by_rows(fields, key, values, least, most) or default


def sizes_by_rows(fields: Fields, key: str) -> Steps | None:
    """The same in type sizes; None where there is none."""
    values = []
    for text in fields.texts(key):
        try:
            values.append(round(parse_length(text.value) / MM_PER_PT, 6))
        except ValueError:
            values.append(float("nan"))
    return _by_rows(fields, key, values, 2, 600)


def _by_rows(fields: Fields, key: str, values: list[float], least: float, most: float) -> Steps | None:
    if not values:
        return None
    if len(values) not in (1, 3, 4) or not all(least <= v <= most for v in values):
        fields.bad(
            key,
            say(
                "write one value, or three or four (up to 3, 4, 5, 6 or more numbers), {least:g} to {most:g}",
                least=least,
                most=most,
            ),
        )
        return None
    first, *more = values
    more = more or [first, first]
    return first, more[0], more[1], more[-1]
