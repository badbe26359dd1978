"""Serials as placed characters: what stands behind one stands as far from it as the template drew it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from benchmarks.floor import main
from keytag.base.ink import BLACK
from keytag.render.pdf.numbers import Kind, Some, Texts
from keytag.serial.form import Form, specimen
from keytag.tag import typeset


@pytest.mark.parametrize("form", [Form("G"), Form("")])
def test_words_behind_a_serial_stand_where_its_specimen_ends(form: Form) -> None:
    """The check character may be an I or a W: the words are where the draft has them, behind the widest."""
    font = typeset.load("medium")
    texts = Texts(Kind("{serial} kg", form, BLACK, "medium", ""), "a")
    number = next(n for n in range(99) if form.text(n)[-1] not in form.text(specimen(form))[-1])
    (page,) = texts.pages(Some(form.rows(np.array([number])).reshape(1, 1, -1), np.array([[True]]), [b"1 0 0 1 0 0"]))
    before = page[: page.index(b"/a_006b Do")]
    ahead = sum(float(step) for step in re.findall(rb"1 0 0 1 (\S+) 0 cm\n", before))
    assert ahead == pytest.approx(sum(font.shape(c).advance for c in f"{form.printed(specimen(form))} "))


def test_the_floor_that_numbered_jobs_are_held_against_makes_codes_that_scan(tmp_path: Path) -> None:
    """Each tag its own, whole: what all codes have alike is drawn, too."""
    main(str(tmp_path / "floor.pdf"), 100)
    form = Form("G")
    with pypdfium2.PdfDocument(tmp_path / "floor.pdf") as document:
        pictures = [document[page].render(scale=4, grayscale=True).to_pil() for page in (0, 2)]
    read = [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]
    assert sorted(read) == [f"https://x.gov.vn/{form.text(number)}" for number in range(100)]
