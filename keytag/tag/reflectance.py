"""How light or dark an ink looks: in white light, as a phone sees it, and at 660 nm, as a verifier does.

Black modules on red pass a 660 nm verifier (red ink is as bright as paper there) and fail on a phone; white light shows
it. Both are computed and the worse counts. A Neugebauer model over the sixteen solid overprints: good to a few per
cent, which is what a check needs, and no measurement of this press.
"""

from __future__ import annotations

from functools import lru_cache

from keytag.base.ink import Cmyk, Ink

# CIE L* of the solids and overprints of FOGRA39 (ISO 12647-2:2004/Amd 1:2007, coated paper, black backing), by whether
# c, m, y are printed. With black over them all are about as dark as black alone.
_LIGHTNESS = {
    (0, 0, 0): 95.0,
    (1, 0, 0): 55.0,
    (0, 1, 0): 48.0,
    (0, 0, 1): 89.0,
    (1, 1, 0): 24.0,
    (1, 0, 1): 50.0,
    (0, 1, 1): 47.0,
    (1, 1, 1): 23.0,
}
_BLACK_LIGHTNESS = 16.0
# Reflectance at 660 nm relative to paper: cyan and black absorb red light, magenta and yellow hardly do.
_AT_660 = {"paper": 0.86, "c": 0.06, "m": 0.92, "y": 0.98, "k": 0.04}


def _luminance(lightness: float) -> float:
    """CIE Y (0 to 1) of L* (CIE 15, 8.2.1)."""
    return ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3


@lru_cache(maxsize=256)  # a template has a handful of inks
def white_light(colour: Cmyk) -> float:
    """Luminous reflectance of a process mixture, 0 to 1, by the Neugebauer equations (Demichel weights)."""
    total = 0.0
    for bits, lightness in _LIGHTNESS.items():
        weight = 1.0
        for part, bit in zip(colour[:3], bits, strict=True):
            weight *= part if bit else 1 - part
        total += weight * _luminance(lightness)
    return total * (1 - colour.k) + _luminance(_BLACK_LIGHTNESS) * colour.k


def at_660_nm(colour: Cmyk) -> float:
    """Reflectance of a process mixture at 660 nm, 0 to 1: each ink takes its share of what the others leave."""
    value = _AT_660["paper"]
    for name, part in zip("cmyk", colour, strict=True):
        value *= 1 - part * (1 - _AT_660[name])
    return value


def contrast(dark: Ink, light: Ink) -> float:
    """Symbol contrast Rmax − Rmin (ISO/IEC 15415, 7.8.3), the worse of white light and 660 nm; never under 0."""
    return max(0.0, min(read(light.cmyk) - read(dark.cmyk) for read in (white_light, at_660_nm)))


def text_contrast(ink: Ink, ground: Ink) -> float:
    """How far text stands out for the eye: the difference of luminous reflectance, either way round."""
    return abs(white_light(ink.cmyk) - white_light(ground.cmyk))
