"""An SVG file's painted shapes, in the order of painting: groups, `use` and styles resolved, everything else refused.

What a press cannot print as flat shapes (text, gradients, patterns, masks, transparency, pictures) is said in one line
with what to do. Work is bounded: by the file's size, the elements visited (a `use` counts what it copies) and the
numbers in paths; a `use` of itself is refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keytag.base.errors import InputError
from keytag.base.excerpt import excerpt
from keytag.base.geometry import Affine, Path, Rect, translation
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import say
from keytag.tag.svg.geometry import length, shape_of, transform_of, view_box
from keytag.tag.svg.style import INHERITED, Sheet, colour_of, sheet_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 1024 * 1024
MOST_ELEMENTS = 20_000
MOST_NUMBERS = 300_000
_DEEP = 100
_FLAT = say("convert text and gradients to flat shapes")
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_GROUPS = ("g", "a", "switch", "svg", "symbol")
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_SILENT = (
    *("defs", "title", "desc", "metadata", "style", "linearGradient", "radialGradient", "pattern", "clipPath", "mask"),
    *("filter", "marker", "view"),
)
_REFUSED = {
    **dict.fromkeys(("text", "textPath", "tspan", "foreignObject"), "text"),
    "image": say("a picture"),
    "script": say("a script"),
}


class Stroking(NamedTuple):
    """How a shape's line is drawn, in the shape's own units."""

    colour: str
    width: float
    cap: str
    join: str


class Shape(NamedTuple):
    """One painted shape: its path in its own units, the map to the file's, and its colours (`none` where unpainted)."""

    path: Path
    at: Affine
    fill: str
    even_odd: bool
    stroke: Stroking | None


class Drawing(NamedTuple):
    """What a file shows: `view` is the part of the plane that it fills its box with."""

    view: Rect
    shapes: tuple[Shape, ...]


