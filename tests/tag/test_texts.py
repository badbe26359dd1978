"""Words by language: filled in, left out where empty, stopped where nobody signed them or where they are no Unicode."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from keytag.files import shipped
from keytag.files.source import Source
from keytag.tag.pictogram import FOLDER, STEPS
from keytag.tag.svg.reader import read_svg
from keytag.tag.template import Paragraph
from keytag.tag.template_file import read_template
from keytag.vietnam.highland import legacy

TEMPLATE = """\
name: x
trim: {shape: rectangle, width: 100mm, height: 60mm}
inks: {black: {cmyk: 0/0/0/100}}
front:
  - text: {text: "%s", box: {x: 5mm, y: 5mm, width: 90mm, height: 20mm}, ink: black}
back: none
"""


def words(folder: Path, text: str, **files: str) -> tuple[list[str], list[str]]:
    (folder / "texts").mkdir()
    for name, content in files.items():
        (folder / "texts" / f"{name}.yaml").write_text(content, "utf-8")
    template, findings = read_template(Source(str(folder / "x.yaml"), TEMPLATE % text))
    return [t for e in template.front if isinstance(e, Paragraph) for t in e.texts], [p.id for p in findings]


def test_words_are_filled_in_from_the_shipped_file_or_ones_own(tmp_path: Path) -> None:
    own = "language: vi\nwords: {call: Gọi ngay}\n"
    assert words(tmp_path, "{text.vi.call} nhé", vi=own) == (["Gọi ngay nhé"], [])


@pytest.mark.parametrize("empty", ["", "~", "null", '" "'])
def test_what_is_empty_leaves_its_line_out(tmp_path: Path, empty: str) -> None:
    own = f"language: bdq\nwords: {{call: {empty}}}\n"
    assert words(tmp_path, "{text.bdq.call}", bdq=own) == ([], [])


@pytest.mark.parametrize(
    ("signed", "word", "findings"),
    [
        ("by: A\nread_by: B", "abc", []),
        ("by: A\nread_by: a", "abc", ["text-unsigned"]),
        ("by: A\nread_by:", "abc", ["text-unsigned"]),
        ("by: A\nread_by: B", "ch^ng", ["legacy-highland-text"]),
        ("by:", '""', []),
    ],
)
def test_words_are_signed_by_two(tmp_path: Path, signed: str, word: str, findings: list[str]) -> None:
    file = f"language: bdq\n{signed}\nwords:\n  call: {word}\n"
    assert words(tmp_path, "{text.bdq.call}", bdq=file)[1] == findings


@pytest.mark.parametrize("text", ["{text.vi.nothing}", "{text.xx.call}"])
def test_words_that_there_are_not_are_said(tmp_path: Path, text: str) -> None:
    assert words(tmp_path, text) == ([], ["bad-value"])


def test_no_word_of_a_highland_language_is_shipped() -> None:
    for path in shipped.folder(shipped.TEXTS).glob("*.yaml"):
        found = yaml.safe_load(path.read_text("utf-8"))
        assert found["language"] == path.stem
        filled = [word for word in found["words"].values() if word]
        assert bool(filled) == (path.stem == "vi")


@pytest.mark.parametrize(
    ("text", "sign"),
    [("ch^ng", "^"), ("[ôh", "["), ("x\\y", "\\"), ("a#b", "#"), ("a\uf0d4", "\uf0d4"), ("Dơk Rơng", ""),
     ("ƀơ̆t", ""), ("gọi [113]", ""), ("# 5", "")],
)  # fmt: skip
def test_signs_of_old_fonts(text: str, sign: str) -> None:
    assert legacy(text) == sign


@pytest.mark.parametrize("name", STEPS)
def test_a_picture_is_small_flat_and_without_words(name: str) -> None:
    data = (FOLDER / f"{name}.svg").read_bytes()
    assert len(data) <= 2048
    drawing = read_svg(data.decode())
    colours = {shape.fill for shape in drawing.shapes} | {s.stroke.colour for s in drawing.shapes if s.stroke}
    assert colours <= {"#000000", "#ffffff", "#ff0000", "none"}
    assert b"<text" not in data and b"<image" not in data
