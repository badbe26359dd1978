"""Emblems as drawing programs save them, and as nobody should: drawn right, or refused in one line, within bounds."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from keytag.base.drawing import Fill, Mark, Picture, Stroke
from keytag.base.flatten import flattened
from keytag.base.geometry import Path as Curve
from keytag.files.source import Source
from keytag.tag.outlines.parallel import area, non_zero
from keytag.tag.template import Emblem
from keytag.tag.template_file import read_template

TEMPLATE = """
name: plain
trim: {{shape: rectangle, width: 60mm, height: 30mm}}
inks: {{red: {{cmyk: 0/100/100/5}}, gold: {{cmyk: 0/5/90/0}}, black: {{cmyk: 0/0/0/100}}}}
front:
  - emblem:
      {{file: {}, x: 10mm, y: 10mm, width: 10mm, height: 10mm, inks: {{'#da251d': red, yellow: gold, black: black}}}}
back: []
"""
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">'


def emblem(folder: Path, name: str = "e.svg") -> tuple[tuple[Mark, ...], list[str]]:
    template, findings = read_template(Source(str(folder / "t.yaml"), TEMPLATE.format(name)))
    found = [e for e in template.front if isinstance(e, Emblem)]
    return (found[0].marks if found else ()), [p.message for p in findings]


def drawn(folder: Path, inner: str, head: str = HEAD) -> tuple[Mark, ...]:
    (folder / "e.svg").write_text(f"{head}{inner}</svg>", encoding="utf-8")
    marks, findings = emblem(folder)
    assert findings == []
    return marks


def covered(path: Curve) -> float:
    return area(non_zero(flattened(path, 1e-3)))


@pytest.mark.parametrize(
    "inner",
    [
        '<style>.st0{fill:#DA251D;}</style><rect class="st0" width="50" height="50"/>',
        "<style><![CDATA[ .a,.b { fill: #DA251D } ]]></style><g class='b'><rect width='50' height='50'/></g>",
        '<rect style="fill:#da251d;fill-opacity:1;stroke:none" width="50" height="50"/>',
        '<style>rect{fill:black} #x{fill:#da251d} .y{fill:red}</style><rect id="x" class="y" width="50" height="50"/>',
        '<g fill="#da251d"><rect width="50" height="50" fill="inherit"/></g>',
        '<rect width="50" height="50" fill="rgb(218, 37, 29)"/>',
        '<defs><rect id="r" width="25" height="25"/></defs><use xlink:href="#r" transform="scale(2)" fill="#DA251D"/>',
        '<symbol id="s" viewBox="0 0 8 8"><circle cx="2" cy="2" r="2" fill="#da251d"/></symbol><use href="#s"/>',
        '<path d="M0 0H50V50H0Z" fill="#da251d" opacity="1"/><linearGradient><stop/></linearGradient>',
        '<switch><g requiredExtensions="x"/><rect width="50" height="50" fill="#da251d"/><circle r="9"/></switch>',
        '<rect width="50" height="50" fill="#da251d"/><foreignObject requiredExtensions="http://ns.adobe.com/x"/>',
        '<rect width="50" height="50" fill="#da251d" style="paint-order:stroke fill;transform-origin:0px 0px"/>',
    ],
    ids=[
        *("illustrator", "cdata", "inkscape", "specificity", "inherited", "rgb", "use", "symbol", "unused-gradient"),
        *("switch", "extension", "paint-order"),
    ],
)
def test_styles_and_copies_are_resolved(inner: str, tmp_path: Path) -> None:
    (mark,) = drawn(tmp_path, inner)
    assert isinstance(mark, Fill) and mark.ink.name == "red"
    assert mark.path.bounds() == pytest.approx((10, 10, 5, 5), abs=1e-6)


@pytest.mark.parametrize(
    ("data", "share"),
    [
        ("M0 0H100V100H0Z M20 20H80V80H20Z", 0.64),
        ("M0 0H100V100H0Z M20 20V80H80V20Z M40 40H60V60H40Z", 0.68),
        ("M0 0H60V60H0Z M30 30H100V100H30Z", 0.36 + 0.49 - 2 * 0.09),  # they cross
    ],
)
def test_the_even_odd_rule_is_kept(data: str, share: float, tmp_path: Path) -> None:
    (mark,) = drawn(tmp_path, f'<path fill-rule="evenodd" d="{data}"/>')
    assert isinstance(mark, Fill) and covered(mark.path) == pytest.approx(100 * share, abs=1e-3)


def test_lines_stay_lines_or_become_areas(tmp_path: Path) -> None:
    plain, round_ended, skewed = drawn(
        tmp_path,
        '<g fill="none" stroke="#da251d" stroke-width="10"><path d="M10 50H90"/>'
        '<path d="M10 50H90" stroke-linecap="round"/><circle cx="50" cy="50" r="20" transform="scale(1 .5)"/></g>',
    )
    assert isinstance(plain, Stroke) and plain.width == pytest.approx(1)
    assert isinstance(round_ended, Fill) and covered(round_ended.path) == pytest.approx(8 + 3.1416 / 4, abs=0.01)
    assert isinstance(skewed, Fill) and covered(skewed.path) == pytest.approx(3.1416 * (2.5**2 - 1.5**2) / 2, abs=0.01)


NESTED = "".join(f'<g id="a{i + 1}"><use href="#a{i}"/><use href="#a{i}"/></g>' for i in range(15))
HOSTILE = {
    "itself": ('<g id="a"><use href="#a"/></g>', "inside itself"),
    "ring": ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "inside itself"),
    "nested": (f'<defs><rect id="a0" width="1" height="1"/>{NESTED}</defs><use href="#a15"/>', "simplify it"),
    "text": ("<text>113</text>", "convert text and gradients to flat shapes"),
    "gradient": (
        '<linearGradient id="g"><stop/></linearGradient><rect width="9" height="9" fill="url(#g)"/>',
        "convert text and gradients to flat shapes",
    ),
    "picture": ('<image href="http://example.org/x.png"/>', "convert text"),
    "clipped": ('<rect width="9" height="9" clip-path="url(#c)"/>', "flatten"),
    "transparent": ('<rect width="9" height="9" opacity=".5"/>', "opaque"),
    "far": ('<rect width="9" height="9" transform="scale(1e6) scale(1e6)"/>', "too large"),
    "nan": ('<path d="M nan 0 L 1 1 Z"/>', "path data"),
    "context": ('<style>g rect{fill:red}</style><rect width="9" height="9"/>', "presentation attributes"),
    "dashes": ('<path d="M0 0H9" stroke="black" stroke-dasharray="2 1"/>', "convert strokes"),
    "missing": ('<use href="#nothing"/>', "not in the file"),
    "outside": ('<rect x="500" y="500" width="9" height="9"/>', "beyond its page"),
    "wider": ('<path d="M-40 50H50" stroke="black" stroke-width="4"/>', "beyond its page"),
    "thick": ('<path d="M1 50H90" stroke="black" stroke-width="104"/>', "beyond its page"),
    "html": ('<foreignObject width="9" height="9"/><rect width="9" height="9"/>', "convert text"),
    "languages": ('<switch><rect systemLanguage="vi" width="9" height="9"/><circle r="5"/></switch>', "languages"),
    "blended": ('<rect width="9" height="9" style="mix-blend-mode:multiply"/>', "opaque"),
    "hairline": ('<path d="M0 0H9" stroke="black" vector-effect="non-scaling-stroke"/>', "convert strokes"),
    "below": ('<g paint-order="markers stroke"><rect width="9" height="9" stroke="black"/></g>', "convert strokes"),
    "origin": ('<rect width="9" height="9" style="transform-origin:center;transform:scale(2)"/>', "plain SVG"),
    "css": ('<style>circle{r:5}</style><circle r="9" cx="9" cy="9"/>', "plain SVG"),
    "important": ('<style>rect{fill:red!important}</style><rect width="9" height="9" fill="black"/>', "plain SVG"),
    "long": (f'<path d="M0 0{"L1 1" * 200_000}"/>', "simplify it"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_printed_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    inner, words = HOSTILE[name]
    (tmp_path / "e.svg").write_text(f"{HEAD}{inner}</svg>")
    start = time.process_time()
    marks, findings = emblem(tmp_path)
    assert time.process_time() - start < 2
    assert marks == () and len(findings) == 1 and words in findings[0] and "\n" not in findings[0]
    assert findings[0].startswith("file: e.svg ")


@pytest.mark.parametrize("box", ["nan nan nan nan", "0 0 0 10", "0 0 inf 9", "0 0 9", "a b c d"])
def test_a_view_box_must_be_four_numbers(box: str, tmp_path: Path) -> None:
    (tmp_path / "e.svg").write_text(HEAD.replace("0 0 100 100", box) + '<rect width="9" height="9"/></svg>')
    marks, findings = emblem(tmp_path)
    assert marks == () and len(findings) == 1 and "viewBox" in findings[0]


def test_thousands_of_lines_are_drawn_in_time(tmp_path: Path) -> None:
    start = time.process_time()
    lines = "".join(f'<path d="M{i % 90} {i // 90}c1 2 3 4 5 6" stroke-linecap="round"/>' for i in range(3000))
    marks = drawn(tmp_path, f'<g fill="none" stroke="black">{lines}</g>')
    assert len(marks) == 3000 and time.process_time() - start < 2


def test_a_doctype_without_entities_is_harmless(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert len(drawn(tmp_path, '<rect width="9" height="9"/>', doctype + HEAD)) == 1


def test_a_picture_is_kept_at_what_a_press_shows(tmp_path: Path) -> None:
    Image.new("RGB", (2000, 1000), "red").save(tmp_path / "e.png")
    (picture,), findings = emblem(tmp_path, "e.png")
    assert not findings and isinstance(picture, Picture)
    assert (picture.columns, picture.rows) == (237, 119)  # 600 dpi on 10 mm
    assert picture.box.width == pytest.approx(10) and picture.box.height == pytest.approx(5, abs=0.05)


@pytest.mark.parametrize("size", [(5000, 5000), (2800, 2800)], ids=["refused", "read"])
def test_a_large_picture_takes_little_memory(size: tuple[int, int], tmp_path: Path) -> None:
    Image.new("RGBA", size, (218, 37, 29, 200)).save(tmp_path / "e.png", compress_level=1)
    (tmp_path / "t.yaml").write_text(TEMPLATE.format("e.png"))
    script = (
        "import sys; from pathlib import Path; from keytag.files.source import read\n"
        "from keytag.tag.template_file import read_template\n"
        "for p in read_template(read(Path('t.yaml')))[1]: print(p.message)\n"
        # Of this process alone: `ru_maxrss` begins with what the parent had.
        "(most,) = [line for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "print(int(most.split()[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    *said, megabytes = done.stdout.split("\n")[:-1]
    assert int(megabytes) < 200
    assert ("at 600 dpi it needs 237 × 237" in " ".join(said)) == (size[0] == 5000)


def test_a_black_picture_has_no_more_ink_than_plastic_holds(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "black").save(tmp_path / "e.png")
    (picture,), findings = emblem(tmp_path, "e.png")
    assert not findings and isinstance(picture, Picture)
    assert 2.9 * 255 < max(sum(picture.data[i : i + 4]) for i in range(0, len(picture.data), 4)) <= 3 * 255


def test_proofs_are_drawn_of_what_has_findings(tmp_path: Path) -> None:
    """A coarse emblem, one that is not there, and too much ink: two errors, and proofs to see them on."""
    Image.new("RGB", (40, 40), "black").save(tmp_path / "coarse.png")
    over = "back: [{fill: {ink: heavy}}, {emblem: {file: no.svg, x: 1mm, y: 1mm, width: 5mm, height: 5mm}}]"
    text = TEMPLATE.format("coarse.png").replace("back: []", over)
    text = text.replace("inks: {red", "inks: {heavy: {cmyk: 100/100/100/50}, red", 1)
    (tmp_path / "t.yaml").write_text(text)
    (tmp_path / "contacts.yaml").write_text("job: {template: ./t.yaml}\nauthority: self\nunits: [{name: Glar}]\n")
    run = [sys.executable, "-m", "keytag"]
    done = subprocess.run([*run, "render", "-f", "png", "-f", "pdf"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and {p.suffix for p in (tmp_path / "proofs").iterdir()} == {".pdf", ".png", ".json"}
    assert subprocess.run([*run, "check"], cwd=tmp_path, capture_output=True).returncode == 1
