"""Numbered sheets of every work style, simulated: printed, turned over as the style says, cut, stacked, some spoiled.

Random runs, ranges and spoiled lists, on sheets as they are really imposed: no serial twice among tags that exist, none
lost, both sides of each tag the same and its unit's, each pile in order; and a reprint is exactly the spoiled ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.geometry import Point
from keytag.base.sides import FRONT
from keytag.files import shipped
from keytag.job.imposition import Imposed, imposed
from keytag.job.numbering import Wanted, plates_of
from keytag.job.ready import Ready, order_of, ready
from keytag.job.setup import open
from keytag.serial.form import Form
from keytag.sheet.edition import Edition, edition
from keytag.sheet.layout import Layout
from keytag.sheet.numbering import Plate, Range, piles, printed, reprint
from keytag.sheet.scheme import SINGLE_SIDED, WORK_STYLES
from tests.job.test_numbered import ROSTER

G = Form("G")
SCHEME = """\
name: small
title: {en: "small sheet", vi: "tờ nhỏ"}
sheet: {width: 150mm, height: 170mm}
gripper: {edge: bottom, depth: 0mm}
margins: 12mm
gap: 6mm
stations: auto
work: WORK
"""
Stacks = dict[int, list[tuple[str, int | None]]]  # for each place on the paper, sheet by sheet: unit, number


@lru_cache(maxsize=8)
def small(work: str) -> Imposed:
    """Two units on a small sheet; on one side alone a sticker with a code and the serial below it."""
    with TemporaryDirectory() as name:
        folder, template = Path(name), "oval-50x20-numbered"
        if work == SINGLE_SIDED:
            template = "sticker.yaml"
            text = (shipped.folder(shipped.TAGS) / "sticker-50x25.yaml").read_text("utf-8")
            for before, after in (
                ("name: sticker-50x25", "name: sticker"),
                ('"{link}"', '"{tag.link}"'),
                ("{link.cue}", "{serial}"),
                ("[link]", "[serial]"),
            ):
                assert before in text
                text = text.replace(before, after)
            (folder / template).write_text(text, "utf-8")
        (folder / "small.yaml").write_text(SCHEME.replace("WORK", work), "utf-8")
        serials = '{prefix: G, start: 1, link: "https://x.gov.vn/{serial}"}'
        roster = ROSTER.format(template=template, scheme="small.yaml", serials=serials, first="", second="")
        (folder / "contacts.yaml").write_text(roster.replace("quantity: 60", "quantity: 30"), "utf-8")
        gate = ready(open(folder / "contacts.yaml"))
    assert isinstance(gate, Ready), gate
    return imposed(order_of(gate), wanted=Wanted())


def numbered(
    job: Imposed, made: Edition, layout: Layout, sheets: int, number: Callable[[int, int], int | None]
) -> Stacks:
    """The stacks after `sheets` were printed on every side and cut: what each side shows must be the same."""
    stacks: Stacks = {station.index: [] for station in layout.stations}
    for sheet in range(sheets):
        shown: dict[int, list[tuple[str, int | None]]] = {}
        for side, page in zip(layout.scheme.sides, made.sides, strict=True):
            units = {p.station: p.form.split("/")[0] for p in page.page.placements}
            for spot in page.spots:
                at = spot.at.apply(0, 0)
                here = next(s.index for s in layout.stations if _holds(layout, s.index, side, at))
                shown.setdefault(here, []).append((units[spot.station + 1], number(spot.station, sheet)))
        for place, tags in shown.items():
            assert len(set(tags)) == 1 and len(tags) == 2, tags  # a code and a serial, wherever they stand
            stacks[place].append(tags[0])
    return stacks


def _holds(layout: Layout, station: int, side: str, at: Point) -> bool:
    """Whether a point of that side's forme lies on the paper of a place, seen from the front."""
    box = layout.trim(layout.stations[station])
    if side != FRONT:
        box = layout.behind(box)
    return box.x <= at.x <= box.right and box.y <= at.y <= box.bottom


@pytest.mark.parametrize("work", WORK_STYLES)
@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=12)
def test_no_serial_is_lost_or_twice_and_piles_are_in_order(work: str, data: st.DataObject) -> None:
    job = small(work)
    layout, originals = job.layout, {artwork.key: artwork for artwork in job.order.ready.artworks}
    plates = tuple(
        Plate(plate.number, data.draw(st.integers(1, 4)), plate.units) for plate in plates_of(job.order, job.presses)
    )
    ranges, at = dict[str, Range](), data.draw(st.integers(0, 99))
    for unit, count in printed(plates).items():
        ranges[unit] = Range(at, data.draw(st.integers(max(1, count - 5), count)), 2)
        at = ranges[unit].beyond
    laid = piles(plates, ranges)
    titles = dict.fromkeys(ranges, G)
    editions = {
        press.sheet.number: edition(
            press, originals, [p for p in laid if p.plate == press.sheet.number], titles, "t", job.order.setup.moment
        )
        for press in job.presses
    }
    exist: dict[str, list[int]] = {unit: [] for unit in ranges}
    for plate in plates:
        mine = {pile.station: pile for pile in laid if pile.plate == plate.number}
        stacks = numbered(job, editions[plate.number], layout, plate.run, lambda s, k, mine=mine: mine[s].number(k))  # type: ignore[misc]
        assert sum(map(bool, stacks.values())) == sum(unit is not None for unit in plate.units)
        for stack in filter(None, stacks.values()):
            numbers = [n for _, n in stack if n is not None]
            assert len(stack) == plate.run and [n for _, n in stack][: len(numbers)] == numbers  # blanks come last
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
            exist[stack[0][0]] += numbers
    assert {u: sorted(n) for u, n in exist.items()} == {u: list(range(r.first, r.end)) for u, r in ranges.items()}

    spoiled = {unit: data.draw(st.lists(st.sampled_from(n), unique=True, max_size=9)) for unit, n in exist.items() if n}
    again = Counter[tuple[str, int | None]]()
    for one in reprint(plates, spoiled):
        stacks = numbered(
            job,
            editions[one.plate],
            layout,
            len(one.sheets),
            lambda s, k, sheets=one.sheets: sheets[k][s],  # type: ignore[misc]
        )
        again += Counter(tag for stack in stacks.values() for tag in stack if tag[1] is not None)
    assert again == Counter((unit, n) for unit, numbers in spoiled.items() for n in numbers)
