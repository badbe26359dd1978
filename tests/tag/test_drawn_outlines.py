"""Outlines from SVG files: one closed path at its size; both faces of a lopsided tag are each other's mirror image."""

from __future__ import annotations

from pathlib import Path

import pytest

from keytag.base.drawing import Layer, Stroke
from keytag.base.flatten import flattened
from keytag.base.geometry import Affine
from keytag.checks.artwork import check_artwork
from keytag.files.source import Source
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.outlines.contour import Contour
from keytag.tag.outlines.parallel import area, shared
from keytag.tag.template import Template
from keytag.tag.template_file import read_template
from tests.conftest import roster_of

HEART = "M20 36C8 26 0 20 0 11C0 4 4 0 10 0C14 0 18 3 20 8C22 3 26 0 30 0C36 0 40 4 40 11C40 20 32 26 20 36Z"
SHIELD = "M0 0H40V22C40 34 30 42 20 46C10 42 0 34 0 22Z"
HOUSE = "M0 18L20 0L60 18H54V44H6V18Z"
TEMPLATE = """
name: drawn
trim: {TRIM}
hole: {x: HX, y: HY, diameter: 3mm}
white: {choke: 0.15mm}
inks: {red: {cmyk: 0/100/100/5}, yellow: {cmyk: 0/5/90/0}, black: {cmyk: 0/0/0/100}}
front: [{fill: {ink: red}}, {frame: {ink: yellow, inset: 1mm, width: 0.75pt}}]
back:
  - fill: {ink: red}
  - stack:
      lines: [{contacts: {roles: [duty, chief, deputy],
               labels: {deputy: [Phó], chief: [Trưởng], duty: [Trực ban]}, font: bold, ink: paper,
               size: {least: 8pt, usual: 9pt, most: 12pt}, label_font: semibold, label_ink: paper,
               label_size: {least: 7pt, usual: 7pt, most: 7pt}}}]
"""
ROSTER = """
authority: {name: Đak Đoa, level: district, duty: 0269.3000.113}
units: [{kind: xã, name: Glar, duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102, 0900.000.103],
         quantity: 100}]
"""


def template(folder: Path, data: str, size: str = "width: 60mm", hole: str = "30 12") -> tuple[Template, list[str]]:
    svg = data if data.startswith("<") else f'<path d="{data}" fill="none" stroke="red"/>'
    (folder / "shape.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 46">{svg}</svg>')
    x, y = hole.split()
    text = TEMPLATE.replace("TRIM", f"shape: path, file: shape.svg, {size}").replace("HX", f"{x}mm")
    found, findings = read_template(Source(str(folder / "t.yaml"), text.replace("HY", f"{y}mm")))
    return found, [problem.message for problem in findings]


def composed(design: Template) -> Artwork:
    roster = roster_of(ROSTER)
    return Composer(design).compose(roster.job, roster.units[0])


@pytest.mark.parametrize(
    ("data", "hole", "height", "symmetric"),
    [(HEART, "15 10", 54, True), (SHIELD, "30 5", 69, True), (HOUSE, "20.5 7", 44, False)],
    ids=["heart", "shield", "house"],
)
def test_a_shape_becomes_a_tag(data: str, hole: str, height: float, symmetric: bool, tmp_path: Path) -> None:
    design, findings = template(tmp_path, data, hole=hole)
    assert findings == [] and isinstance(design.outline, Contour) and design.outline.symmetric == symmetric
    assert (design.outline.width, design.outline.height) == pytest.approx((60, height))
    artwork = composed(design)
    assert not [f.message for f in check_artwork(artwork, design, None) if f.id != "qr-missing"]
    cuts = [flattened(mark.path, 1e-3) for face in artwork.faces for mark in _cut(face.form.groups)]
    front, back = cuts[0], [[(60 - x, y) for x, y in points] for points in cuts[1]]
    assert area(shared(front, back)) == pytest.approx(area(front), rel=1e-4)
    whites = [g.marks[0] for face in artwork.faces for g in face.form.groups if g.layer is Layer.WHITE]
    assert whites[0].path.bounds().width == pytest.approx(60 + 2 * 2.85, abs=0.01)  # type: ignore[union-attr]
    if not symmetric:
        straight = flattened(_cut(artwork.back.form.groups)[0].path.transformed(Affine()), 1e-3)
        assert area(shared(front, straight)) < area(front) - 50


def _cut(groups: object) -> list[Stroke]:
    return [m for g in groups if g.layer is Layer.CUT for m in g.marks]  # type: ignore[attr-defined]


def test_words_keep_off_the_edge_of_their_own_face(tmp_path: Path) -> None:
    """Half of the tag is a narrow tongue, which lies on the right of the front and on the left of the back."""
    design, findings = template(tmp_path, "M0 0H30V16H60V24H30V40H0Z", "width: 60mm", "5 20")
    assert findings == []
    artwork = composed(design)
    words = [fit.box for fit in artwork.back.fits]
    assert words and all(box.x > 30 + 1.4 for box in words)
    assert not [f for f in check_artwork(artwork, design, None) if f.id == "outside-safe-area"]


@pytest.mark.parametrize(
    ("data", "size", "words"),
    [
        ("M0 0H9V9H0Z M20 0H29V9H20Z", "width: 60mm", "2 paths"),
        ("M0 0H40L0 30H40", "width: 60mm", "open path"),
        ("M0 0L40 30H0L40 0Z", "width: 60mm", "crosses"),
        (HOUSE, "width: 60mm, height: 20mm", "60.00 × 44.00 mm"),
        (HOUSE, "bleed: 1mm", "unknown key"),
        ("<text>x</text>", "width: 60mm", "convert text"),
        (HOUSE, "width: 890mm, radius: 2mm", "belongs to the shape rectangle"),
    ],
)
def test_what_no_die_cuts_is_refused_in_one_line(data: str, size: str, words: str, tmp_path: Path) -> None:
    _, findings = template(tmp_path, data, size)
    assert any(words in problem for problem in findings) and all("\n" not in problem for problem in findings)


def test_both_sizes_are_welcome_where_they_agree(tmp_path: Path) -> None:
    assert template(tmp_path, HOUSE, "width: 60mm, height: 44mm", "20.5 7")[1] == []
    design, findings = template(tmp_path, HOUSE, "height: 22mm", "10 5")
    assert not [p for p in findings if "hole" not in p] and design.outline.width == pytest.approx(30)
