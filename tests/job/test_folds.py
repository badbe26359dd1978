"""Folds, further holes and the scheme's own names for die-lines: in every file for the press and for cutters."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import keytag
from keytag.base.drawing import Layer, Stroke
from keytag.render.fingerprint import code
from keytag.tag.compose import Composer

_TEMPLATE = """\
base: card-id1
name: folded
folds: [{from: {x: 30mm, y: 0mm}, to: {x: 30mm, y: 53.98mm}}]
holes:
  - {x: 6mm, y: 6mm, diameter: 4mm}
  - {x: 79mm, y: 6.5mm, diameter: 3mm}
"""
_ROSTER = """\
job: {name: Thẻ gấp, template: folded.yaml, scheme: sheet.yaml, date: 2020-05-18, show_113: yes}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113,
  zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.212, chief: 0900.000.132, quantity: 4}
"""
_SCHEME = """\
name: small
title: {en: "small sheet", vi: "tờ nhỏ"}
sheet: {width: 150mm, height: 110mm}
gripper: {edge: bottom, depth: 6mm}
margins: 15mm
gap: 6mm
stations: {columns: 1, rows: 1}
work: sheetwise
cut: Thru-cut
hole: Drill 3.2
"""


def test_folds_and_holes_are_on_every_file_for_makers(tmp_path: Path) -> None:
    for name, text in (("folded.yaml", _TEMPLATE), ("contacts.yaml", _ROSTER), ("sheet.yaml", _SCHEME)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    setup = keytag.open(tmp_path / "contacts.yaml")
    assert not setup.findings
    (artwork,) = Composer(setup.template, draft=True).compose_job(setup.roster.job, setup.roster.units)
    lines = []
    for face in artwork.faces:
        (group,) = [group for group in face.form.groups if group.layer is Layer.FOLD]
        (mark,) = group.marks
        assert isinstance(mark, Stroke) and mark.ink.spot and mark.ink.overprint
        lines.append(mark.path.coords)
    width = setup.template.outline.width
    assert lines[0] == (30, 0, 30, 53.98) and lines[1] == (width - 30, 0, width - 30, 53.98)

    ready = keytag.ready(setup)
    out = tmp_path / "out"
    keytag.impose(ready, out)  # preflight of every file is part of it
    for name in ("plate-01.pdf", "masters.pdf", "cutting-forme.pdf"):
        with pikepdf.open(out / name) as pdf:
            spots = {str(space[1]) for form in pdf.objects if (space := _separation(form)) is not None}
            assert {"/Fold", "/Thru-cut", "/Drill 3.2"} <= spots and not spots & {"/CutContour", "/Drill"}
    with pikepdf.open(out / "plate-01.pdf") as pdf:
        groups = {str(group.Name) for group in pdf.Root.OCProperties.OCGs}
        assert "Fold line" in groups
    dxf = (out / "cutting-forme.dxf").read_text("ascii").split()
    assert dxf.count("Fold") == 2  # the layer and one line
    assert b'id="Fold"' in (out / "cutting-forme.svg").read_bytes()
    texts = {name: _text(out / name) for name in ("production-ticket.pdf", "masters.pdf", "cutting-forme.pdf")}
    assert "Thru-cut" in texts["production-ticket.pdf"] and "Drill 3.2" in texts["production-ticket.pdf"]
    assert "fold" in texts["production-ticket.pdf"] and "6,5 mm" in texts["production-ticket.pdf"]
    measures = json.loads((out / "job.json").read_text("utf-8"))["units"][0]["measures"]
    assert measures["front"]["hole"] is not None
    inputs = json.loads((out / "job.json").read_text("utf-8"))["inputs"]
    assert [entry["name"] for entry in inputs if "template" in entry["what"]] == ["folded.yaml", "card-id1.yaml"]
    front = next(face for name, face in artwork.sides if name == "front")
    assert [hole.diameter for hole in front.holes] == [4, 3]
    report = keytag.verify(out, setup)
    assert not report.failures, report
    (named,) = keytag.compose(setup)
    assert named.front != Composer(setup.template).compose(setup.roster.job, setup.roster.units[0]).front
    usual = Composer(setup.template).compose(setup.roster.job, setup.roster.units[0])
    assert code(named) == code(usual)  # what the cutter calls its lines is no part of what was signed


@pytest.mark.parametrize(("key", "ink"), [("cut", "Gold 871"), ("hole", "gold 871")])
def test_a_die_line_named_as_an_ink_is_an_error_at_its_line(tmp_path: Path, key: str, ink: str) -> None:
    template = _TEMPLATE + "inks: {gold: {spot: Gold 871, cmyk: 20/30/70/5}}\n"
    scheme = _SCHEME.replace("cut: Thru-cut\nhole: Drill 3.2\n", f"{key}: {ink}\n")
    for name, text in (("folded.yaml", template), ("contacts.yaml", _ROSTER), ("sheet.yaml", scheme)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = [f for f in keytag.check(keytag.open(tmp_path / "contacts.yaml")) if f.id == "die-name"]
    assert [(f.severity.value, Path(f.span.file).name, f.span.line) for f in found if f.span] == [
        ("error", "sheet.yaml", 9)
    ]
    assert "Gold 871" in found[0].message and not isinstance(
        keytag.ready(keytag.open(tmp_path / "contacts.yaml")), keytag.Ready
    )


def _separation(thing: object) -> list[object] | None:
    if isinstance(thing, pikepdf.Array) and len(thing) > 1 and thing[0] == pikepdf.Name.Separation:
        return list(thing)
    return None


def _text(path: Path) -> str:
    return " ".join("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)).split())
