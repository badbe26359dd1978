"""Lengths: plain `float` millimetres inside; text carries a unit and passes this one parser.

Also the one formatter of numbers for every writer: at most four decimals, no exponent, no `-0`.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

MM_PER_PT = 25.4 / 72
PT_PER_MM = 72 / 25.4

UNITS = ("mm", "cm", "in", "pt", "µm", "um")
_PER_UNIT = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": MM_PER_PT, "µm": 0.001, "um": 0.001}
_LENGTH = re.compile(r"\s*(-?(?:\d{1,6}(?:\.\d{1,6})?|\.\d{1,6}))\s*(mm|cm|in|pt|µm|um)\s*", re.ASCII)


def parse_length(text: str) -> float:
    """`"3mm"`, `"0.25 pt"`, `"12 in"` as millimetres; a number without a unit is a `ValueError`."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a length: write a number and a unit (mm, cm, in, pt, µm), such as 3mm")
    return float(match[1]) * _PER_UNIT[match[2]]


def parse_decimal(text: str) -> float | None:
    """A decimal number of at most twelve digits; no exponents, no infinities."""
    digits = text.strip()
    bare = digits.removeprefix("-").replace(".", "", 1)
    return float(digits) if bare.isascii() and bare.isdecimal() and len(bare) <= 12 else None


def parse_fraction(text: str) -> float | None:
    """`"3%"` or `"0.03"` as 0.03; None where it is neither."""
    text = text.strip()
    value = parse_decimal(text.removesuffix("%").rstrip())
    if value is None:
        return None
    return value / 100 if text.endswith("%") else value


def pt(points: float) -> float:
    """Points as millimetres."""
    return points * MM_PER_PT


def to_pt(mm: float) -> float:
    """Millimetres as points."""
    return mm * PT_PER_MM


# A job writes the same few thousand numbers again and again: of the shipped one's 93 600, 6400 are different.
@lru_cache(maxsize=16384)
def number(value: float) -> str:
    """`value` as every writer prints it: four decimals at most, no trailing zeros, no exponent, no `-0`.

    Raises `ValueError` for an infinity or a NaN, which no format can hold.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written as a number")
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
