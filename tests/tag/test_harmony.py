"""The tags of a job are set alike: over arbitrary rosters, and on the shipped one as the design asks."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.drawing import Symbol, Words
from keytag.job import templates
from keytag.roster.model import Roster
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.matter import pieces
from keytag.tag.payload import payloads
from keytag.tag.template import Stack, TextLine
from tests.conftest import roster_of, template_named
from tests.tag.likeness import assert_alike, jobs_for, numbers, words


def wording(artwork: Artwork, name: str) -> str:
    """The title with the unit's own words taken out of it."""
    title = next(w.text for w in words(artwork.back) if w.field == "unit.name")
    return title.split()[0]


@given(st.data(), st.sampled_from(templates.names()))
@settings(derandomize=True, deadline=None, max_examples=25)
def test_tags_of_a_class_are_alike_but_for_what_is_said(data: st.DataObject, name: str) -> None:
    assert_alike(data.draw(jobs_for(name)), name)


@pytest.mark.parametrize(
    ("name", "front", "backs", "module"),
    [
        ("oval-50x20", 11.0, {3: (12.5, 10.4), 4: (10.5, 8.35), 5: (10.5, 8.05)}, 0.399),
        ("oval-50x20-moulded", 11.0, {3: (12.5, 10.4), 4: (10.5, 8.35), 5: (10.5, 8.05)}, 0.399),
        ("super-oval-50x20", 10.75, {3: (12.6, 10.5), 4: (11.6, 9.25), 5: (11.0, 8.45)}, 0.436),
        ("stadium-50x20", 11.0, {3: (12.75, 10.2), 4: (12.75, 10.2), 5: (10.5, 8.4)}, 0.46),
    ],
)
def test_the_shipped_roster_reaches_the_sizes_of_the_design(
    name: str, front: float, backs: dict[int, tuple[float, float]], module: float, shipped_roster: Roster
) -> None:
    artworks = Composer(template_named(name), draft=True).compose_job(shipped_roster.job, shipped_roster.units)
    titles = {next(w for w in words(a.back) if w.field == "unit.name") for a in artworks}
    assert {title.text.split()[0] for title in titles} == {"CÔNG"} and {title.size for title in titles} == {7.0}
    seen: dict[int, set[tuple[float, float]]] = defaultdict(set)
    for artwork in artworks:
        duty = next(w for w in words(artwork.front) if w.field == "authority.duty")
        assert duty.size >= front - 1e-6
        (symbol,) = [m for g in artwork.front.form.groups for m in g.marks if isinstance(m, Symbol)]
        assert symbol.module >= module
        sizes = [w.size for w in numbers(artwork.back)]
        seen[len(sizes)].add((round(sizes[0], 3), round(min(sizes), 3)))
    assert set(seen) == {3, 4, 5}
    for count, pairs in seen.items():
        ((lead, rest),) = pairs  # one size for the class
        assert lead >= backs[count][0] - 1e-6 and rest >= backs[count][1] - 1e-6, (count, lead, rest)


def test_one_very_long_label_does_not_shrink_the_others() -> None:
    unit = '  - {{kind: xã, name: {}, code: "{}", duty: 0269.3000.201, chief: 0900.000.101, {} quantity: 9}}\n'
    odd = "others: [{role: Tổ trưởng an ninh, number: 0900.000.102}],"
    text = "units:\n" + "".join(unit.format(f"Glar {i}", 100 + i, "deputies: [0900.000.103],") for i in range(3))
    roster = roster_of(text + unit.format("Trang", 200, odd))
    artworks = Composer(template_named("oval-50x20"), draft=True).compose_job(roster.job, roster.units)
    sizes = [max(w.size for w in numbers(a.back)) for a in artworks]
    assert sizes[:3] == [12.5] * 3 and sizes[3] < 12.5
    assert [any(fit.usual for fit in a.back.fits) for a in artworks] == [False, False, False, True]


def test_a_shorter_wording_is_taken_by_all() -> None:
    people = "duty: 0269.3000.201, chief: 0900.000.101, deputies: [{}]"
    unit = f'  - {{{{kind: xã, name: {{}}, code: "{{}}", {people}, quantity: 9}}}}\n'
    five = "0900.000.103, 0900.000.104, 0900.000.105"
    text = "units:\n" + unit.format("Glar", 1, five) + unit.format("Thượng Nông Trường", 2, five)
    roster = roster_of(text)
    artworks = Composer(template_named("oval-50x20"), draft=True).compose_job(roster.job, roster.units)
    assert {wording(a, "") for a in artworks} == {"CA"}


