"""A press file's own marks in other colours: as a screen shows them, or as one plate carries them.

The content streams are ours (`content`), one operator a line, so a copy is rewritten line by line: colours replaced,
hidden layers and inks no longer painted. The press file itself is never touched. Rasterising is `png`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from io import BytesIO
from typing import TYPE_CHECKING

from keytag.base.drawing import Layer
from keytag.base.ink import Cmyk
from keytag.base.records import NamedTuple
from keytag.render.pdf.content import LAYER_TAG, layer_name

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


class Paint(NamedTuple):
    """A colour as the file sets it: a process mixture, or a spot (`name`, with its `tint` and alternate)."""

    cmyk: Cmyk
    name: str = ""
    tint: float = 1.0
    overprint: bool = False


# What to paint instead: three or one numbers from 0 to 1, or None for nothing.
Recolour = Callable[[Paint], tuple[float, ...] | None]
# What to make of a CMYK picture's pixels: the new bytes, and their colour space's name.
Redraw = Callable[[bytes, int, int], tuple[bytes, str]]


def recoloured(data: bytes, colours: Recolour, pictures: Redraw, hide: Collection[Layer]) -> bytes:
    """A copy of the PDF for rendering only, with `hide` left out and all colours replaced."""
    import pikepdf

    hidden = {layer_name(layer) for layer in hide}
    with pikepdf.open(BytesIO(data)) as pdf:
        spots = _alternates(pdf)
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Stream):
                continue
            if item.get("/Subtype") == "/Form":
                item.write(_rewritten(item.read_bytes(), colours, spots, hidden))
            elif item.get("/Subtype") == "/Image" and item.get("/ColorSpace") == "/DeviceCMYK":
                _redraw(item, pictures)
        for page in pdf.pages:
            if "/Contents" not in page:
                continue
            page.contents_coalesce()  # a page may have its content in several streams
            page.Contents = pdf.make_stream(_rewritten(page.Contents.read_bytes(), colours, spots, hidden))
        out = BytesIO()
        pdf.save(out, static_id=True, compress_streams=False)
    return out.getvalue()


def _alternates(pdf: Pdf) -> dict[str, tuple[str, Cmyk]]:
    """Resource name → (spot, its alternate at full tone), for the whole file: one name means one spot in all of it."""
    found: dict[str, tuple[str, Cmyk]] = {}
    holders: list[Object] = [page.obj for page in pdf.pages]
    holders += [item for item in pdf.objects if hasattr(item, "get") and _is_form(item)]
    for holder in holders:
        spaces = _spaces(holder)
        for name in spaces.keys():  # noqa: SIM118 - a pikepdf dictionary iterates only so
            space = spaces[name]
            if str(space[0]) == "/Separation":
                full = [float(v) for v in space[3].get("/C1", [0, 0, 0, 1])]
                found[str(name)[1:]] = (str(space[1])[1:], Cmyk(*full))
    return found


def _spaces(holder: Object) -> Object:
    import pikepdf

    resources = holder.get("/Resources", pikepdf.Dictionary())
    return resources.get("/ColorSpace", pikepdf.Dictionary())


def _is_form(item: Object) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"


def _redraw(image: Object, pictures: Redraw) -> None:
    import pikepdf

    data, space = pictures(image.read_bytes(), int(image["/Width"]), int(image["/Height"]))
    image.write(data)
    image["/ColorSpace"] = pikepdf.Name("/" + space)


class _State(NamedTuple):
    fill: bool = True  # whether it paints at all
    stroke: bool = True
    overprint: bool = False


def _rewritten(data: bytes, colours: Recolour, spots: dict[str, tuple[str, Cmyk]], hidden: Collection[str]) -> bytes:
    out: list[str] = []
    state, stack = _State(), list[_State]()
    marked = 0  # marked content sections that are open inside a hidden layer
    for line in data.decode("latin-1").split("\n"):
        words = line.split()
        last = words[-1] if words else ""
        if marked:
            marked += (last == "BDC") - (last == "EMC")
            continue
        if last == "BDC" and _layer(words) in hidden:
            marked = 1
            continue
        if words and words[0] == "q":
            if last != "Q":  # else all of it stands on one line: a form or a picture that is placed
                stack.append(state)
        elif last == "Q" and stack:
            state = stack.pop()
        elif last == "gs":
            state = state._replace(overprint=words[0] == "/Overprint")
            continue
        elif last in ("k", "K", "scn", "SCN"):
            stroke = last.isupper()
            new = colours(_paint(words, spots, state.overprint))
            state = state._replace(**{"stroke" if stroke else "fill": new is not None})
            if new is not None:
                operator = {1: "g", 3: "rg"}[len(new)]
                out.append(" ".join(f"{v:.5f}" for v in new) + " " + (operator.upper() if stroke else operator))
            continue
        elif last in ("f", "S") and not (state.stroke if last == "S" else state.fill):
            line = "n"
        out.append(line)
    return "\n".join(out).encode("latin-1")


def _layer(words: list[str]) -> str:
    """The layer that a `BDC` line opens, empty where it opens something else."""
    if words[0] == "/OC":
        return words[1][1:]
    return words[2].strip("/>") if words[0] == f"/{LAYER_TAG}" else ""


def _paint(words: list[str], spots: dict[str, tuple[str, Cmyk]], overprint: bool) -> Paint:
    if words[-1] in ("k", "K"):
        return Paint(Cmyk(*(float(word) for word in words[:4])), overprint=overprint)
    name, alternate = spots[words[0][1:]]
    return Paint(alternate, name, float(words[2]), overprint)


def without(data: bytes, hide: Collection[Layer]) -> bytes:
    """A copy of the PDF with `hide` left out and every other operator as it is. For looking at plates only."""
    import pikepdf

    hidden = {layer_name(layer) for layer in hide}
    with pikepdf.open(BytesIO(data)) as pdf:
        for holder in [*pdf.pages, *(item for item in pdf.objects if hasattr(item, "get") and _is_form(item))]:
            stream = holder.Contents if isinstance(holder, pikepdf.Page) else holder
            stream.write(_thinned(stream.read_bytes(), hidden))
        out = BytesIO()
        pdf.save(out, static_id=True, compress_streams=False)
    return out.getvalue()


def _thinned(data: bytes, hidden: Collection[str]) -> bytes:
    out: list[str] = []
    marked = 0
    for line in data.decode("latin-1").split("\n"):
        words = line.split()
        last = words[-1] if words else ""
        if marked:
            marked += (last == "BDC") - (last == "EMC")
        elif last == "BDC" and _layer(words) in hidden:
            marked = 1
        else:
            out.append(line)
    return "\n".join(out).encode("latin-1")
