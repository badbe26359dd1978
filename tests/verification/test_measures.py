"""The measures of a verification by themselves: pixels that differ, and how far contours lie from one another."""

from __future__ import annotations

import math

import numpy as np
import pytest

from keytag.base.drawing import Fill, Form, Group, Layer, Page, Placement, Stroke
from keytag.base.geometry import Affine, Path, Rect, circle, rectangle
from keytag.base.ink import BLACK, USUAL_DIES
from keytag.qr.encode import encode
from keytag.verification import codes, compare, dielines, eyes, raster


@pytest.mark.parametrize("width", [64, 67])
def test_every_pixel_that_differs_by_a_tone_is_seen_and_no_other(width: int) -> None:
    dice = np.random.default_rng(1)
    want = dice.integers(0, 256, (9, width), np.uint8)
    have = want.copy()
    for y, x, by in [(1, 0, 5), (2, 7, 5), (4, width - 1, 90), (8, width - 1, 5), (3, 3, 4), (0, 9, 90), (8, 9, 90)]:
        here = int(want[y, x])
        have[y, x] = here + by if here + by < 256 else here - by
    found = compare._apart(want.reshape(-1), have.reshape(-1))
    plain = np.flatnonzero(np.abs(want.astype(int) - have) > compare.TONE)
    assert found.tolist() == plain.tolist()
    assert len(found) == 6


def test_margins_of_a_band_are_neighbours_and_not_looked_at_themselves() -> None:
    want, have = np.zeros((6, 13), np.uint8), np.zeros((6, 13), np.uint8)
    have[0, 4] = have[2, 12] = have[5, 4] = 255
    found = [(y.tolist(), x.tolist()) for y, x in compare.beyond(want, have, slice(1, 5))]
    assert found == [([2], [12])]


@pytest.mark.parametrize(
    ("gap", "long", "swapped", "seen"),
    [
        (2, 6, False, False),  # the last of a wedge between two bleeds
        (1, 20, False, False),
        (2, 40, False, True),  # 0.1 mm² and more
        (3, 6, False, True),  # wider than its two edges may be off
        (2, 6, True, True),  # a line of light that nobody asked for
    ],
)
def test_a_narrow_gap_may_close_as_far_as_its_edges_may_be_off(gap: int, long: int, swapped: bool, seen: bool) -> None:
    """In every direction; ink that is lost is ink that is lost, however narrow."""
    open_, closed = np.zeros((60, 60), np.uint8), np.zeros((60, 60), np.uint8)
    open_[20 : 20 + gap, 8 : 8 + long] = 255
    for turned in (open_, open_.T.copy()):
        want, have = (closed, turned) if swapped else (turned, closed)
        cells = compare.Cells(60, 400 / 25.4)
        for y, x in compare.beyond(want, have, slice(0, 60)):
            cells.add(y, x, want, have, 0, compare._closed(want, have, y, x))
        assert bool(cells.gathered("Black", 0)) is seen
    dot = np.full((60, 60), 255, np.uint8)
    dot[20:22, 8:14] = 0
    cells, bare = compare.Cells(60, 400 / 25.4), np.full((60, 60), 255, np.uint8)
    for y, x in compare.beyond(dot, bare, slice(0, 60)):
        cells.add(y, x, dot, bare, 0, compare._closed(dot, bare, y, x))
    assert cells.gathered("Black", 0)


@pytest.mark.parametrize(("off", "seen"), [(0.0, False), (0.01, False), (0.05, True), (-0.05, True)])
def test_a_die_line_off_by_a_twentieth_of_a_millimetre_is_seen_on_the_plate(off: float, seen: bool) -> None:
    cut, dots = USUAL_DIES.inks[0], 400 / 25.4
    form = Form("a", Rect(0, 0, 18, 18), (Group(Layer.CUT, (Stroke(circle(9, 9, 8), cut, 0.1),)),))
    media, drawn = Rect(0, 0, 30, 25), []
    for x in (5.0, 5.0 + off):
        page = Page(media, media, media, (Placement("a", Affine(1, 0, 0, 1, x, 4)),), ())
        drawn.append(np.empty((394, 473), np.uint8))
        raster.Plates(page, {"a": form}, dots, raster.Painter(dots)).band(cut.name, 394, 0, 394, drawn[-1])
    edges = compare._Edges(Rect(5, 4, 18, 18), dots, 394 - 25 * dots)
    edges.add(drawn[0], drawn[1], 0)
    die = edges.result(cut.name, 0)
    assert not die.missing and (abs(die.shift.x) > compare.DIE_SHIFT) is seen and abs(die.shift.y) <= compare.DIE_SHIFT