LONGEST = [("phường", "Văn Miếu - Quốc Tử Giám"), ("thị trấn", "Nông Trường Mộc Châu"), ("xã", "Chân Mây - Lăng Cô")]


@pytest.mark.parametrize("kind, name", LONGEST, ids=[name for _, name in LONGEST])
@pytest.mark.parametrize("design", ["oval-50x20", "oval-50x20-call", "super-oval-50x20", "stadium-50x20"])
def test_the_longest_names_of_the_country_fit_on_both_faces(design: str, kind: str, name: str) -> None:
    people = "duty: 0269.3000.201, chief: 0900.000.101"
    roster = roster_of(
        "job: {edition: 08/2025, show_113: yes, date: 2025-08-01}\n"
        f'authority: {{name: {name}, kind: {kind}, level: commune, duty: 0269.3000.113, zalo: "https://zalo.me/123456789"}}\n'
        f'units:\n  - {{kind: {kind}, name: {name}, code: "100", {people}, quantity: 9}}\n'
    )
    (artwork,) = Composer(template_named(design), draft=True).compose_job(roster.job, roster.units)
    fits = [fit for face in artwork.faces for fit in face.fits]
    assert all(fit.fits for fit in fits), [fit for fit in fits if not fit.fits]
    for face in artwork.faces:  # all of the name, in one or two lines of one size
        said = [fit for fit in face.fits if fit.field.endswith(".name")]
        assert " ".join(fit.text for fit in said).endswith(name.upper()) and len({fit.size for fit in said}) == 1
    duty = next(fit for fit in artwork.front.fits if fit.field == "authority.duty")
    # Slogan and emergency line go before the number falls under 10.5 pt; a longer wording costs it 3 % at most.
    assert duty.size >= 0.97 * 10.5 or any(left.text.startswith("113") for left in artwork.front.left_out)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("XÃ GLAR", ("XÃ GLAR",)),
        ("P. VĂN MIẾU - QUỐC TỬ GIÁM", ("P. VĂN MIẾU -", "QUỐC TỬ GIÁM")),
        ("XÃ NÔNG TRƯỜNG MỘC CHÂU", ("XÃ NÔNG", "TRƯỜNG MỘC CHÂU")),
        ("THƯỢNGNÔNGTRƯỜNGNGHĨALỘ", ("THƯỢNGNÔNGTRƯỜNGNGHĨALỘ",)),
        ("- - - - - - - - - - - - - - - - - - - -", ("- - - - - - - - - - - - - - - - - - - -",)),
    ],
)
def test_a_line_wraps_where_it_is_too_wide(text: str, lines: tuple[str, ...]) -> None:
    (stack,) = (e for e in template_named("oval-50x20-call").back if isinstance(e, Stack))
    title = stack.lines[0]
    assert isinstance(title, TextLine) and pieces(title, text) == lines


def test_words_that_meet_the_hole_at_one_height_are_tried_at_others() -> None:
    """The title reaches over the ring hole, and has room 0.6 mm above where the block would be in the middle."""
    roster = roster_of(
        'units:\n  - {kind: thị trấn, name: Nông Trường Mộc Châu, code: "1", duty: 0269.3000.201,'
        " chief: 0900.000.101, quantity: 9}\n"
    )
    (artwork,) = Composer(template_named("key-60x25"), draft=True).compose_job(roster.job, roster.units)
    title = next(w for w in words(artwork.back) if w.field == "unit.name")
    assert title.text.startswith("CÔNG AN T") and title.size == 8.5
    assert max(w.size for w in numbers(artwork.back)) == 15.0


def test_the_number_of_a_box_under_the_middle_grows_upwards_too(shipped_roster: Roster) -> None:
    artwork = Composer(template_named("card-id1"), draft=True).compose_job(
        shipped_roster.job, shipped_roster.units[:1]
    )[0]
    assert next(w for w in words(artwork.front) if w.field == "authority.duty").size == 24.0


