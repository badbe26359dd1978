"""A template file becomes a `Template`: every key known, every ink and font named, everything odd a finding.

The closed set of elements is documented in docs/templates.md, and a test holds that page to `KEYS`. What a template
looks like with a unit in it is `compose`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keytag.base.diagnostics import Diagnostic
from keytag.base.geometry import Point, Rect
from keytag.base.ink import PAPER, Cmyk, Ink
from keytag.base.outline import Outline
from keytag.base.units import MM_PER_PT, pt
from keytag.files.fields import Fields, is_empty
from keytag.files.source import Mapping, Node, Source, parse
from keytag.tag.artwork import Hole
from keytag.tag.emblem import load_emblem
from keytag.tag.outlines import read as outlines
from keytag.tag.outlines.read import read_outline
from keytag.tag.template import (
    Background,
    ContactList,
    Element,
    Frame,
    Label,
    Limits,
    QrPanel,
    Range,
    Rule,
    Space,
    Spot,
    Stack,
    StackItem,
    Substrate,
    Template,
    TextLine,
)
from keytag.tag.typeset import FONTS
from keytag.tag.wording import FIELDS, names_in

KEYS: dict[str, tuple[str, ...]] = {
    "template": (
        *("name", "title", "trim", "bleed", "safe", "hole", "white", "substrate", "inks", "limits", "front", "back"),
    ),
    "title": ("en", "vi"),
    "trim": outlines.KEYS,
    "hole": ("x", "y", "diameter"),
    "white": ("choke",),
    "substrate": ("process", "colour", "material", "thickness", "finishing"),
    "ink": ("cmyk", "spot", "overprint"),
    "limits": ("text", "number", "total_ink", "module", "contrast"),
    "fill": ("ink", "area"),
    "frame": ("ink", "inset", "width"),
    "rule": ("ink", "from", "to", "width"),
    "qr": ("link", "ink", "panel", "centre", "most", "radius", "level", "clear"),
    "emblem": ("file", "x", "y", "width", "height", "inks", "over"),
    "label": ("text", "places", "clear", "font", "ink", "size", "upper", "unless"),
    "stack": ("lines", "align", "margin", "axis", "lift"),
    "text": ("text", "font", "ink", "size", "space", "tracking", "upper", "unless"),
    "number": ("number", "font", "ink", "size", "space", "tracking", "unless"),
    "contacts": (
        *("roles", "labels", "font", "ink", "size", "label_font", "label_ink", "label_size", "label_ratio"),
        *("gap", "pair_gap", "pair_from", "space", "row_space"),
    ),
    "size": ("least", "usual", "most"),
    "space": ("least", "most"),
    "point": ("x", "y"),
    "place": ("x", "y", "turn"),
}
ROLES = ("chief", "deputy", "duty", "other")


def read_template(source: Source) -> tuple[Template, tuple[Diagnostic, ...]]:
    """The template of a file already read, and the findings about it; `InputError` where it is no YAML at all."""
    node, problems = parse(source)
    reader = _Reader(Fields(node, KEYS["template"], problems, "the template"), Path(source.name))
    return reader.template(), tuple(problems)


class _Reader:
    def __init__(self, root: Fields, file: Path) -> None:
        self.root = root
        self.file = file
        self.problems = root.problems
        self.inks: dict[str, Ink] = {"paper": PAPER}

    def template(self) -> Template:
        root = self.root
        for key in ("name", "trim", "inks", "front", "back"):
            root.require(key)
        self._read_inks()
        outline = read_outline(root.mapping("trim", outlines.KEYS))
        white = root.mapping("white", KEYS["white"])
        return Template(
            name=root.string("name", self.file.stem),
            title=self._two(root, "title"),
            outline=outline,
            bleed=root.length("bleed", 3.0, most=10),
            safe=root.length("safe", 1.5, most=min(10.0, outline.smallest_inset() * 0.95)),
            hole=self._hole(outline),
            white_choke=None if white is None else white.length("choke", 0.15, most=1),
            substrate=self._substrate(),
            inks=tuple(self.inks.items()),
            limits=self._limits(),
            front=self._elements("front"),
            back=self._elements("back"),
            file=str(self.file),
        )

    def _two(self, fields: Fields, key: str) -> tuple[str, str]:
        """A text in English and Vietnamese; one text serves as both."""
        node = fields.node(key)
        if node is None:
            return "", ""
        if not isinstance(node, Mapping):
            text = fields.string(key, "")
            return text, text
        both = Fields(node, KEYS["title"], self.problems, key)
        return both.string("en", ""), both.string("vi", both.string("en", ""))

    def _hole(self, outline: Outline) -> Hole | None:
        hole = self.root.mapping("hole", KEYS["hole"])
        if hole is None:
            return None
        centre = Point(hole.length("x", 4, most=outline.width), hole.length("y", 10, most=outline.height))
        diameter = hole.length("diameter", 3, least=0.5, most=min(outline.width, outline.height))
        wall = diameter / 2 + 1
        band = outline.chords(wall).band(centre.y, centre.y, centre.x) if outline.smallest_inset() > wall else None
        if band is None or not band[0] <= centre.x <= band[1]:
            hole.complain("bad-value", hole.span, "the hole leaves less than 1 mm of plastic to the edge of the tag")
        return Hole(centre, diameter)

    def _substrate(self) -> Substrate:
        fields = self.root.mapping("substrate", KEYS["substrate"])
        if fields is None:
            return Substrate("printed", PAPER, ("", ""), 2.0, ("", ""))
        colour = fields.string("colour", "paper")
        cmyk = PAPER.cmyk if colour == "paper" else self._cmyk(fields, "colour")
        return Substrate(
            process=fields.choice("process", ("printed", "moulded"), "printed"),
            ink=Ink("Substrate", cmyk),
            material=self._two(fields, "material"),
            thickness=fields.length("thickness", 2, most=50),
            finishing=self._two(fields, "finishing"),
        )

    def _read_inks(self) -> None:
        node = self.root.node("inks")
        if node is None:
            return
        if not isinstance(node, Mapping):
            self.root.bad("inks", "must be names with their colours")
            return
        for name, value in node.entries:
            fields = Fields(value, KEYS["ink"], self.problems, f"ink {name.value}")
            fields.require("cmyk")
            spot = fields.text("spot")
            if spot is not None and not (spot.value.isascii() and spot.value.isprintable() and spot.value.strip()):
                fields.bad("spot", "name a spot in ASCII letters: many RIPs cannot show others")
                spot = None
            overprint = fields.flag("overprint", False)
            cmyk = self._cmyk(fields, "cmyk")
            self.inks[name.value] = Ink(spot.value if spot else name.value, cmyk, spot is not None, overprint)

    def _cmyk(self, fields: Fields, key: str) -> Cmyk:
        """`0/100/100/0`: four percentages."""
        text = fields.string(key, "0/0/0/0")
        parts = [part.strip() for part in text.split("/")]
        good = len(parts) == 4 and all(p.replace(".", "", 1).isdecimal() and p.isascii() and len(p) < 8 for p in parts)
        if not good or any(float(p) > 100 for p in parts):
            fields.bad(key, f"'{text}' is not four percentages such as 0/100/100/0")
            return Cmyk(0, 0, 0, 1)
        return Cmyk(*(float(p) / 100 for p in parts))

    def _limits(self) -> Limits:
        fields = self.root.mapping("limits", KEYS["limits"])
        default = Limits(6, 7, 8, 3.0, 0.396, 0.33, 0.7, 0.25)
        if fields is None:
            return default
        text = fields.mapping("text", ("least", "good"))
        number = fields.mapping("number", ("least",))
        module = fields.mapping("module", ("good", "least"))
        contrast = fields.mapping("contrast", ("qr", "text"))
        return Limits(
            text_least=self._points(text, "least", default.text_least),
            text_good=self._points(text, "good", default.text_good),
            number_least=self._points(number, "least", default.number_least),
            total_ink=fields.fraction("total_ink", default.total_ink, most=4.0),
            module_good=module.length("good", default.module_good, most=5) if module else default.module_good,
            module_least=module.length("least", default.module_least, most=5) if module else default.module_least,
            contrast_least=contrast.fraction("qr", default.contrast_least) if contrast else default.contrast_least,
            text_contrast_least=contrast.fraction("text", default.text_contrast_least)
            if contrast
            else default.text_contrast_least,
        )

    def _points(self, fields: Fields | None, key: str, default: float) -> float:
        """A type size in points."""
        if fields is None:
            return default
        return round(fields.length(key, pt(default), least=pt(2), most=pt(200)) / MM_PER_PT, 6)

    def _elements(self, face: str) -> tuple[Element, ...]:
        kinds: dict[str, Callable[[Fields], Element | None]] = {
            "fill": self._fill,
            "frame": self._frame,
            "rule": self._rule,
            "qr": self._qr,
            "emblem": self._emblem,
            "label": self._label,
            "stack": self._stack,
        }
        found: list[Element] = []
        for node in self.root.sequence(face):
            one = Fields(node, kinds, self.problems, f"an element of the {face}")
            named = [kind for kind in kinds if one.node(kind) is not None]
            if len(named) != 1:
                one.complain("bad-value", node.span, f"an element is one of {', '.join(kinds)}, with its keys under it")
                continue
            inner = one.mapping(named[0], KEYS[named[0]])
            element = kinds[named[0]](inner) if inner is not None else None
            if element is not None:
                found.append(element)
        return tuple(found)

    def _ink(self, fields: Fields, key: str = "ink") -> Ink:
        found = fields.text(key)
        if found is None:
            fields.require(key)
            return PAPER
        if found.value not in self.inks:
            fields.bad(key, f"no ink '{found.value}': the template's inks are {', '.join(self.inks)}")
        return self.inks.get(found.value, PAPER)

    def _font(self, fields: Fields, key: str, default: str) -> str:
        return fields.choice(key, FONTS, default)

    def _point(self, fields: Fields, key: str) -> Point:
        inner = fields.mapping(key, KEYS["point"])
        if inner is None:
            fields.require(key)
            return Point(0, 0)
        return Point(inner.length("x", 0, least=-50, most=250), inner.length("y", 0, least=-50, most=250))

    def _pattern(self, fields: Fields, key: str) -> tuple[str, ...]:
        found = fields.texts(key)
        for text in found:
            for name in names_in(text.value):
                if name not in FIELDS:
                    fields.complain("bad-value", text.span, f"no field {{{name}}}: known are {', '.join(FIELDS)}")
        if not found:
            fields.require(key)
        known = [t.value for t in found if all(name in FIELDS for name in names_in(t.value))]
        return tuple(known)

    def _unless(self, fields: Fields) -> tuple[str, ...]:
        found = fields.texts("unless")
        for text in found:
            if text.value not in FIELDS:
                fields.complain("bad-value", text.span, f"no field '{text.value}': known are {', '.join(FIELDS)}")
        return tuple(t.value for t in found if t.value in FIELDS)

    def _range(self, fields: Fields, key: str) -> Range:
        inner = fields.mapping(key, KEYS["size"])
        if inner is None:
            fields.require(key)
            return Range(6, 7, 8)
        least = self._points(inner, "least", 6)
        usual = self._points(inner, "usual", max(least, 7))
        most = self._points(inner, "most", usual)
        if not least <= usual <= most:
            fields.bad(key, "sizes must rise: least, usual, most")
            return Range(least, max(least, usual), max(least, usual, most))
        return Range(least, usual, most)

    def _space(self, fields: Fields, key: str) -> Space:
        inner = fields.mapping(key, KEYS["space"])
        if inner is None:
            return Space(0, 0)
        least = inner.length("least", 0.5, most=20)
        most = inner.length("most", least, most=20)
        if most < least:
            fields.bad(key, "the most white space is less than the least")
        return Space(least, max(least, most))

    def _fill(self, fields: Fields) -> Element:
        return Background(self._ink(fields), fields.choice("area", ("bleed", "trim"), "bleed"))

    def _frame(self, fields: Fields) -> Element:
        return Frame(
            self._ink(fields),
            fields.length("inset", 1, most=8),
            fields.length("width", pt(0.75), least=pt(0.25), most=5),
        )

    def _rule(self, fields: Fields) -> Element:
        width = fields.length("width", pt(0.75), least=pt(0.25), most=5)
        return Rule(self._ink(fields), self._point(fields, "from"), self._point(fields, "to"), width)

    def _qr(self, fields: Fields) -> Element | None:
        links = self._pattern(fields, "link")
        if not links:
            return None
        return QrPanel(
            link=links[0],
            ink=self._ink(fields),
            panel=self._ink(fields, "panel"),
            centre=self._point(fields, "centre"),
            most=fields.length("most", 14, least=3, most=100),
            radius=fields.length("radius", 0.5, most=5),
            level=fields.choice("level", ("l", "m", "q", "h"), "m").upper(),
            clear=fields.length("clear", 1, most=10),
            source=fields.span_of("link"),
        )

    def _emblem(self, fields: Fields) -> Element | None:
        box = Rect(
            fields.length("x", 0, least=-50, most=250),
            fields.length("y", 0, least=-50, most=250),
            fields.length("width", 5, least=0.5, most=200),
            fields.length("height", 5, least=0.5, most=200),
        )
        return load_emblem(fields, box, self.file.parent, self.inks) if fields.require("file") else None

    def _label(self, fields: Fields) -> Element | None:
        texts = self._pattern(fields, "text")
        places = [Fields(node, KEYS["place"], self.problems, "a place") for node in fields.sequence("places")]
        if not places:
            fields.require("places")
        if not texts or not places:
            return None
        return Label(
            text=texts[0],
            places=tuple(self._spot(place) for place in places),
            clear=fields.length("clear", 0.4, most=10),
            font=self._font(fields, "font", "semibold"),
            ink=self._ink(fields),
            size=self._points(fields, "size", 7),
            upper=fields.flag("upper", False),
            unless=self._unless(fields),
        )

    def _spot(self, fields: Fields) -> Spot:
        turn = fields.integer("turn", 0, least=-270, most=270)
        if turn % 90:
            fields.bad("turn", "labels turn by quarters: 0, 90, 180, -90")
        x, y = fields.length("x", 0, least=-50, most=250), fields.length("y", 0, least=-50, most=250)
        return Spot(Point(x, y), turn // 90 % 4)

    def _stack(self, fields: Fields) -> Element:
        lines = [line for node in fields.sequence("lines") if (line := self._line(node)) is not None]
        return Stack(
            lines=tuple(lines),
            align=fields.choice("align", ("left", "centre", "right"), "centre"),
            margin=fields.length("margin", 0, most=10),
            axis=fields.length("axis", 0, most=250) if fields.has("axis") else None,
            lift=fields.length("lift", 0, least=-5, most=5),
        )

    def _line(self, node: Node) -> StackItem | None:
        if isinstance(node, Mapping) and any(key.value == "contacts" for key, _ in node.entries):
            inner = Fields(node, ("contacts",), self.problems, "a line").mapping("contacts", KEYS["contacts"])
            return None if inner is None else self._contacts(inner)
        number = isinstance(node, Mapping) and any(key.value == "number" for key, _ in node.entries)
        fields = Fields(node, KEYS["number" if number else "text"], self.problems, "a line")
        texts = self._pattern(fields, "number" if number else "text")
        if not texts:
            return None
        return TextLine(
            texts=texts,
            font=self._font(fields, "font", "semibold"),
            ink=self._ink(fields),
            size=self._range(fields, "size"),
            space=self._space(fields, "space"),
            tracking=fields.decimal("tracking", 0, least=-0.1, most=0.5),
            upper=not number and fields.flag("upper", False),
            number=number,
            unless=self._unless(fields),
        )

    def _contacts(self, fields: Fields) -> StackItem:
        roles = fields.texts("roles")
        for role in roles:
            if role.value not in ROLES:
                fields.complain("bad-value", role.span, f"no role '{role.value}': use {', '.join(ROLES)}")
        labels = fields.node("labels")
        ladders: list[tuple[str, tuple[str, ...]]] = []
        if isinstance(labels, Mapping):
            words = Fields(labels, [key.value for key, _ in labels.entries], self.problems, "labels")
            ladders = [
                (key.value, tuple(t.value for t in words.texts(key.value)))
                for key, value in labels.entries
                if not is_empty(value)
            ]
        return ContactList(
            roles=tuple(r.value for r in roles if r.value in ROLES) or ROLES,
            labels=tuple((role, ladder) for role, ladder in ladders if ladder),
            font=self._font(fields, "font", "bold"),
            ink=self._ink(fields),
            size=self._range(fields, "size"),
            label_font=self._font(fields, "label_font", "semibold"),
            label_ink=self._ink(fields, "label_ink"),
            label_size=self._range(fields, "label_size"),
            label_ratio=fields.decimal("label_ratio", 0.78, least=0.3, most=1.5),
            gap=fields.length("gap", 1.1, most=10),
            pair_gap=fields.length("pair_gap", 1.4, most=10),
            pair_from=fields.integer("pair_from", 5, least=2, most=99),
            space=self._space(fields, "space"),
            row_space=self._space(fields, "row_space"),
        )
