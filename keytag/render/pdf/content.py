"""Content streams: the marks of a form or a page as PDF operators, and the list of resources these use.

A form stays in its own millimetres, y down; a page turns them into points, y up, by one `cm` at its head. Each layer's
group sets every state it needs and restores it, so that any of them can be taken out. Objects are made in `document`.

Words are a compound path a glyph, as Illustrator outlines text, in `/Span <</ActualText … /KTField …>>`, so that they
are read back exactly; a QR symbol is one path in `/Figure <</Alt … /ActualText …>>`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from keytag.base.drawing import Fill, Form, Group, Layer, Page, Picture, Stroke, Symbol, Words
from keytag.base.geometry import Path
from keytag.base.ink import Ink
from keytag.base.packed import PackedGroups
from keytag.base.records import NamedTuple
from keytag.base.units import PT_PER_MM, number
from keytag.render.pdf.syntax import glyph_text, matrix, path_text, ratio, resource, string, unicode_string

OVERPRINT, KNOCKOUT = "Overprint", "Knockout"
LAYER_TAG = "KTLayer"  # of marked content, where the standard knows no layers


class Content(NamedTuple):
    """A finished stream, and what its resource dictionary must hold."""

    data: bytes
    spots: tuple[Ink, ...]  # at full tone, in the order of their first use
    states: tuple[str, ...]
    layers: tuple[Layer, ...]
    pictures: tuple[Picture, ...]
    forms: tuple[str, ...]


def form_content(form: Form, *, layers: bool = True) -> Content:
    """The form's marks in its own millimetres."""
    if isinstance(form.groups, PackedGroups):
        return _packed_content(form.groups, layers)
    return joined(group_contents(form.groups, layers))


def group_contents(groups: Sequence[Group], layers: bool) -> tuple[Content, ...]:
    """The contents of a form's groups, one by one; `joined` they are its own, and some of them are those of a half."""
    return _packed_contents(groups, layers) if isinstance(groups, PackedGroups) else _each(groups, layers)


def _each(groups: Sequence[Group], layers: bool) -> tuple[Content, ...]:
    return tuple([_group_content(group, layers) for group in groups])


# The same faces go onto the plate and into the masters. What is packed knows its hash; that of marks in tuples is dear.
_packed_contents = lru_cache(maxsize=64)(_each)


@lru_cache(maxsize=64)
def _packed_content(groups: PackedGroups, layers: bool) -> Content:
    return joined(_packed_contents(groups, layers))


# A tag's faces go onto a plate, whole or in halves, into the masters and into its fingerprint; and fronts are alike.
@lru_cache(maxsize=128)  # some 60 KB each
def _group_content(group: Group, layers: bool) -> Content:
    writer = _Writer(layers)
    writer.groups((group,))
    return writer.content((), ())


def joined(parts: Sequence[Content]) -> Content:
    """Contents one after another: each group sets every state it needs."""
    spots: dict[str, Ink] = {}
    for part in parts:
        for ink in part.spots:
            _one_definition(spots.setdefault(ink.name, ink), ink)
    states = dict.fromkeys(state for part in parts for state in part.states)
    layers = dict.fromkeys(layer for part in parts for layer in part.layers)
    pictures = dict.fromkeys(picture for part in parts for picture in part.pictures)
    data = b"".join([part.data for part in parts])
    return Content(data, tuple(spots.values()), tuple(states), tuple(layers), tuple(pictures), ())


def _one_definition(known: Ink, ink: Ink) -> None:
    if known != ink:
        raise ValueError(f"spot {ink.name} is defined twice: {known.cmyk} and {ink.cmyk}")


def surface_content(page: Page, *, layers: bool = True) -> Content:
    """The page's placed forms and its own marks as a form of their own, in its millimetres: no flip."""
    writer = _Writer(layers)
    writer.groups(page.groups)
    forms = tuple(dict.fromkeys(placement.form for placement in page.placements))
    return writer.content((placements(page),), forms)


def glyph_content(path: Path, ink: Ink) -> Content:
    """One filled path in font units, with its ink and state and no layer: who places it says on which."""
    writer = _Writer(False)
    writer._filled(glyph_text(path), ink)
    return writer.content((), ())


def layer_begin(layer: Layer, layers: bool) -> bytes:
    """What opens a layer's marks in a stream; `LAYER_END` closes them."""
    name = layer_name(layer)
    return (f"/OC /{name} BDC\nq\n" if layers else f"/{LAYER_TAG} <</Name /{name}>> BDC\nq\n").encode()


LAYER_END = b"Q\nEMC\n"


def page_content(page: Page, *, layers: bool = True) -> Content:
    """The whole page: the flip, the placed forms in order, and the page's own marks over them."""
    writer = _Writer(layers)
    writer.groups(page.groups)
    head = f"q\n{flip(page)} cm\n".encode()
    forms = tuple(dict.fromkeys(placement.form for placement in page.placements))
    return writer.content((head, placements(page)), forms, b"Q\n")


