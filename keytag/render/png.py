"""Pictures of press files: proofs as a screen shows them, and single plates. The only module that knows pdfium.

Nothing is drawn twice: what is rasterised is the PDF that goes to press, its White and die layers left out and its inks
shown through the output profile (pdfium's own conversion ignores it).
"""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO
from typing import TYPE_CHECKING

from keytag.base.drawing import Layer
from keytag.base.geometry import Path, Rect
from keytag.base.ink import Cmyk
from keytag.base.outline import Outline
from keytag.base.units import MM_PER_PT, to_pt
from keytag.render.colour import shown, srgb, to_rgb
from keytag.render.recolour import Paint, recoloured
from keytag.tag.artwork import Face

if TYPE_CHECKING:
    from PIL.Image import Image

TECHNICAL = (Layer.WHITE, Layer.CUT, Layer.HOLE, Layer.FOLD, Layer.LEGEND, Layer.DIMENSIONS, Layer.MARKS)
_PROCESS = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}
_SMOOTH = 4  # samples a pixel and way, for masks


def proof_pdf(data: bytes, hide: Collection[Layer] = TECHNICAL) -> bytes:
    """The PDF as a screen shows it: `hide` left out, every ink in sRGB. For rendering only."""

    def colour(paint: Paint) -> tuple[float, ...]:
        full = srgb(paint.cmyk)
        return tuple(1 - paint.tint * (1 - part / 255) for part in full)

    def picture(pixels: bytes, width: int, height: int) -> tuple[bytes, str]:
        from PIL import Image

        return to_rgb(Image.frombytes("CMYK", (width, height), pixels)).tobytes(), "DeviceRGB"

    return recoloured(data, colour, picture, hide)


def plate_pdf(data: bytes, ink: str) -> bytes:
    """The PDF as the plate of one ink carries it: black where it prints. For rendering only.

    Paints of other inks knock out where they do not overprint, as on a press. A spot called Black prints on the process
    plate of that name, and All on every one (ISO 32000-1, 8.6.6.4).
    """

    def tint(paint: Paint) -> tuple[float, ...] | None:
        if paint.name in (ink, "All"):
            return (1 - paint.tint,)
        if not paint.name and ink in _PROCESS:
            here = paint.cmyk[_PROCESS[ink]]
            return None if paint.overprint and here == 0 else (1 - here,)
        return None if paint.overprint else (1.0,)

    def picture(pixels: bytes, width: int, height: int) -> tuple[bytes, str]:
        if ink in _PROCESS:
            return bytes(255 - v for v in pixels[_PROCESS[ink] :: 4]), "DeviceGray"
        return b"\xff" * (width * height), "DeviceGray"

    return recoloured(data, tint, picture, ())


def rasterise(rendering: bytes, page: int, dpi: float, *, crop: Rect | None = None, gray: bool = False) -> Image:
    """Page `page` (from 0) of what `proof_pdf` or `plate_pdf` made; `crop` in millimetres from the media's top left."""
    import pypdfium2

    document = pypdfium2.PdfDocument(rendering)
    try:
        sheet = document[page]
        high = sheet.get_height()
        area = crop or Rect(0, 0, sheet.get_width() * MM_PER_PT, high * MM_PER_PT)
        # pdfium rounds pages and margins up to whole pixels; a page that has whole pixels starts and ends exactly.
        left, top = to_pt(area.x), high - to_pt(area.y)
        width, height = (max(1, round(v * dpi / 25.4)) * 72 / dpi - 1e-4 for v in (area.width, area.height))
        sheet.set_mediabox(left, top - height, left + width, top)
        sheet.close()
        sheet = document[page]
        image: Image = sheet.render(scale=dpi / 72, grayscale=gray).to_pil()
        return image.convert("L" if gray else "RGB")
    finally:
        document.close()


def cut_out(image: Image, trim: Rect, outline: Outline, face: Face, dpi: float) -> Image:
    """The tag as it is in the hand: white outside the trim and in the ring hole, both with a thin grey edge.

    `image` shows exactly `trim` with the same margin on all sides, at `dpi`.
    """
    from PIL import Image as images
    from PIL import ImageDraw

    scale = dpi / 25.4
    margin = (image.width / scale - trim.width) / 2
    size = (image.width * _SMOOTH, image.height * _SMOOTH)
    mask, edges = images.new("L", size, 0), images.new("L", size, 0)
    shapes = [(outline.path(), 255)]
    if face.holes:
        from keytag.base.geometry import circle

        shapes += [(circle(hole.centre.x, hole.centre.y, hole.diameter / 2), 0) for hole in face.holes]
    for path, value in shapes:
        points = [((x + margin) * scale * _SMOOTH, (y + margin) * scale * _SMOOTH) for x, y in flattened(path)]
        ImageDraw.Draw(mask).polygon(points, fill=value)
        width = max(1, round(0.06 * scale * _SMOOTH))
        ImageDraw.Draw(edges).line([*points, points[0], points[1]], fill=150, width=width, joint="curve")
    mask = mask.resize(image.size, images.Resampling.BOX)
    edges = edges.resize(image.size, images.Resampling.BOX)
    white = images.new("RGB", image.size, "white")
    cut = images.composite(image, white, mask)
    return images.composite(images.new("RGB", image.size, (120, 120, 120)), cut, edges)


def flattened(path: Path, steps: int = 24) -> list[tuple[float, float]]:
    """The points of a closed path, curves in short straight pieces."""
    points: list[tuple[float, float]] = []
    i, c = 0, path.coords
    for op in path.ops:
        if op == "z":
            continue
        if op == "c":
            (x0, y0), (x1, y1, x2, y2, x3, y3) = points[-1], c[i : i + 6]
            for k in range(1, steps + 1):
                t = k / steps
                u = 1 - t
                a, b, d, e = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
                points.append((a * x0 + b * x1 + d * x2 + e * x3, a * y0 + b * y1 + d * y2 + e * y3))
            i += 6
        else:
            points.append((c[i], c[i + 1]))
            i += 2
    return points


def ground(colour: Cmyk) -> tuple[int, int, int]:
    """The colour of the plastic on a screen."""
    return srgb(colour)


def png(image: Image, dpi: float) -> bytes:
    """The picture as PNG: sRGB said so, its resolution set, no time in it."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add(b"sRGB", b"\0")  # perceptual (ISO/IEC 15948, 11.3.3.5)
    out = BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi), pnginfo=info)
    return out.getvalue()


__all__ = ["TECHNICAL", "cut_out", "ground", "plate_pdf", "png", "proof_pdf", "rasterise", "shown"]
