"""Outlines of every shape against their definition: distances measured point by point, widths by other means."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from keytag.base.flatten import flattened, signed_area
from keytag.base.geometry import Path, polygon
from keytag.base.outline import Ellipse, Outline, RoundedRectangle
from keytag.files.source import Source
from keytag.tag.outlines.contour import Contour
from keytag.tag.outlines.inner import inner_path
from keytag.tag.outlines.superellipse import superellipse
from keytag.tag.template_file import read_template

HEART = Path(
    "mccccz",
    (
        *(20.0, 36.0, 8.0, 26.0, 0.0, 20.0, 0.0, 11.0, 0.0, 4.0, 4.0, 0.0, 10.0, 0.0, 14.0, 0.0),
        *(18.0, 3.0, 20.0, 8.0, 25.0, -2.5, 40.0, -1.5, 40.0, 12.0, 40.0, 20.0, 30.0, 28.0, 20.0, 36.0),
    ),
)


def boxed(path: Path) -> Contour:
    box = path.bounds()
    return Contour(path.moved(-box.x, -box.y), box.width, box.height)


HOUSE = boxed(polygon([(0, 12), (15, 0), (30, 12), (26, 12), (26, 30), (4, 30), (4, 12)]))
LOPSIDED = boxed(polygon([(0, 0), (40, 4), (30, 25), (5, 20)]))
SHAPES: list[Outline] = [
    Ellipse(50, 20),
    RoundedRectangle(60, 25, 4),
    RoundedRectangle(40, 40, 20),
    superellipse(50, 20, 2.5),
    superellipse(50, 20, 8),
    superellipse(30, 30, 1.3),
    superellipse(50, 20, 1),
    boxed(HEART),
    HOUSE,
    LOPSIDED,
]
NAMES = [*["ellipse", "rounded", "circle", "oval-2.5", "oval-8", "oval-1.3", "rhombus", "heart", "house", "lopsided"]]


Points = list[tuple[float, float]]


def distances(points: Points, edge: Points) -> Any:
    """How far inside a closed polygon points are (negative: outside)."""
    p, a = np.array(points)[:, None, :], np.array(edge)[None, :, :]
    way = np.roll(a, -1, axis=1) - a
    t = np.clip(((p - a) * way).sum(2) / np.maximum((way**2).sum(2), 1e-30), 0, 1)
    far = np.sqrt(((p - a - t[:, :, None] * way) ** 2).sum(2).min(1))
    (x, y), (x0, y0), (x1, y1) = np.moveaxis(p, 2, 0), np.moveaxis(a, 2, 0), np.moveaxis(a + way, 2, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossed = ((y0 > y) != (y1 > y)) & (x < x0 + (x1 - x0) * (y - y0) / (y1 - y0))
    return np.where(crossed.sum(1) % 2, far, -far)


@pytest.mark.parametrize("by", [3.0, -1.0, -1.5, -3.5])
@pytest.mark.parametrize("outline", SHAPES, ids=NAMES)
def test_a_parallel_curve_keeps_its_distance_everywhere(outline: Outline, by: float) -> None:
    (trim,) = flattened(outline.path(), 2e-4)
    curves = flattened(outline.path(by), 2e-2)
    assert curves
    for curve in curves:
        assert np.abs(distances(curve, trim) + by).max() < 1.2e-3


@pytest.mark.parametrize("outline", SHAPES, ids=NAMES)
def test_an_outline_fills_its_box_with_few_curves(outline: Outline) -> None:
    box = outline.path().bounds()
    assert tuple(box) == pytest.approx((0, 0, outline.width, outline.height), abs=1e-3)
    assert len(outline.path(2.0).ops) < 150 and len(outline.path(-1.0).ops) < 150


@pytest.mark.parametrize("inset", [0.5, 1.5, 2.5])
@pytest.mark.parametrize("outline", SHAPES, ids=NAMES)
def test_a_free_width_is_inside_and_nearly_all_there_is(outline: Outline, inset: float) -> None:
    """Boxes as wide as the band lie at the inset from the edge; boxes wider by 0.2 mm do not."""
    (trim,) = flattened(outline.path(), 1e-3)
    chords = outline.chords(inset)
    found = 0
    for i in range(2, 12):
        top = outline.height * i / 13
        band = chords.band(top, top + 2)
        if band is None or band[1] - band[0] < 0.5:
            continue
        found += 1

        def clear(left: float, right: float, top: float = top) -> bool:
            points = [(left + (right - left) * k / 24, top + 2 * j / 6) for k in range(25) for j in range(7)]
            return bool(distances(points, trim).min() > inset - 0.002)

        assert clear(*band)
        assert not clear(band[0] - 0.25, band[1]) and not clear(band[0], band[1] + 0.25)
    assert found >= 5
    assert chords.band(-1, 1) is None and chords.band(outline.height - 1, outline.height + 1) is None


def test_a_contour_with_two_lobes_has_two_bands() -> None:
    chords = boxed(HEART).chords(1.5)
    left, right = (chords.band(4, 5, x) for x in (10, 30))
    assert left and right and left[1] < 20 < right[0]
    assert chords.band(4, 5) == max(left, right, key=lambda band: band[1] - band[0])
    assert chords.band(4, 5, 20) is None


@pytest.mark.parametrize("n", [1.2, 2, 2.5, 4, 20])
def test_a_super_ellipse_obeys_its_equation(n: float) -> None:
    (points,) = flattened(superellipse(50, 20, n).path(), 1e-3)
    for x, y in points:
        assert abs((x - 25) / 25) ** n + abs((y - 10) / 10) ** n == pytest.approx(1, abs=2e-4 * max(1, n / 4))


def test_a_super_ellipse_of_two_is_the_ellipse() -> None:
    ours, exact = superellipse(50, 20, 2), Ellipse(50, 20)
    for curve in (0.0, 3.0, -1.5):
        (one,), (other,) = (flattened(o.path(curve), 1e-4) for o in (ours, exact))
        assert abs(signed_area(one)) == pytest.approx(abs(signed_area(other)), abs=0.05)  # 0.5 µm along the edge
    assert ours.chords(1.5).band(4, 6) == pytest.approx(exact.chords(1.5).band(4, 6), abs=0.02)


def test_the_back_of_a_lopsided_tag_is_its_mirror_image() -> None:
    behind = LOPSIDED.mirrored()
    assert behind != LOPSIDED and behind.mirrored().path().coords == pytest.approx(LOPSIDED.path().coords)
    (front,), (back,) = (flattened(o.path(-1.5), 1e-3) for o in (LOPSIDED, behind))
    assert sorted(40 - x for x, _ in back) == pytest.approx(sorted(x for x, _ in front), abs=1e-3)
    assert superellipse(50, 20, 2.5).mirrored() is superellipse(50, 20, 2.5)


@pytest.mark.parametrize(
    ("trim", "outline"),
    [
        ("{shape: ellipse, width: 50mm, height: 20mm}", Ellipse(50, 20)),
        ("{shape: rectangle, width: 60mm, height: 25mm, radius: 4mm}", RoundedRectangle(60, 25, 4)),
        ("{shape: stadium, width: 50mm, height: 20mm}", RoundedRectangle(50, 20, 10)),
        ("{shape: super-ellipse, width: 50mm, height: 20mm, exponent: 2.5}", superellipse(50, 20, 2.5)),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_template_names_its_outline(trim: str, outline: Outline) -> None:
    text = f"name: t\ntrim: {trim}\ninks: {{red: {{cmyk: 0/100/100/5}}}}\nfront: []\nback: []\n"
    template, findings = read_template(Source("t.yaml", text))
    assert not findings and template.outline == outline


@pytest.mark.parametrize(
    "odd", ["shape: ellipse, radius: 2mm", "shape: super-ellipse, exponent: 0.5", "shape: stadium, exponent: 3"]
)
def test_what_is_odd_about_an_outline_is_said(odd: str) -> None:
    text = f"name: t\ntrim: {{{odd}}}\ninks: {{red: {{cmyk: 0/100/100/5}}}}\nfront: []\nback: []\n"
    assert [p.id for p in read_template(Source("t.yaml", text))[1]] == ["bad-value"]


@pytest.mark.parametrize(("outline", "inset"), [(Ellipse(50, 20), 6.0), (Ellipse(50, 20), 9.5), (boxed(HEART), 8.0)])
def test_far_inside_a_curve_does_not_fold(outline: Outline, inset: float) -> None:
    """The ellipse's ends have a radius of 4 mm: beyond that its parallel curve would cross itself."""
    (trim,) = flattened(outline.path(), 2e-4)
    curves = flattened(inner_path(outline, inset), 2e-2)
    assert curves and all(np.abs(distances(curve, trim) - inset).max() < 2e-3 for curve in curves)


@pytest.mark.parametrize("outline", SHAPES, ids=NAMES)
def test_where_nothing_is_left_there_is_no_curve(outline: Outline) -> None:
    assert inner_path(outline, min(outline.width, outline.height) / 2).ops == ""


def test_a_frame_where_nothing_is_left_is_said() -> None:
    text = "name: t\ntrim: {shape: ellipse, width: 50mm, height: 20mm}\ninks: {red: {cmyk: 0/100/100/5}}\n"
    text += (
        "front: [{frame: {ink: red, inset: 30mm, width: 1pt}}, {frame: {ink: red, inset: 6mm, width: 1pt}}]\nback: []\n"
    )
    assert [p.message for p in read_template(Source("t.yaml", text))[1]] == [
        "inset: a frame 30 mm inside the edge: the tag is nowhere so wide"
    ]
