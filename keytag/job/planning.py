"""Which designs share a plate set, and the press sheets that follow: the seam between the plan and the sheets."""

from __future__ import annotations

from keytag import blocks
from keytag.imposition import Layout, impose
from keytag.job.setup import Setup
from keytag.job.sheets import Order, set_text
from keytag.marks.slug import SlugFacts
from keytag.page import PressSheet, press_sheets
from keytag.standard import Standard


def plate_sets(setup: Setup, order: Order, layout: Layout, standard: Standard) -> list[PressSheet]:
    """One plate set a unit, its tag on every station."""
    job = setup.roster.job
    edition = job.edition.value if job.edition else ""
    facts = SlugFacts(setup.name, edition, setup.date, f"{standard.title}, FOGRA39")
    places = len(layout.places)
    sheets = []
    for number, wanted in enumerate(order.demands, 1):
        slots = [places if i == number - 1 else 0 for i in range(len(order.artworks))]
        run = -(-wanted // (places * layout.tags_per_place))
        assignment = blocks.assign(layout, slots)
        sheets.append(impose(layout, assignment, order.artworks, run=run, number=number, of=len(order.demands)))
    return list(press_sheets(sheets, order.artworks, facts, set_text))
