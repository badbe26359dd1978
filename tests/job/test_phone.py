"""A proof to send by phone: one picture that says BẢN THỬ and still can be read, and a book that a phone takes."""

from __future__ import annotations

import io
from pathlib import Path

import zxingcpp
from PIL import Image

from keytag.documents.facts import Head
from keytag.documents.proof_book import proof_book
from keytag.render import phone
from keytag.tag.compose import Composer
from keytag.tag.typeset import set_text
from tests.conftest import roster_of, template_named
from tests.running import keytag

ROSTER = """job: {date: 2025-08-01}
authority: self
units:
  - {kind: xã, name: Ia Băng, duty: 0269.3000.217,
     chief: 0900.000.146, deputies: [0900.000.147, 0900.000.148, 0900.000.149], quantity: 400, link: "https://zalo.me/12345678901"}
"""


def test_render_makes_one_picture_for_a_phone(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(ROSTER)
    code, _, err = keytag("render", "-f", "phone", cwd=tmp_path)
    assert code == 0, err
    picture = Image.open(tmp_path / "proofs/xa-ia-bang.phone.png")
    assert picture.width == phone.WIDE and picture.height < 1.5 * phone.WIDE
    assert (tmp_path / "proofs/xa-ia-bang.phone.png").stat().st_size < 1_000_000
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == ["https://zalo.me/12345678901"]


def test_a_piece_of_one_side_has_a_picture_for_a_phone_too(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(ROSTER.replace("{date:", "{template: sticker-50x25, date:"))
    assert template_named("sticker-50x25").single
    code, _, err = keytag("render", "-f", "phone", cwd=tmp_path)
    assert code == 0, err
    assert Image.open(tmp_path / "proofs/xa-ia-bang.phone.png").width == phone.WIDE


def test_the_words_go_across_and_hide_nothing() -> None:
    face = Image.new("RGB", (800, 320), "white")
    plain = Image.open(io.BytesIO(phone.phone_picture([face, face], ("Xã Glar",), set_text))).convert("L")
    shade = round(255 * (1 - phone._STRENGTH))
    grey = plain.point([255 if shade - 2 <= v <= shade + 14 else 0 for v in range(256)])
    left, top, right, bottom = grey.getbbox() or (0, 0, 0, 0)
    assert right - left > 0.8 * plain.width and bottom - top > 0.4 * plain.height
    assert 0.04 < grey.histogram()[255] / (plain.width * plain.height) < 0.4
    assert shade > 150  # black under it stays far darker, white letters on red far lighter


def test_a_book_of_135_units_is_under_eight_megabytes() -> None:
    """By the size of two books: what a unit adds, times 135 (tests/long/book_of_135.py makes the whole one)."""
    template = template_named("oval-50x20")
    unit = ROSTER.splitlines(keepends=True)[3:6]

    def size(count: int) -> int:
        units = "".join("".join(unit).replace("Ia Băng", f"Ia Băng {'ABCDEFGH'[i]}") for i in range(count))
        roster = roster_of("".join(ROSTER.splitlines(keepends=True)[:3]) + units)
        tags = Composer(template).compose_job(roster.job, roster.units)
        return len(proof_book(Head("Thử", "", "", "2025-08-01T00:00:00+07:00"), roster, list(tags), template, [], {}))

    one, six = size(1), size(6)
    assert one + 134 * (six - one) / 5 < 8_000_000, (one, six)
