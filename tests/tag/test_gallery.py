"""The codes of every shipped design hold grade C from 0.03 mm of loss to 0.08 mm of gain, as they are drawn."""

from __future__ import annotations

import pytest

from keytag.base.drawing import Symbol
from keytag.grade import grade
from keytag.job import templates
from keytag.qr import encode
from keytag.roster.model import Roster
from keytag.tag.compose import Composer
from keytag.tag.elements import MOST_CHOKE
from keytag.tag.reflectance import white_light
from keytag.tag.template import QrPanel
from tests.conftest import template_named

_C = 2
_BLUR = 0.06  # mm, as `keytag verify` takes it


@pytest.mark.parametrize("name", templates.names())
def test_codes_bear_the_gain_of_their_press(name: str, shipped_roster: Roster) -> None:
    template = template_named(name)
    (artwork,) = Composer(template).compose_job(shipped_roster.job, shipped_roster.units[:1])
    for elements, face in ((template.front, artwork.front), (template.back, artwork.back)):
        panels = [element for element in elements if isinstance(element, QrPanel)]
        symbols = [m for g in face.form.groups for m in g.marks if isinstance(m, Symbol)]
        for panel, symbol in zip(panels, symbols, strict=True):
            matrix = encode.encode(symbol.payload, panel.level)
            assert matrix is not None and symbol.module >= 0.396
            choke = min(panel.choke, MOST_CHOKE * symbol.module)
            dark, light = white_light(panel.ink.cmyk), white_light(artwork.plastic.cmyk)
            if panel.panel.name != "Paper":
                light = white_light(panel.panel.cmyk)
            drawn = symbol.path.bounds()
            assert drawn.x == pytest.approx(symbol.box.x + choke, abs=1e-6)  # the finder's edge is drawn in
            for gain in (-0.03, 0.08):
                reached = grade(
                    matrix.rows, symbol.module, dark=dark, light=light, quiet=light, gain=gain - choke, blur=_BLUR
                )
                assert reached.overall >= _C, (gain, reached)
