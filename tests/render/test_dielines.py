"""The cutter's files hold every die-line and hole of the sheet, within a hundredth, and other readers draw them."""

from __future__ import annotations

import io
import math
from pathlib import Path as FilePath

import dxfgrabber
import ezdxf
import numpy as np
import pytest
from PIL import Image, ImageDraw

from keytag.base.drawing import Stroke
from keytag.base.geometry import Affine, Path, Point, circle
from keytag.base.ink import BLACK
from keytag.base.outline import Ellipse, Outline, RoundedRectangle
from keytag.render.die_svg import die_svg
from keytag.render.dxf import dxf, layer_name
from keytag.render.film.scanline import Run, covered, packed, runs_of
from keytag.render.film.separate import Painted
from keytag.sheet.die import Circle, Die
from keytag.sheet.scheme import Size
from keytag.tag.outlines.superellipse import superellipse
from keytag.verification.dielines import check_dielines, contour_error, read_dxf, read_svg

OUTLINES = (Ellipse(50, 20), RoundedRectangle(60, 25, 4), RoundedRectangle(50, 20, 10), superellipse(50, 20, 2.5))


def die(outline: Outline = OUTLINES[0], cut: str = "Thru-cut") -> Die:
    cuts = tuple(outline.path().moved(20 + 60 * c, 30 + 30 * r) for r in range(2) for c in range(3))
    holes = tuple(Circle(Point(24.1 + 60 * c, 41.3 + 30 * r), 3.2) for r in range(2) for c in range(3))
    return Die(Size(320, 450), cuts, holes, cut, "Drill", (), ("Móc khóa Đak Đoa · 1:1", "± 0,2 mm"))


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda o: type(o).__name__)
def test_ezdxf_reads_closed_polylines_and_circles_where_the_die_lines_are(outline: Outline) -> None:
    given = die(outline)
    document = ezdxf.read(io.StringIO(dxf(given).decode("ascii"), newline=None))
    assert document.dxfversion == "AC1009" and document.units == ezdxf.units.MM
    assert not document.audit().errors and not document.audit().fixes
    space = document.modelspace()
    lines = list(space.query('POLYLINE[layer=="Thru-cut"]'))
    circles = list(space.query('CIRCLE[layer=="Drill"]'))
    assert len(space) == len(lines) + len(circles) + 2  # the jig's corner
    for line, path in zip(lines, given.cuts, strict=True):
        assert line.is_closed
        points = [(v.dxf.location.x, 450 - v.dxf.location.y) for v in line.vertices]
        assert contour_error(path, points) <= 0.01
    for round_, hole in zip(circles, given.holes, strict=True):
        x, y, _ = round_.dxf.center
        assert math.dist((x, 450 - y), hole.centre) < 1e-4 and round_.dxf.radius == pytest.approx(1.6)


def test_a_second_reader_draws_the_same(tmp_path: FilePath) -> None:
    """dxfgrabber shares no code with ezdxf; the area of what it closes is the ellipse's."""
    (tmp_path / "a.dxf").write_bytes(dxf(die()))
    found = dxfgrabber.readfile(str(tmp_path / "a.dxf")).entities
    polygons = [e for e in found if e.dxftype == "POLYLINE"]
    assert len(polygons) == 6 and all(e.is_closed and e.layer == "Thru-cut" for e in polygons)
    for polygon in polygons:
        p = [v[:2] for v in polygon.points]
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(p, [*p[1:], p[0]], strict=True)) / 2
        assert abs(area) == pytest.approx(math.pi * 25 * 10, rel=1e-3)
    assert sorted(e.radius for e in found if e.dxftype == "CIRCLE") == pytest.approx([1.6] * 6)
    picture = Image.new("1", (3200, 4500))
    pen = ImageDraw.Draw(picture)
    for e in found:
        if e.dxftype == "CIRCLE":
            (x, y), r = e.center[:2], e.radius
            pen.ellipse((10 * (x - r), 4500 - 10 * (y + r), 10 * (x + r), 4500 - 10 * (y - r)), outline=1)
        elif e.layer == "Thru-cut":
            pen.line([(10 * x, 4500 - 10 * y) for x, y, *_ in [*e.points, e.points[0]]], fill=1)
    drawn = np.asarray(picture)
    lines = [*die().cuts, *(circle(*hole.centre, hole.diameter / 2) for hole in die().holes)]
    wide, thin = (
        np.unpackbits(packed(covered(run_at(lines, width), 3200, 0, 4500), 3200), axis=1).astype(bool)
        for width in (0.4, 0.1)
    )
    near = drawn.copy()
    for axis, by in ((0, 1), (0, -1), (1, 1), (1, -1)):
        near |= np.roll(near, by, axis)
    # Every line that it draws is where one of ours is, to 0.2 mm, and each of ours is drawn.
    assert drawn.sum() > 6 * 1100 and not (drawn & ~wide).any() and not (thin & ~near).any()


