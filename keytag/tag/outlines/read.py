"""The `trim` of a template file becomes an outline."""

from __future__ import annotations

from keytag.base.outline import Ellipse, Outline, RoundedRectangle
from keytag.files.fields import Fields
from keytag.tag.outlines.shapes import SHAPES

_LEAST, _MOST = 5.0, 900.0  # mm
_DEFAULT = Ellipse(50, 20)
_OWN = {"radius": "rectangle", "exponent": "super-ellipse"}  # keys that mean something in one shape only


def read_outline(trim: Fields | None) -> Outline:
    """The outline that `trim` describes; what is odd becomes a finding of its fields."""
    if trim is None:
        return _DEFAULT
    shape = trim.choice("shape", SHAPES, "ellipse")
    for key, owner in _OWN.items():
        if trim.node(key) is not None and shape != owner:
            trim.bad(key, f"belongs to the shape {owner}; leave it out")
    width = trim.length("width", _DEFAULT.width, least=_LEAST, most=_MOST)
    height = trim.length("height", _DEFAULT.height, least=_LEAST, most=_MOST)
    half = min(width, height) / 2
    if shape == "stadium":
        return RoundedRectangle(width, height, half)
    if shape == "rectangle":
        return RoundedRectangle(width, height, trim.length("radius", 0, most=half))
    if shape == "super-ellipse":
        from keytag.tag.outlines.superellipse import LEAST, MOST, superellipse

        return superellipse(width, height, trim.decimal("exponent", 2.5, least=LEAST, most=MOST))
    return Ellipse(width, height)
