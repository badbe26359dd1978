"""Proofs and plates from the press file: the right layers, the right colours, and the same plates as Ghostscript's."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from keytag.base.drawing import Layer
from keytag.base.geometry import Point, Rect
from keytag.base.ink import BLACK, CUT, PAPER, Cmyk
from keytag.base.outline import Hole
from keytag.base.standard import Standard
from keytag.render import colour, png
from keytag.render.pdf import write
from keytag.tag.artwork import Face
from tests.render.render_samples import HOLE, OUTLINE, RED, document, face

Tool = Callable[[str], str]
DPI = 144.0
TRIM = Rect(15, 15, 50, 20)  # of the first station
GROUND, PANEL, CYAN, MAGENTA = (40.0, 34.4), (33.6, 25.0), (52.0, 22.0), (52.0, 24.0)  # places on the page

# FOGRA39's solids as every designer knows them in sRGB (relative colorimetric, black point compensation).
KNOWN = (
    (PAPER.cmyk, (255, 255, 255)),
    (Cmyk(1, 0, 0, 0), (0, 159, 227)),
    (Cmyk(0, 1, 0, 0), (230, 0, 126)),
    (Cmyk(0, 0, 1, 0), (255, 237, 0)),
    (RED.cmyk, (227, 6, 19)),
    (BLACK.cmyk, (29, 29, 27)),
)


@pytest.fixture(scope="module", params=Standard, ids=lambda s: s.value)
def data(request: pytest.FixtureRequest) -> bytes:
    return write(document(), request.param)


def at(image: Image.Image, place: tuple[float, float]) -> tuple[int, ...]:
    found = image.getpixel((round(place[0] * DPI / 25.4), round(place[1] * DPI / 25.4)))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(("cmyk", "known"), KNOWN)
def test_colours_go_through_the_output_profile(cmyk: Cmyk, known: tuple[int, int, int]) -> None:
    assert colour.srgb(cmyk) == pytest.approx(known, abs=3)


def test_a_tint_lies_between_paper_and_its_full_tone() -> None:
    assert colour.shown(CUT._replace(tint=0.0)) == (255, 255, 255)
    assert colour.shown(CUT._replace(tint=0.5)) == pytest.approx((127, 207, 241), abs=3)


def test_a_proof_shows_the_art_under_the_white(data: bytes) -> None:
    proof = png.rasterise(png.proof_pdf(data), 0, DPI)
    assert at(proof, GROUND) == colour.srgb(RED.cmyk)
    assert at(proof, PANEL) == (255, 255, 255)
    assert at(proof, CYAN) == pytest.approx(colour.srgb(Cmyk(1, 0, 0, 0)), abs=2)
    assert at(proof, MAGENTA) == pytest.approx(colour.srgb(Cmyk(0, 1, 0, 0)), abs=2)


def test_a_page_in_several_streams_is_shown_whole(data: bytes) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.pages[0].contents_add(b"q 0 0 0 1 k 0 0 20 20 re f Q")
        pdf.save(out)
    assert at(png.rasterise(png.proof_pdf(out.getvalue()), 0, DPI), GROUND) == colour.srgb(RED.cmyk)


def test_what_is_not_hidden_is_shown(data: bytes) -> None:
    """The White over the art, and the cut line: the test above can fail."""
    proof = png.rasterise(png.proof_pdf(data, ()), 0, DPI)
    assert at(proof, GROUND) == pytest.approx((250, 253, 255), abs=6)
    line = png.rasterise(png.proof_pdf(data, (Layer.WHITE,)), 0, 600, crop=Rect(39, 14.5, 2, 1))
    bare = png.rasterise(png.proof_pdf(data), 0, 600, crop=Rect(39, 14.5, 2, 1))
    assert line.tobytes() != bare.tobytes()
    assert set(bare.get_flattened_data()) == {colour.srgb(RED.cmyk)}


def test_crop_is_in_millimetres_from_the_top_left(data: bytes) -> None:
    proof = png.proof_pdf(data)
    whole, part = png.rasterise(proof, 0, 254), png.rasterise(proof, 0, 254, crop=Rect(12, 12, 56, 26))
    assert part.size == (560, 260)
    apart = np.abs(np.asarray(whole.crop((120, 120, 680, 380)), dtype=np.int16) - np.asarray(part, dtype=np.int16))
    assert apart.max() <= 8  # of edges that fall elsewhere within a pixel by a thousandth of it


def test_the_tag_is_cut_out(data: bytes) -> None:
    margin = 2.0
    image = png.rasterise(png.proof_pdf(data), 0, DPI, crop=TRIM.inset(-margin))
    x, y, radius = HOLE
    side = Face(face(), Hole(Point(x, y), 2 * radius), (), (), RED)
    cut = png.cut_out(image, TRIM, OUTLINE, side, DPI)
    assert cut.size == image.size
    assert at(cut, (margin + x, margin + y)) == (255, 255, 255)
    assert at(cut, (0.5, 0.5)) == (255, 255, 255)
    assert at(image, (margin + 8.2, margin + 3)) == at(cut, (margin + 8.2, margin + 3))  # inside, untouched
    grey = at(cut, (margin + 0.01, margin + 10))
    assert grey not in ((255, 255, 255), colour.srgb(RED.cmyk))


def test_a_png_says_its_size_and_space_and_no_time(data: bytes) -> None:
    image = png.rasterise(png.proof_pdf(data), 0, 100)
    made = png.png(image, 300)
    assert made == png.png(image, 300)
    chunks: dict[bytes, bytes] = {}
    place = 8
    while place < len(made):
        (length,) = struct.unpack(">I", made[place : place + 4])
        chunks[made[place + 4 : place + 8]] = made[place + 8 : place + 8 + length]
        place += 12 + length
    assert set(chunks) == {b"IHDR", b"sRGB", b"pHYs", b"IDAT", b"IEND"}
    assert struct.unpack(">IIB", chunks[b"pHYs"]) == (11811, 11811, 1)


def test_two_runs_give_the_same_picture(data: bytes) -> None:
    one, other = (png.rasterise(png.proof_pdf(data), 0, 100) for _ in range(2))
    assert one.tobytes() == other.tobytes()


def test_plates_are_those_of_ghostscript(data: bytes, tool: Tool, tmp_path: Path) -> None:
    """Every plate that a RIP makes, pixel by pixel, but for the smoothing of edges."""
    (tmp_path / "it.pdf").write_bytes(data)
    words = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r300", "-dGraphicsAlphaBits=4"]
    subprocess.run([tool("gs"), *words, f"-sOutputFile={tmp_path}/p.tif", tmp_path / "it.pdf"], check=True)
    names = sorted(path.name[2:-5] for path in tmp_path.glob("p(*).tif"))
    assert len(names) == 10
    for name in names:
        with Image.open(tmp_path / f"p({name}).tif") as image:
            theirs = np.asarray(image.convert("L"), dtype=np.int16)
        ours = np.asarray(png.rasterise(png.plate_pdf(data, name), 0, 300, gray=True), dtype=np.int16)
        height, width = (min(a, b) for a, b in zip(ours.shape, theirs.shape, strict=True))
        apart = np.abs(ours[:height, :width] - theirs[:height, :width])
        # A pixel's breadth of difference along edges; no area that only one of them prints.
        assert apart.mean() < 2.5, name
        eroded = np.minimum.reduce([apart[i : height - 4 + i, j : width - 4 + j] for i in range(5) for j in range(5)])
        assert eroded.max() <= 4, name


def test_a_plate_that_is_wrong_differs(data: bytes) -> None:
    magenta, yellow = (png.rasterise(png.plate_pdf(data, name), 0, DPI, gray=True) for name in ("Magenta", "Cyan"))
    assert magenta.tobytes() != yellow.tobytes()
