"""A finished press file read anew: which form stands where, what words it says, where its die-lines run.

Read operator by operator, from the bytes alone: the writer's own values and what the preflight makes of the operators
are not used here.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Affine, Path, Rect
from keytag.base.ink import USUAL_DIES, DieNames
from keytag.base.records import NamedTuple
from keytag.base.units import MM_PER_PT
from keytag.checks.pdf.operators import LETTERS, PATH, NotUnderstoodError, letters, numbers, operators, segments, split

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
        self._boxes: dict[bytes, Rect] = {}

    def box(self, path: bytes) -> Rect:
        """The box that a path fills."""
        found = self._boxes.get(path)
        if found is None:
            found = self._boxes[path] = outline(path).bounds()
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
    """A form read until its end, or until what cannot be understood: the rules of PDF/X say that there is such."""
    reader = _Reader(form, known)
    with suppress(NotUnderstoodError):
        for kind, operator, operands in operators(form.read_bytes(), again=True):
            if kind == LETTERS:
                reader.letters(operands)
            elif kind == PATH:
                reader.path(operator, operands)
            else:
                reader.other(operator, operands)
    dies = known.dies
    cut, hole = reader.boxes.get(dies.cut), reader.boxes.get(dies.hole)
    return Face(name, tuple(reader.said), tuple(reader.inked), cut, hole, tuple(reader.lines))


class _Reader:
    """What a form says and where, and its die-lines, operator by operator."""

    def __init__(self, form: Object, known: Known) -> None:
        self.known, self.spots = known, _spots(form)
        self.said: list[Said] = []
        self.inked: list[Rect | None] = []
        self.boxes: dict[str, Rect] = {}
        self.lines: list[DieLine] = []
        self.spot = ""
        self.depth, self.speaking = 0, 0  # how deep the marked content nests, and where words began
        self.here = Affine()
        self.stack: list[Affine] = []

    def letters(self, run: bytes) -> None:
        if self.speaking:
            for at, path in letters(run):
                self._ink(path, Affine(*at).then(self.here))

    def path(self, name: str, path: bytes) -> None:
        if name == "S" and self.spot in self.known.dies.lines:
            die = outline(path)
            self.boxes[self.spot] = self.here.rect(die.bounds())
            self.lines.append(DieLine(self.spot, die.transformed(self.here)))
        elif name == "f" and self.speaking:
            self._ink(path, self.here)

    def _ink(self, path: bytes, at: Affine) -> None:
        box, before = at.rect(self.known.box(path)), self.inked[-1]
        self.inked[-1] = box if before is None else _around(before, box)

    def other(self, name: str, operands: bytes) -> None:
        if name == "q":
            self.stack.append(self.here)
        elif name == "Q":
            self.here = self.stack.pop() if self.stack else Affine()
        elif name == "cm":
            self.here = Affine(*numbers(operands)).then(self.here)
        elif name == "CS":
            self.spot = self.spots.get(split(operands)[0].decode("latin-1"), "")
        elif name == "K":
            self.spot = ""
        elif name == "BDC":
            self.depth += 1
            words = _words(_parsed(operands)) if b"ActualText" in operands else None
            if words is not None:
                self.said.append(words)
                self.inked.append(None)
                self.speaking = self.depth
        elif name == "EMC":
            self.speaking = 0 if self.speaking == self.depth else self.speaking
            self.depth -= 1


def _parsed(operands: bytes) -> Any:
    import pikepdf

    return pikepdf.Object.parse(b"[" + operands + b"]")


def outline(path: bytes) -> Path:
    """A path of a content stream with all its segments as moves, lines and curves."""
    ops: list[str] = []
    coords: list[float] = []
    for name, v in segments(path):
        if name == "re":
            x, y, wide, high = v
            ops += "mlllz"
            coords += (x, y, x + wide, y, x + wide, y + high, x, y + high)
            continue
        ops.append({"h": "z", "v": "c", "y": "c"}.get(name, name))
        coords += (*coords[-2:], *v) if name == "v" else (*v, *v[-2:]) if name == "y" else v
    return Path("".join(ops), tuple(coords))


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
