"""The production ticket: its sums are the sheets', its pictures the stations', its inks the tags'."""

from __future__ import annotations

import re

import pytest

from keytag.base.geometry import Rect
from keytag.base.sides import BACK, FRONT
from keytag.documents.facts import Delivery, FileFact, PlateFile, TicketFacts
from keytag.documents.ticket import ticket
from keytag.render.pdf import overlay
from keytag.roster.model import Roster
from keytag.sheet import blocks
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.layout import Sheet
from keytag.sheet.marks.lay import pictogram
from keytag.sheet.scheme import SHEETWISE, SINGLE_SIDED, WORK_AND_TUMBLE, WORK_AND_TURN
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from tests.conftest import template_named
from tests.documents.conftest import HEAD
from tests.documents.reading import assert_conforms, drawn, own_words, pictures, redness
from tests.documents.test_proof_book import small
from tests.sheet.sheet_samples import scheme

DIGEST = "0123456789abcdef" * 4


def sheets(artworks: list[Artwork], count: int = 2, work: str = SHEETWISE) -> list[Sheet]:
    """Plate sets that share the designs out evenly."""
    layout = lay_out(scheme(work, sheet=(320, 450)), 50, 20, 3)
    places = len(layout.places)
    made = []
    for number in range(1, count + 1):
        mine = [i for i in range(len(artworks)) if i % count == number - 1]
        slots = [places // len(mine) if i in mine else 0 for i in range(len(artworks))]
        slots[mine[0]] += places - sum(slots)
        assignment = blocks.assign(layout, slots)
        made.append(impose(layout, assignment, artworks, run=100 + number, number=number, of=count))
    return made


def facts(artworks: list[Artwork], plates: list[Sheet], template: Template) -> TicketFacts:
    printed = {artwork.key: 0 for artwork in artworks}
    for sheet in plates:
        for key, tags in sheet.slots:
            printed[key] += tags * sheet.run
    ordered = {key: int(tags / 1.05) for key, tags in printed.items()}
    return TicketFacts(
        HEAD,
        template,
        tuple(PlateFile(sheet, f"plate-{sheet.number:02}.pdf") for sheet in plates),
        tuple(Delivery(a.key, a.title, ordered[a.key], printed[a.key]) for a in artworks),
        (FileFact("plate-01.pdf", "press sheet", DIGEST), FileFact("cutting-forme.pdf", "cutting forme", DIGEST[::-1])),
        "PDF/X-4",
        "KT-18",
    )


@pytest.mark.parametrize("work", [SHEETWISE, WORK_AND_TURN, WORK_AND_TUMBLE])
def test_every_station_has_its_picture_and_its_number(artworks: list[Artwork], oval: Template, work: str) -> None:
    plates = sheets(artworks, 2, work)
    data = ticket(facts(artworks, plates, oval), artworks)
    assert_conforms(data)
    uses = [use for page in pictures(data) for use in page]
    assert len(uses) == sum(len(sheet.front.placements) for sheet in plates)
    assert len({use.scale for use in uses}) == 1 and 0.1 < uses[0].scale < 0.3
    faces = {FRONT, BACK} if work != SHEETWISE else {FRONT}
    # The front says the same for all units and is stored once; backs are all different.
    assert len({use.name for use in uses}) >= (len(artworks) if BACK in faces else 1)


def test_numbers_are_the_sheets(artworks: list[Artwork], oval: Template) -> None:
    plates = sheets(artworks, 2)
    told = facts(artworks, plates, oval)
    words = " ".join(" ".join(own_words(ticket(told, artworks))).split())
    titles = {artwork.key: artwork.title for artwork in artworks}
    for sheet in plates:  # beside its own map, and nothing of another plate set's there
        own = words.split(f"plate set {sheet.number} of {len(plates)} ")[1]
        own = re.split(r"plate set \d+ of|cutting, sorting", own)[0]
        assert own.startswith(f"plate-{sheet.number:02}.pdf, {sheet.run} tờ") and own.count(".pdf") == 1
        listed = {(title, int(count)) for title, count in re.findall(r"\d (\D+?) × (\d+)", own)}
        assert {(titles[key][1:], count) for key, count in sheet.slots} == {(t[1:], c) for t, c in listed}
    for delivery in told.deliveries:
        assert delivery.title[1:] in words
        assert f"{delivery.ordered:,}".replace(",", ".") in words
        assert f"{delivery.printed:,}".replace(",", ".") in words
    total = sum(delivery.printed for delivery in told.deliveries)
    assert total == sum(sheet.run * len(sheet.layout.stations) for sheet in plates)
    assert words.count(f"{total:,}".replace(",", ".")) == 2  # by plates and by units
    assert "Đỏ: thiếu" not in words
    for expected in ("KT-18", "nhựa dẻo PVC trắng", "2 mm", "trở AB", "CutContour", "M 100", "Chế bản", "Đóng gói"):
        assert expected in words


@pytest.mark.parametrize(
    ("printed", "limit", "red"),
    [(99, None, True), (102, None, True), (150, None, False), (112, 0.1, False), (115, 0.1, True)],
)
def test_red_is_for_shortages_and_beyond_the_customers_own_limit(
    artworks: list[Artwork], oval: Template, printed: int, limit: float | None, red: bool
) -> None:
    told = facts(artworks, sheets(artworks), oval)
    odd = Delivery(artworks[0].key, artworks[0].title, 100, printed, wanted=103)
    told = told._replace(deliveries=(odd,), limit=limit)
    words = " ".join(own_words(ticket(told, artworks)))
    assert ("Đỏ: thiếu" in words) is red
    assert odd.overs == printed - 103  # one base, as in the plan: what is wanted


def test_the_first_page_has_quantities_and_who_to_ask(artworks: list[Artwork], oval: Template) -> None:
    told = facts(artworks, sheets(artworks), oval)._replace(contact="anh A", delivery="2020-06-15")
    first = " ".join(own_words(ticket(told, artworks))[0].split())
    for delivery in told.deliveries:
        assert delivery.title[1:] in first and f"{delivery.ordered:,}".replace(",", ".") in first
    assert "KT-18" in first and "anh A" in first and "15/06/2020" in first


def test_hashes_are_shortened_to_sixteen_digits(artworks: list[Artwork], oval: Template) -> None:
    words = " ".join(own_words(ticket(facts(artworks, sheets(artworks), oval), artworks)))
    assert DIGEST[:16] in words and DIGEST[:17] not in words
    assert "cutting-forme.pdf" in words and "Khuôn bế" in words


def test_spot_inks_are_named_and_the_plastic_has_its_colour() -> None:
    moulded = template_named("oval-50x20-moulded")
    _, artworks, _ = small(template=moulded)
    data = ticket(facts(artworks, sheets(artworks, 1), moulded), artworks)
    assert_conforms(data)
    words = " ".join(own_words(data))
    for ink in ("White", "Yellow", "Black", "Pantone 485"):
        assert ink in words
    assert "Pantone 109" in words and "swatch book" in words and "M 100" in words
    assert max(redness(data, page) for page in range(1, len(own_words(data)))) > 0.02


@pytest.mark.parametrize("count", [1, 3, 17])
def test_any_number_of_plate_sets(artworks: list[Artwork], oval: Template, count: int) -> None:
    data = ticket(facts(artworks, sheets(artworks, count), oval), artworks)
    found = own_words(data)
    assert "Chữ ký" not in found[0] and "prepress" in found[-1]
    assert sum(len(re.findall(r"plate set \d+ of", words)) for words in found) == count
    if count == 1:  # the map is large enough for names
        assert max(page.count("K'Dang") for page in found[1:]) > 1


def test_a_ticket_without_plates_has_its_quantities(artworks: list[Artwork], oval: Template) -> None:
    told = TicketFacts(HEAD, oval, (), (Delivery("x", "xã X", 10, 0),), (), "PDF/X-4")
    words = own_words(ticket(told, []))
    assert len(words) == 1 and "Xã X" in words[0]


def test_the_same_facts_give_the_same_bytes(artworks: list[Artwork], oval: Template) -> None:
    told = facts(artworks, sheets(artworks), oval)
    assert ticket(told, artworks) == ticket(told, artworks)


@pytest.mark.parametrize("template", ["magnet-90x55", "door-105x148"])
def test_a_face_without_print_has_all_states_that_it_uses(template: str, shipped_roster: Roster) -> None:
    """Its hole and its edge are drawn all the same."""
    (artwork,) = Composer(template_named(template)).compose_job(shipped_roster.job, shipped_roster.units[:1])
    for face in artwork.faces:
        content = overlay._content(overlay.TagPicture(artwork, face))
        assert set(re.findall(rb"/(\w+) gs", content.data)) == {state.encode() for state in content.states}


@pytest.mark.parametrize(("work", "sides"), [(SHEETWISE, 2), (WORK_AND_TUMBLE, 2), (SINGLE_SIDED, 1)])
def test_turning_and_gripper_are_the_sheets_own_picture(
    artworks: list[Artwork], oval: Template, work: str, sides: int
) -> None:
    (plate,) = sheets(artworks, 1, SHEETWISE if work == SINGLE_SIDED else work)
    held = plate.layout.scheme._replace(work=work)
    layout = plate.layout._replace(scheme=held)
    data = ticket(facts(artworks, [plate._replace(layout=layout)], oval), artworks)
    text = " ".join(own_words(data))
    assert "Mặt trước" in text and "Vạch đậm: nhíp" in text
    assert ("Mặt sau\r\n" in text) == (sides == 2)
    lengths = [path for page in drawn(data) for path in page]
    for side in ("front", "back")[:sides]:
        for mark in pictogram(held, side, Rect(0, 0, 20, 30)):
            dashed = mark.path.ops.startswith("mlml")  # as many as the size has room for
            assert dashed or lengths.count(mark.path.ops) >= sides
