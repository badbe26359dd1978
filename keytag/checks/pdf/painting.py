"""What a content stream paints: the graphics state of ISO 32000-1, clause 8, as far as a preflight needs it.

A form that leaves a state to whoever places it is not guessed at: the state is then None, and the checks say so.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from keytag.base.excerpt import excerpt
from keytag.base.geometry import Affine
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.checks.pdf.operators import (
    LETTERS,
    OTHER,
    PATH,
    NotUnderstoodError,
    letters,
    marked_operators,
    numbers,
    points,
    split,
)
from keytag.checks.pdf.resources import Meanings, contents, is_form, is_stream, resource

if TYPE_CHECKING:
    from pikepdf import Object

INHERITED = "inherited"
FILL, STROKE, TEXT = say("fill"), say("stroke"), say("text")
SHADING, IMAGE = say("shading"), say("image")


class Colour(NamedTuple):
    """A colour space's family, the components set in it, and the spot's name where it is a Separation."""

    space: str
    parts: tuple[float, ...] = ()
    spot: str = ""


class Paint(NamedTuple):
    """One painting operator: `kind` is fill, stroke, image, shading or text; its colour, state and layer.

    `overprint` and `width` (in the stream's own units) are None where the stream leaves them to its user. `at` maps the
    stream's units to those that the path `outline` is written in, inversely; an image's pixels are `pixels`. Process
    inks have no outline.
    """

    kind: str
    colour: Colour
    overprint: bool | None
    layer: str
    width: float | None = None
    outline: bytes = b""
    at: Affine = Affine()
    pixels: tuple[int, int] = (0, 0)

    @property
    def space(self) -> str:
        return self.colour.space

    @property
    def spot(self) -> str:
        return self.colour.spot

    def extent(self) -> tuple[float, float, float, float] | None:
        """The least box around all points of the path, (x0, y0, x1, y1) in the stream's units; None where it has none.

        Letters by their own boxes: each is drawn many times.
        """
        if self.outline.startswith(b"q"):
            runs = [(Affine(*at).then(self.at), path) for at, path in letters(self.outline)]
        else:
            runs = [(self.at, self.outline)]
        boxes = [(at, box) for at, path in runs if (box := _box(path)) is not None]
        corners = [at.apply(x, y) for at, (x0, y0, x1, y1) in boxes for x in (x0, x1) for y in (y0, y1)]
        if not corners:
            return None
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


@lru_cache(maxsize=1024)
def _box(path: bytes) -> tuple[float, float, float, float] | None:
    """The box around a path's points, in its own units."""
    found = points(path)
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return (min(xs), min(ys), max(xs), max(ys)) if found else None


class Place(NamedTuple):
    """A form placed: its resource name, itself, the map to the stream's units, and the layer it is placed under."""

    name: str
    form: Object
    at: Affine
    layer: str


class _State(NamedTuple):
    fill: Colour
    stroke: Colour
    fill_over: bool | None
    stroke_over: bool | None
    width: float | None
    at: Affine = Affine()


_PAGE = _State(Colour("DeviceGray", (0.0,)), Colour("DeviceGray", (0.0,)), False, False, 1.0)
_FORM = _State(Colour(INHERITED), Colour(INHERITED), None, None, None)

_PAINTING = {"f": "f", "F": "f", "f*": "f", "S": "s", "s": "s", "n": "", "B": "fs", "B*": "fs", "b": "fs", "b*": "fs"}
_DEVICE = {"g": ("DeviceGray", 1), "rg": ("DeviceRGB", 3), "k": ("DeviceCMYK", 4)}
_DEVICE |= {name.upper(): what for name, what in _DEVICE.items()}
_TEXT = ("Tj", "TJ", "'", '"')
# Operators that neither paint nor change what the checks look at, where they stand alone or with odd operands.
_PLAIN = frozenset(
    [
        *("ri", "d", "j", "J", "M", "MP", "DP", "BX", "EX", "W", "W*", "n"),
        *("BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts", "Tr"),
    ]
)


class Reader:
    """Runs through one page or form; `meanings` are those of its file."""

    def __init__(self, holder: Object, meanings: Meanings) -> None:
        self.holder, self.layers, self._meanings = holder, meanings.layers, meanings
        self.paints: list[Paint] = []
        self.places: list[Place] = []
        self.odd: list[str] = []
        self._state = _FORM if is_stream(holder) else _PAGE
        self._stack: list[_State] = []
        self._marked = [self._group(holder.get("/OC"), "/OC")] if holder.get("/OC") is not None else [""]
        self._depth = len(self._marked)
        self._known: dict[tuple[str, str], Object | None] = {}
        self._overprints: dict[str, tuple[bool | None, bool | None, float | None]] = {}
        self._forms: dict[str, bool] = {}

    def run(self) -> None:
        """Read everything; what cannot be understood is odd, and ends the reading."""
        try:
            for kind, name, operands in marked_operators(contents(self.holder)):
                if kind == OTHER:
                    self._other(name, operands)
                elif kind == PATH:
                    self._path(name, operands)
                elif kind == LETTERS:
                    self._paint(FILL, operands)
        except NotUnderstoodError as error:
            self.odd.append(str(error))
            return
        if self._stack:
            self.odd.append(say("has a q without Q"))
        if len(self._marked) > self._depth:
            self.odd.append(say("has marked content that does not end"))

    def _resource(self, kind: str, name: str) -> Object | None:
        """A named resource of the holder; asked of the library once: a sheet names few, often."""
        key = kind, name
        if key not in self._known:
            self._known[key] = resource(self.holder, kind).get(name)
        return self._known[key]

    @cached_property
    def _spaces(self) -> dict[str, tuple[str, str]]:
        """Resource name → (family, spot)."""
        table = resource(self.holder, "/ColorSpace")
        return {key: self._meanings.space(table[key]) for key in table.keys()}  # noqa: SIM118 - not a dictionary

    def _path(self, name: str, path: bytes) -> None:
        for which in _PAINTING[name]:
            self._paint(FILL if which == "f" else STROKE, path)

    def _paint(self, kind: str, outline: bytes) -> None:
        s = self._state
        line = kind == STROKE
        colour, over = (s.stroke, s.stroke_over) if line else (s.fill, s.fill_over)
        width = s.width * least_scale(s.at) if line and s.width is not None else None
        if colour.space == "DeviceCMYK":  # nobody asks where process ink stands: one paint for all such marks
            self.paints.append(Paint(kind, colour, over, self._marked[-1], width))
        else:
            self.paints.append(Paint(kind, colour, over, self._marked[-1], width, outline, s.at))

    def _other(self, name: str, operands: bytes) -> None:
        """One operator; the commonest of a page of text first."""
        if name in _PLAIN:
            return
        s = self._state
        if name == "q":
            self._stack.append(s)
        elif name == "Q":
            if self._stack:
                self._state = self._stack.pop()
            else:
                self.odd.append(say("has a Q without q"))
        elif name in _DEVICE:
            space, count = _DEVICE[name]
            self._colour(name, Colour(space, self._numbers(name, operands, count)))
        elif name in _TEXT:  # where it stands is not looked at
            self.paints.append(Paint(TEXT, s.fill, s.fill_over, self._marked[-1]))
        elif name == "cm":
            at = Affine(*self._numbers(name, operands, 6)).then(s.at)
            self._state = _State(s.fill, s.stroke, s.fill_over, s.stroke_over, s.width, at)
        elif name == "w":
            width = self._numbers(name, operands, 1)[0]
            self._state = _State(s.fill, s.stroke, s.fill_over, s.stroke_over, width, s.at)
        elif name in ("cs", "CS"):
            family, spot = self._space(_name(operands))
            self._colour(name, Colour(family, (1.0,) if spot else (), spot))
        elif name in ("sc", "scn", "SC", "SCN"):
            here = s.fill if name.islower() else s.stroke
            parts = () if here.space == "Pattern" else numbers(operands)
            if here.space == "Separation" and len(parts) != 1:
                self.odd.append(say("sets {parts} tints of one spot", parts=len(parts)))
            self._colour(name, here._replace(parts=parts))
        elif name == "gs":
            self._graphics_state(_name(operands))
        elif name == "BMC":
            self._marked.append(self._marked[-1])
        elif name == "BDC":
            self._begin(operands)
        elif name == "EMC":
            if len(self._marked) > self._depth:
                self._marked.pop()
            else:
                self.odd.append(say("has an EMC without BDC"))
        elif name == "Do":
            self._xobject(_name(operands))
        elif name == "i":
            self.odd.append(say("sets a flatness of its own"))
        elif name == "sh":
            self.paints.append(Paint(SHADING, Colour("Shading"), s.fill_over, self._marked[-1]))
        else:
            self.odd.append(say("has the operator {name} where it does not belong", name=name))

    @staticmethod
    def _numbers(name: str, operands: bytes, count: int) -> tuple[float, ...]:
        found = numbers(operands)
        if len(found) != count:
            raise NotUnderstoodError(
                say("gives {name} {found} operands; it takes {count}", name=name, found=len(found), count=count)
            )
        return found

    def _colour(self, name: str, colour: Colour) -> None:
        s = self._state
        if name.islower():
            self._state = _State(colour, s.stroke, s.fill_over, s.stroke_over, s.width, s.at)
        else:
            self._state = _State(s.fill, colour, s.fill_over, s.stroke_over, s.width, s.at)

    def _space(self, name: str) -> tuple[str, str]:
        if name in ("/DeviceGray", "/DeviceCMYK", "/DeviceRGB", "/Pattern"):
            return name[1:], ""
        if name not in self._spaces:
            self.odd.append(say("uses the colour space {name}, which is not in its resources", name=name))
            return "?", ""
        return self._spaces[name]

    def _graphics_state(self, name: str) -> None:
        if name not in self._overprints:
            found = self._resource("/ExtGState", name)
            if found is None:
                self.odd.append(say("uses the graphics state {name}, which is not in its resources", name=name))
                return
            self._overprints[name] = self._meanings.state(found)
        s, (stroke, fill, width) = self._state, self._overprints[name]
        self._state = s._replace(
            stroke_over=s.stroke_over if stroke is None else stroke,
            fill_over=s.fill_over if fill is None else fill,
            width=s.width if width is None else width,
        )

    def _begin(self, operands: bytes) -> None:
        layer = self._marked[-1]
        if operands.startswith(b"/OC") and (parts := _two_names(operands) or split(operands))[0] == b"/OC":
            name = parts[1].decode("latin-1") if len(parts) > 1 else ""
            layer = self._group(self._resource("/Properties", name or "/"), name)
        self._marked.append(layer)

    def _group(self, group: Object | None, name: str) -> str:
        """The layer's name. One layer inside another is printed under both; the inner one says what it is."""
        if group is None or group.objgen not in self.layers:
            self.odd.append(say("uses the layer {name}, which is not among the file's layers", name=name))
            return "?"
        return self.layers[group.objgen]

    def _xobject(self, name: str) -> None:
        found = self._resource("/XObject", name)
        if found is None:
            self.odd.append(say("uses the XObject {name}, which is not in its resources", name=name))
            return
        if name not in self._forms:
            self._forms[name] = is_form(found)
        if self._forms[name]:
            self.places.append(Place(name[1:], found, self._state.at, self._marked[-1]))
        else:
            space = found.get("/ColorSpace")
            family = "?" if space is None else str(space)[1:] if str(space).startswith("/") else str(space[0])[1:]
            if found.get("/ImageMask"):
                family = self._state.fill.space
            pixels = (int(found.get("/Width", 0)), int(found.get("/Height", 0)))
            s, layer = self._state, self._marked[-1]
            self.paints.append(Paint(IMAGE, Colour(family), s.fill_over, layer, at=s.at, pixels=pixels))


def _two_names(operands: bytes) -> list[bytes]:
    """Two plain names, as they stand before nearly every BDC; empty where it is something else."""
    parts = operands.split()
    return parts if len(parts) == 2 and all(part[:1] == b"/" and part[1:].isalnum() for part in parts) else []


def _name(operands: bytes) -> str:
    found = operands.strip(b" \t\r\n\f\0").decode("latin-1")
    if not found.startswith("/"):
        raise NotUnderstoodError(say("has {found!r} where a name belongs", found=excerpt(found, 24)))
    return found


def least_scale(m: Affine) -> float:
    """How much a map shrinks at the most: the smaller singular value."""
    total = m.a * m.a + m.b * m.b + m.c * m.c + m.d * m.d
    spread = ((m.a * m.a + m.b * m.b - m.c * m.c - m.d * m.d) ** 2 + 4 * (m.a * m.c + m.b * m.d) ** 2) ** 0.5
    return float((max(total - spread, 0.0) / 2) ** 0.5)
