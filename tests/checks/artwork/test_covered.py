"""What lies over live matter is found where ink really falls, in drafts as in finished tags."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from keytag.base.geometry import Affine
from keytag.base.ink import BLACK
from keytag.checks.artwork import check_artwork
from keytag.files.source import Source
from keytag.tag.compose import Composer
from keytag.tag.template_file import read_template
from keytag.tag.typeset import exact, load, place
from tests.conftest import roster_of

TEMPLATE = """
name: plain
trim: {shape: rectangle, width: 60mm, height: 30mm}
inks: {red: {cmyk: 0/100/100/5}, black: {cmyk: 0/0/0/100}}
front:
  - fill: {ink: red}
BEFORE
  - qr: {link: "{link}", ink: black, panel: paper, centre: {x: 14mm, y: 15mm}, most: 16mm}
  - label: {text: "{authority.duty}", places: [{x: 42mm, y: 15mm}], font: bold, ink: paper, size: 12pt}
AFTER
back: [{fill: {ink: red}}]
"""
ROSTER = """
job: {edition: 05/2020}
authority: {name: Đak Đoa, level: district, duty: 0269.3000.113, zalo: "https://zalo.me/1234567890123456789"}
units: [{kind: xã, name: Glar, duty: 0269.3000.201, chief: 0900.000.101, quantity: 100}]
"""
RING = "M0 0H100V60H0ZM4 4V56H96V4Z"  # the number stands in it, and is covered by nothing
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><path fill="#ff0000" d="{}"/></svg>'
EMBLEM = "emblem: {{file: {}, x: {}mm, y: {}mm, width: {}mm, height: {}mm, inks: {{'#ff0000': red}}}}"
RULE = "rule: {{ink: red, from: {{x: {}mm, y: {}mm}}, to: {{x: {}mm, y: {}mm}}, width: 1pt}}"


def covered(folder: Path, element: str, where: str, draft: bool) -> list[str]:
    """The findings' messages with `element` as the template's `AFTER` or `BEFORE`."""
    (folder / "ring.svg").write_text(SVG.format(RING))
    (folder / "solid.svg").write_text(SVG.format("M0 0H100V60H0Z"))
    Image.new("RGB", (400, 400), "red").save(folder / "picture.png")
    both = {"BEFORE": "", "AFTER": "", where: f"  - {element}" if element else ""}
    text = TEMPLATE.replace("BEFORE", both["BEFORE"]).replace("AFTER", both["AFTER"])
    template, findings = read_template(Source(str(folder / "t.yaml"), text))
    assert findings == ()
    roster = roster_of(ROSTER)
    artwork = Composer(template, draft=draft).compose(roster.job, roster.units[0])
    return [f.message for f in check_artwork(artwork, template, None) if f.id == "covered"]


NUMBER, PANEL = "'0269.3000.113'", "the QR panel"


@pytest.mark.parametrize("draft", [True, False], ids=["draft", "finished"])
@pytest.mark.parametrize(
    ("element", "hit"),
    [
        ("", ()),
        ("fill: {ink: red}", (PANEL, NUMBER)),
        ("frame: {ink: red, inset: 1mm, width: 1pt}", ()),
        ("frame: {ink: red, inset: 8mm, width: 1pt}", (PANEL, NUMBER)),
        (RULE.format(28, 15, 56, 15), (NUMBER,)),
        (RULE.format(28, 20, 56, 20), ()),
        (RULE.format(5, 8, 9, 8), (PANEL,)),  # in the quiet zone only
        (EMBLEM.format("solid.svg", 28, 8, 10, 10), (NUMBER,)),
        (EMBLEM.format("ring.svg", 25, 5, 33, 20), ()),
        (EMBLEM.format("ring.svg", 35, 5, 33, 20), (NUMBER,)),
        ("emblem: {file: picture.png, x: 18mm, y: 19mm, width: 6mm, height: 6mm}", (PANEL,)),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_is_painted_later_covers_where_its_ink_falls(
    element: str, hit: tuple[str, ...], draft: bool, tmp_path: Path
) -> None:
    found = covered(tmp_path, element, "AFTER", draft)
    assert len(found) == len(hit) and all(f"front: {what} lies under" in m for what, m in zip(hit, found, strict=True))


def test_what_is_painted_before_covers_nothing(tmp_path: Path) -> None:
    assert covered(tmp_path, EMBLEM.format("solid.svg", 28, 8, 10, 10), "BEFORE", True) == []


@pytest.mark.parametrize("turn", [Affine(), Affine(0, -1, 1, 0)], ids=["upright", "turned"])
def test_a_draft_knows_its_curves(turn: Affine) -> None:
    """A digit is judged by its ink: not by its box, in whose corners a line covers nothing."""
    words = place(load("bold").shape("78"), 40, 20.0, 20.0, BLACK, draft=True)
    words = words._replace(glyphs=tuple(g._replace(outline=g.outline.transformed(turn)) for g in words.glyphs))
    drawn = [glyph.outline.transformed(turn) for glyph in place(load("bold").shape("78"), 40, 20.0, 20.0, BLACK).glyphs]
    assert [glyph.outline for glyph in exact(words).glyphs] == drawn
    assert exact(exact(words)) == exact(words)
