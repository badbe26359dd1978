"""A proof as one picture for a phone: both faces, whose they are, the fingerprint, and BẢN THỬ across all of it.

Words are the shaper's outlines, as everywhere: pdfium paints them, so that letters of the highlands come out right.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin
from typing import TYPE_CHECKING

from keytag.base.drawing import Document, Group, Layer, Page, Words
from keytag.base.geometry import Affine, Rect, translation
from keytag.base.ink import BLACK
from keytag.base.standard import Standard
from keytag.sheet.lettering import SetText, placed

if TYPE_CHECKING:
    from PIL.Image import Image

WIDE = 1080  # pixels: what a phone shows whole
ACROSS = "BẢN THỬ"
_MM = 90.0  # the picture's width; its type is set in points of that
_EDGE = 5.0
_GAP = 4.0
_TURN = -24.0  # degrees
_STRENGTH = 0.28  # of the words across, so that each digit under them is read
_DPI = WIDE / _MM * 25.4


def phone_picture(faces: Sequence[Image], lines: Sequence[str], set_text: SetText) -> bytes:
    """PNG of the faces, as wide as they come, one below the other; `lines` stand above them, the first one large."""
    from PIL import Image as images

    from keytag.render.png import png

    scale = WIDE / _MM
    shown = [_fitted(face, round((_MM - 2 * _EDGE) * scale)) for face in faces]
    top = _EDGE
    words: list[Words] = []
    for i, line in enumerate(lines):
        size = 15.0 if i == 0 else 9.0
        top += size * 0.42
        words.append(_line(line, size, top, set_text))
        top += 1.8
    top += 2.0
    high = round(top * scale) + sum(face.height for face in shown) + round(_GAP * scale) * len(shown)
    picture = images.new("RGB", (WIDE, high), "white")
    y = round(top * scale)
    for face in shown:
        picture.paste(face, ((WIDE - face.width) // 2, y))
        y += face.height + round(_GAP * scale)
    height = high / scale
    _inked(picture, words, height, (20, 20, 20), 1.0)
    _inked(picture, [_across(height, set_text)], height, (0, 0, 0), _STRENGTH)
    return png(picture, _DPI)


def _fitted(face: Image, width: int) -> Image:
    from PIL import Image as images

    high = min(round(face.height * width / face.width), 2 * width)  # a tall tag is as wide as that leaves it
    return face.resize((round(face.width * high / face.height), high), images.Resampling.LANCZOS)


def _line(text: str, size: float, baseline: float, set_text: SetText) -> Words:
    words = set_text(text, size, BLACK)
    room = _MM - 2 * _EDGE
    if words.box.width > room:
        words = set_text(text, size * room / words.box.width, BLACK)
    return placed(words, translation(_EDGE - words.box.x, baseline))


def _across(height: float, set_text: SetText) -> Words:
    """The words that say what it is, turned, through the middle, as large as there is room."""
    angle = radians(_TURN)
    turn = Affine(cos(angle), sin(angle), -sin(angle), cos(angle))
    words = set_text(ACROSS, 100.0, BLACK)
    box = turn.rect(words.box)
    size = 100.0 * min((_MM - 2 * _EDGE) / box.width, (height - 2 * _EDGE) / box.height)
    words = set_text(ACROSS, size, BLACK)
    box = turn.rect(words.box)
    at = translation(_MM / 2 - box.centre.x, height / 2 - box.centre.y)
    return placed(words, turn.then(at))


def _inked(
    picture: Image, words: Sequence[Words], height: float, colour: tuple[int, int, int], strength: float
) -> None:
    """Paint words onto the picture."""
    from PIL import Image as images

    from keytag.render import png
    from keytag.render.pdf.document import write

    whole = Rect(0, 0, _MM, height)
    page = Page(whole, whole, whole, (), (Group(Layer.ARTWORK, tuple(words)),))
    drawn = write(Document(ACROSS, "2000-01-01T00:00:00+07:00", (page,), ()), Standard.X4)
    ink = png.rasterise(png.proof_pdf(drawn), 0, _DPI, gray=True).resize(picture.size)
    mask = ink.point([round((255 - v) * strength) for v in range(256)])
    picture.paste(images.new("RGB", picture.size, colour), (0, 0), mask)
