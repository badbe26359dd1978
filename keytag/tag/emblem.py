"""An emblem from a file: an SVG's shapes in the template's inks, or a PNG in the press's CMYK.

An SVG's colours are screen colours: each is given an ink by the template, none is guessed. A PNG is converted through
the output profile and laid over the ink it stands on, so that nothing transparent reaches the press. The file must lie
in the template's folder or below; what no press prints as flat shapes, and oversized pictures, are refused in one line.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from keytag.base.drawing import Fill, Mark, Picture, Stroke
from keytag.base.errors import InputError
from keytag.base.geometry import Affine, Rect
from keytag.base.ink import Ink
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files.beside import beside
from keytag.files.fields import Fields
from keytag.files.source import Mapping, read
from keytag.tag.svg.paint import painted
from keytag.tag.svg.reader import Drawing, read_svg
from keytag.tag.svg.style import colour_of
from keytag.tag.template import Emblem

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 8_000_000  # read whole, which takes some 100 MB
_MOST_INK = 3.0  # of all four: what the press rules allow
_BEYOND, _BEYOND_SHARE = 0.05, 0.01  # mm, and of the box: so much may stand out of it, as half a line does
_ENOUGH = 600.0  # dpi: more is scaled down, since no press shows it
_ICC = Path(__file__).parent.parent / "data" / "icc" / "FOGRA39L_coated.icc"


Inks = Callable[[Fields, str, str, dict[str, Ink]], Ink]
"""The ink of a name, for the value of a key; a finding where there is none."""


def load_emblem(fields: Fields, box: Rect, folder: Path, inks: dict[str, Ink], known_ink: Inks) -> Emblem | None:
    """The emblem that `fields` describe, inside `box`; None, with a finding, where it cannot be had."""
    name = fields.string("file", "")
    over = known_ink(fields, "over", fields.string("over", "paper"), inks)  # judged whatever the file is
    colours = _colour_table(fields, inks, known_ink)
    try:
        path = beside(folder, name)
        if path.suffix.casefold() == ".svg":
            return _svg(fields, path, box, inks, colours)
        if path.suffix.casefold() == ".png":
            return _png(path, box, over)
    except InputError as error:
        fields.bad("file", error.message)
        return None
    fields.bad("file", say("{name} is neither an SVG nor a PNG", name=name))
    return None


def _svg(fields: Fields, path: Path, box: Rect, inks: dict[str, Ink], colours: dict[str, Ink]) -> Emblem | None:
    try:
        drawing = read_svg(read(path, path.name).text)
        return _drawn(fields, drawing, path.name, box, inks, colours)
    except InputError as error:
        name = path.name
        raise InputError(
            error.message
            if error.message.startswith(name)
            else say("{name} {message}", name=name, message=error.message)
        ) from error


def _drawn(
    fields: Fields, drawing: Drawing, name: str, box: Rect, inks: dict[str, Ink], colours: dict[str, Ink]
) -> Emblem | None:
    """The drawing in the template's inks, as large as `box` allows, in its middle."""
    view, shapes = drawing
    scale = min(box.width / view.width, box.height / view.height)
    left, top = box.x + (box.width - view.width * scale) / 2, box.y + (box.height - view.height * scale) / 2
    at = Affine(scale, 0, 0, scale, left - view.x * scale, top - view.y * scale)
    used = dict.fromkeys(c for shape in shapes for c in (shape.fill, shape.stroke.colour if shape.stroke else "none"))
    for colour in used:
        if colour != "none" and colour not in colours:
            fields.bad(
                "inks",
                say(
                    "say which ink {colour} is, such as inks: {{'{colour}': {inks}}}",
                    colour=colour,
                    inks=next(iter(inks)),
                ),
            )
            return None
    marks: list[Mark] = []
    for shape in shapes:
        marks += painted(shape, at, colours)
    whole = box.inset(-max(_BEYOND, _BEYOND_SHARE * max(box.width, box.height)))
    if not all(whole.contains(_bounds(mark)) for mark in marks):
        raise InputError(say("draws beyond its page (viewBox), where viewers cut it off: fit the page to the drawing"))
    return Emblem(box, name, tuple(marks), None)


def _bounds(mark: Mark) -> Rect:
    """The box of what a shape paints."""
    if isinstance(mark, Stroke):
        return mark.path.bounds().inset(-mark.width / 2)
    assert isinstance(mark, Fill), mark
    return mark.path.bounds()


def _colour_table(fields: Fields, inks: dict[str, Ink], known_ink: Inks) -> dict[str, Ink]:
    node = fields.node("inks")
    if not isinstance(node, Mapping):
        return {}
    words = Fields(node, [key.value for key, _ in node.entries], fields.findings, "inks")
    table = {}
    for key, _ in node.entries:
        table[colour_of(key.value)] = known_ink(words, key.value, words.string(key.value, ""), inks)
    return table


def _png(path: Path, box: Rect, over: Ink) -> Emblem | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=("PNG",)) as image:
            columns, rows = image.size
            if columns * rows > MAX_PIXELS:
                wide, high = _enough(box, columns, rows)
                raise InputError(
                    say(
                        "{path} has {columns} × {rows} pixels, more than the {max_pixels:,} that an emblem may "
                        "have: save it smaller (at {enough:g} dpi it needs {wide} × {high})",
                        path=path.name,
                        columns=columns,
                        rows=rows,
                        max_pixels=MAX_PIXELS,
                        enough=_ENOUGH,
                        wide=wide,
                        high=high,
                    )
                )
            size = min((columns, rows), _enough(box, columns, rows))
            pixels = image.convert("RGBA")
        data = _to_cmyk(pixels if size == pixels.size else pixels.resize(size, Image.Resampling.BOX), over)
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(say("{path} cannot be read as PNG: {error}", path=path.name, error=reason(error))) from error
    columns, rows = size
    scale = min(box.width / columns, box.height / rows)
    width, height = columns * scale, rows * scale
    place = Rect(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)
    return Emblem(box, path.name, (Picture(place, columns, rows, data, path.name),), 25.4 / scale)


def _enough(box: Rect, columns: int, rows: int) -> tuple[int, int]:
    """The pixels that a picture of these proportions needs in `box`."""
    scale = min(box.width / columns, box.height / rows) / 25.4 * _ENOUGH
    return max(1, math.ceil(columns * scale)), max(1, math.ceil(rows * scale))


def _to_cmyk(image: Image, over: Ink) -> bytes:
    """Four bytes a pixel: sRGB through the output profile, and what is transparent in the ink below."""
    from PIL import Image as images
    from PIL import ImageCms

    rgba = image
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
        raise InputError(say("the picture could not be converted to CMYK"))
    ground = images.new("CMYK", rgba.size, tuple(round(255 * part) for part in over.cmyk))
    return _limited(images.composite(opaque, ground, rgba.getchannel("A"))).tobytes()


def _limited(image: Image) -> Image:
    """The picture with no more ink on any pixel than plastic holds: its colours give way, its black stays."""
    from PIL import Image as images
    from PIL import ImageMath

    c, m, y, k = image.split()
    most = round(255 * _MOST_INK)

    def less(band: Image) -> Image:
        found = ImageMath.lambda_eval(
            lambda a: a["convert"](
                a["min"](a["x"], a["x"] * (most - a["k"]) / a["max"](a["c"] + a["m"] + a["y"], 1)), "L"
            ),
            x=band, c=c, m=m, y=y, k=k,
        )  # fmt: skip
        return found if isinstance(found, images.Image) else band

    return images.merge("CMYK", (less(c), less(m), less(y), k))