def test_a_clip_lets_through_what_it_touches() -> None:
    """As Ghostscript does: else a line of bare pixels is expected where the bleeds of two tags meet."""
    box = Rect(0, 0, 4.05, 2.05)
    form = Form("a", box, (Group(Layer.ARTWORK, (Fill(rectangle(Rect(-1, -1, 9, 9)), BLACK),)),))
    media = Rect(0, 0, 10, 6)
    page = Page(media, media, media, (Placement("a", Affine(1, 0, 0, 1, 3.07, 2.08)),), ())
    plates = raster.Plates(page, {"a": form}, 10.0, raster.Painter(10.0))
    room = np.empty((60, 100), np.uint8)
    plates.band("Black", 60, 0, 60, room)
    rows, columns = np.nonzero(room < 128)
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (30, 71, 20, 41)


@pytest.mark.parametrize("sides", [1, 15, 16, 17, 130])
def test_the_distance_to_a_contour_is_that_to_its_nearest_side(sides: int) -> None:
    ring = [(20 * math.cos(2 * math.pi * i / sides), 8 * math.sin(2 * math.pi * i / sides)) for i in range(sides)]
    points = [(2.5 * i, 5.0 - i) for i in range(-9, 9)]
    assert dielines._farthest(points, ring) == pytest.approx(max(_distance(p, ring) for p in points), abs=1e-12)


def _distance(p: tuple[float, float], ring: list[tuple[float, float]]) -> float:
    least = math.inf
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        long = (x1 - x0) ** 2 + (y1 - y0) ** 2 or 1.0
        t = min(max(((p[0] - x0) * (x1 - x0) + (p[1] - y0) * (y1 - y0)) / long, 0.0), 1.0)
        least = min(least, math.hypot(p[0] - x0 - t * (x1 - x0), p[1] - y0 - t * (y1 - y0)))
    return least


@pytest.mark.parametrize(("off", "seen"), [(0.0, False), (0.004, False), (0.03, True)])
def test_one_point_of_a_moved_contour_is_seen(off: float, seen: bool) -> None:
    """The second contour is measured as the first one moved, and no less than by itself."""
    square = Path("mlllz", (0.0, 0.0, 9.0, 0.0, 9.0, 5.0, 0.0, 5.0))
    moved = square.transformed(Affine(1, 0, 0, 1, 20, 7))
    found = [[*zip(path.coords[::2], path.coords[1::2], strict=True)] for path in (square, moved)]
    found[1][2] = (29.0 + off, 12.0)
    first, second = dielines._contour_errors((square, moved), found)
    assert first == pytest.approx(0, abs=1e-9)
    assert (second > dielines.CLOSE) is seen and second >= dielines.contour_error(moved, found[1]) - 1e-9


@pytest.mark.parametrize(("dark", "quiet", "wrong"), [(0.02, 0.86, 0), (0.36, 0.86, 1), (0.02, 0.6, 1), (0.02, 0.3, 1)])
def test_a_code_with_less_contrast_than_the_template_allows_fails_though_it_grades_c(
    dark: float, quiet: float, wrong: int
) -> None:
    matrix = encode("https://zalo.me/1234567890123456789", "M")
    assert matrix is not None
    one = codes.Graded("station 1", "Glar", matrix.rows, 0, 0.4, dark, 0.86, quiet)
    item, _ = eyes.check_grade([one], 0.7)
    assert len(item.failures) == wrong, item.failures