@pytest.mark.parametrize(
    ("design", "lead"),
    [("oval-50x20", 12.5), ("oval-50x20-glow", 12.5), ("super-oval-50x20", 12.6), ("disc-40", 11.15)],
)
def test_numbers_lose_little_to_a_long_label(design: str, lead: float) -> None:
    unit = '  - {{kind: xã, name: {}, code: "{}", duty: 0269.3000.201, chief: 0900.000.101, {} quantity: 9}}\n'
    chairman = "others: [{role: Chủ tịch xã, number: 0900.000.102}],"
    roster = roster_of(
        "job: {edition: 05/2020}\nunits:\n" + unit.format("Glar", 1, chairman) + unit.format("Trang", 2, "")
    )
    artwork = Composer(template_named(design), draft=True).compose_job(roster.job, roster.units)[0]
    assert max(w.size for w in numbers(artwork.back)) >= 0.97 * lead
    assert {w.text for w in words(artwork.back) if w.field == "label.other"} == {"C.tịch xã"}


@pytest.mark.parametrize("prefix", ["G", "GL", "GLA", "GLAI", "WMWM"])
@pytest.mark.parametrize(("people", "lead"), [(1, 12.5), (2, 12.5), (3, 11.6), (4, 10.25), (5, 10.5)])
def test_serials_of_any_prefix_have_a_place(prefix: str, people: int, lead: float) -> None:
    deputies = ", ".join(f"0900.000.{102 + i}" for i in range(people - 2))
    chief = "chief: 0900.000.101," * (people > 1)
    roster = roster_of(
        f"job: {{edition: 05/2020, serials: {{prefix: {prefix}, start: 1}}}}\nunits:\n  - {{kind: xã, name: Glar,"
        f' code: "1", duty: 0269.3000.201, {chief} deputies: [{deputies}], quantity: 9}}\n'
    )
    (artwork,) = Composer(template_named("oval-50x20-numbered"), draft=True).compose_job(roster.job, roster.units)
    if (prefix, people) == ("WMWM", 5):  # the widest letters that there are: it is said
        assert {fit.text[:4] for fit in artwork.back.fits if not fit.fits} == {"WMWM"}
        return
    assert all(fit.fits for fit in artwork.back.fits), artwork.back.fits
    assert max(w.size for w in numbers(artwork.back)) >= lead - 1e-6
    boxes = [fit.box for fit in artwork.back.fits if fit.field in ("serial", "edition")]
    assert len(boxes) == 2 and not boxes[0].overlaps(boxes[1])


@pytest.mark.parametrize("name", ["Glar", "Đak Đoa", "Nông Trường Mộc Châu"])
def test_words_beside_a_code_go_to_the_middle_without_one(name: str) -> None:
    unit = f'{{kind: xã, name: {name}, code: "1", duty: 0269.3000.201, chief: 0900.000.101, quantity: 9}}'
    roster = roster_of(f"job: {{edition: 05/2020}}\nunits:\n  - {unit}\n")
    (artwork,) = Composer(template_named("door-105x148"), draft=True).compose_job(roster.job, roster.units)
    boxes = [w.box for w in words(artwork.front) if w.text in ("113", "114", "115", "Công an", "Chữa cháy", "Cấp cứu")]
    middle = (min(box.x for box in boxes) + max(box.right for box in boxes)) / 2
    assert len(boxes) == 6 and middle == pytest.approx(105 / 2, abs=1.0)


def test_what_is_said_of_emergencies_is_parted_from_its_neighbours(shipped_roster: Roster) -> None:
    """Each number of the card stands nearer to what it is for than to what comes before it."""
    artwork = Composer(template_named("card-id1"), draft=True).compose_job(
        shipped_roster.job, shipped_roster.units[:1]
    )[0]
    said = {w.text: w.box for w in words(artwork.front)}
    order = ["113", "Công an", "114", "Chữa cháy", "115", "Cấp cứu"]
    gaps = [said[b].x - said[a].right for a, b in pairwise(order)]
    assert min(gaps[1::2]) >= 3 * max(gaps[::2])


