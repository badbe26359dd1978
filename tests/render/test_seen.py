"""Inks as an eye sees them on their plastic."""

from __future__ import annotations

import pytest

from keytag.base.ink import BLACK, PAPER, REGISTRATION, WHITE, Cmyk, Ink
from keytag.render.seen import seen_ink

RED_PLASTIC = Cmyk(0, 1, 1, 0.05)
GLOW = Cmyk(0.05, 0.02, 0.18, 0)


@pytest.mark.parametrize(
    ("ink", "plastic", "wanted"),
    [
        (PAPER, PAPER.cmyk, (0, 0, 0, 0)),
        (PAPER, GLOW, GLOW),  # knocked out: the plastic itself
        (Ink("red", Cmyk(0, 1, 1, 0)), GLOW, (0.05, 1, 1, 0)),  # transparent
        (WHITE, RED_PLASTIC, WHITE.cmyk),  # opaque
        (Ink("Yellow", Cmyk(0, 0.1, 0.9, 0), spot=True, tint=0.5), RED_PLASTIC, (0, 0.55, 0.95, 0.025)),
        (REGISTRATION, PAPER.cmyk, BLACK.cmyk),
        (Ink("heavy", Cmyk(0.6, 0.6, 0.6, 1)), Cmyk(0.4, 0.4, 0.4, 0), (2 / 3, 2 / 3, 2 / 3, 1)),  # 300 % at most
    ],
)
def test_an_ink_on_its_plastic(ink: Ink, plastic: Cmyk, wanted: tuple[float, ...]) -> None:
    seen = seen_ink(ink, plastic)
    assert seen.cmyk == pytest.approx(tuple(wanted)) and not seen.spot and not seen.overprint
