"""The PDF/X file: what its bytes say, and what foreign readers say of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from keytag.base.drawing import Fill, Form, Group, Layer, Placement, Stroke
from keytag.base.geometry import Affine, Rect, circle, rectangle
from keytag.base.geometry import Path as Outline
from keytag.base.ink import CUT, Cmyk, Ink
from keytag.base.standard import Standard
from keytag.base.units import number, pt, to_pt
from keytag.checks.pdf import preflight
from keytag.render.pdf import form_content, page_content, placements, write
from keytag.render.pdf.syntax import path_text, resource
from tests.render.render_samples import GOLD, RED, document, face, page

Tool = Callable[[str], str]


@pytest.fixture(scope="module", params=Standard, ids=lambda s: s.value)
def standard(request: pytest.FixtureRequest) -> Standard:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def data(standard: Standard) -> bytes:
    return write(document(), standard)


@pytest.fixture
def pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(data)) as opened:
        yield opened


def with_art(*marks: Any) -> Form:
    return Form("unit/front", Rect(0, 0, 50, 20), (Group(Layer.ARTWORK, marks),))


def test_it_passes_the_preflight(data: bytes, standard: Standard) -> None:
    assert preflight(data, standard) == []


def test_header_and_cross_references(data: bytes, standard: Standard) -> None:
    assert data.startswith(b"%PDF-1.6" if standard is Standard.X4 else b"%PDF-1.4")
    assert b"\nxref\n" in data and b"/ObjStm" not in data and b"/XRef" not in data


def test_there_is_no_font(data: bytes, pdf: pikepdf.Pdf) -> None:
    assert b"/Font" not in data and b"Helvetica" not in data
    assert not any(isinstance(item, pikepdf.Dictionary) and "/Font" in item for item in pdf.objects)


def test_boxes_in_points_from_the_lower_left(pdf: pikepdf.Pdf) -> None:
    only = pdf.pages[0].obj
    expected = {"/MediaBox": (0, 0, 80, 76), "/BleedBox": (12, 12, 68, 64), "/TrimBox": (15, 15, 65, 61)}
    for key, box in expected.items():
        assert [float(v) for v in only[key]] == pytest.approx([to_pt(v) for v in box], abs=1e-4)
    assert not {"/CropBox", "/Rotate", "/UserUnit", "/Group", "/Annots"} & set(only.keys())


def test_info_and_trapped(pdf: pikepdf.Pdf, standard: Standard) -> None:
    info = pdf.trailer.Info
    assert str(info.Title) == 'Đak Đoa <tags> & "keys"' and str(info.Subject) == "sample"
    assert str(info.CreationDate) == str(info.ModDate) == "D:20200518080000+07'00'"
    assert isinstance(info.Trapped, pikepdf.Name) and str(info.Trapped) == "/False"
    assert str(info.get("/GTS_PDFXVersion", "")) == ("" if standard is Standard.X4 else "PDF/X-1a:2003")


def test_layers_in_order_with_their_processing_steps() -> None:
    with pikepdf.open(BytesIO(write(document()))) as pdf:
        properties = pdf.Root.OCProperties
        order = [str(group.Name) for group in properties.D.Order]
        assert order == [layer.value for layer in Layer if layer is not Layer.FOLD]  # the sample has no fold
        assert [str(g.Name) for g in properties.D.ON] == order and "/AS" not in properties.D
        steps = {str(g.Name): dict(g.GTS_Metadata.items()) for g in properties.OCGs if "/GTS_Metadata" in g}
    assert {name: {k: str(v) for k, v in step.items()} for name, step in steps.items()} == {
        "White underbase": {"/GTS_ProcStepsGroup": "/White"},
        "Cut line": {"/GTS_ProcStepsGroup": "/Structural", "/GTS_ProcStepsType": "/Cutting"},
        "Ring hole": {"/GTS_ProcStepsGroup": "/Structural", "/GTS_ProcStepsType": "/Drilling"},
        "Legend": {"/GTS_ProcStepsGroup": "/Legend"},
        "Dimensions": {"/GTS_ProcStepsGroup": "/Dimensions"},
    }


def test_only_layers_that_occur_are_declared() -> None:
    bare = page()._replace(groups=())
    with pikepdf.open(BytesIO(write(document(pages=(bare,))))) as pdf:
        declared = [str(group.Name) for group in pdf.Root.OCProperties.OCGs]
    assert declared == ["Artwork", "White underbase", "Cut line", "Ring hole"]


def test_x1a_has_no_optional_content() -> None:
    data = write(document(), Standard.X1A)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert "/OCProperties" not in pdf.Root
        for holder in (pdf.pages[0].obj, *pdf.pages[0].obj.Resources.XObject.values()):
            assert "/Properties" not in holder.Resources
            marked = [step.operands[0] for step in pikepdf.parse_content_stream(holder, "BDC")]
            assert "/OC" not in [str(tag) for tag in marked] and marked


def test_resources_are_complete_and_nothing_more(pdf: pikepdf.Pdf) -> None:
    """What each stream names is what its own dictionary holds."""
    holders = [pdf.pages[0].obj, *(x for x in pdf.pages[0].obj.Resources.XObject.values())]
    for holder in holders:
        named: dict[str, set[str]] = {
            "/ColorSpace": set(),
            "/ExtGState": set(),
            "/Properties": set(),
            "/XObject": set(),
        }
        kinds = {"cs": "/ColorSpace", "CS": "/ColorSpace", "gs": "/ExtGState", "Do": "/XObject"}
        for step in pikepdf.parse_content_stream(holder):
            if (operator := str(step.operator)) in kinds:
                named[kinds[operator]].add(str(step.operands[0]))
            elif operator == "BDC" and str(step.operands[0]) == "/OC":
                named["/Properties"].add(str(step.operands[1]))
        held = {kind: set(holder.Resources.get(kind, pikepdf.Dictionary()).keys()) for kind in named}
        assert held == named


def test_one_separation_a_spot_and_one_pair_of_states(pdf: pikepdf.Pdf) -> None:
    spots: dict[str, set[Any]] = {}
    states = set()
    holders = [pdf.pages[0].obj, *pdf.pages[0].obj.Resources.XObject.values()]
    for holder in holders:
        for space in dict(holder.Resources.ColorSpace.items()).values():
            spots.setdefault(str(space[1])[1:], set()).add(space.objgen)
        for name, state in holder.Resources.ExtGState.items():
            states.add((name, state.objgen, bool(state.OP), bool(state.op), int(state.OPM)))
    assert set(spots) == {"All", "CutContour", "Dimensions", "Drill", "Gold 871", "Legend", "White"}
    assert all(len(found) == 1 for found in spots.values())
    assert {(name, *rest) for name, _, *rest in states} == {
        ("/Overprint", True, True, 1),
        ("/Knockout", False, False, 0),
    }
    assert len(states) == 2


def test_a_form_is_stored_once_however_often_it_is_placed() -> None:
    many = page()._replace(placements=page().placements * 40)
    one, eighty = write(document()), write(document(pages=(many,)))
    assert len(eighty) - len(one) < 400  # a few bytes a station, deflated


def test_placements_are_the_pages_own_bytes() -> None:
    assert placements(page()) in page_content(page()).data
    assert placements(page()) == b"q 1 0 0 1 15 15 cm /Funit_2Ffront Do Q\nq -1 0 0 -1 65 61 cm /Funit_2Ffront Do Q\n"


def test_each_group_sets_what_it_needs() -> None:
    """Every layer's paints are the same when the layers before it are taken out."""
    whole = form_content(face()).data
    for group in face().groups:
        assert form_content(face()._replace(groups=(group,))).data in whole


