"""Films: what Ghostscript separates from the press file, thresholded, but for a pixel at an edge; how they are kept."""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import keytag
from keytag.base.drawing import Fill, Form, Group, Layer, Page, Placement, Stroke
from keytag.base.geometry import Affine, Rect, circle, line, rectangle
from keytag.base.geometry import Path as Outline
from keytag.base.ink import BLACK, REGISTRATION, WHITE, Cmyk, Ink
from keytag.base.plates import marks_of, plates_of
from keytag.render.film.scanline import covered, packed, runs_of
from keytag.render.film.separate import Painted, painted, tints_of
from keytag.render.film.tiff import tiff
from keytag.render.film.write import Told, description, film, size_of
from keytag.render.pdf.content import form_name
from keytag.sheet.scheme import Films
from keytag.verification.opened import read_back
from keytag.verification.press import check_registration

Image.MAX_IMAGE_PIXELS = None
GOLD = Ink("Gold", Cmyk(0, 0.2, 0.9, 0), spot=True)
TOLD = Told("Móc khóa Đak Đoa", "1 of 3", "front", "White", "2020-05-18T00:00:00+07:00", "keytag 0")


def bits(data: bytes) -> np.ndarray:
    """1 where there is ink."""
    image = Image.open(io.BytesIO(data))
    assert (image.mode, image.info["compression"]) == ("1", "group4")
    return 1 - np.array(image).astype(np.uint8)


def grown(rows: np.ndarray, by: int = 1) -> np.ndarray:
    found = rows.astype(bool)
    for _ in range(by):
        wide = found.copy()
        wide[1:] |= found[:-1]
        wide[:-1] |= found[1:]
        found = wide.copy()
        found[:, 1:] |= wide[:, :-1]
        found[:, :-1] |= wide[:, 1:]
    return found


def page(*groups: Group, width: float = 30.0, height: float = 20.0, placed: tuple[Placement, ...] = ()) -> Page:
    box = Rect(5, 5, 10, 10)
    return Page(Rect(0, 0, width, height), box, box, placed, groups)


def scanned(path: Outline, columns: int = 200, rows: int = 200) -> np.ndarray:
    runs = [(run, Affine(10, 0, 0, 10, 0, 0)) for run in runs_of([Painted(Fill(path, BLACK), True)])]
    return np.unpackbits(packed(covered(runs, columns, 0, rows), columns), axis=1, count=columns)


def test_a_pixel_is_covered_where_its_centre_is() -> None:
    found = scanned(rectangle(Rect(1.04, 2.06, 10, 5)))
    rows, columns = np.nonzero(found)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (21, 70, 10, 109) and found.sum() == 50 * 100
    x, y = (np.arange(200) + 0.5) / 10, ((np.arange(200) + 0.5) / 10)[:, None]
    disc = np.hypot(x - 9.3, y - 8.1) < 6.2
    assert (scanned(circle(9.3, 8.1, 6.2)) != disc).sum() <= 4


def test_winding_and_overlaps_add_up() -> None:
    one, hole = rectangle(Rect(2, 2, 10, 10)), rectangle(Rect(4, 4, 3, 3))
    backwards = Outline(hole.ops, tuple(v for p in zip(hole.coords[-2::-2], hole.coords[::-2], strict=True) for v in p))
    ring = Outline(one.ops + backwards.ops, one.coords + backwards.coords)
    assert scanned(ring).sum() == 100 * 100 - 30 * 30
    same = Outline(one.ops + hole.ops, one.coords + hole.coords)
    assert scanned(same).sum() == 100 * 100
    both = [Painted(Fill(rectangle(Rect(x, 2, 10, 4)), BLACK), True) for x in (1, 5, 9)]
    runs = [(run, Affine(10, 0, 0, 10, 0, 0)) for run in runs_of(both)]
    assert np.unpackbits(covered(runs, 200, 0, 100).astype(">u8").view(np.uint8)).sum() == 180 * 40


