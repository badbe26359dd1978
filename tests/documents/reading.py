"""Finished documents read back by others: their words, their pictures, and what PDF/X-4 forbids."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import pikepdf
import pypdfium2

from keytag.base.standard import Standard
from keytag.checks.pdf import preflight

PT = 72 / 25.4


class Use(NamedTuple):
    """One use of a form on a page: its name, and its scale."""

    name: str
    scale: float


def pages(data: bytes, tool: Callable[[str], str], tmp_path: Path) -> list[str]:
    """The words of each page as poppler extracts them, lines as they stand."""
    place = tmp_path / "document.pdf"
    place.write_bytes(data)
    run = subprocess.run(
        [tool("pdftotext"), "-layout", "-enc", "UTF-8", str(place), "-"], capture_output=True, check=True
    )
    return run.stdout.decode().split("\f")[:-1]


def own_words(data: bytes) -> list[str]:
    """The words that each page sets itself, without those of the tags' pictures."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            if "/XObject" in page.obj.Resources:
                for name in list(page.obj.Resources.XObject.keys()):
                    page.obj.Resources.XObject[name].write(b"")
        out = io.BytesIO()
        pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    return [document[i].get_textpage().get_text_range() for i in range(len(document))]


def pictures(data: bytes) -> list[list[Use]]:
    """The tag pictures of each page and how large they stand there."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            stack, scale, uses = [], 1.0, []
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "q":
                    stack.append(scale)
                elif name == "Q":
                    scale = stack.pop()
                elif name == "cm":
                    a, b, c, d = (float(v) for v in operands[:4])
                    scale *= abs(a * d - b * c) ** 0.5
                elif name == "Do":
                    uses.append(Use(str(operands[0]), round(scale / PT, 4)))
            found.append(uses)
    return found


def drawn(data: bytes) -> list[list[str]]:
    """The paths that each page draws itself, by their steps: "mllz" is a triangle."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            paths, steps = [], ""
            for _, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name in "mlch":
                    steps += name.replace("h", "z")
                elif steps:
                    paths.append(steps)
                    steps = ""
            found.append(paths)
    return found


def assert_conforms(data: bytes) -> None:
    """The rules of PDF/X-4 that a laid-out document could break; embedded fonts are what a page of words may have."""
    assert [f for f in preflight(data, Standard.X4) if "font" not in f.message.casefold()] == []
    assert data.startswith(b"%PDF-1.6")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert str(pdf.docinfo["/Title"]) in bytes(pdf.Root.Metadata.read_bytes()).decode()
        assert b"PDF/X-4" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo["/CreationDate"]) == "D:20200518000000+07'00'"
        for page in pdf.pages:
            assert "/Annots" not in page.obj and "/Group" not in page.obj
            assert [round(float(v) / PT) for v in page.obj.BleedBox] == [0, 0, 210, 297]
            assert [round(float(v) / PT) for v in page.obj.TrimBox] == [3, 3, 207, 294]
            _assert_process(page.obj, page)
            for font in page.obj.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor and "FiraSans" in str(font.BaseFont)
            for form in page.obj.Resources.get("/XObject", {}).values():
                _assert_process(form, form)


def _assert_process(holder: Any, stream: Any) -> None:
    resources = holder.Resources
    assert "/ColorSpace" not in resources
    for state in resources.get("/ExtGState", {}).values():
        assert {"/OP", "/op", "/OPM"} <= set(state.keys()) and "/ca" not in state
    operators = {str(operator) for _, operator in pikepdf.parse_content_stream(stream)}
    assert not operators & {"rg", "RG", "g", "G", "cs", "CS", "sh", "BI"}


def redness(data: bytes, page: int) -> float:
    """How much of a page is red to the eye, as a fraction."""
    picture = pypdfium2.PdfDocument(data)[page].render(scale=1).to_pil().convert("RGB")
    red, green, blue = (numpy.asarray(channel, dtype=int) for channel in picture.split())
    return float(((red > 180) & (green < 100) & (blue < 100)).mean())
