"""Parallel curves far inside an outline, where its closed form would fold over itself or nothing is left."""

from __future__ import annotations

from keytag.base.geometry import Path
from keytag.base.outline import Outline


def inner_path(outline: Outline, inset: float) -> Path:
    """The closed curve `inset` millimetres inside; an empty path where the outline is nowhere so wide."""
    if inset < outline.smallest_inset():
        return outline.path(-inset)
    if inset >= min(outline.width, outline.height) / 2:
        return Path("", ())
    from keytag.tag.outlines.contour import Contour

    return Contour(outline.path(), outline.width, outline.height).path(-inset)