def test_strokes_have_mitred_corners_and_butt_ends() -> None:
    marks = [
        Painted(Stroke(rectangle(Rect(4, 4, 8, 6)), BLACK, 1.0), True),
        Painted(Stroke(line(1, 15, 9, 15), BLACK, 2.0), True),
    ]
    runs = [(run, Affine(10, 0, 0, 10, 0, 0)) for run in runs_of(marks)]
    found = np.unpackbits(covered(runs, 192, 0, 192).astype(">u8").view(np.uint8), axis=None).reshape(192, 192)
    assert found[35:105, 35:125].sum() == 70 * 90 - 50 * 70 and found[140:160].sum() == 80 * 20


@pytest.mark.parametrize("width", [0.2, 0.7, 3.0])
def test_a_round_stroke_has_no_hole_between_its_pieces(width: float) -> None:
    marks = [Painted(Stroke(circle(11.03, 10.98, 9), BLACK, width), True)]
    runs = [(run, Affine(40, 0, 0, 40, 0, 0)) for run in runs_of(marks)]
    found = np.unpackbits(packed(covered(runs, 896, 0, 896), 896), axis=1, count=896)
    x, y = (np.arange(896) + 0.5) / 40, ((np.arange(896) + 0.5) / 40)[:, None]
    off = np.abs(np.hypot(x - 11.03, y - 10.98) - 9)
    assert found[off < width / 2 - 0.01].all() and not found[off > width / 2 + 0.03].any()


@pytest.mark.parametrize("turn", [0, 33, 90, 180, 261])
def test_sharp_tips_of_ink_reach_as_far_as_the_drawing(turn: int) -> None:
    """Within a pixel of every pixel that is touched there is ink; tips of what is taken away do not matter."""
    points = [(11 + r * math.sin(math.radians(a)), 11 - r * math.cos(math.radians(a))) for a, r in STAR]
    star = Outline("m" + "l" * (len(points) - 1) + "z", tuple(v for point in points for v in point))
    runs = runs_of([Painted(Fill(star, BLACK), True), Painted(Fill(circle(11, 11, 2), BLACK), False)])
    radians = math.radians(turn)
    at = Affine(1, 0, 0, 1, -11, -11).then(
        Affine(
            10 * math.cos(radians),
            10 * math.sin(radians),
            -10 * math.sin(radians),
            10 * math.cos(radians),
            110.3,
            110.7,
        )
    )
    found = np.unpackbits(packed(covered([(run, at) for run in runs], 224, 0, 224), 224), axis=1, count=224)
    fine = at.then(Affine(16, 0, 0, 16, 0, 0))
    rows = covered([(run, fine) for run in runs], 224 * 16, 0, 224 * 16)
    touched = np.unpackbits(packed(rows, 224 * 16), axis=1).reshape(224, 16, 224, 16).any(axis=(1, 3))
    assert not (touched & ~grown(found)).any() and not (found.astype(bool) & ~grown(touched)).any()


STAR = [(18 * i, 10 if i % 2 == 0 else 2.5 + i % 3) for i in range(20)]


def test_inks_knock_out_and_overprint_as_in_the_press_files() -> None:
    panel, dot = rectangle(Rect(5, 5, 10, 8)), rectangle(Rect(8, 7, 2, 2))
    art = Group(Layer.ARTWORK, (Fill(panel, WHITE), Fill(dot, GOLD)))
    form = Form("a/front", Rect(0, 0, 20, 20), (art,))
    sheet = page(
        Group(Layer.MARKS, (Fill(rectangle(Rect(20, 2, 3, 3)), REGISTRATION),)),
        placed=(Placement("a/front", Affine()),),
    )
    dots = 1200 / 25.4
    found = {ink: bits(film(sheet, (form,), ink, Films(dpi=1200), TOLD)).sum() / dots**2 for ink in ("White", "Gold")}
    assert found["White"] == pytest.approx(80 - 4 + 9, rel=0.005) and found["Gold"] == pytest.approx(4 + 9, rel=0.01)
    over = art._replace(marks=(art.marks[0], Fill(dot, GOLD._replace(overprint=True))))
    kept = bits(film(sheet, (form._replace(groups=(over,)),), "White", Films(dpi=1200), TOLD)).sum() / dots**2
    assert kept == pytest.approx(80 + 9, rel=0.005)
    assert plates_of(marks_of((form,))) == ("Gold", "White")


