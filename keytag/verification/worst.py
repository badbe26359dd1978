"""The place that differs most as three pictures: expected, found, and what is too much (red) or too little (blue)."""

from __future__ import annotations

import math
from io import BytesIO
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Rect
from keytag.base.ink import TECHNICAL, DieNames
from keytag.render.colour import srgb
from keytag.tag.template import Template
from keytag.verification.looking import inks_of
from keytag.verification.model import Worst
from keytag.verification.raster import Plates
from keytag.verification.separations import Separation

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[Any, Any]

_BAND = 2000  # rows at the most


def picture(
    place: str, message: str, plates: Plates, found: Separation, box: Rect, template: Template, dies: DieNames
) -> Worst:
    """The window `box` (mm of the page) on both roads."""
    import numpy as np

    dots, begin = plates.dots, found.height - plates.page.media.height * plates.dots
    left, right = max(math.floor(box.x * dots), 0), min(math.ceil(box.right * dots), found.width)
    top, bottom = max(math.floor(box.y * dots + begin), 0), min(math.ceil(box.bottom * dots + begin), found.height)
    bottom = min(bottom, top + _BAND)
    technical = (*dies.inks, *(ink for ink in TECHNICAL if ink.name != "White"))
    colours = {**{ink.name: ink.cmyk for ink in technical}, **inks_of(template)}
    ground = np.array(srgb(template.substrate.ink.cmyk), np.float32)
    want = np.broadcast_to(ground, (bottom - top, right - left, 3)).copy()
    have, more, less = want.copy(), np.zeros(want.shape[:2], bool), np.zeros(want.shape[:2], bool)
    drawn = np.empty((bottom - top, found.width), np.uint8)
    for name in dict.fromkeys((*found.names, *plates.spots)):
        plates.band(name, found.height, top, bottom, drawn)
        one, other = ~drawn[:, left:right], found.window(name, left, top, right, bottom)
        more |= other > one.astype(np.int16) + 64
        less |= one > other.astype(np.int16) + 64
        full = np.array(srgb(colours[name]) if name in colours else (255, 255, 255), np.float32)
        for canvas, rows in ((want, one), (have, other)):
            tone = (rows * np.float32(1 / 255))[:, :, None]
            opaque = name == "White" or template.substrate.process == "moulded"
            canvas += (full - canvas) * tone if opaque else canvas * (full / 255 - 1) * tone
    differs = np.full(want.shape, 235, np.float32) - (255 - have) * np.float32(0.25)
    differs[more] = (200, 0, 30)
    differs[less] = (0, 60, 220)
    size = ((right - left) / dots, (bottom - top) / dots)
    return Worst(place, message, size, _png(want), _png(have), _png(differs))


def _png(rows: Rows) -> bytes:
    import numpy as np
    from PIL import Image

    out = BytesIO()
    Image.fromarray(np.clip(rows, 0, 255).astype(np.uint8)).save(out, "PNG", compress_level=1)
    return out.getvalue()
