"""Ink as a screen shows it: CMYK through the press's own output profile (FOGRA39) to sRGB.

Relative colorimetric with black point compensation, so that bare paper is white. Spots are shown by their alternate.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from keytag.base.ink import Cmyk, Ink

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsTransform

Rgb: TypeAlias = tuple[int, int, int]

_PROFILE = Path(__file__).parent.parent / "data" / "icc" / "FOGRA39L_coated.icc"


@cache
def _transform() -> ImageCmsTransform:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.getOpenProfile(str(_PROFILE)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


@lru_cache(maxsize=1024)
def srgb(colour: Cmyk) -> Rgb:
    """The sRGB values, 0 to 255, of a process mixture."""
    from PIL import Image

    if colour.total == 0:
        return 255, 255, 255
    pixel = Image.new("CMYK", (1, 1), tuple(round(255 * part) for part in colour))
    red, green, blue = to_rgb(pixel).getpixel((0, 0))  # type: ignore[misc]
    return int(red), int(green), int(blue)


def to_rgb(image: Image) -> Image:
    """A CMYK picture in sRGB."""
    from PIL import ImageCms

    converted = ImageCms.applyTransform(image, _transform())
    assert converted is not None  # only in-place conversion gives nothing back
    return converted


def shown(ink: Ink) -> Rgb:
    """An ink on paper, its tint laid over white."""
    full = srgb(ink.cmyk)
    red, green, blue = (round(255 - ink.tint * (255 - part)) for part in full)
    return red, green, blue