def test_the_emergency_number_of_the_disc_is_large_and_off_the_rim(shipped_roster: Roster) -> None:
    template = template_named("disc-40")
    artwork = Composer(template, draft=True).compose_job(shipped_roster.job, shipped_roster.units[:1])[0]
    said = {w.text: w for w in words(artwork.front)}
    assert said["113"].size == 13.0 and said["0269.3000.113"].size >= 11.7
    assert max(w.box.bottom for w in said.values()) <= template.outline.height - 3.0


def test_a_long_label_does_not_draw_the_title_to_the_number() -> None:
    """On the stadium it costs no size, but most of the white above the first number."""
    unit = '{kind: xã, name: Glar, code: "1", duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.103],'
    people = f"{unit} others: [{{role: Chủ tịch xã, number: 0900.000.102}}], quantity: 9}}"
    roster = roster_of(f"job: {{edition: 05/2020}}\nunits:\n  - {people}\n")
    (artwork,) = Composer(template_named("stadium-50x20"), draft=True).compose_job(roster.job, roster.units)
    title = next(w for w in words(artwork.back) if w.field == "unit.name")
    assert numbers(artwork.back)[0].box.y - title.box.bottom > 0.7
    assert {w.text for w in words(artwork.back) if w.field == "label.other"} == {"C.tịch xã"}


def test_a_label_stays_long_where_numbers_lose_nothing() -> None:
    roster = roster_of(
        'units:\n  - {kind: xã, name: Glar, code: "1", duty: 0269.3000.201, chief: 0900.000.101, quantity: 9,'
        " others: [{role: Chủ tịch xã, number: 0900.000.102}]}\n"
    )
    (artwork,) = Composer(template_named("key-60x25"), draft=True).compose_job(roster.job, roster.units)
    assert {w.text for w in words(artwork.back) if w.field == "label.other"} == {"Chủ tịch xã"}


def test_a_face_is_shared_only_by_tags_of_which_it_tells_the_same() -> None:
    own = ["", 'zalo: "https://zalo.me/1",', "slogan: Gọi ngay,", 'zalo: "https://zalo.me/2",', ""]
    people = "duty: 0269.3000.20{0}, chief: 0900.000.10{0}"
    unit = f'  - {{{{kind: xã, name: Glar {{0}}, code: "10{{0}}", {people}, {{1}} quantity: 9}}}}\n'
    roster = roster_of(
        "job: {edition: 05/2020}\nauthority: {name: Đak Đoa, level: district, duty: 0269.3000.113, "
        'zalo: "https://zalo.me/9"}\nunits:\n' + "".join(unit.format(i, more) for i, more in enumerate(own))
    )
    for name in templates.names():
        template = template_named(name)
        artworks = Composer(template, draft=True).compose_job(roster.job, roster.units)
        for artwork, one in zip(artworks, roster.units, strict=True):
            marks = [m for face in artwork.faces for g in face.form.groups for m in g.marks]
            codes = [m.payload for m in marks if isinstance(m, Symbol)]
            assert codes == [said.text for said in payloads(template, roster.job, one)]
            numbers = {m.text for m in marks if isinstance(m, Words) and m.field.startswith(("unit.", "tel"))}
            assert not {w for w in numbers if w[:1] == "0"} - {c.number.value for c in one.contacts}, (name, numbers)


@pytest.mark.parametrize(
    ("design", "name", "more", "title"),
    [
        ("key-60x25", "Trường Long Hòa", "", "CÔNG AN P. TRƯỜNG LONG HÒA"),  # no longer words push it out
        ("oval-50x20-numbered", "Ba", "serials: {prefix: G, start: 1},", "CÔNG AN PHƯỜNG BA"),  # nor a larger number
    ],
)
def test_a_block_stays_near_its_middle(design: str, name: str, more: str, title: str) -> None:
    unit = f"{{kind: phường, name: {name}, code: '1', duty: 0269.3000.201, quantity: 9}}"
    roster = roster_of(f"job: {{edition: 05/2020, {more}}}\nunits:\n  - {unit}\n")
    template = template_named(design)
    (artwork,) = Composer(template, draft=True).compose_job(roster.job, roster.units)
    line = next(w for w in words(artwork.back) if w.field == "unit.name")
    (number,) = numbers(artwork.back)
    assert line.text == title
    assert abs((line.box.y + number.box.bottom) / 2 - template.outline.height / 2) < 2.1
