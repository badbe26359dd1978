"""A template file becomes a `Template`: every key known, every ink and font named, everything odd a finding.

The closed set of keys is `template_keys`', and a test holds docs/templates.md to it. What a template looks like with a
unit in it is `compose`'s.
"""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.base.geometry import Point, Rect
from keytag.base.ink import PAPER, REGISTRATION, TECHNICAL, Ink
from keytag.base.outline import Hole, Outline
from keytag.base.words import say
from keytag.files import kinds
from keytag.files.fields import Fields
from keytag.files.source import Mapping, Scalar, Source, parse
from keytag.tag import template_values as values
from keytag.tag.outlines.read import read_outline
from keytag.tag.template import Limits, Substrate, Template
from keytag.tag.template_base import merged
from keytag.tag.template_elements import elements
from keytag.tag.template_fonts import own_fonts
from keytag.tag.template_keys import CHOKES, KEYS
from keytag.tag.template_values import Context
from keytag.tag.texts import Texts

_WALL = 1.0  # mm of plastic that a hole leaves
_PROCESS = ("cyan", "magenta", "yellow", "black")  # on a press of four inks a spot of this name is that very plate
_UNPRINTED = frozenset(
    (*(ink.name.casefold() for ink in (*TECHNICAL[2:], REGISTRATION) if not ink.printed), "none")
)  # "All" paints registration marks, "None" nothing at all (ISO 32000-1, 8.6.6.4); die-lines: the check `die-name`
_FOLD = 0.5  # mm from the cut line, where nothing can be folded


def _is_another(spot: Ink) -> bool:
    """Whether a spot has the name of one of the press's four inks and is another colour (ISO 32000-1, 8.6.6.4)."""
    name = spot.name.strip().casefold()
    if name not in _PROCESS:
        return False
    own = spot.cmyk[_PROCESS.index(name)]
    return own < 0.5 or sum(spot.cmyk) - own > 0.2


def read_template(source: Source) -> tuple[Template, tuple[Diagnostic, ...]]:
    """The template of a file already read, and the findings about it; `InputError` where it is no YAML at all."""
    node, findings = parse(source)
    kinds.expect(node, source.name, kinds.TEMPLATE)
    file = Path(source.name)
    bases: list[Source] = []
    node, folder = merged(node, file, findings, bases)
    whole = not has_errors(findings)
    node = Texts(folder, findings).filled(node)
    template = _Reader(Fields(node, KEYS["template"], findings, say("the template")), file, folder).template(whole)
    return template._replace(bases=tuple(bases)), tuple(findings)


def _panels(outline: Outline, folds: tuple[tuple[Point, Point], ...]) -> dict[str, Rect]:
    """What upright folds part the piece into: `panel-1`, `panel-2` … from the left; nothing where there are none."""
    edges = [0.0, *sorted(a.x for a, b in folds if abs(a.x - b.x) < 1e-6), outline.width]
    pairs = pairwise(edges) if len(edges) > 2 else ()
    return {f"panel-{i}": Rect(left, 0, right - left, outline.height) for i, (left, right) in enumerate(pairs, 1)}


def _to_the_bleed(panel: Rect, outline: Outline, bleed: float) -> Rect:
    """A panel as ink fills it: over the cut line, and up to its folds."""
    left = panel.x - bleed if panel.x <= 1e-6 else panel.x
    right = panel.right + bleed if panel.right >= outline.width - 1e-6 else panel.right
    return Rect(left, -bleed, right - left, outline.height + 2 * bleed)


