"""What is claimed of sizes stands on the rendered picture: digits, capitals, the frame, by counting its pixels."""

from __future__ import annotations

import numpy as np
import pytest

from keytag.base.drawing import Stroke, Words
from keytag.base.units import MM_PER_PT
from keytag.job.proofs import one_up_file
from keytag.job.setup import Setup, setup_of
from keytag.render import png
from keytag.sheet.master import one_up
from keytag.tag import typeset
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.measure import measured
from keytag.tag.typeset import set_text
from tests.conftest import roster_of

DPI = 1200.0
_DOT = 25.4 / DPI
_EXACT = 0.1  # pt: a pixel of a digit
_UNIT = """\
job: {{template: {template}, edition: 05/2020, date: 2020-05-18, show_113: yes}}
authority: {{name: Đak Đoa, level: district, duty: 0269.3000.113, zalo: "https://zalo.me/1234567890123456789"}}
units:
  - {{kind: xã, name: Glar, code: "23707", duty: 0269.3000.212, chief: 0900.000.132, quantity: 9,
     deputies: [{deputies}]}}
"""


def made(template: str, people: int) -> tuple[Setup, Artwork]:
    deputies = ", ".join(f"0900.000.{140 + i}" for i in range(people - 2))
    setup = setup_of(roster_of(_UNIT.format(template=template, deputies=deputies)))
    return setup, Composer(setup.template).compose_job(setup.roster.job, setup.roster.units)[0]


def light(setup: Setup, artwork: Artwork, page: int) -> np.ndarray:
    """Where white or yellow shows, red being dark in the green channel; from the trim's top left."""
    side, _ = artwork.sides[page]
    trim = one_up(artwork, side, set_text).page.trim
    image = png.rasterise(png.proof_pdf(one_up_file(setup, artwork)), page, DPI, crop=trim)
    return np.asarray(image.convert("RGB"))[:, :, 1] > 128


def size_of(ink: np.ndarray, words: Words) -> float:
    """The type size of words on the picture, in points: rows with ink between the edges of each glyph, by the font."""
    font = typeset.load("bold")
    found = []
    for glyph, (number, _, _) in zip(words.glyphs, font.shape(words.text).glyphs, strict=True):
        (x0, x1), _ = glyph.outline.extents()
        box = font.box(number)
        if box is None or box.height < 0.5 * font.shape("0").upem:
            continue  # full stops
        columns = slice(round((glyph.x + x0 * words.scale) / _DOT), round((glyph.x + x1 * words.scale) / _DOT))
        rows = slice(max(0, round((words.box.y - 0.1) / _DOT)), round((words.box.bottom + 0.1) / _DOT))
        there = np.flatnonzero(ink[rows, columns].any(axis=1))
        found.append((there[-1] - there[0] + 1) * _DOT / MM_PER_PT / (box.height / font.shape("0").upem))
    return float(np.median(found))


@pytest.mark.parametrize(
    ("template", "people", "lead", "rest"),
    [
        ("oval-50x20", 3, 12.5, 10.4),
        ("oval-50x20", 4, 10.5, 8.35),
        ("oval-50x20", 5, 10.5, 8.05),
        ("super-oval-50x20", 3, 12.6, 10.5),
        ("super-oval-50x20", 4, 11.6, 9.25),
        ("super-oval-50x20", 5, 11.0, 8.45),
        ("super-oval-50x20", 6, 10.4, 8.0),
        ("stadium-50x20", 3, 12.75, 10.2),
        ("stadium-50x20", 4, 12.75, 10.2),
        ("stadium-50x20", 5, 10.5, 8.4),
        ("stadium-50x20", 6, 10.4, 8.0),
    ],
)
def test_numbers_are_as_large_as_is_told(template: str, people: int, lead: float, rest: float) -> None:
    setup, artwork = made(template, people)
    ink = light(setup, artwork, 1)
    marks = [m for group in artwork.back.form.groups for m in group.marks if isinstance(m, Words)]
    numbers = [m for m in marks if m.field.startswith("unit.") and m.text[:1] == "0"]
    assert len(numbers) == people
    told = {size.text: size for size in measured(artwork, artwork.back).sizes}
    share = typeset.load("bold").digit_height
    for i, words in enumerate(numbers):
        pt = size_of(ink, words)
        assert pt >= (lead if i == 0 else rest) - _EXACT and pt == pytest.approx(told[words.text].pt, abs=_EXACT)
        assert told[words.text].mm == pytest.approx(pt * share * MM_PER_PT, abs=0.03)


@pytest.mark.parametrize(
    ("template", "least"), [("oval-50x20", 11.0), ("super-oval-50x20", 10.75), ("stadium-50x20", 11.0)]
)
def test_the_number_of_a_front_is_as_large_as_is_told(template: str, least: float) -> None:
    setup, artwork = made(template, 3)
    marks = [m for group in artwork.front.form.groups for m in group.marks if isinstance(m, Words)]
    (number,) = (m for m in marks if m.field == "authority.duty")
    (told,) = (size for size in measured(artwork, artwork.front).sizes if size.text == number.text)
    pt = size_of(light(setup, artwork, 0), number)
    assert pt >= least - _EXACT and pt == pytest.approx(told.pt, abs=_EXACT)


def test_title_and_frame_are_as_told() -> None:
    setup, artwork = made("oval-50x20", 4)
    ink = light(setup, artwork, 1)
    marks = [m for group in artwork.back.form.groups for m in group.marks]
    title = next(m for m in marks if isinstance(m, Words) and m.field == "unit.name")
    told = next(size for size in measured(artwork, artwork.back).sizes if size.text == title.text)
    assert size_of(ink, title) == pytest.approx(7.0, abs=_EXACT) == pytest.approx(told.pt)
    assert told.mm == pytest.approx(7.0 * typeset.load("bold").cap_height * MM_PER_PT, abs=0.01)
    frame = next(m for m in marks if isinstance(m, Stroke) and m.ink.name == "yellow")
    column = ink[: round(2.0 / _DOT), ink.shape[1] // 2]  # the frame runs level at the top of the middle
    assert column.sum() * _DOT == pytest.approx(frame.width, abs=0.03) == pytest.approx(0.75 * MM_PER_PT, abs=0.03)
