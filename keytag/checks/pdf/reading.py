"""A finished PDF as the preflight sees it: read back from its bytes, with nothing taken from the code that wrote it.

Each content stream is read once, however often it is placed: what it paints, in which colour, under which layer and
state. Letters are skipped over in bulk, since a sheet has ten thousand of them and all are plain fills.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from keytag.standard import Standard

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

# A run of letters, or of path operators: kept as one tiny path where it is painted, so that its colour is still seen.
_NUMBERS = rb"[-0-9. ]+"
_PATH = rb"(?:" + _NUMBERS + rb" [mlc]\n|h\n)+"
_LETTERS = re.compile(rb"(?:q " + _NUMBERS + rb" cm\n" + _PATH + rb"f\nQ\n)+")
_LONG = re.compile(rb"(" + _NUMBERS + rb" m\n)(?:" + _NUMBERS + rb" [mlc]\n|h\n){8,}")


class Paint(NamedTuple):
    """One painting operator: `fill`, `stroke`, `image` or `shading`; its colour, layer and state.

    `space` is the colour space's family; `colour` its components, `spot` the separation; `width` the line width in the
    stream's own units; `box` the extent of short paths in them (None for letters and long outlines).
    """

    kind: str
    space: str
    colour: tuple[float, ...]
    spot: str
    overprint: bool
    layer: str
    width: float
    box: tuple[float, float, float, float] | None


class Stream(NamedTuple):
    """What one content stream does: its paints (each once), the forms it places with their matrices, and oddities."""

    paints: tuple[Paint, ...]
    places: tuple[tuple[str, tuple[float, ...]], ...]
    odd: tuple[str, ...]


class Press:
    """An open file and what its streams do. Use as a context manager."""

    def __init__(self, data: bytes, standard: Standard) -> None:
        import pikepdf

        self.data = data
        self.standard = standard
        self.pdf: Pdf = pikepdf.open(BytesIO(data), inherit_page_attributes=False)
        self._streams: dict[tuple[int, int], Stream] = {}

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        self.pdf.close()

    @cached_property
    def layers(self) -> dict[tuple[int, int], Object]:
        """The file's optional content groups by object number."""
        properties = self.pdf.Root.get("/OCProperties")
        return {} if properties is None else {group.objgen: group for group in properties.get("/OCGs", [])}

    def stream(self, holder: Object) -> Stream:
        """What a page or form does, read once."""
        known = self._streams.get(holder.objgen)
        if known is None:
            known = self._streams[holder.objgen] = _read(holder, self)
        return known

    def forms(self, holder: Object) -> dict[str, Object]:
        """The XObjects of a page or form by their resource names."""
        return dict(resource(holder, "/XObject").items())

    def streams(self) -> Iterator[tuple[str, Object, Stream]]:
        """Every page and every form once, with a name for messages."""
        for number, page in enumerate(self.pdf.pages, 1):
            yield f"page {number}", page.obj, self.stream(page.obj)
        for item in self.pdf.objects:
            if _is_stream(item) and item.get("/Subtype") == "/Form":
                yield f"form {item.objgen[0]}", item, self.stream(item)

    def paints(self) -> Iterator[tuple[str, Paint]]:
        """Every distinct paint of the file, with where it is."""
        for where, _, stream in self.streams():
            for paint in stream.paints:
                yield where, paint


def _is_stream(item: Object) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Stream)


def resource(holder: Object, kind: str) -> Object:
    """One group of a page's or form's resources; empty where it has none."""
    import pikepdf

    resources = holder.get("/Resources", pikepdf.Dictionary())
    return resources.get(kind, pikepdf.Dictionary())


class _State(NamedTuple):
    fill: tuple[str, tuple[float, ...], str] = ("DeviceGray", (0.0,), "")
    stroke: tuple[str, tuple[float, ...], str] = ("DeviceGray", (0.0,), "")
    fill_space: tuple[str, str] = ("DeviceGray", "")
    stroke_space: tuple[str, str] = ("DeviceGray", "")
    fill_over: bool = False
    stroke_over: bool = False
    width: float = 1.0
    ctm: tuple[float, ...] = (1, 0, 0, 1, 0, 0)


_PAINTING = {"f": "f", "F": "f", "f*": "f", "S": "s", "s": "s", "B": "fs", "B*": "fs", "b": "fs", "b*": "fs"}
_DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_TEXT = ("Tj", "TJ", "'", '"')
_PLAIN = frozenset(
    [
        *("m", "l", "c", "v", "y", "h", "n", "W", "W*", "re", "i", "ri", "d", "j", "J", "M", "MP", "DP", "BX", "EX"),
        *("BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts", "Tr"),
    ]
)


def _read(holder: Object, press: Press) -> Stream:
    import pikepdf

    data = b"\n".join(part.read_bytes() for part in _contents(holder))
    short = _LONG.sub(rb"\1", _LETTERS.sub(b"0 0 m\nf\n", data))
    reader = _Reader(holder, press)
    for instruction in pikepdf.parse_content_stream(press.pdf.make_stream(short)):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            reader.odd.append("an inline image")
            continue
        reader.do(str(instruction.operator), list(instruction.operands))
    if reader.stack or reader.marked:
        reader.odd.append("unbalanced q or BDC")
    return Stream(tuple(dict.fromkeys(reader.paints)), tuple(reader.places), tuple(dict.fromkeys(reader.odd)))


def _contents(holder: Object) -> list[Object]:
    import pikepdf

    if isinstance(holder, pikepdf.Stream):
        return [holder]
    contents = holder.get("/Contents")
    if contents is None:
        return []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


