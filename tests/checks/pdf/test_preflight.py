"""The preflight: silent on good files, and for each rule it names the fault in a file that breaks that rule alone."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.diagnostics import Severity
from keytag.base.drawing import Layer
from keytag.base.standard import Standard
from keytag.checks.model import describe
from keytag.checks.pdf import PDF_CHECKS, Expectation, preflight
from keytag.render.pdf import write
from tests.checks.pdf.broken import CASES, Case, in_page, into_itself, spoiled, with_font
from tests.render.render_samples import document

GOOD = {standard: write(document(), standard) for standard in Standard}
SPOTS = ("All", "CutContour", "Dimensions", "Drill", "Gold 871", "Legend", "White")


def ids(data: bytes, standard: Standard, expect: Expectation | None = None) -> set[str]:
    return {finding.id for finding in preflight(data, standard, expect)}


@pytest.mark.parametrize("standard", Standard)
def test_a_good_file_has_no_findings(standard: Standard) -> None:
    assert preflight(GOOD[standard], standard) == []


@pytest.mark.parametrize("standard", Standard)
def test_saved_anew_it_is_still_good(standard: Standard) -> None:
    """So that what the cases below find is what they broke."""
    assert preflight(spoiled(GOOD[standard], lambda pdf: None, standard), standard) == []


BOTH = [(case, standard) for case in CASES for standard in case.standards]


@pytest.mark.parametrize(
    ("case", "standard"), BOTH, ids=lambda v: f"{v.check}: {v.name}" if isinstance(v, Case) else v.value
)
def test_the_fault_is_found_and_nothing_else(case: Case, standard: Standard) -> None:
    found = preflight(spoiled(GOOD[standard], case.spoil, standard), standard)
    assert case.check in {f.id for f in found}
    assert {f.id for f in found} <= {case.check, *case.also}
    severity = Severity.WARNING if case.check == "pdf-picture" else Severity.ERROR
    assert all(f.severity is severity and f.message and "\n" not in f.message for f in found)


def test_every_check_has_a_case_and_says_what_it_is() -> None:
    made = [describe(module) for module in PDF_CHECKS]
    assert {check.id for check in made} == {case.check for case in CASES} | {"pdf-expected"}
    assert len({check.id for check in made}) == len(made)
    for check in made:
        assert check.id.startswith("pdf-") and check.title and len(check.rationale) > 60


def test_the_other_standard_is_seen() -> None:
    assert {"pdf-version", "pdf-metadata"} <= ids(GOOD[Standard.X1A], Standard.X4)
    assert {"pdf-version", "pdf-metadata", "pdf-layers"} <= ids(GOOD[Standard.X4], Standard.X1A)


def test_a_newer_header_and_streams_of_objects() -> None:
    for standard, newer in ((Standard.X4, "1.7"), (Standard.X1A, "1.5")):
        data = spoiled(GOOD[standard], lambda pdf: None, standard, force_version=newer)
        assert ids(data, standard) == {"pdf-version"}
    streams = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "force_version": "1.5"}
    data = spoiled(GOOD[Standard.X1A], lambda pdf: None, Standard.X1A, **streams)
    assert any("streams" in f.message for f in preflight(data, Standard.X1A))


@pytest.mark.parametrize("standard", Standard)
def test_what_is_appended(standard: Standard) -> None:
    """Bytes behind the end, and a revision that changes nothing."""
    data = GOOD[standard]
    assert ids(data + b"0 0 0 1 k\n" * 9, standard) == {"pdf-version"}
    revision = b"xref\n0 1\n0000000000 65535 f \ntrailer <</Size 1>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    found = preflight(data + revision, standard)
    assert any("a revision is appended" in finding.message for finding in found)


def test_an_encrypted_file() -> None:
    lock = pikepdf.Encryption(owner="o", user="", R=4)
    options = {"encryption": lock, "deterministic_id": False, "stream_decode_level": None}
    data = spoiled(GOOD[Standard.X4], lambda pdf: None, Standard.X4, **options)
    assert "pdf-version" in ids(data, Standard.X4)


def test_a_path_will_do(tmp_path: Path) -> None:
    place = tmp_path / "it.pdf"
    place.write_bytes(GOOD[Standard.X4])
    assert preflight(place, Standard.X4) == []


WANTED = Expectation(1, (50, 46), tuple(layer.value for layer in Layer if layer is not Layer.FOLD), SPOTS)


def test_what_was_wanted() -> None:
    data = GOOD[Standard.X4]
    assert preflight(data, Standard.X4, WANTED) == []
    for other in (
        WANTED._replace(pages=2),
        WANTED._replace(trim=(50, 46.02)),
        WANTED._replace(layers=("Braille",)),
        WANTED._replace(spots=SPOTS[1:]),
    ):
        assert ids(data, Standard.X4, other) == {"pdf-expected"}


def test_a_layer_on_which_nothing_is_left() -> None:
    data = spoiled(GOOD[Standard.X4], lambda pdf: _emptied(pdf), Standard.X4)
    assert preflight(data, Standard.X4) == []  # no rule is broken
    assert ids(data, Standard.X4, WANTED) == {"pdf-expected"}


def _emptied(pdf: pikepdf.Pdf) -> None:
    before = pdf.pages[0].obj.Contents.read_bytes()
    start = before.index(b"/OC /Legend BDC")
    end = before.index(b"/OC /Dimensions BDC")
    pdf.pages[0].obj.Contents.write(before[:start] + before[end:])


def test_fonts_where_they_are_allowed_must_be_embedded() -> None:
    data = spoiled(GOOD[Standard.X4], with_font, Standard.X4)
    (finding,) = preflight(data, Standard.X4, Expectation(fonts=True))
    assert finding.id == "pdf-fonts" and "not embedded" in finding.message


def test_a_form_that_places_itself_ends() -> None:
    data = spoiled(GOOD[Standard.X4], into_itself, Standard.X4)
    assert any("nested deeper" in f.message for f in preflight(data, Standard.X4))


def test_findings_name_the_place() -> None:
    data = spoiled(GOOD[Standard.X4], in_page(b"0.0882 w", b"0.01 w"), Standard.X4)
    (finding,) = preflight(data, Standard.X4)
    assert finding.message == "page 1: has a line of 0.028 pt (at least 0.25 pt)"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6\n", b"\0" * 999, b"%PDF-1.6\ntrailer<</Root 1 0 R>>\n%%EOF"])
def test_what_is_no_pdf_is_a_finding(data: bytes) -> None:
    assert preflight(data, Standard.X4) != []


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, len(GOOD[Standard.X4]) - 1), st.binary(min_size=1, max_size=12), st.booleans())
def test_no_bytes_make_it_raise(at: int, junk: bytes, cut: bool) -> None:
    good = GOOD[Standard.X4]
    preflight(good[:at] + junk + (b"" if cut else good[at + len(junk) :]), Standard.X4)


OBJECTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["x", ""]).map(pikepdf.String)
    | st.sampled_from(["/X", "/ON"]).map(pikepdf.Name),
    lambda inner: st.lists(inner, max_size=3).map(pikepdf.Array),
    max_leaves=4,
)
PLACES = st.sampled_from(
    [
        *(("root", key) for key in ("/OutputIntents", "/OCProperties", "/Metadata", "/Names", "/Version")),
        *(("page", key) for key in ("/TrimBox", "/Annots", "/Contents", "/Resources", "/Group")),
        *(("form", key) for key in ("/Resources", "/Matrix", "/OC", "/Subtype")),
        *(("info", key) for key in ("/Title", "/ModDate", "/Trapped")),
        *(("layers", key) for key in ("/OCGs", "/D", "/Configs")),
    ]
)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(PLACES, OBJECTS)
def test_no_object_of_another_type_makes_it_raise(place: tuple[str, str], value: object) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        (form,) = page.Resources.XObject.values()
        holders = {
            "root": pdf.Root,
            "page": page,
            "form": form,
            "info": pdf.trailer.Info,
            "layers": pdf.Root.OCProperties,
        }
        if value is None:
            if place[1] in holders[place[0]]:
                del holders[place[0]][place[1]]
        else:
            holders[place[0]][place[1]] = value

    preflight(spoiled(GOOD[Standard.X4], spoil, Standard.X4), Standard.X4)


def test_the_documentations_example_runs(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (repository / "docs" / "preflight.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "plate-01.pdf").write_bytes(GOOD[Standard.X4])
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "preflight.md", "exec"), {})
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["pdf-expected"] * 3
    assert "1 pages, not 2" in said[0] and "Dimensions" in said[1] and "Gold 871" in said[2]
