"""One drawing through every writer: nothing it says gets lost, nothing varies, nothing gets out of its place."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from keytag.base.drawing import Fill, Form, Group, Layer
from keytag.base.geometry import Path as Outline
from keytag.base.geometry import Rect, rectangle
from keytag.base.standard import Standard
from keytag.render.dump import dump
from keytag.render.pdf import write
from keytag.render.svg import svg
from tests.render.render_samples import LINK, NAME, NUMBER, RED, document, face, words

SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"


def of_pdf(standard: Standard) -> Callable[[Form], bytes]:
    return lambda form: write(document(forms=(form,)), standard)


WRITERS: dict[str, Callable[[Form], bytes]] = {
    "pdf-x4": of_pdf(Standard.X4),
    "pdf-x1a": of_pdf(Standard.X1A),
    "svg": lambda form: svg([form], "title").encode(),
    "dump": lambda form: dump(document(forms=(form,))).encode(),
}


def said_in_pdf(data: bytes) -> list[str]:
    import pikepdf

    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for form in pdf.pages[0].obj.Resources.XObject.values():
            for step in pikepdf.parse_content_stream(form, "BDC"):
                properties = step.operands[1]
                if isinstance(properties, pikepdf.Dictionary) and "/ActualText" in properties:
                    found.append(str(properties.ActualText))
    return found


def said_in_svg(data: bytes) -> list[str]:
    return [e.attrib["aria-label"] for e in ElementTree.fromstring(data).iter() if "aria-label" in e.attrib]


@pytest.fixture(params=sorted(WRITERS))
def writer(request: pytest.FixtureRequest) -> Callable[[Form], bytes]:
    return WRITERS[request.param]


def test_the_same_drawing_gives_the_same_bytes(writer: Callable[[Form], bytes]) -> None:
    assert writer(face()) == writer(face())


def test_another_drawing_gives_other_bytes(writer: Callable[[Form], bytes]) -> None:
    form = face()
    moved = form._replace(groups=(Group(Layer.ARTWORK, (Fill(rectangle(Rect(0, 0, 9, 9)), RED),)), *form.groups[1:]))
    assert writer(form) != writer(moved)


@pytest.mark.parametrize("standard", Standard)
def test_words_and_payload_are_read_back_from_pdf(standard: Standard) -> None:
    assert said_in_pdf(of_pdf(standard)(face())) == [NAME, NUMBER, LINK]


def test_words_and_payload_are_read_back_from_svg() -> None:
    assert said_in_svg(WRITERS["svg"](face())) == [NAME, NUMBER, LINK]


HOSTILE = (
    "</g><script>alert(1)</script>",
    '" onload="x',
    "]]>",
    "a)>> EMC Q 1 0 0 rg (",
    "\x1b[31m",
    "\x00\n\r%",
    "\ud800",
    "𠮷",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_gets_out_of_its_string(text: str) -> None:
    """Fields and words of any characters leave the same marks as plain ones."""
    import pikepdf

    hostile, plain = (words("x", 6, 9, 9, RED)._replace(text=t, field=t) for t in (text, "plain"))
    forms = [Form("unit/front", Rect(0, 0, 50, 20), (Group(Layer.ARTWORK, (w,)),)) for w in (hostile, plain)]
    for standard in Standard:
        operators = []
        for form in forms:
            with pikepdf.open(BytesIO(of_pdf(standard)(form))) as pdf:
                stream = pdf.pages[0].obj.Resources.XObject["/Funit_2Ffront"]
                operators.append([str(step.operator) for step in pikepdf.parse_content_stream(stream)])
        assert operators[0] == operators[1]
    shapes = [[e.tag for e in ElementTree.fromstring(svg([form], text)).iter()] for form in forms]
    assert shapes[0] == shapes[1]
    assert len(dump(forms[0]).splitlines()) == len(dump(forms[1]).splitlines())
    assert "\x1b" not in dump(forms[0])


@pytest.mark.parametrize("name", ["pdf-x4", "pdf-x1a", "svg"])
def test_a_coordinate_that_is_no_number_is_refused(name: str) -> None:
    for bad in (float("nan"), float("inf"), float("-inf")):
        broken = Fill(Outline("ml", (0.0, 0.0, bad, 1.0)), RED)
        with pytest.raises(ValueError, match="number"):
            WRITERS[name](Form("unit/front", Rect(0, 0, 9, 9), (Group(Layer.ARTWORK, (broken,)),)))


def test_svg_has_its_layers_and_its_size_in_millimetres() -> None:
    root = ElementTree.fromstring(WRITERS["svg"](face()))
    labels = [e.attrib[f"{INKSCAPE}label"] for e in root.iter(f"{SVG}g") if f"{INKSCAPE}label" in e.attrib]
    assert labels == ["Artwork", "White underbase", "Cut line", "Ring hole"]
    assert (root.attrib["width"], root.attrib["height"], root.attrib["viewBox"]) == ("56mm", "26mm", "0 0 56 26")


def test_dump_is_the_golden_file() -> None:
    """Where the sample or the format changes on purpose: read the difference, then write the new dump into the file."""
    golden = Path(__file__).with_name("sample.txt")
    assert dump(document()) == golden.read_text(encoding="utf-8")