DOT = circle(9, 9, 1)
TWO_GOLDS = (Fill(DOT, GOLD), Fill(DOT, GOLD._replace(cmyk=Cmyk(1, 0, 0, 0))))
NOT_ASCII = Fill(DOT, Ink("Đỏ", Cmyk(0, 1, 1, 0), spot=True))
REFUSED = (
    (document(title="  "), "title"),
    (document(date="2020-05-18T08:00:00"), "zone"),
    (document(forms=()), "does not define"),
    (document(forms=(face(), face())), "same key"),
    (document(forms=(with_art(*TWO_GOLDS),)), "defined twice"),
    (document(forms=(with_art(NOT_ASCII),)), "ASCII"),
)


@pytest.mark.parametrize(("wrong", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_document_that_contradicts_itself_is_refused(wrong: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        write(wrong)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1).filter(lambda v: len(v) % 2 == 0))
def test_paths_are_written_as_every_number_is(coords: list[float]) -> None:
    written = path_text(Outline("m" * (len(coords) // 2), tuple(coords))).replace("m\n", "").split()
    assert written == [number(v) for v in coords]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(), st.text())
def test_resource_names_are_plain_and_never_shared(one: str, other: str) -> None:
    assert re.fullmatch(r"F[A-Za-z0-9._-]{0,100}", resource("F", one))
    written = [text.encode("utf-8", "replace") for text in (one, other)]
    assert (resource("F", one) == resource("F", other)) == (written[0] == written[1])


def test_qpdf_finds_nothing(data: bytes, tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "it.pdf").write_bytes(data)
    done = subprocess.run([tool("qpdf"), "--check", tmp_path / "it.pdf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "WARNING" not in done.stdout + done.stderr


def test_mutool_finds_nothing(data: bytes, tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "it.pdf").write_bytes(data)
    done = subprocess.run(
        [tool("mutool"), "draw", "-F", "trace", "-o", tmp_path / "trace.xml", tmp_path / "it.pdf"],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in (done.stdout + done.stderr).splitlines() if "ICC support" not in line]  # of the build
    assert done.returncode == 0 and not [line for line in said if "warning" in line or "error" in line]
    assert "<fill_text" not in (tmp_path / "trace.xml").read_text()


DPI = 144


@pytest.fixture(scope="module")
def plates(data: bytes, tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray[Any, Any]]:
    return separated(data, tool, tmp_path_factory.mktemp("plates"))


def separated(data: bytes, tool: Tool, folder: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Plate → ink from 0 to 255, by Ghostscript."""
    (folder / "it.pdf").write_bytes(data)
    words = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}", f"-sOutputFile={folder}/p.tif"]
    subprocess.run([tool("gs"), *words, folder / "it.pdf"], check=True, capture_output=True)
    found = {}
    for path in folder.glob("p(*).tif"):
        with Image.open(path) as image:
            found[path.name[2:-5]] = 255 - np.asarray(image.convert("L"), dtype=np.int16)
    return found


def at(plate: np.ndarray[Any, Any], x: float, y: float) -> int:
    return int(plate[round(y * DPI / 25.4), round(x * DPI / 25.4)])


def test_every_spot_is_a_plate_of_its_own(plates: dict[str, np.ndarray[Any, Any]]) -> None:
    process = {"Cyan", "Magenta", "Yellow", "Black"}
    assert set(plates) == process | {"CutContour", "Dimensions", "Drill", "Gold 871", "Legend", "White"}
    assert all(plates[name].max() > 100 for name in plates)


def test_technical_inks_change_no_other_plate(
    plates: dict[str, np.ndarray[Any, Any]], standard: Standard, tool: Tool, tmp_path: Path
) -> None:
    art = face()._replace(groups=face().groups[:1])
    bare = separated(write(document(forms=(art,)), standard), tool, tmp_path)
    for name in ("Cyan", "Magenta", "Yellow", "Black", "Gold 871"):
        assert np.array_equal(plates[name], bare[name])


def test_a_technical_ink_that_knocks_out_is_seen(standard: Standard, tool: Tool, tmp_path: Path) -> None:
    """The comparison above can fail."""
    groups = face().groups
    wrong = Group(Layer.CUT, (Stroke(rectangle(Rect(0, 0, 50, 20)), CUT._replace(overprint=False), pt(2)),))
    art = face()._replace(groups=groups[:1])
    both = face()._replace(groups=(groups[0], wrong))
    one, other = (
        separated(write(document(forms=(f,)), standard), tool, _made(tmp_path / n))
        for n, f in (("a", art), ("b", both))
    )
    assert not np.array_equal(one["Magenta"], other["Magenta"])


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_tones_on_the_plates(plates: dict[str, np.ndarray[Any, Any]]) -> None:
    """Red ground, paper panel, half a tone of gold, the picture's cyan row; upright and turned."""
    for place in (Affine(1, 0, 0, 1, 15, 15), Affine(-1, 0, 0, -1, 65, 61)):
        ground, panel, tint = place.apply(25, 19.4), place.apply(18.6, 10), place.apply(43, 8)
        top, bottom = place.apply(37, 7), place.apply(37, 9)
        assert [at(plates[n], *ground) for n in ("Cyan", "Magenta", "Yellow", "Black")] == [0, 255, 255, 0]
        assert [at(plates[n], *panel) for n in ("Cyan", "Magenta", "Yellow", "Black")] == [0, 0, 0, 0]
        assert at(plates["Gold 871"], *tint) == pytest.approx(128, abs=2) and at(plates["Magenta"], *tint) == 0
        assert (at(plates["Cyan"], *top), at(plates["Magenta"], *top)) == (255, 0)
        assert (at(plates["Cyan"], *bottom), at(plates["Magenta"], *bottom)) == (0, 255)
        assert at(plates["White"], *ground) == 255


def test_registration_is_on_every_plate(plates: dict[str, np.ndarray[Any, Any]]) -> None:
    for name, plate in plates.items():
        around = plate[round(3 * DPI / 25.4) : round(6 * DPI / 25.4), round(39 * DPI / 25.4) : round(41 * DPI / 25.4)]
        assert around.max() > 60, name


def test_a_form_that_no_page_places_is_left_out() -> None:
    other = face("other/front", RED._replace(cmyk=Cmyk(0.11, 1, 1, 0)))
    assert write(document(forms=(face(), other))) == write(document())
    placed = page()._replace(placements=(*page().placements, Placement("other/front", Affine(1, 0, 0, 1, 20, 20), 3)))
    assert write(document(forms=(face(), other), pages=(placed,))) != write(document())
