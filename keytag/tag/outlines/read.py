"""The `trim` of a template file becomes an outline."""

from __future__ import annotations

from pathlib import Path

from keytag.base.errors import InputError
from keytag.base.outline import Ellipse, Outline, RoundedRectangle
from keytag.base.words import say
from keytag.files.beside import beside
from keytag.files.fields import Fields
from keytag.tag.outlines.shapes import SHAPES

_LEAST, _MOST = 5.0, 900.0  # mm
_DEFAULT = Ellipse(50, 20)
_OWN = {
    "radius": "rectangle",
    "exponent": "super-ellipse",
    "file": "path",
}  # keys that mean something in one shape only


def read_outline(trim: Fields | None, folder: Path) -> Outline:
    """The outline that `trim` describes; what is odd becomes a finding of its fields. Files lie in `folder`."""
    if trim is None:
        return _DEFAULT
    shape = trim.choice("shape", SHAPES, "ellipse")
    for key, owner in _OWN.items():
        if trim.node(key) is not None and shape != owner:
            trim.bad(key, say("belongs to the shape {owner}; leave it out", owner=owner))
    if shape == "path":
        return _drawn(trim, folder)
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


def _drawn(trim: Fields, folder: Path) -> Outline:
    """The contour of a file; the default outline, with a finding, where it cannot be had."""
    from keytag.tag.outlines.drawn import drawn_outline

    if not trim.require("file"):
        return _DEFAULT
    size = [trim.length(key, 0, least=_LEAST, most=_MOST) if trim.has(key) else None for key in ("width", "height")]
    if size == [None, None]:
        trim.require("width")
        return _DEFAULT
    try:
        outline = drawn_outline(beside(folder, trim.string("file", "")), size[0] or None, size[1] or None)
    except InputError as error:
        trim.bad("file", error.message)
        return _DEFAULT
    if not (_LEAST <= outline.width <= _MOST and _LEAST <= outline.height <= _MOST):
        trim.bad(
            "file", say("the tag would be {width:.1f} × {height:.1f} mm", width=outline.width, height=outline.height)
        )
        return _DEFAULT
    return outline
