"""Jobs with White: what people open shows the tags, and the press files keep the White that the press needs."""

from __future__ import annotations

import hashlib
import json
import math
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

ROSTER = """\
job: {{name: Thử, template: {template}, date: 2020-05-18, edition: 05/2020}}
authority:
  name: Đak Đoa
  level: district
  province: Gia Lai
  duty: 0269.3000.113
  chief: 0900.000.100
  zalo: https://zalo.me/1234567890123456789
units:
  - {{kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, quantity: 100}}
"""
Made = tuple[str, Path]
DPI = 40
OVAL = math.pi / 4 * 50 * 20  # mm²


@pytest.fixture(scope="module", params=["oval-50x20", "oval-50x20-clear", "oval-50x20-moulded"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A roster's proofs and its folder for the factory, by the name of the template."""
    folder = tmp_path_factory.mktemp("white")
    (folder / "contacts.yaml").write_text(ROSTER.format(template=request.param), encoding="utf-8")
    for verb in (["impose", "-o", "out"], ["render", "-o", "proofs", "-f", "pdf", "-f", "svg"]):
        subprocess.run([sys.executable, "-m", "keytag", *verb], cwd=folder, check=True, capture_output=True)
    return request.param, folder


def red_area(tool: Callable[[str], str], path: Path, page: int = 1) -> float:
    """How much of a page is red in a viewer that does not simulate overprint, in mm²."""
    words = [tool("pdftoppm"), "-r", str(DPI), "-png", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*words, str(path), str(path.with_suffix(""))], check=True)
    return red(path.with_suffix(".png"), DPI)


def red(path: Path, dpi: float) -> float:
    with Image.open(path) as image:
        r, g, b = np.asarray(image.convert("RGB")).transpose(2, 0, 1)
    return float(((r > 150) & (g < 90) & (b < 90)).sum()) * (25.4 / dpi) ** 2


def tag_area(made: Made, tool: Callable[[str], str]) -> tuple[float, float]:
    """How much of a tag's front and back is red, in mm², on its proof: most of it, or half where it is moulded."""
    proof = made[1] / "proofs" / "xa-glar.pdf"
    front, back = red_area(tool, proof, 1), red_area(tool, proof, 2)
    least = (0.45 if made[0] == "oval-50x20-moulded" else 0.85) * OVAL
    assert least < front < 1.3 * OVAL and least < back < 1.3 * OVAL
    return front, back


def stations(folder: Path) -> int:
    (plate,) = json.loads((folder / "out" / "job.json").read_text())["plates"]
    return sum(slot["tags"] for slot in plate["slots"])


def spots(path: Path) -> set[str]:
    with pikepdf.open(path) as pdf:
        found = [o for o in pdf.objects if isinstance(o, pikepdf.Array) and len(o) == 4 and o[0] == "/Separation"]
        return {str(o[1])[1:] for o in found}


def test_proofs_show_the_tag_on_its_plastic_and_have_no_white(made: Made, tool: Callable[[str], str]) -> None:
    proof = made[1] / "proofs" / "xa-glar.pdf"
    assert all(tag_area(made, tool))
    assert spots(proof) == {"CutContour", "Drill", "Dimensions", "Legend"}
    drawing = (made[1] / "proofs" / "xa-glar.svg").read_text(encoding="utf-8")
    art = drawing[: drawing.index("front-cut")]
    assert "White underbase" not in drawing
    colours = [bytes.fromhex(found) for found in re.findall('fill="#([0-9a-f]{6})"', art)]
    assert colours[0][0] > 150 and max(colours[0][1:]) < 90  # red is painted first, and light words on it
    assert any(min(colour) > 200 for colour in colours[1:])


def test_white_plastic_needs_no_white_and_every_viewer_shows_the_files(made: Made, tool: Callable[[str], str]) -> None:
    name, folder = made
    out = folder / "out"
    assert ("White" in spots(out / "masters.pdf")) == (name != "oval-50x20")
    assert (out / "view").is_dir() == (name != "oval-50x20")
    if name == "oval-50x20":
        front, back = tag_area(made, tool)
        for page, once in ((1, front), (2, back)):
            assert red_area(tool, out / "masters.pdf", page) == pytest.approx(once, rel=0.01)
            of_sheet = red_area(tool, out / "plate-01.pdf", page) / (stations(folder) * once)
            assert 0.99 < of_sheet < 1.05  # and the marks


def test_jobs_with_white_hold_view_copies(made: Made, tool: Callable[[str], str]) -> None:
    name, folder = made
    out = folder / "out"
    listed = {e["name"]: e for e in json.loads((out / "job.json").read_text())["files"]}
    views = {n for n in listed if n.startswith("view/")}
    if name == "oval-50x20":
        assert not views
        return
    pictures = ["cutting-forme", "masters-xa-glar-back", "masters-xa-glar-front", "plate-01-back", "plate-01-front"]
    pages = ["cutting-forme", "masters", "plate-01"]
    assert views == {f"view/{p}.png" for p in pictures} | {f"view/{p}.pdf" for p in pages}
    for view in views:
        data = (out / view).read_bytes()
        assert listed[view]["sha256"] == hashlib.sha256(data).hexdigest()
        assert listed[view]["what"] == "view copy, not for press"
    for page in pages:
        assert spots(out / "view" / f"{page}.pdf") == set()
        with pikepdf.open(out / "view" / f"{page}.pdf") as pdf:
            assert "/OCProperties" not in pdf.Root and "NOT FOR PRESS" in str(pdf.docinfo["/Title"])
            assert all(b"/Overprint" not in p.Contents.read_bytes() for p in pdf.pages)
    front, back = tag_area(made, tool)
    banner = red_area(tool, out / "view" / "masters.pdf") - front  # a line above that says what it is not for
    assert 0 < banner < 1.2 * OVAL
    assert red_area(tool, out / "view" / "plate-01.pdf") > 0.99 * stations(folder) * front
    for picture, least in zip(
        pictures[1:], (back, front, stations(folder) * back, stations(folder) * front), strict=True
    ):
        assert red(out / "view" / f"{picture}.png", 200 if "masters" in picture else 120) > 0.99 * least


def test_slug_and_ticket_of_a_job_with_white_say_how_to_look_at_it(made: Made, tool: Callable[[str], str]) -> None:
    name, folder = made
    words = [tool("pdftotext"), str(folder / "out" / "production-ticket.pdf"), "-"]
    ticket = subprocess.run(words, capture_output=True, check=True).stdout.decode()
    with pikepdf.open(folder / "out" / "plate-01.pdf") as pdf:
        said = " ".join(
            str(i.operands[1]["/ActualText"])
            for i in pikepdf.parse_content_stream(pdf.pages[0], "BDC")
            if isinstance(i.operands[1], pikepdf.Dictionary) and "/ActualText" in i.operands[1]
        )
    assert ("Overprint Preview" in ticket) == (name != "oval-50x20")
    assert ("OVERPRINT PREVIEW" in said) == (name != "oval-50x20")