def test_tints_of_the_art_are_found_and_patches_of_half_tones_left_out() -> None:
    red = Ink("Red", Cmyk(0, 1, 1, 0.05))
    form = Form("a/front", Rect(0, 0, 20, 20), (Group(Layer.ARTWORK, (Fill(rectangle(Rect(0, 0, 5, 5)), red),)),))
    assert [(t.ink, t.tone) for t in tints_of((form,))] == [("Black", 0.05)]
    assert tints_of((form._replace(groups=(Group(Layer.ARTWORK, (Fill(rectangle(Rect(0, 0, 5, 5)), GOLD),)),)),)) == ()
    half = Group(Layer.MARKS, (Fill(rectangle(Rect(0, 0, 5, 5)), GOLD._replace(tint=0.5)),))
    assert list(painted((half,), "Gold", patches=True)) == []
    with pytest.raises(ValueError, match="no line work"):
        list(painted((half,), "Gold"))
    solid = half._replace(marks=(*half.marks, Fill(rectangle(Rect(10, 0, 5, 5)), GOLD)))
    made = bits(film(page(solid), (), "Gold", Films(dpi=1200), TOLD)).sum() / (1200 / 25.4) ** 2
    assert made == pytest.approx(25, rel=0.01)  # mm²: the solid patch of the page, and no other


@pytest.mark.parametrize(
    ("films", "mirrored", "inverted"),
    [
        (Films(1200), False, False),
        (Films(1200, "wrong"), True, False),
        (Films(1200, "right", "down"), True, False),
        (Films(1200, "wrong", "down", "negative"), False, True),
    ],
)
def test_reading_emulsion_and_polarity(films: Films, mirrored: bool, inverted: bool) -> None:
    sheet = page(Group(Layer.MARKS, (Fill(rectangle(Rect(2, 3, 4, 5)), BLACK),)))
    plain = bits(film(sheet, (), "Black", Films(1200), TOLD))
    found = bits(film(sheet, (), "Black", films, TOLD))
    found = found[:, ::-1] if mirrored else found
    assert (found == (1 - plain if inverted else plain)).all() and plain.any()
    said = description(TOLD, films)
    assert f"polarity {films.polarity}" in said and f"mirrored {'yes' if mirrored else 'no'}" in said


@pytest.mark.parametrize("choke", [0.03, 0.1])
def test_choke_draws_art_in_and_leaves_marks(choke: float) -> None:
    art = Form("a", Rect(0, 0, 20, 20), (Group(Layer.ARTWORK, (Fill(rectangle(Rect(3, 3, 6, 4)), BLACK),)),))
    mark = Group(Layer.MARKS, (Stroke(line(15, 12, 25, 12), BLACK, 0.088),))
    sheet = page(mark, placed=(Placement("a", Affine()),))
    dots = 2400 / 25.4
    plain, drawn_in = (bits(film(sheet, (art,), "Black", Films(2400, choke=c), TOLD)) for c in (0, choke))
    low = round(11 * dots)
    assert (plain[low:] == drawn_in[low:]).all() and plain[low:].any()
    rows, columns = np.nonzero(drawn_in[:low])
    sides = np.array([rows.min(), rows.max() + 1, columns.min(), columns.max() + 1]) / dots
    assert sides == pytest.approx([3 + choke, 7 - choke, 3 + choke, 9 - choke], abs=1.1 / dots)


def test_the_file_says_what_it_is_and_is_the_same_each_time() -> None:
    sheet = page(Group(Layer.MARKS, (Fill(circle(10, 10, 5), BLACK),)))
    films = Films(2540, choke=0.03)
    data = film(sheet, (), "Black", films, TOLD)
    assert data == film(sheet, (), "Black", films, TOLD)
    image = Image.open(io.BytesIO(data))
    assert image.size == size_of(sheet, films) == (3000, 2000)
    assert image.info["dpi"] == (2540, 2540) and image.tag_v2[262] == 0
    for word in (
        "Moc khoa Dak Doa",
        "plate 1 of 3",
        "side front",
        "ink White",
        "reading right",
        "choke 0.03 mm",
        "2540 dpi",
    ):
        assert word in image.tag_v2[270]


