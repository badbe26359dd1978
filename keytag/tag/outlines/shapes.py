"""The names of the outlines that a template may ask for, and the keys that describe one."""

from __future__ import annotations

KEYS = ("shape", "width", "height", "radius", "exponent", "file")
SHAPES = ("ellipse", "stadium", "rectangle", "super-ellipse", "path")
