"""The proof book: every digit on its page, pictures at their scale, and nothing wrong passed over in silence."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.drawing import Words
from keytag.base.outline import Ellipse
from keytag.documents.printed import facts_of, lacking
from keytag.documents.proof_book import proof_book
from keytag.files.source import Source
from keytag.roster.load import assemble
from keytag.roster.model import Roster
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from tests.conftest import roster_of, template_named
from tests.documents.conftest import HEAD
from tests.documents.reading import assert_conforms, own_words, pages, pictures, redness

NAME = "Kơ\u0306dơng \u0243iăp Čư\u0306 Ê\u0306ban"
SMALL = f"""
job: {{edition: 05/2020, show_113: yes}}
authority: {{name: Đak Đoa, level: district, duty: 0269.3000.113, zalo: "https://zalo.me/1234567890123456789"}}
units:
  - kind: xã
    name: "{NAME}"
    duty: 0269.3000.201
    chief: {{name: Rơ\u0306 Chăm Ƀlư, number: 0900.000.101}}
    deputies: [0900.000.102]
    quantity: 1234
"""


def small(text: str = SMALL, template: Template | None = None) -> tuple[Roster, list[Artwork], Template]:
    template = template or template_named("oval-50x20")
    roster = roster_of(text)
    return roster, list(Composer(template).compose_job(roster.job, roster.units)), template


def swapped(artwork: Artwork, old: str, new: str) -> Artwork:
    """The same tag with other words on its back."""
    form = artwork.back.form
    groups = tuple(
        group._replace(
            marks=tuple(m._replace(text=new) if isinstance(m, Words) and m.text == old else m for m in group.marks)
        )
        for group in form.groups
    )
    return artwork._replace(back=artwork.back._replace(form=form._replace(groups=groups)))


def test_every_number_stands_on_its_units_page(book: bytes, shipped_roster: Roster) -> None:
    found = own_words(book)
    units = shipped_roster.units
    backs, calls = found[1 + len(units)], "".join(found[2 + len(units) :])
    for unit, words in zip(units, found[1 : 1 + len(units)], strict=True):
        assert unit.title[1:] in backs and unit.title in calls
        assert all(contact.number.value in calls for contact in unit.contacts)
        assert unit.title[1:] in words
        for contact in unit.contacts:
            assert contact.number.value in words
            assert f"contacts.yaml:{contact.number.span.line}:{contact.number.span.column}" in words
        assert words.count("https://zalo.me/1234567890123456789") == 2
        assert "Trùng khớp" in words and "KHÁC" not in words


def test_the_cover_lists_all_units_with_their_pages(
    book: bytes, shipped_roster: Roster, tool: Callable[[str], str], tmp_path: Path
) -> None:
    cover, *rest = pages(book, tool, tmp_path)
    assert "15.000" in cover and f"1 / {1 + len(rest)}" in cover
    for number, unit in enumerate(shipped_roster.units, 1):
        line = next(line for line in cover.splitlines() if unit.title[1:] in line)
        assert line.split()[0] == str(number)
        assert line.split()[-1] == str(number + 1)
        (code,) = re.findall(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b", line)
        assert code in rest[number - 1] and code in rest[len(shipped_roster.units)]
        assert unit.title[1:] in rest[number - 1]


def test_faces_stand_at_one_to_one_and_enlarged(book: bytes) -> None:
    cover, *others = pictures(book)
    units = [uses for uses in others if len(uses) == 4]
    assert cover == [] and len(units) == 17
    assert [use.scale for use in others[17]] == [1.0] * 17  # all backs
    for uses in units:
        scales = sorted(use.scale for use in uses)
        assert scales[:2] == [1.0, 1.0]
        assert scales[2] == scales[3] >= 2.0 and len(scales) == 4


def test_the_symbol_on_the_page_decodes(book: bytes) -> None:
    page = pypdfium2.PdfDocument(book)[3].render(scale=3).to_pil()
    found = {code.text for code in zxingcpp.read_barcodes(page)}
    assert found == {"https://zalo.me/1234567890123456789"}


def test_conforms_to_pdfx(book: bytes) -> None:
    assert_conforms(book)


def test_moulded_tags_are_red_without_a_red_ink() -> None:
    roster, artworks, template = small(template=template_named("oval-50x20-moulded"))
    data = proof_book(HEAD, roster, artworks, template, [], {})
    assert_conforms(data)
    assert redness(data, 0) < 0.01 < 0.1 < redness(data, 1)


@pytest.mark.parametrize(
    ("read", "verdict"),
    [
        ("https://zalo.me/1234567890123456789", "Trùng khớp"),
        ("https://zalo.me/1234567890123456788", "KHÁC NHAU"),
        (None, "KHÔNG ĐỌC ĐƯỢC"),
    ],
)
def test_the_link_is_held_against_the_roster(read: str | None, verdict: str) -> None:
    roster, artworks, template = small()
    words = own_words(proof_book(HEAD, roster, artworks, template, [], {artworks[0].key: read}))[1]
    assert [v for v in ("Trùng khớp", "KHÁC NHAU", "KHÔNG ĐỌC ĐƯỢC") if v in words] == [verdict]


def test_a_wrong_digit_on_the_tag_is_said() -> None:
    roster, artworks, template = small()
    right = facts_of(roster.job, roster.units[0], artworks[0])
    assert not any(fact.differs for fact in right)
    wrong = swapped(artworks[0], "0900.000.102", "0900.000.120")
    facts = facts_of(roster.job, roster.units[0], wrong)
    assert [(f.text, f.typed) for f in facts if f.differs] == [("0900.000.120", "0900.000.102")]
    words = own_words(proof_book(HEAD, roster, [wrong], template, [], {}))[1]
    assert "KHÁC DANH BẠ" in words and "0900.000.120" in words and "0900.000.102" in words


def test_a_number_that_is_not_printed_is_said() -> None:
    roster, artworks, _ = small()
    unit = roster.units[0]
    printed = facts_of(roster.job, unit, artworks[0])
    assert lacking(unit, printed) == ""
    without = tuple(fact for fact in printed if fact.text != "0900.000.101")
    assert lacking(unit, without) == "0900.000.101 (chief)"


def test_people_and_findings_are_named() -> None:
    roster, artworks, template = small()
    unit = roster.units[0]
    findings = [
        Diagnostic("qr-module", Severity.ERROR, unit.span, "module 0.31 mm is too small", unit=unit.key),
        Diagnostic("quantity-odd", Severity.NOTE, None, "an odd number of tags"),
    ]
    cover, page, _, calls = own_words(proof_book(HEAD, roster, artworks, template, findings, {}))
    assert "an odd number of tags" in cover and "module 0.31" not in cover
    assert "module 0.31 mm is too small" in page and "[qr-module]" in page and "Lỗi" in page
    assert "Rơ\u0306 Chăm Ƀlư" in page and "Rơ\u0306 Chăm Ƀlư" in calls


def test_other_groups_of_the_same_digits_are_shown_beside_them() -> None:
    roster, artworks, template = small(SMALL.replace("0900.000.102", "0900 000102"))
    page = own_words(proof_book(HEAD, roster, artworks, template, [], {}))[1]
    assert "viết là 0900 000102" in page and "KHÁC" not in page.replace("KHÁC NHAU", "")


def test_the_place_of_a_row_is_one_line_whatever_the_file_is_called() -> None:
    name = "danh-ba-cong-an-tinh-gia-lai-thang-bay-2025.yaml"
    roster, _, template = small()
    roster = assemble([Source(name, SMALL)])
    artworks = list(Composer(template).compose_job(roster.job, roster.units))
    page = own_words(proof_book(HEAD, roster, artworks, template, [], {}))[1]
    at = roster.units[0].contacts[0].number.span
    assert re.search(rf"…\S*2025\.yaml:{at.line}:{at.column}", page)


@pytest.mark.parametrize("name", [NAME.rpartition(" ")[0], "Krông Pắc Ia Hrŭng"])
def test_letters_of_the_highlands_extract_as_typed(name: str, tool: Callable[[str], str], tmp_path: Path) -> None:
    roster, artworks, template = small(SMALL.replace(NAME, name))
    cover, page, *_ = pages(proof_book(HEAD, roster, artworks, template, [], {}), tool, tmp_path)
    assert f"Xã {name}" in cover and f"Xã {name}" in page
    assert "1.234" in page


def test_marks_that_only_shaping_places_extract_as_themselves(tool: Callable[[str], str], tmp_path: Path) -> None:
    """Glyphs without a character of their own are read as what they stand for (poppler may see a gap by a mark)."""
    roster, artworks, template = small()
    for text in pages(proof_book(HEAD, roster, artworks, template, [], {}), tool, tmp_path):
        assert f"xã{NAME}".replace(" ", "") in text.replace(" ", "").replace("Xã", "xã")
        assert not re.search("[\ue000-\uf8ff]", text)


def test_a_long_roster_still_has_its_signature() -> None:
    others = ", ".join(f'{{role: "Trưởng thôn {i}", number: 0900.000.{300 + i}}}' for i in range(24))
    text = SMALL.replace("    quantity", f"    others: [{others}]\n    quantity")
    roster, artworks, template = small(text)
    found = own_words(proof_book(HEAD, roster, artworks, template, [], {}))
    assert len(found) == 5
    assert "Chữ ký" not in found[1] and "Chữ ký" in found[2]
    for i in range(24):
        assert f"0900.000.{300 + i}" in found[1] + found[2]


@pytest.mark.parametrize("size", [(85, 54), (120, 40), (200, 200), (30, 60), (5, 5)])
def test_tags_of_any_size_have_their_page(size: tuple[int, int]) -> None:
    oval = template_named("oval-50x20")
    outline = Ellipse(float(size[0]), float(size[1]))
    template = oval._replace(outline=outline, hole=None)
    roster, artworks, _ = small(template=template)
    data = proof_book(HEAD, roster, artworks, template, [], {})
    assert len(pictures(data)[1]) in (2, 4)
    assert "0900.000.101" in "".join(own_words(data)[1:])


@given(
    name=st.text(max_size=60).filter(lambda s: s.strip()),
    person=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300),
    number=st.text(max_size=40),
)
@settings(deadline=None, derandomize=True, max_examples=12)
def test_whatever_is_typed_is_set(name: str, person: str, number: str) -> None:
    roster, _, template = small()
    unit = roster.units[0]
    assert unit.name and unit.chief and unit.chief.name
    chief = unit.chief._replace(
        number=unit.chief.number._replace(value=number), name=unit.chief.name._replace(value=person)
    )
    unit = unit._replace(name=unit.name._replace(value=name), chief=chief)
    roster = roster._replace(units=(unit,))
    artwork = Composer(template).compose(roster.job, unit)
    head = HEAD._replace(job=name, customer=person)
    data = proof_book(head, roster, [artwork], template, [], {unit.key: person})
    assert_conforms(data)


def test_the_same_bytes_anywhere(repository: Path, tmp_path: Path) -> None:
    """Another process, hash seed, time zone, locale and directory make no difference."""
    script = (
        "import hashlib, sys\n"
        "from tests.documents.test_proof_book import small\n"
        "from tests.documents.conftest import HEAD\n"
        "from keytag.documents.proof_book import proof_book\n"
        "roster, artworks, template = small()\n"
        "print(hashlib.sha256(proof_book(HEAD, roster, artworks, template, [], {})).hexdigest())\n"
    )
    roster, artworks, template = small()
    here = hashlib.sha256(proof_book(HEAD, roster, artworks, template, [], {})).hexdigest()
    again = hashlib.sha256(proof_book(HEAD, roster, artworks, template, [], {})).hexdigest()
    other = {"PYTHONPATH": str(repository), "PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, **other},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == here == again
    assert re.fullmatch("[0-9a-f]{64}", here)