def test_a_large_film_needs_little_memory() -> None:
    """430 × 650 mm at 2,400 dpi are 2.5 thousand million pixels.

    The kernel's own mark is read: what `getrusage` tells begins with the memory of the process that started this one.
    """
    code = (
        "import re; from keytag.base.drawing import *; from keytag.base.geometry import *\n"
        "from keytag.base.ink import *\n"
        "from keytag.render.film.write import *; from keytag.sheet.scheme import Films\n"
        "marks = tuple(Fill(circle(20 + 40 * c, 20 + 40 * r, 15), BLACK) for r in range(16) for c in range(10))\n"
        "box = Rect(10, 10, 400, 600)\n"
        "page = Page(Rect(0, 0, 430, 650), box, box, (), (Group(Layer.MARKS, marks),))\n"
        "data = film(page, (), 'Black', Films(2400), Told('job', '1 of 1', 'front', 'Black', '2020-05-18', 'keytag'))\n"
        "print(len(data), re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True)
    size, most = map(int, done.stdout.split())
    assert size > 100_000 and most * 1024 < 200e6


def test_strips_join_to_one_picture() -> None:
    rng = np.random.default_rng(1)
    rows = (rng.random((333, 777)) > 0.7).astype(np.uint8)
    strips = (np.packbits(rows[i : i + 100], axis=1) for i in range(0, 333, 100))
    assert (bits(tiff(strips, 777, 333, 1200, {270: "x"}, 100)) == rows).all()


JOB = """\
authority: {level: district, name: Đak Đoa, duty: 0269.3000.113, zalo: https://zalo.me/1234567890123456789}
job: {template: oval-50x20-moulded, scheme: small.yaml, name: Móc khóa, date: 2020-05-18, edition: 05/2020}
units:
  - {kind: xã, name: Glar, chief: 0900.000.002, duty: 0269.3000.114, deputies: [0900.000.003], quantity: 90}
  - {kind: xã, name: Ia Băng, chief: 0900.000.005, duty: 0269.3000.115, quantity: 60}
"""
SCHEME = """\
sheet: {width: 150mm, height: 90mm}
border: 3mm
gripper: {edge: bottom, depth: 8mm}
margins: {top: 15mm, right: 12mm, bottom: 3mm, left: 12mm}
gap: 6mm
work: turned-in-place
marks: [crop, register, colour-bar, names]
films: {resolution: 1200dpi}
"""


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    (folder / "contacts.yaml").write_text(JOB, "utf-8")
    (folder / "small.yaml").write_text(SCHEME, "utf-8")
    for words in (("impose", "-o", "out"), ("films", "--one-up", "-o", "films")):
        done = subprocess.run(
            [sys.executable, "-m", "keytag", *words], cwd=folder, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_films_are_the_plates_of_ghostscript(job: Path) -> None:
    """Ink of one is nowhere more than a pixel from ink of the other."""
    subprocess.run(
        [
            "gs",
            "-q",
            "-dSAFER",
            "-dNOPAUSE",
            "-dBATCH",
            "-sDEVICE=tiffsep",
            "-r1200",
            "-sOutputFile=p%d.tif",
            "out/plate-01.pdf",
        ],
        cwd=job,
        check=True,
        timeout=300,
    )
    names = sorted(path.name for path in (job / "films").glob("plate-*.tif"))
    assert names == [
        f"plate-01-{s}.tif" for s in ("back-White", "back-Yellow", "front-Black", "front-White", "front-Yellow")
    ]
    for name in names:
        _, _, side, ink = name.removesuffix(".tif").split("-")
        plate = np.array(Image.open(job / f"p{1 if side == 'front' else 2}({ink}).tif")) < 128
        found = bits((job / "films" / name).read_bytes()).astype(bool)
        assert found.shape == plate.shape and found.mean() > 0.005
        assert not (found & ~grown(plate)).any()
        assert not (plate & ~grown(found)).any()


def test_both_sides_register_to_a_pixel(job: Path) -> None:
    """The registration marks, and nothing else, are on all films of both sides: the jig stays, at the same places."""
    front, back = (bits((job / "films" / f"plate-01-{side}-White.tif").read_bytes()) for side in ("front", "back"))
    dots = 1200 / 25.4
    below = slice(round(74 * dots), None)  # under the tags: crop and registration marks alone
    one, other = front[below].astype(bool), back[below].astype(bool)
    assert one.any() and not (one & ~grown(other)).any() and not (other & ~grown(one)).any()


def test_each_back_of_a_jig_is_printed_where_its_front_was(job: Path) -> None:
    """A tag is turned in its place: a back that is mirrored over the sheet would be another unit's."""
    setup = keytag.open(job / "contacts.yaml")
    plate = job / "out" / "plate-01.pdf"
    tags = keytag.compose(setup)
    keys = {f"/{form_name(face.form.key)}": face.form.key for tag in tags for face in tag.faces}
    read = read_back(plate.name, plate.read_bytes(), keys)
    units = [[placed.face.rpartition("/")[0] for placed in page.placed] for page in read.pages]
    assert units[0] == units[1] and units[0] != units[0][::-1]
    assert not check_registration([read], setup.scheme).failures
    assert check_registration([read], setup.scheme._replace(work="sheetwise")).failures


def test_what_films_json_says(job: Path) -> None:
    told = json.loads((job / "films" / "films.json").read_text("utf-8"))
    assert told["kind"] == "films" and len(told["films"]) == 5 + 2 * 5 == len(told["files"])
    first = told["films"][0]
    assert first["ink"] == "Yellow" and first["side"] == "front" and first["plate"] == "1 of 1"
    keys = ("reading", "emulsion", "polarity", "mirrored", "choke", "dpi")
    assert [first[key] for key in keys] == ["right", "up", "positive", False, 0, 1200]
    for one in told["films"]:
        said = Image.open(job / "films" / one["file"]).tag_v2[270]
        for words in ("plate {plate}", "side {side}", "ink {ink}", "reading {reading}", "polarity {polarity}"):
            assert f"; {words.format(**one)};" in said
        assert "; emulsion up; " in said and "; choke 0 mm; 1200 dpi; " in said


def test_films_of_one_tag_alone_have_marks_and_names_of_their_own(job: Path) -> None:
    found = {
        path.name: bits(path.read_bytes()) for path in sorted((job / "films").glob("one-up-xa-ia-bang-front-*.tif"))
    }
    assert len(found) == 3
    white, yellow, black = (found[f"one-up-xa-ia-bang-front-{ink}.tif"] for ink in ("White", "Yellow", "Black"))
    dots = 1200 / 25.4
    strip = slice(0, round(12 * dots))  # above the bleed: the top mark and the names
    common = white[strip] & yellow[strip] & black[strip]
    for one in (white, yellow, black):
        own = one[strip] & (1 - common)
        assert common.sum() > 500 and own.sum() > 500  # job, side and mark on all, the ink's own name on its own


def test_tints_and_errors_of_the_roster_are_refused_and_nothing_is_made(job: Path, tmp_path: Path) -> None:
    def films(text: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "contacts.yaml").write_text(text, "utf-8")
        (tmp_path / "small.yaml").write_text(SCHEME, "utf-8")
        argv = [sys.executable, "-m", "keytag", "films", "-o", "f"]
        return subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, timeout=300)

    tinted = films(JOB.replace("oval-50x20-moulded", "oval-50x20"))
    assert tinted.returncode == 1 and "Black at 5 % is a tint" in tinted.stdout and "spot" in tinted.stdout
    wrong = films(JOB.replace("0900.000.005", "0900.000.00"))
    assert wrong.returncode == 1 and "nothing was made" in wrong.stderr
    assert not (tmp_path / "f").exists()
