"""A contact sheet of each design with every count of people: `python -m tests.long.contact_sheets FOLDER [NAME …]`.

A row for each count of people up to what the design holds, with the longest names of both structures, with and without
a chairman; then the fronts with and without link and slogan. They are looked at by people: ragged columns, words in a
ladder, crowding and voids are what no check sees. A face that does not hold its words is framed in magenta.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from keytag.job import templates
from keytag.job.proofs import one_up_file
from keytag.job.setup import Setup, setup_of
from keytag.render import png
from keytag.sheet.master import one_up
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.typeset import set_text
from keytag.tag.wording import mentioned
from tests.conftest import template_named
from tests.long.gallery_matrix import MOST, roster

WIDE = 370  # pixels of a face
_GAP = 12
_YEARS, _YES = ("2020", "2025"), (True, False)
_SHOWN = (0, 2, 5)  # of the units of both: a short name, the longest township, the longest ward


def picture(setup: Setup, artwork: Artwork, page: int) -> Image.Image:
    """One face as it is in the hand."""
    side, face = artwork.sides[page]
    trim = one_up(artwork, side, set_text).page.trim
    dpi = WIDE / (trim.width / 25.4)
    seen = png.rasterise(png.proof_pdf(one_up_file(setup, artwork)), page, dpi, crop=trim.inset(-0.5))
    made = png.cut_out(seen, trim, artwork.outline, face, dpi)
    if not all(fit.fits for fit in face.fits):
        ImageDraw.Draw(made).rectangle((0, 0, made.width - 1, made.height - 1), outline=(255, 0, 255), width=3)
    return made


def job(name: str, year: str, people: int, link: bool, slogan: bool, chairman: bool) -> Iterator[tuple[Setup, Artwork]]:
    """The tags of a job in one design."""
    more = f"template: {name}, " + "serials: {prefix: G, start: 1}, " * ("serial" in mentioned(template_named(name)))
    setup = setup_of(roster(year, people, link, slogan, chairman, more))
    for artwork in Composer(setup.template, draft=False).compose_job(setup.roster.job, setup.roster.units):
        yield setup, artwork


def rows(name: str) -> Iterator[list[Image.Image]]:
    """The pictures of a design, row by row: the last face for each count of people, then the front."""
    last = len(next(job(name, "2020", 1, True, True, False))[1].sides) - 1
    for people, chairman in itertools.product(range(1, MOST + 1), _YES):
        if people > 2 or not chairman:
            made = [one for year in _YEARS for one in job(name, year, people, True, bool(people % 2), chairman)]
            shown = [made[i] for i in _SHOWN]
            if any(all(fit.fits for fit in artwork.sides[last][1].fits) for _, artwork in shown):
                yield [picture(*one, last) for one in shown]
    ways = itertools.product(_YEARS, _YES if last else (False,), _YES)
    fronts = [picture(*list(job(name, year, 4, link, slogan, False))[2], 0) for year, link, slogan in ways]
    for i in range(0, len(fronts), len(_SHOWN)):
        yield fronts[i : i + len(_SHOWN)]


def sheet(lines: list[list[Image.Image]]) -> Image.Image:
    width = max(sum(one.width + _GAP for one in line) for line in lines)
    height = sum(max(one.height for one in line) + _GAP for line in lines)
    made = Image.new("RGB", (width + _GAP, height + _GAP), (128, 128, 128))
    y = _GAP
    for line in lines:
        x = _GAP
        for one in line:
            made.paste(one, (x, y))
            x += one.width + _GAP
        y += max(one.height for one in line) + _GAP
    return made


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or templates.names():
        sheet(list(rows(name))).save(folder / f"{name}.png")
        print(folder / f"{name}.png", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
