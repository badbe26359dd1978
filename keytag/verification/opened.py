"""A finished press file read anew: which form stands where, what words it says, where its die-lines run.

Parsed operator by operator with pikepdf, from the bytes alone: the writer's own values and the preflight's shortcuts
are not used here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Affine, Path, Rect
from keytag.base.ink import USUAL_DIES, DieNames
from keytag.base.records import NamedTuple
from keytag.base.units import MM_PER_PT

if TYPE_CHECKING:
    from pikepdf import Object


class Said(NamedTuple):
    """Words of a form (`field` names the fact), or what a QR symbol claims to say (`field` is `qr`)."""

    field: str
    text: str


class DieLine(NamedTuple):
    """One stroke of a die spot: the spot, and its outline in the form's millimetres."""

    spot: str
    path: Path


class Face(NamedTuple):
    """One form: its key, its words in painting order, the boxes of its die-lines (mm)."""

    name: str
    said: tuple[Said, ...]
    inked: tuple[Rect | None, ...]  # for each of `said` the box of its outlines, None where nothing is painted
    cut: Rect | None
    hole: Rect | None
    dies: tuple[DieLine, ...] = ()  # in painting order


class Placed(NamedTuple):
    """One face on a page: its map to the page's millimetres (y down from the media's top left)."""

    face: str
    at: Affine


class OpenPage(NamedTuple):
    """One page: its boxes in millimetres, the faces on it in order, and its own words."""

    media: Rect
    bleed: Rect
    trim: Rect
    placed: tuple[Placed, ...]
    said: tuple[Said, ...] = ()  # the page's own words: the slug


class Opened(NamedTuple):
    """A whole file."""

    name: str
    data: bytes
    faces: dict[str, Face]
    pages: tuple[OpenPage, ...]


class Known:
    """What was read already: forms by name and content, and the boxes of outlines, as letters come again and again."""

    def __init__(self, dies: DieNames = USUAL_DIES) -> None:
        """`dies` are the names of the die-lines' spots."""
        self.dies = dies
        self.faces: dict[tuple[str, str], Face] = {}
        self._boxes: dict[tuple[str, tuple[float, ...]], Rect] = {}

    def box(self, ops: Sequence[str], coords: Sequence[float]) -> Rect:
        """The box that an outline fills."""
        key = ("".join(ops), tuple(coords))
        found = self._boxes.get(key)
        if found is None:
            found = self._boxes[key] = Path(*key).bounds()
        return found


def read_back(name: str, data: bytes, keys: Mapping[str, str], known: Known | None = None) -> Opened:
    """Read a press file; pikepdf's own errors where it is none.

    `keys` are the forms' keys by their resources' names; another form is called by its name, which begins with a slash.
    A form that is in `known` already is not read again.
    """
    import pikepdf

    known = Known() if known is None else known
    faces: dict[str, Face] = {}
    pages = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            forms = page.obj.Resources.get("/XObject", pikepdf.Dictionary())
            media = [float(v) for v in page.obj.MediaBox]
            placed = []
            found, said = _places(page.obj)
            for resource, matrix in found:
                form = forms.get(resource)
                if form is None or str(form.get("/Subtype")) != "/Form":
                    continue
                key = keys.get(resource, resource)
                if key not in faces:
                    faces[key] = _known(known, key, form)
                inner = Affine(*(float(v) for v in form.get("/Matrix", (1, 0, 0, 1, 0, 0))))
                placed.append(Placed(key, _to_millimetres(inner.then(matrix), media)))
            media_box, bleed, trim = (
                _box([float(v) for v in page.obj[key]], media) for key in ("/MediaBox", "/BleedBox", "/TrimBox")
            )
            pages.append(OpenPage(media_box, bleed, trim, tuple(placed), said))
    return Opened(name, data, faces, tuple(pages))


def _spots(form: Object) -> dict[str, str]:
    """The name of the spot behind each colour space of a form that is a Separation."""
    import pikepdf

    spaces = form.get("/Resources", pikepdf.Dictionary()).get("/ColorSpace", pikepdf.Dictionary())
    found = {}
    for key, space in spaces.items():
        if isinstance(space, pikepdf.Array) and len(space) > 1 and str(space[0]) == "/Separation":
            found[str(key)] = str(space[1])[1:]
    return found


def _known(known: Known, name: str, form: Object) -> Face:
    """A form as it was read before, where it paints the same in the same spots."""
    spots = "".join(f" {key} {spot}" for key, spot in _spots(form).items())
    key = (name, sha256(form.read_bytes() + spots.encode()).hexdigest())
    if key not in known.faces:
        known.faces[key] = _face(name, form, known)
    return known.faces[key]


def _box(v: list[float], media: list[float]) -> Rect:
    x0, x1, y0, y1 = min(v[0], v[2]), max(v[0], v[2]), min(v[1], v[3]), max(v[1], v[3])
    k = MM_PER_PT
    return Rect((x0 - media[0]) * k, (media[3] - y1) * k, (x1 - x0) * k, (y1 - y0) * k)


def _to_millimetres(m: Affine, media: list[float]) -> Affine:
    """A map into points, y up, as one into millimetres, y down."""
    k = MM_PER_PT
    return m.then(Affine(k, 0, 0, -k, -media[0] * k, media[3] * k))


def _places(page: Object) -> tuple[list[tuple[str, Affine]], tuple[Said, ...]]:
    """The forms that a page paints, each with its map, and the words that it says itself."""
    import pikepdf

    found: list[tuple[str, Affine]] = []
    said: list[Said] = []
    here, stack = Affine(), list[Affine]()
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do BDC"):
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
            case "BDC":
                words = _words(operands)
                said += [words] if words is not None else []
    return found, tuple(said)


def _face(name: str, form: Object, known: Known) -> Face:
    import pikepdf

    spots = _spots(form)
    said: list[Said] = []
    inked: list[Rect | None] = []
    boxes: dict[str, Rect] = {}
    dies: list[DieLine] = []
    ops: list[str] = []
    coords: list[float] = []
    spot = ""
    depth, speaking = 0, 0  # how deep the marked content nests, and where words began
    here, stack = Affine(), list[Affine]()
    for instruction in pikepdf.parse_content_stream(form):
        op, operands = str(instruction.operator), instruction.operands
        if op in ("m", "l", "c"):
            ops.append(op)
            coords += map(float, operands)
        elif op == "h":
            ops.append("z")
        elif op in ("f", "S", "n"):
            if ops and op == "S" and spot in known.dies.lines:
                die = Path("".join(ops), tuple(coords))
                boxes[spot] = here.rect(die.bounds())
                dies.append(DieLine(spot, die.transformed(here)))
            if ops and op == "f" and speaking:
                box = here.rect(known.box(ops, coords))
                inked[-1] = box if inked[-1] is None else _around(inked[-1], box)
            ops, coords = [], []
        elif op == "q":
            stack.append(here)
        elif op == "Q":
            here = stack.pop() if stack else Affine()
        elif op == "cm":
            here = Affine(*map(float, operands)).then(here)
        elif op == "CS":
            spot = spots.get(str(operands[0]), "")
        elif op == "K":
            spot = ""
        elif op == "BDC":
            depth += 1
            words = _words(operands)
            if words is not None:
                said.append(words)
                inked.append(None)
                speaking = depth
        elif op == "EMC":
            speaking = 0 if speaking == depth else speaking
            depth -= 1
    cut, hole = boxes.get(known.dies.cut), boxes.get(known.dies.hole)
    return Face(name, tuple(said), tuple(inked), cut, hole, tuple(dies))


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
