"""What an eye sees of found plates: light and dark, upright, one window at a time. No template is known here.

Process inks take their share of the light that others leave (Demichel); White on coloured or clear plastic is paper;
the opaque spots of a moulded tag cover what lies under them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Affine, Rect
from keytag.base.ink import TECHNICAL, WHITE, Cmyk, Ink
from keytag.tag.reflectance import white_light
from keytag.tag.template import Template

if TYPE_CHECKING:
    import numpy as np

    from keytag.verification.separations import Separation

    Rows = np.ndarray[Any, Any]

_PROCESS = {
    "Cyan": Cmyk(1, 0, 0, 0),
    "Magenta": Cmyk(0, 1, 0, 0),
    "Yellow": Cmyk(0, 0, 1, 0),
    "Black": Cmyk(0, 0, 0, 1),
}
_PAPER = Cmyk(0, 0, 0, 0)
_UNSEEN = {ink.name for ink in TECHNICAL}  # White is asked for by itself


def inks_of(template: Template) -> dict[str, Cmyk]:
    """What each plate's full tone looks like: the process inks, and the spots of the template's art."""
    spots: dict[str, Ink] = {ink.name: ink for _, ink in template.inks if ink.spot}
    return {**_PROCESS, **{name: ink.cmyk for name, ink in spots.items()}}


class Eye:
    """Sees the plates of one page at `dots` pixels a millimetre; boxes are in the page's millimetres."""

    def __init__(self, plates: Separation, template: Template, dots: float, top: float) -> None:
        """`top` is the row at which the page begins: what rounding to whole pixels adds above it."""
        self.plates, self.template, self.dots, self.top = plates, template, dots, top
        self.inks = {name: colour for name, colour in inks_of(template).items() if name in plates.names}

    def tones(self, box: Rect, turns: int) -> dict[str, Rows]:
        """Each printing plate's tones in a box, turned upright; White among them where there is such a plate."""
        import numpy as np

        names = [*self.inks, *([WHITE.name] if WHITE.name in self.plates.names and WHITE.name not in self.inks else [])]
        left, right = math.floor(box.x * self.dots), math.ceil(box.right * self.dots)
        top, bottom = math.floor(box.y * self.dots + self.top), math.ceil(box.bottom * self.dots + self.top)
        return {name: np.rot90(self.plates.window(name, left, top, right, bottom), turns) for name in names}

    def light(self, tones: Mapping[str, Rows]) -> Rows:
        """The luminance of a window, 0 to 255, paper 255."""
        import numpy as np

        paper, ground = white_light(_PAPER), white_light(self.template.substrate.ink.cmyk)
        moulded = self.template.substrate.process == "moulded"
        shape = next(iter(tones.values())).shape
        seen = np.full(shape, ground / paper, np.float32)
        if WHITE.name in tones:
            seen += (1 - seen) * (tones[WHITE.name] * np.float32(1 / 255))
        for name, rows in tones.items():
            if name == WHITE.name or name in _UNSEEN:
                continue
            full = np.float32(white_light(self.inks[name]) / paper)
            tone = rows * np.float32(1 / 255)
            seen = seen + (full - seen) * tone if moulded else seen * (1 - tone * (1 - full))
        found: Rows = np.clip(seen * 255, 0, 255).astype(np.uint8)
        return found


def turns_of(at: Affine) -> int:
    """How many quarter turns (counter-clockwise, as `numpy.rot90` counts) bring a placed thing upright."""
    return round(math.degrees(math.atan2(at.b, at.a)) / 90) % 4
