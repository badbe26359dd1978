"""Every shipped design holds so many people with the country's longest names; its codes bear the gain of their press.

Of the first a sample: all of it is `python -m tests.long.gallery_matrix`. Codes are graded as they are drawn.
"""

from __future__ import annotations

import re

import pytest

from keytag.base.diagnostics import Severity
from keytag.base.drawing import Symbol
from keytag.checks import run_artwork_checks
from keytag.grade import grade
from keytag.job import templates
from keytag.qr import encode
from keytag.roster.model import Roster
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.elements import MOST_CHOKE
from keytag.tag.elsewhere import ORDER, Elsewhere
from keytag.tag.reflectance import white_light
from keytag.tag.template import QrPanel
from keytag.tag.wording import mentioned
from tests.conftest import template_named
from tests.long import gallery_matrix

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


# How many people each design holds with the longest names since 2025; a sticker and a call show a desk or two numbers.
HOLDS = {"disc-40": 5} | dict.fromkeys(
    ("card-id1", "door-105x148", "key-60x25", "magnet-90x55", "oval-50x20-call", "sticker-50x25"), 7
)


@pytest.mark.parametrize("name", templates.names())
def test_a_design_holds_its_people(name: str) -> None:
    template = template_named(name)
    serials = "serials: {prefix: G, start: 1}," * ("serial" in mentioned(template))
    job = gallery_matrix.roster("2025", HOLDS.get(name, 4), True, True, True, serials)
    artworks = Composer(template, draft=True).compose_job(job.job, job.units)
    found = run_artwork_checks(job, template, artworks)
    assert not [f for f in found if f.severity is Severity.ERROR]


@pytest.mark.parametrize("name", ["oval-50x20", "super-oval-50x20", "disc-40"])
def test_a_refusal_names_the_smallest_template_that_holds_the_tag(name: str) -> None:
    template = template_named(name)
    job = gallery_matrix.roster("2025", 7, True, False, True)
    job = job._replace(units=job.units[2:3])

    def composed(other: str) -> tuple[Artwork, ...]:
        return Composer(template_named(other), draft=True).compose_job(job.job, job.units)

    found = run_artwork_checks(job, template, composed(name), others=Elsewhere)
    told = {m[1] for f in found if f.id == "text-overflow" and (m := re.search(r"; ([a-z0-9-]+) holds it", f.message))}
    assert told == {next(other for other in ORDER if other != name and _holds(composed(other)))}
    assert all("holds it" in f.message for f in found if f.id == "text-overflow")


def _holds(artworks: tuple[Artwork, ...]) -> bool:
    return all(fit.fits for artwork in artworks for _, face in artwork.sides for fit in face.fits)