def flip(page: Page) -> str:
    """The operands that turn the page's millimetres, y down, into points, y up, from the media's lower left."""
    k = ratio(PT_PER_MM)
    return f"{k} 0 0 -{k} {number(-page.media.x * PT_PER_MM)} {number(page.media.bottom * PT_PER_MM)}"


def placements(page: Page) -> bytes:
    """The page's placed forms, in its millimetres."""
    return "".join([f"q {matrix(p.at)} cm /{form_name(p.form)} Do Q\n" for p in page.placements]).encode()


def form_name(key: str) -> str:
    return resource("F", key)


def spot_name(ink: Ink) -> str:
    return resource("", ink.name)


def layer_name(layer: Layer) -> str:
    return layer.name.title()


def picture_name(picture: Picture) -> str:
    size = f"{picture.columns} {picture.rows} ".encode()
    return "Im" + hashlib.sha256(size + picture.data).hexdigest()[:16]


class _Writer:
    """Collects operators and resources of one stream."""

    def __init__(self, layers: bool) -> None:
        self._layered = layers
        self._parts: list[str] = []
        self._spots: dict[str, Ink] = {}
        self._states: dict[str, None] = {}
        self._layers: dict[Layer, None] = {}
        self._pictures: dict[str, Picture] = {}
        self._fill = self._stroke = self._state = self._width = ""

    def content(self, head: tuple[bytes, ...], forms: tuple[str, ...], tail: bytes = b"") -> Content:
        data = b"".join((*head, "".join(self._parts).encode("ascii"), tail))
        pictures = tuple(self._pictures.values())
        return Content(data, tuple(self._spots.values()), tuple(self._states), tuple(self._layers), pictures, forms)

    def groups(self, groups: Sequence[Group]) -> None:
        for layer, marks in groups:
            if not marks:
                continue
            self._fill = self._stroke = self._state = self._width = ""
            if self._layered:
                self._layers[layer] = None
            # Without optional content a proof must still know which marks are the White underbase.
            self._parts.append(layer_begin(layer, self._layered).decode("ascii"))
            for mark in marks:
                match mark:
                    case Fill(path, ink):
                        self._filled(path_text(path), ink)
                    case Stroke(path, ink, width):
                        self._stroked(path_text(path), ink, width)
                    case Words():
                        self._words(mark)
                    case Symbol():
                        self._symbol(mark)
                    case Picture():
                        self._picture(mark)
            self._parts.append(LAYER_END.decode())

    def _filled(self, path: str, ink: Ink) -> None:
        self._ink(ink, stroke=False)
        if path:
            self._parts += (path, "f\n")

    def _stroked(self, path: str, ink: Ink, width: float) -> None:
        self._ink(ink, stroke=True)
        text = f"{number(width)} w\n"
        if text != self._width:
            self._width = text
            self._parts.append(text)
        if path:
            self._parts += (path, "S\n")

    def _words(self, words: Words) -> None:
        self._ink(words.ink, stroke=False)
        field = f" /KTField {string(words.field)}" if words.field else ""
        self._parts.append(f"/Span <</ActualText {unicode_string(words.text)}{field}>> BDC\n")
        scale = ratio(words.scale)
        for outline, x, y in words.glyphs:
            # In font units, which are whole numbers, under a map of its own: every use of a letter is the same text.
            self._parts.append(f"q {scale} 0 0 -{scale} {number(x)} {number(y)} cm\n{glyph_text(outline)}f\nQ\n")
        self._parts.append("EMC\n")

    def _symbol(self, symbol: Symbol) -> None:
        self._ink(symbol.ink, stroke=False)
        said = unicode_string(symbol.payload)
        self._parts.append(f"/Figure <</Alt (QR) /ActualText {said}>> BDC\n")
        self._filled(path_text(symbol.path), symbol.ink)
        self._parts.append("EMC\n")

    def _picture(self, picture: Picture) -> None:
        name = picture_name(picture)
        self._pictures[name] = picture
        self._overprint(False)
        x, y, width, height = picture.box
        at = f"{number(width)} 0 0 {number(-height)} {number(x)} {number(y + height)}"
        self._parts.append(f"q {at} cm /{name} Do Q\n")

    def _ink(self, ink: Ink, *, stroke: bool) -> None:
        """Set colour and overprint, where they differ from what is set."""
        self._overprint(ink.overprint)
        if ink.spot:
            full = ink._replace(tint=1.0, overprint=False)
            _one_definition(self._spots.setdefault(ink.name, full), full)
            space, set_colour = ("CS", "SCN") if stroke else ("cs", "scn")
            text = f"/{spot_name(ink)} {space} {number(ink.tint)} {set_colour}\n"
        else:
            text = f"{' '.join(map(number, ink.cmyk))} {'K' if stroke else 'k'}\n"
        if text == (self._stroke if stroke else self._fill):
            return
        if stroke:
            self._stroke = text
        else:
            self._fill = text
        self._parts.append(text)

    def _overprint(self, on: bool) -> None:
        state = OVERPRINT if on else KNOCKOUT
        if state != self._state:
            self._state = state
            self._states[state] = None
            self._parts.append(f"/{state} gs\n")
