"""Super-ellipses (Lamé curves), |x/a|ⁿ + |y/b|ⁿ = 1: the rhombus (n = 1), the ellipse (2), nearly a rectangle (20)."""

from __future__ import annotations

from functools import lru_cache

from keytag.base.flatten import Polygon, backwards
from keytag.base.geometry import Affine, Path
from keytag.base.words import say
from keytag.tag.outlines.contour import Contour
from keytag.tag.outlines.curves import fitted

LEAST, MOST = 1.0, 50.0  # under 1 it has needle points that no die cuts; beyond 50 it is a rectangle
_SAMPLES = 600  # of an eighth: points are then some 0.04 mm apart on a tag of 50 mm


@lru_cache(maxsize=16)
def superellipse(width: float, height: float, exponent: float) -> Contour:
    """The outline; cubics within 0.3 µm of the curve, with knots on both axes, so that it fills its box exactly."""
    if not LEAST <= exponent <= MOST:
        raise ValueError(
            say(
                "a super-ellipse's exponent is from {least:g} to {most:g}, not {exponent:g}",
                least=LEAST,
                most=MOST,
                exponent=exponent,
            )
        )
    a, b = width / 2, height / 2
    upright, level = ((0.0, 1.0), (-1.0, 0.0)) if exponent > 1 else (None, None)
    quarter = fitted(_quarter(a, b, exponent), upright, level)
    # The second quarter is the first one mirrored and run backwards, and the lower half turned is the upper one.
    first = Path("m" + quarter.ops, (a, 0.0, *quarter.coords))
    second = backwards(first.transformed(Affine(-1, 0, 0, 1, 0, 0)))
    half = Path(first.ops + second.ops[1:], (*first.coords, *second.coords[2:]))
    other = half.transformed(Affine(-1, 0, 0, -1, 0, 0))
    whole = Path(half.ops + other.ops[1:] + "z", (*half.coords, *other.coords[2:]))
    return Contour(whole.moved(a, b), width, height, symmetric=True)


def _quarter(a: float, b: float, n: float) -> Polygon:
    """Points from (a, 0) to (0, b), dense along each half of the quarter, where one coordinate gives the other."""
    middle = 0.5 ** (1 / n)
    steps = [middle * i / _SAMPLES for i in range(_SAMPLES + 1)]
    rising = [(a * (1 - v**n) ** (1 / n), b * v) for v in steps]
    falling = [(a * u, b * (1 - u**n) ** (1 / n)) for u in steps]
    return rising + falling[-2::-1]