class _Reader:
    def __init__(self, root: Fields, file: Path, folder: Path) -> None:
        self.root = root
        self.file, self.folder = file, folder
        self.findings = root.findings
        self.pantones: dict[str, str] = {}  # by the ink's name, as inks are read

    def template(self, whole: bool) -> Template:
        """What a template lacks is said where it is `whole`: one without its base, or broken, lacks too much."""
        root = self.root
        for key in ("name", "trim", "inks", "front", "back") if whole else ():
            root.require(key)
        outline = read_outline(root.mapping("trim", KEYS["trim"]), self.folder)
        substrate = self._substrate()
        folds = self._folds(outline)
        bleed = root.length("bleed", 3.0, most=10)
        safe = root.length("safe", 1.5, most=min(10.0, outline.smallest_inset() * 0.95))
        panels = _panels(outline, folds)
        context = Context(
            self.folder,
            self.findings,
            self._inks(),
            own_fonts(root, self.folder),
            {**{name: panel.inset(safe) for name, panel in panels.items()}, **self._areas(outline.rect)},
            {name: _to_the_bleed(panel, outline, bleed) for name, panel in panels.items()},
            outline,
            substrate.process,
        )
        holes = self._holes(outline)
        single = self._none("back")
        white = None if self._none("white") else root.mapping("white", KEYS["white"])
        front = elements(context, root.sequence("front"), "front")
        back = () if single else elements(context, root.sequence("back"), "back")
        return Template(
            name=root.string("name", self.file.stem),
            title=values.two(root, "title"),
            outline=outline,
            bleed=bleed,
            safe=safe,
            hole=holes[0] if holes else None,
            white_choke=None if white is None else white.length("choke", 0.15, most=1),
            substrate=substrate,
            inks=tuple(context.inks.items()),
            limits=self._limits(),
            front=front,
            back=back,
            file=str(self.file),
            single=single,
            pantones=tuple(self.pantones.items()),
            folds=folds,
            more_holes=holes[1:],
        )

    def _none(self, key: str) -> bool:
        """Whether `key: none` says that there is none of it."""
        node = self.root.node(key)
        return isinstance(node, Scalar) and node.value.casefold() == "none"

    def _folds(self, outline: Outline) -> tuple[tuple[Point, Point], ...]:
        found = []
        for node in self.root.sequence("folds"):
            fields = Fields(node, KEYS["fold"], self.findings, say("a fold"))
            a, b = values.point(fields, "from"), values.point(fields, "to")
            if not (fields.has("from") and fields.has("to")):
                continue
            if math.dist(a, b) < _FOLD:
                fields.bad("to", say("a fold goes from one place to another"))
                continue
            across = Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).inset(-1e-3)
            values.on_tag(outline.rect, fields, "from", across, _FOLD)
            found.append((a, b))
        return tuple(found)

    def _areas(self, trim: Rect) -> dict[str, Rect]:
        """Boxes by name."""
        found: dict[str, Rect] = {}
        node = self.root.node("areas")
        if isinstance(node, Mapping):
            for key, value in node.entries:
                fields = Fields(value, KEYS["box"], self.findings, say("area {key}", key=key.value))
                found[key.value] = values.box(fields)
                values.on_tag(trim, fields, "x", found[key.value])
        elif node is not None:
            self.root.bad("areas", say("must be names with their boxes"))
        return found

    def _holes(self, outline: Outline) -> tuple[Hole, ...]:
        found = []
        first = None if self._none("hole") else self.root.mapping("hole", KEYS["hole"])
        more = [Fields(node, KEYS["hole"], self.findings, say("a hole")) for node in self.root.sequence("holes")]
        for hole in [*([first] if first else []), *more]:
            centre = Point(hole.length("x", 4, most=outline.width), hole.length("y", 10, most=outline.height))
            diameter = hole.length("diameter", 3, least=0.5, most=min(outline.width, outline.height))
            wall = diameter / 2 + _WALL
            band = outline.chords(wall).band(centre.y, centre.y, centre.x) if outline.smallest_inset() > wall else None
            if band is None or not band[0] <= centre.x <= band[1]:
                hole.complain("bad-value", hole.span, say("the hole leaves less than 1 mm of plastic to the edge"))
            found.append(Hole(centre, diameter))
        return tuple(found)

    def _substrate(self) -> Substrate:
        fields = self.root.mapping("substrate", KEYS["substrate"])
        if fields is None:
            return Substrate("printed", PAPER, ("", ""), 2.0, ("", ""))
        colour = fields.string("colour", "paper")
        return Substrate(
            process=fields.choice("process", tuple(CHOKES), "printed"),
            ink=Ink("Substrate", PAPER.cmyk if colour == "paper" else values.cmyk(fields, "colour")),
            material=values.two(fields, "material"),
            thickness=fields.length("thickness", 2, most=50),
            finishing=values.two(fields, "finishing"),
            pantone=fields.string("pantone", ""),
            edge_radius=fields.length("edge_radius", 0, most=20),
            least_wall=fields.length("least_wall", 0, most=20),
        )

    def _inks(self) -> dict[str, Ink]:
        found = {"paper": PAPER}
        node = self.root.node("inks")
        if node is None:
            return found
        if not isinstance(node, Mapping):
            self.root.bad("inks", say("must be names with their colours"))
            return found
        for name, value in node.entries:
            fields = Fields(value, KEYS["ink"], self.findings, say("ink {name}", name=name.value))
            fields.require("cmyk")
            if name.value == "paper":
                fields.complain(
                    "bad-value",
                    name.span,
                    say("paper is what is printed on, no ink: its colour is the colour of the substrate"),
                )
                continue
            spot = fields.text("spot")
            if spot is not None and not (spot.value.isascii() and spot.value.isprintable() and spot.value.strip()):
                fields.bad("spot", say("name a spot in ASCII letters: many RIPs cannot show others"))
                spot = None
            if spot is not None and spot.value.casefold() in _UNPRINTED:
                message = say("'{name}' is the name of what is never printed: give the spot another", name=spot.value)
                fields.bad("spot", message)
            overprint = fields.flag("overprint", False)
            if fields.has("pantone"):
                self.pantones[spot.value if spot else name.value] = fields.string("pantone", "")
            ink = Ink(spot.value if spot else name.value, values.cmyk(fields, "cmyk"), spot is not None, overprint)
            if ink.spot and _is_another(ink):
                fields.bad("spot", say("'{name}' is an ink of the press, and another colour", name=ink.name))
            if any(ink.name == other.name and ink != other for other in found.values() if ink.spot and other.spot):
                fields.bad("spot", say("'{name}' is a spot of another colour already", name=ink.name))
            found[name.value] = ink
        return found

    def _limits(self) -> Limits:
        default = Limits(6, 7, 8, 3.0, 0.396, 0.33, 0.7, 4.0)
        fields = self.root.mapping("limits", KEYS["limits"])
        if fields is None:
            return default
        text = fields.mapping("text", KEYS["text limits"])
        number = fields.mapping("number", KEYS["number limits"])
        module = fields.mapping("module", KEYS["module limits"])
        limits = default._replace(
            text_least=values.points(text, "least", default.text_least),
            text_good=values.points(text, "good", default.text_good),
            number_least=values.points(number, "least", default.number_least),
            total_ink=fields.fraction("total_ink", default.total_ink, most=4.0),
            module_good=module.length("good", default.module_good, most=5) if module else default.module_good,
            module_least=module.length("least", default.module_least, most=5) if module else default.module_least,
            stroke_least=fields.length("stroke", 0, most=5) if fields.has("stroke") else None,
            gap_least=fields.length("gap", 0, most=5) if fields.has("gap") else None,
        )
        contrast = fields.mapping("contrast", KEYS["contrast limits"])
        return limits if contrast is None else _contrast(contrast, limits)


def _contrast(fields: Fields, limits: Limits) -> Limits:
    """Bounds of contrast: ratios by WCAG. An older template's share (`text: 25%`) is a difference of reflectance."""
    text = fields.text("text")
    limits = limits._replace(contrast_least=fields.fraction("qr", limits.contrast_least))
    if text is not None and text.value.strip().endswith("%"):
        limits = limits._replace(text_difference=fields.fraction("text", 0.25))
    else:
        limits = limits._replace(
            text_contrast_least=fields.decimal("text", limits.text_contrast_least, least=1, most=21)
        )
    return limits._replace(
        number_contrast_least=fields.decimal("number", limits.number_contrast_least, least=1, most=21),
        blind_contrast_least=fields.decimal("deuteranope", limits.blind_contrast_least, least=1, most=21),
    )
