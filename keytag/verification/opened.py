"""A finished press file read anew: which form stands where, what words it says, where its die-lines run.

Parsed operator by operator with pikepdf, from the bytes alone: the writer's own values and the preflight's shortcuts
are not used here.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from keytag.base.geometry import Affine, Path, Rect
from keytag.base.units import MM_PER_PT

if TYPE_CHECKING:
    from pikepdf import Object

_DIE = ("CutContour", "Drill")


class Said(NamedTuple):
    """Words of a form (`field` names the fact), or what a QR symbol claims to say (`field` is `qr`)."""

    field: str
    text: str


class Face(NamedTuple):
    """One form: its name in the file, its words in painting order, the boxes of its die-lines and its symbol (mm)."""

    name: str
    said: tuple[Said, ...]
    inked: tuple[Rect | None, ...]  # for each of `said` the box of its outlines, None where nothing is painted
    cut: Rect | None
    hole: Rect | None
    symbol: Rect | None
    modules: str  # a hash of the symbol's outline: the same for the same picture
    content: str  # a hash of all that the form paints


class Placed(NamedTuple):
    """One face on a page: its map to the page's millimetres (y down from the media's top left)."""

    face: str
    at: Affine


class OpenPage(NamedTuple):
    """One page: its boxes in millimetres, and the faces on it in order."""

    media: Rect
    bleed: Rect
    trim: Rect
    placed: tuple[Placed, ...]


class Opened(NamedTuple):
    """A whole file."""

    name: str
    data: bytes
    faces: dict[str, Face]
    pages: tuple[OpenPage, ...]


def read_back(name: str, data: bytes) -> Opened:
    """Read a press file; pikepdf's own errors where it is none."""
    import pikepdf

    faces: dict[str, Face] = {}
    pages = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            forms = page.obj.Resources.get("/XObject", pikepdf.Dictionary())
            media = [float(v) for v in page.obj.MediaBox]
            placed = []
            for form, matrix in _places(page.obj):
                if form not in forms:
                    continue
                if form not in faces:
                    faces[form] = _face(form, forms[form])
                placed.append(Placed(form, _to_millimetres(matrix, media)))
            media_box, bleed, trim = (
                _box([float(v) for v in page.obj[key]], media) for key in ("/MediaBox", "/BleedBox", "/TrimBox")
            )
            pages.append(OpenPage(media_box, bleed, trim, tuple(placed)))
    return Opened(name, data, faces, tuple(pages))


def _box(v: list[float], media: list[float]) -> Rect:
    x0, x1, y0, y1 = min(v[0], v[2]), max(v[0], v[2]), min(v[1], v[3]), max(v[1], v[3])
    k = MM_PER_PT
    return Rect((x0 - media[0]) * k, (media[3] - y1) * k, (x1 - x0) * k, (y1 - y0) * k)


def _to_millimetres(m: Affine, media: list[float]) -> Affine:
    """A map into points, y up, as one into millimetres, y down."""
    k = MM_PER_PT
    return m.then(Affine(k, 0, 0, -k, -media[0] * k, media[3] * k))


def _places(page: Object) -> list[tuple[str, Affine]]:
    import pikepdf

    found: list[tuple[str, Affine]] = []
    here, stack = Affine(), list[Affine]()
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do"):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "q":
                stack.append(here)
            case "Q":
                here = stack.pop() if stack else Affine()
            case "cm":
                here = Affine(*(float(v) for v in operands)).then(here)
            case "Do":
                found.append((str(operands[0]), here))
    return found


def _face(name: str, form: Object) -> Face:
    import pikepdf

    spaces = form.get("/Resources", pikepdf.Dictionary()).get("/ColorSpace", pikepdf.Dictionary())
    content = sha256(form.read_bytes()).hexdigest()
    said: list[Said] = []
    inked: list[Rect | None] = []
    boxes: dict[str, Rect] = {}
    ops: list[str] = []
    coords: list[float] = []
    spot, in_symbol, modules = "", 0, ""
    depth, speaking = 0, 0  # how deep the marked content nests, and where words began
    here, stack = Affine(), list[Affine]()
    for instruction in pikepdf.parse_content_stream(form):
        op, operands = str(instruction.operator), list[Any](instruction.operands)
        if op in ("m", "l", "c"):
            ops.append(op)
            coords += [float(v) for v in operands]
        elif op == "h":
            ops.append("z")
        elif op in ("f", "S", "n"):
            if ops and op == "S" and spot in _DIE:
                boxes[spot] = here.rect(Path("".join(ops), tuple(coords)).bounds())
            if ops and op == "f" and speaking:
                box = here.rect(Path("".join(ops), tuple(coords)).bounds())
                inked[-1] = box if inked[-1] is None else _around(inked[-1], box)
            if ops and op == "f" and in_symbol:
                boxes["symbol"] = here.rect(Path("".join(ops), tuple(coords)).bounds())
                modules = sha256(repr((ops, coords)).encode()).hexdigest()
            ops, coords = [], []
        elif op == "q":
            stack.append(here)
        elif op == "Q":
            here = stack.pop() if stack else Affine()
        elif op == "cm":
            here = Affine(*(float(v) for v in operands)).then(here)
        elif op == "CS":
            space = spaces.get(str(operands[0]))
            spot = str(space[1])[1:] if space is not None and str(space[0]) == "/Separation" else ""
        elif op == "K":
            spot = ""
        elif op == "BDC":
            depth += 1
            words = _words(operands)
            if words is not None:
                said.append(words)
                inked.append(None)
                speaking = depth
                in_symbol = depth if words.field == "qr" else in_symbol
        elif op == "EMC":
            in_symbol = 0 if in_symbol == depth else in_symbol
            speaking = 0 if speaking == depth else speaking
            depth -= 1
    cut, hole, symbol = (boxes.get(key) for key in (*_DIE, "symbol"))
    return Face(name, tuple(said), tuple(inked), cut, hole, symbol, modules, content)


def _around(one: Rect, other: Rect) -> Rect:
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Rect(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)


def _words(operands: Any) -> Said | None:
    import pikepdf

    if len(operands) < 2 or not isinstance(operands[1], pikepdf.Dictionary) or "/ActualText" not in operands[1]:
        return None
    text = str(operands[1]["/ActualText"])
    if str(operands[0]) == "/Figure":
        return Said("qr", text)
    return Said(str(operands[1].get("/KTField", "")), text)
