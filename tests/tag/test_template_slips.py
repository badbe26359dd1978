"""What a designer gets wrong is said at its line and column, once, with what to do: places, words, folds, reliefs."""

from __future__ import annotations

from pathlib import Path

import pytest

from keytag.files.source import Source
from keytag.tag.compose import Composer
from keytag.tag.template import Background, Paragraph, Stack
from keytag.tag.template_file import read_template
from tests.conftest import roster_of

HEAD = """\
name: t
trim: {shape: ellipse, width: 50mm, height: 20mm}
inks: {red: {cmyk: 0/100/100/5}, black: {cmyk: 0/0/0/100}}
"""
NONE = HEAD + "front: []\nback: none\n"
OUT = "lies outside the tag, which is 50 × 20 mm"


def face(element: str) -> str:
    return HEAD + f"front:\n  - {element}\nback: none\n"


def said(text: str, folder: Path) -> list[str]:
    _, findings = read_template(Source(str(folder / "t.yaml"), text))
    return [f"{f.span.line}:{f.span.column}: {f.message}" for f in findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (face("text: {text: [A], box: {x: 60mm, y: 5mm, width: 9mm, height: 5mm}, ink: black}"), f"5:28: box: {OUT}"),
        (face("label: {text: A, places: [{x: 60mm, y: 10mm}], ink: black}"), f"5:35: x: {OUT}"),
        (face('qr: {link: "{link}", ink: black, panel: paper, centre: {x: 20mm, y: -9mm}}'), f"5:60: centre: {OUT}"),
        (face("rule: {ink: black, from: {x: 5mm, y: 30mm}, to: {x: 9mm, y: 30mm}}"), f"5:30: from: {OUT}"),
        (face("emblem: {file: e.svg, x: 60mm, y: 5mm, width: 5mm, height: 5mm}"), f"5:30: x: {OUT}"),
        (face("relief: {kind: pip, width: 2mm, centre: {x: 60mm, y: 10mm}}"), f"5:45: centre: {OUT}"),
        (face("relief: {kind: rim, width: 30mm}"), "5:32: width: 30mm is out of range (0.1 mm to 10 mm)"),
        (NONE + "areas: {a: {x: 60mm, y: 1mm, width: 9mm, height: 5mm}}\n", f"6:16: x: {OUT}"),
        (NONE + "folds: [{from: {x: 60mm, y: 0mm}, to: {x: 60mm, y: 20mm}}]\n", f"6:16: from: {OUT}"),
        (NONE + "folds: [{from: {x: 50mm, y: 0mm}, to: {x: 50mm, y: 20mm}}]\n", f"6:16: from: {OUT}"),
        (NONE + "folds: [{from: {x: 9mm, y: 0mm}, to: {x: 9mm, y: 0mm}}]\n", "6:38: to: a fold goes from one place"),
        (face("text: {text: [A], area: midle, ink: black}"), "5:29: area: no area 'midle': the template has none"),
        (
            face("text: {text: [], box: {x: 5mm, y: 5mm, width: 9mm, height: 5mm}, ink: black}"),
            "5:18: text: has no words",
        ),
        (face("label: {places: [{x: 9mm, y: 10mm}], ink: black}"), "5:12: label needs 'text'"),
        (face("stack: {lines: [{ink: black, size: 7pt}]}"), "5:21: a line needs 'text'"),
        (
            face("stack: {lines: [{number: 0269.3000.113, ink: black}]}"),
            "5:30: number: a number comes from the roster, ",
        ),
        (face("circle: {ink: red}"), "5:5: unknown key 'circle' in an element of the front"),
        (NONE + "fonts: {own: {file: no.ttf, licence: OFL}}\n", "6:21: file: no.ttf cannot be read as a font"),
        (
            face("stack: {lines: [{text: A, font: own, ink: black}]}") + "fonts: {own: {file: no.ttf}}\n",
            "7:14: font own needs 'licence'",
        ),
        *(
            (
                NONE.replace("0/0/0/100", f"0/0/0/100, spot: {name}"),
                f"3:65: spot: '{name}' is the name of what is never",
            )
            for name in ("Legend", "fold", "Relief", "Dimensions", "All", "None")
        ),
        (NONE.replace("black:", "paper:"), "3:34: paper is what is printed on, no ink"),
    ],
)
def test_a_slip_is_one_finding_at_its_place(text: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "e.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "utf-8")
    (found,) = [one for one in said(text, tmp_path) if "e.svg" not in one]
    assert found.startswith(expected)


FOLDED = """\
name: t
trim: {shape: rectangle, width: 150mm, height: 60mm}
safe: 3mm
hole: none
inks: {red: {cmyk: 0/100/100/5}}
folds:
  - {from: {x: 50mm, y: 0mm}, to: {x: 50mm, y: 60mm}}
  - {from: {x: 100mm, y: 0mm}, to: {x: 100mm, y: 60mm}}
front:
  - fill: {ink: red, area: panel-1}
  - fill: {ink: red, area: panel-2}
  - text: {text: ["Gọi ngay khi thấy kẻ gian, cháy, nổ, tai nạn"], area: panel-3, ink: red, size: 16pt}
  - contacts: {area: panel-2, roles: [duty], ink: red, label_ink: red, size: {least: 8pt, most: 40pt}}
back: none
"""


def test_ink_fills_a_panel_to_the_bleed_and_words_keep_off_its_folds(tmp_path: Path) -> None:
    template, findings = read_template(Source(str(tmp_path / "t.yaml"), FOLDED))
    assert not findings
    fills = [e.box for e in template.front if isinstance(e, Background) and e.box]
    assert [(b.x, b.y, b.right, b.bottom) for b in fills] == [(-3, -3, 50, 63), (50, -3, 100, 63)]
    boxes = [e.box for e in template.front if isinstance(e, (Paragraph, Stack)) and e.box]
    assert [(b.x, b.y, b.right, b.bottom) for b in boxes] == [(103, 3, 147, 57), (53, 3, 97, 57)]
    roster = roster_of('units:\n  - {kind: xã, name: Glar, code: "1", duty: 0269.3000.201, quantity: 9}\n')
    (artwork,) = Composer(template, draft=True).compose_job(roster.job, roster.units)
    said = {fit.text: fit for fit in artwork.front.fits}
    assert all(fit.fits for fit in said.values())
    assert said["0269.3000.201"].box.x >= 53 - 1e-6 and said["0269.3000.201"].box.right <= 97 + 1e-6