def read_svg(text: str) -> Drawing:
    """The shapes of an SVG file; an `InputError` that says what stands in the way (a predicate of the file)."""
    from lxml import etree

    if len(text) > MOST_BYTES:
        raise InputError(
            say("is too large (the limit is {most_bytes} KiB): simplify it", most_bytes=MOST_BYTES // 1024)
        )
    if "<!entity" in text.casefold():
        raise InputError(say("holds entities: export it as plain SVG"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(say("cannot be read as SVG: {error}", error=reason(error))) from error
    if _tag(root) != "svg":
        raise InputError(say("is no SVG: its first element is not svg"))
    reader = _Reader(root)
    shapes = tuple(reader.shapes(root, Affine(), {}, 0))
    if not shapes:
        raise InputError(say("holds no painted shapes"))
    return Drawing(view_box(root.attrib), shapes)


def _tag(element: _Element) -> str:
    """The element's SVG name; empty for comments and what other programs have put there."""
    name = element.tag
    if not isinstance(name, str):
        return ""
    return name.removeprefix(_SVG) if name.startswith(_SVG) or "{" not in name else ""


class _Reader:
    def __init__(self, root: _Element) -> None:
        self.root = root
        self.sheet: Sheet = sheet_of(["".join(e.itertext()) for e in root.iter(f"{_SVG}style", "style")])
        self.ids: dict[str, _Element] = {}
        for element in root.iter():
            if isinstance(element.tag, str) and element.get("id"):
                self.ids.setdefault(str(element.get("id")), element)
        self.elements = self.numbers = 0
        self.using: list[_Element] = []  # what is being copied, from the outside in
        self.users: list[_Element] = []  # the `use` elements that copy it

    def shapes(self, element: _Element, at: Affine, above: dict[str, str], depth: int) -> Iterator[Shape]:
        """The painted shapes of an element and what is in it; `above` are the styles that it inherits."""
        tag = _tag(element)
        if tag == "" or tag in _SILENT or (tag == "symbol" and element not in self.using) or not _for_all(element):
            return
        self.elements += 1
        if self.elements > MOST_ELEMENTS or depth > _DEEP:
            raise InputError(
                say(
                    "draws more than {most_elements:,} elements, counting copies: simplify it",
                    most_elements=MOST_ELEMENTS,
                )
            )
        if tag in _REFUSED:
            raise InputError(say("holds {refused}: {flat}", refused=_REFUSED[tag], flat=_FLAT))
        said = self.sheet.declared(tag, element.attrib)
        if said.get("display") == "none":
            return
        _only_flat(said)
        style = {**above, **{key: value for key, value in said.items() if key in INHERITED and value != "inherit"}}
        if "transform" in said:
            at = transform_of(said["transform"]).then(at)
        if tag == "use":
            yield from self._used(element, at, style, depth)
        elif tag in _GROUPS:
            inner = self._nested(element, at) if tag in ("svg", "symbol") and element is not self.root else at
            for child in _chosen(element) if tag == "switch" else element:
                yield from self.shapes(child, inner, style, depth + 1)
        elif tag in _SHAPES:
            shape = self._shape(tag, element, at, style)
            if shape is not None:
                yield shape

    def _used(self, element: _Element, at: Affine, style: dict[str, str], depth: int) -> Iterator[Shape]:
        name = (element.get("href") or element.get(_XLINK) or "").strip()
        target = self.ids.get(name[1:]) if name.startswith("#") else None
        if target is None:
            raise InputError(say("uses {name!r}, which is not in the file", name=excerpt(name)))
        if target in self.using or target in element.iterancestors():
            raise InputError(say("uses {name!r} inside itself", name=excerpt(name)))
        self.using.append(target)
        self.users.append(element)
        move = translation(length(element.get("x") or "0"), length(element.get("y") or "0"))
        yield from self.shapes(target, move.then(at), style, depth + 1)
        self.using.pop()
        self.users.pop()

    def _nested(self, element: _Element, at: Affine) -> Affine:
        """The map of an inner `svg` or `symbol`: moved, and scaled where it has a size and a viewBox."""
        move = translation(length(element.get("x") or "0"), length(element.get("y") or "0"))
        if not element.get("viewBox"):
            return move.then(at)
        view, whole = view_box(element.attrib), view_box(self.root.attrib)
        user = self.users[-1] if _tag(element) == "symbol" else element  # a copy's size is where it is used
        wide, high = (
            length(user.get(key) or element.get(key) or f"{full}")
            for key, full in (("width", whole.width), ("height", whole.height))
        )
        scale = min(wide / view.width, high / view.height)
        left, top = (wide - scale * view.width) / 2, (high - scale * view.height) / 2
        return Affine(scale, 0, 0, scale, left - scale * view.x, top - scale * view.y).then(move).then(at)

    def _shape(self, tag: str, element: _Element, at: Affine, style: dict[str, str]) -> Shape | None:
        if style.get("visibility") in ("hidden", "collapse"):
            return None
        fill, line = self._colour(style, "fill", "black"), self._colour(style, "stroke", "none")
        width = length(style.get("stroke-width", "1"))
        stroke = None
        if line != "none" and width > 0:
            if style.get("stroke-dasharray", "none") not in ("none", "", "0"):
                raise InputError(say("holds dashed lines: convert strokes to shapes"))
            order = [word for word in style.get("paint-order", "").split() if word in ("fill", "stroke")]
            if fill != "none" and order[:1] == ["stroke"]:
                raise InputError(say("holds lines that are drawn in a way of their own: convert strokes to shapes"))
            stroke = Stroking(line, width, style.get("stroke-linecap", "butt"), style.get("stroke-linejoin", "miter"))
        if tag == "line" or (fill == "none" and stroke is None):
            fill = "none"
            if stroke is None:
                return None
        path = shape_of(tag, element.attrib)
        if path is None or not path.ops:
            return None
        self.numbers += len(path.coords)
        if self.numbers > MOST_NUMBERS:
            raise InputError(
                say(
                    "holds more than {most_numbers:,} numbers in its paths, counting copies: simplify it",
                    most_numbers=MOST_NUMBERS,
                )
            )
        if not all(math.isfinite(v) and abs(v) < 1e9 for v in at):
            raise InputError(say("holds a transform that is far too large"))
        return Shape(path, at, fill, style.get("fill-rule") == "evenodd", stroke)

    def _colour(self, style: dict[str, str], key: str, default: str) -> str:
        text = style.get(key, default)
        if text.casefold().startswith("url("):
            raise InputError(
                say(
                    "holds a gradient or a pattern ({key}: {text}): {flat}", key=key, text=excerpt(text, 30), flat=_FLAT
                )
            )
        if text.casefold() == "currentcolor":
            text = style.get("color", "black")
        colour = colour_of(text)
        if colour != "none" and _share(style.get(f"{key}-opacity", "1")) < 1:
            if _share(style[f"{key}-opacity"]) <= 0:
                return "none"
            raise InputError(say("holds transparency: make its shapes opaque"))
        return colour


def _for_all(element: _Element) -> bool:
    """Whether viewers draw an element: not what asks for an extension of some program (SVG 1.1, 5.8.1)."""
    if element.get("systemLanguage") is not None:
        raise InputError(say("draws other shapes for other languages: export it as plain SVG"))
    return element.get("requiredExtensions") is None


def _chosen(switch: _Element) -> list[_Element]:
    """The one child of a `switch` that viewers draw: the first that asks for nothing that they have not."""
    return [child for child in switch if _tag(child) and _for_all(child)][:1]


def _only_flat(said: dict[str, str]) -> None:
    """Refuse what is no flat shape."""
    if said.get("mix-blend-mode", "normal") != "normal":
        raise InputError(say("holds transparency: make its shapes opaque"))
    if said.get("vector-effect", "none") != "none":
        raise InputError(say("holds lines that are drawn in a way of their own: convert strokes to shapes"))
    if said.get("transform-origin", "0").replace("px", "").split() not in (["0"], ["0", "0"]):
        raise InputError(say("turns shapes about a point (transform-origin): export it as plain SVG"))
    for key in ("mask", "filter", "clip-path"):
        if said.get(key, "none") not in ("none", ""):
            raise InputError(say("holds a {key}: cut and flatten its shapes ({flat})", key=key, flat=_FLAT))
    for key in ("marker-start", "marker-mid", "marker-end"):
        if said.get(key, "none") not in ("none", ""):
            raise InputError(say("holds markers on lines: convert strokes to shapes"))
    if _share(said.get("opacity", "1")) < 1:
        raise InputError(say("holds transparency: make its shapes opaque"))


def _share(text: str) -> float:
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError as error:
        raise InputError(say("holds the opacity {text!r}, which is no number", text=excerpt(text, 20))) from error
