"""An emblem from a file: an SVG's shapes in the template's inks, or a PNG in the press's CMYK.

An SVG's colours are screen colours: each is given an ink by the template, none is guessed. A PNG is converted through
the output profile and laid over the ink it stands on, so that nothing transparent reaches the press. The file must lie
in the template's folder or below; external references, entities and oversized pictures are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keytag.base.drawing import Fill, Picture
from keytag.base.errors import InputError
from keytag.base.geometry import Affine, Rect
from keytag.base.geometry import Path as Outline
from keytag.base.ink import PAPER, Ink
from keytag.files.fields import Fields
from keytag.files.source import Mapping, read
from keytag.tag.template import Emblem

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 25_000_000
MAX_SVG = 1024 * 1024
_ICC = Path(__file__).parent.parent / "data" / "icc" / "FOGRA39L_coated.icc"
_FORBIDDEN = ("<!doctype", "<!entity", "<script", "<foreignobject", "<image", "http-equiv", "@import", "javascript:")


def load_emblem(fields: Fields, box: Rect, folder: Path, inks: dict[str, Ink]) -> Emblem | None:
    """The emblem that `fields` describe, inside `box`; None, with a finding, where it cannot be had."""
    name = fields.string("file", "")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        fields.bad("file", f"{name} leaves the template's folder; put the file beside the template")
        return None
    try:
        if path.suffix.casefold() == ".svg":
            return _svg(fields, path, box, inks)
        if path.suffix.casefold() == ".png":
            return _png(fields, path, box, inks)
    except InputError as error:
        fields.bad("file", error.message)
        return None
    fields.bad("file", f"{name} is neither an SVG nor a PNG")
    return None


def _svg(fields: Fields, path: Path, box: Rect, inks: dict[str, Ink]) -> Emblem | None:
    from lxml.etree import LxmlError
    from picosvg.svg import SVG

    text = read(path, path.name).text
    lowered = text.casefold()
    if len(text) > MAX_SVG:
        raise InputError(f"{path.name} is too large for an emblem (the limit is {MAX_SVG // 1024} KiB)")
    found = next((word for word in _FORBIDDEN if word in lowered), None)
    if found is not None:
        raise InputError(f"{path.name} holds {found}: only shapes can be printed")
    try:
        svg = SVG.fromstring(text).topicosvg()  # type: ignore[no-untyped-call]
        shapes = [shape.as_path() for shape in svg.shapes()]
        view = svg.view_box()
    except (LxmlError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(f"{path.name} cannot be read as SVG: {error}") from error
    if view is None or view.w <= 0 or view.h <= 0 or not shapes:
        raise InputError(f"{path.name} holds no shapes, or has no viewBox")
    scale = min(box.width / view.w, box.height / view.h)
    at = Affine(
        scale,
        0,
        0,
        scale,
        box.x + (box.width - view.w * scale) / 2 - view.x * scale,
        box.y + (box.height - view.h * scale) / 2 - view.y * scale,
    )
    colours = _colour_table(fields, inks)
    marks = []
    for shape in shapes:
        colour = str(shape.fill).casefold()
        if colour == "none":
            continue
        if colour not in colours:
            fields.bad("inks", f"say which ink {colour} is, such as inks: {{'{colour}': {next(iter(inks))}}}")
            return None
        marks.append(Fill(_outline(shape.as_cmd_seq()).transformed(at), colours[colour]))
    return Emblem(box, path.name, tuple(marks), None)


def _colour_table(fields: Fields, inks: dict[str, Ink]) -> dict[str, Ink]:
    node = fields.node("inks")
    if not isinstance(node, Mapping):
        return {}
    words = Fields(node, [key.value for key, _ in node.entries], fields.problems, "inks")
    table = {}
    for key, _ in node.entries:
        ink = words.string(key.value, "")
        if ink not in inks:
            words.bad(key.value, f"no ink '{ink}': the template's inks are {', '.join(inks)}")
        table[key.value.casefold()] = inks.get(ink, PAPER)
    return table


def _outline(commands: object) -> Outline:
    """Absolute M, L, C, Q, Z commands, which is all that a simplified SVG has."""
    ops: list[str] = []
    coords: list[float] = []
    for command, args in commands:  # type: ignore[attr-defined]
        if command in ("M", "L", "C"):
            coords += args
        elif command == "Q":
            (x0, y0), (x, y, x2, y2) = coords[-2:], args
            coords += (
                x0 + (x - x0) * 2 / 3,
                y0 + (y - y0) * 2 / 3,
                x2 + (x - x2) * 2 / 3,
                y2 + (y - y2) * 2 / 3,
                x2,
                y2,
            )
        elif command != "Z":
            raise InputError(f"the path command {command} is not known")
        ops.append({"M": "m", "L": "l", "C": "c", "Q": "c", "Z": "z"}[command])
    return Outline("".join(ops), tuple(float(c) for c in coords))


def _png(fields: Fields, path: Path, box: Rect, inks: dict[str, Ink]) -> Emblem | None:
    from PIL import Image, UnidentifiedImageError

    over = fields.string("over", "paper")
    if over not in inks:
        fields.bad("over", f"no ink '{over}': the template's inks are {', '.join(inks)}")
        return None
    try:
        with Image.open(path, formats=("PNG",)) as image:
            columns, rows = image.size
            if columns * rows > MAX_PIXELS:
                raise InputError(f"{path.name} has {columns} × {rows} pixels; an emblem may have {MAX_PIXELS:,}")
            data = _to_cmyk(image, inks[over])
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(f"{path.name} cannot be read as PNG: {error}") from error
    scale = min(box.width / columns, box.height / rows)
    width, height = columns * scale, rows * scale
    place = Rect(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)
    return Emblem(box, path.name, (Picture(place, columns, rows, data, path.name),), 25.4 / scale)


def _to_cmyk(image: Image, over: Ink) -> bytes:
    """Four bytes a pixel: sRGB through the output profile, and what is transparent in the ink below."""
    from PIL import Image as images
    from PIL import ImageCms

    rgba = image.convert("RGBA")
    profile = ImageCms.getOpenProfile(str(_ICC))
    opaque = ImageCms.profileToProfile(
        rgba.convert("RGB"),
        ImageCms.createProfile("sRGB"),
        profile,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="CMYK",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if opaque is None:
        raise InputError("the picture could not be converted to CMYK")
    ground = images.new("CMYK", rgba.size, tuple(round(255 * part) for part in over.cmyk))
    return images.composite(opaque, ground, rgba.getchannel("A")).tobytes()
