"""A template with `back: none` on a scheme that prints both sides: one forme, one page, one film, one picture."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

import keytag
from keytag.base.errors import InputError
from keytag.job.films import films_of
from keytag.job.imposition import imposed
from keytag.job.proofs import render_job
from keytag.job.ready import order_of
from keytag.job.setup import Setup

_SCHEME = """\
name: small
title: {en: "small sheet", vi: "tờ nhỏ"}
sheet: {width: 150mm, height: 110mm}
gripper: {edge: bottom, depth: 6mm}
margins: 12mm
gap: 4mm
stations: auto
work: WORK
"""
_ROSTER = """\
job: {name: Nhãn dán, template: sticker-50x25, scheme: small.yaml, date: 2020-05-18, show_113: yes}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113,
  zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.212, chief: 0900.000.132, quantity: 20}
  - {kind: xã, name: Trang, code: "23713", duty: 0269.3000.213, chief: 0900.000.134, quantity: 20}
"""


def setup(folder: Path, template: str = "sticker-50x25", work: str = "work-and-turn") -> Setup:
    (folder / "small.yaml").write_text(_SCHEME.replace("WORK", work), encoding="utf-8")
    (folder / "contacts.yaml").write_text(_ROSTER.replace("sticker-50x25", template), encoding="utf-8")
    return keytag.open(folder / "contacts.yaml")


def test_one_side_is_imposed_and_verified(tmp_path: Path) -> None:
    job = setup(tmp_path)
    ready = keytag.ready(job)
    result = keytag.impose(ready, tmp_path / "out")
    assert result.tags >= 40
    with pikepdf.open(tmp_path / "out/plate-01.pdf") as pdf:
        assert len(pdf.pages) == 1
        faces = pikepdf.parse_content_stream(pdf.pages[0])
        assert sum(str(op.operator) == "Do" for op in faces) >= 4
    with pikepdf.open(tmp_path / "out/masters.pdf") as pdf:
        assert len(pdf.pages) == 2  # a front for each unit
    ticket = "".join(
        p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(tmp_path / "out/production-ticket.pdf")
    )
    assert "in một mặt" in ticket and "không trở" in ticket and "back only" not in ticket and "both sides" not in ticket
    unit = json.loads((tmp_path / "out/job.json").read_text(encoding="utf-8"))["units"][0]
    assert list(unit["measures"]) == ["front"] and unit["back"] == []
    report = keytag.verify(tmp_path / "out", job)
    assert not report.failures, [item for item in report.items if item.failures]
    register = next(item for item in report.items if item.key == "registration")
    assert register.compared >= 4


def test_films_and_pictures_are_of_the_front_only(tmp_path: Path) -> None:
    job = setup(tmp_path, work="sheetwise")
    ready = keytag.ready(job)
    order = order_of(ready)
    films = films_of(imposed(order), one_up=True)
    assert films and {film.side for film in films} == {"front"}
    render_job(job, order.artworks[:1], (), tmp_path / "proofs", formats={"png"}, dpi=100)
    with Image.open(tmp_path / "proofs/xa-glar.png") as picture:
        assert picture.width == pytest.approx(52 / 25.4 * 100, abs=2)  # the trim and a millimetre around it


def test_a_back_is_not_left_unprinted(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="prints one side, and oval-50x20 has a back"):
        setup(tmp_path, "oval-50x20", "single-sided")
    assert setup(tmp_path, work="single-sided").scheme.work == "single-sided"