class _Reader:
    """The graphics state machine of ISO 32000-1, clause 8, as far as a preflight needs it."""

    def __init__(self, holder: Object, press: Press) -> None:
        self.holder, self.press = holder, press
        self.state = _State()
        self.stack: list[_State] = []
        self.marked: list[str] = []
        self.points: list[tuple[float, float]] = []
        self.paints: list[Paint] = []
        self.places: list[tuple[str, tuple[float, ...]]] = []
        self.odd: list[str] = []

    def do(self, operator: str, operands: list[Any]) -> None:
        state = self.state
        if operator in _PAINTING:
            for which in _PAINTING[operator]:
                self._paint("fill" if which == "f" else "stroke")
            self.points = []
        elif operator in ("m", "l", "c", "v", "y", "re"):
            self._path(operator, [float(v) for v in operands])
        elif operator == "n":
            self.points = []
        elif operator == "q":
            self.stack.append(state)
        elif operator == "Q":
            if self.stack:
                self.state = self.stack.pop()
            else:
                self.odd.append("Q without q")
        elif operator == "cm":
            self.state = state._replace(ctm=_multiplied([float(v) for v in operands], state.ctm))
        elif operator == "w":
            self.state = state._replace(width=float(operands[0]))
        elif operator.lower() in _DEVICE:
            colour = (_DEVICE[operator.lower()], tuple(float(v) for v in operands), "")
            self.state = state._replace(fill=colour) if operator.islower() else state._replace(stroke=colour)
        elif operator in ("cs", "CS"):
            space = self._space(operands[0])
            self.state = state._replace(fill_space=space) if operator == "cs" else state._replace(stroke_space=space)
        elif operator in ("sc", "scn", "SC", "SCN"):
            lower = operator.islower()
            family, spot = state.fill_space if lower else state.stroke_space
            colour = (family, tuple(float(v) for v in operands if not str(v).startswith("/")), spot)
            self.state = state._replace(fill=colour) if lower else state._replace(stroke=colour)
        elif operator == "gs":
            self._graphics_state(str(operands[0]))
        elif operator in ("BDC", "BMC"):
            self.marked.append(self._layer(operands) if operator == "BDC" else "")
        elif operator == "EMC":
            if self.marked:
                self.marked.pop()
            else:
                self.odd.append("EMC without BDC")
        elif operator == "Do":
            self._xobject(str(operands[0]))
        elif operator == "sh":
            self.paints.append(Paint("shading", "Shading", (), "", False, self._current_layer(), 0.0, None))
        elif operator in _TEXT:
            self.odd.append("text set in a font")
        elif operator not in _PLAIN:
            self.odd.append(f"the operator {operator}")

    def _current_layer(self) -> str:
        return next((layer for layer in reversed(self.marked) if layer), "")

    def _path(self, operator: str, v: list[float]) -> None:
        if operator == "re":
            v = [v[0], v[1], v[0] + v[2], v[1] + v[3]]
        a, b, c, d, e, f = self.state.ctm
        self.points += [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(v[0::2], v[1::2], strict=True)]

    def _paint(self, kind: str) -> None:
        state = self.state
        space, colour, spot = state.fill if kind == "fill" else state.stroke
        over = state.fill_over if kind == "fill" else state.stroke_over
        width = state.width * least_scale(state.ctm) if kind == "stroke" else 0.0
        box = None
        if len(self.points) > 1:
            xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
            box = (min(xs), min(ys), max(xs), max(ys))
        self.paints.append(Paint(kind, space, colour, spot, over, self._current_layer(), width, box))

    def _space(self, name: Any) -> tuple[str, str]:
        text = str(name)
        if text in ("/DeviceGray", "/DeviceCMYK", "/DeviceRGB", "/Pattern"):
            return text[1:], ""
        space = resource(self.holder, "/ColorSpace").get(text)
        if space is None:
            self.odd.append(f"the colour space {text} is not in the resources")
            return "?", ""
        family = str(space[0])[1:]
        return family, str(space[1])[1:] if family == "Separation" else ""

    def _graphics_state(self, name: str) -> None:
        found = resource(self.holder, "/ExtGState").get(name)
        if found is None:
            self.odd.append(f"the graphics state {name} is not in the resources")
            return
        stroke = bool(found.get("/OP", self.state.stroke_over))
        fill = bool(found.get("/op", stroke if "/OP" in found else self.state.fill_over))
        self.state = self.state._replace(stroke_over=stroke, fill_over=fill)

    def _layer(self, operands: list[Any]) -> str:
        if str(operands[0]) != "/OC":
            return ""
        group = resource(self.holder, "/Properties").get(str(operands[1]))
        if group is None or group.objgen not in self.press.layers:
            self.odd.append(f"the layer {operands[1]} is not among the file's layers")
            return "?"
        return str(group.get("/Name", ""))

    def _xobject(self, name: str) -> None:
        found = resource(self.holder, "/XObject").get(name)
        if found is None:
            self.odd.append(f"the XObject {name} is not in the resources")
        elif found.get("/Subtype") == "/Form":
            self.places.append((name, self.state.ctm))
        else:
            space = found.get("/ColorSpace")
            family = str(space)[1:] if str(space).startswith("/") else str(space[0])[1:] if space is not None else "?"
            self.paints.append(Paint("image", family, (), "", False, self._current_layer(), 0.0, None))


def _multiplied(m: list[float], n: tuple[float, ...]) -> tuple[float, ...]:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def least_scale(m: tuple[float, ...]) -> float:
    """How much a map shrinks at the most: the smaller singular value."""
    a, b, c, d = m[:4]
    total = a * a + b * b + c * c + d * d
    spread = ((a * a + b * b - c * c - d * d) ** 2 + 4 * (a * c + b * d) ** 2) ** 0.5
    return float((max(total - spread, 0.0) / 2) ** 0.5)