def run_at(lines: list[Path], width: float) -> list[tuple[Run, Affine]]:
    """The lines as films are made of them, at ten pixels a millimetre."""
    runs = runs_of([Painted(Stroke(line, BLACK, width), True) for line in lines])
    return [(run, Affine(10, 0, 0, 10, 0, 0)) for run in runs]


def test_the_same_die_is_the_same_bytes_in_plain_ascii() -> None:
    assert dxf(die()) == dxf(die())
    text = dxf(die()).decode("ascii")
    assert text.startswith("999\r\nMoc khoa Dak Doa - 1:1\r\n999\r\n+/- 0,2 mm\r\n") and text.endswith("  0\r\nEOF\r\n")
    assert layer_name("Cut Contour é") == "Cut_Contour__"


def test_the_svg_has_exact_curves_on_named_layers() -> None:
    lines = read_svg(die_svg(die(cut="Thru-cut")))
    assert {layer for layer, _ in lines.contours} == {"Thru-cut"} and {c[0] for c in lines.circles} == {"Drill"}
    assert all(contour_error(path, points) < 0.02 for path, (_, points) in zip(die().cuts, lines.contours, strict=True))


def test_what_lies_elsewhere_is_named() -> None:
    given = die()
    moved = given._replace(cuts=(given.cuts[0].moved(0.02, 0), *given.cuts[1:]))
    fewer = given._replace(holes=given.holes[1:])
    other = given._replace(cut="CutContour")
    wider = given._replace(holes=(given.holes[0]._replace(diameter=3.3), *given.holes[1:]))
    anew = {"a.dxf": dxf(given), "a.svg": die_svg(given)}

    def said(bad: Die) -> str:
        _, failures = check_dielines(given, anew, {"a.dxf": dxf(bad), "a.svg": die_svg(bad)})
        assert {failure.place for failure in failures} == {"a.dxf", "a.svg"}
        return " ".join(failure.message for failure in failures)

    assert "contour of station 1 is off by 0.02" in said(moved)
    assert "has 5 ring holes, 6 are expected" in said(fewer)
    assert "other layers than Thru-cut and Drill" in said(other)
    assert "ring hole 1 is off by 0.100 mm" in said(wider)
    assert "not written as keytag writes it" in said(given._replace(facts=()))
    assert check_dielines(given, anew, anew) == (24, [])


@pytest.mark.parametrize("data", [b"", b"  0\r\nSECTION\r\n", b"\xff", dxf(die())[:-4000]])
def test_a_broken_file_is_a_failure_and_no_traceback(data: bytes) -> None:
    _, failures = check_dielines(die(), {"a.dxf": dxf(die())}, {"a.dxf": data})
    assert len(failures) == 1 and "cannot be read back" in failures[0].message


def test_an_open_contour_is_refused() -> None:
    data = dxf(die()).replace(b" 70\r\n1\r\n  0\r\nVERTEX", b" 70\r\n0\r\n  0\r\nVERTEX", 1)
    with pytest.raises(ValueError, match="open"):
        read_dxf(data, 450)


def test_a_circle_as_a_contour_keeps_its_distance() -> None:
    path: Path = circle(10, 10, 20)
    given = die()._replace(cuts=(path,), holes=())
    ((_, points),) = read_dxf(dxf(given), 450).contours
    assert max(abs(math.dist(p, (10, 10)) - 20) for p in points) < 0.01 and len(points) < 200
