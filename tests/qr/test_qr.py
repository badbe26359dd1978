"""QR symbols: segments and version as docs/press.md has them, read back by a decoder that shares no code with us."""

from __future__ import annotations

import bisect

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode import base, constants, util
from qrcode.main import QRCode

from keytag.qr import contour, tables
from keytag.qr import encode as qr
from keytag.qr.symbol import rows_of, text_of

ZALO = "https://zalo.me/1234567890123456789"


def picture(matrix: qr.Matrix, scale: int = 6) -> np.ndarray:
    dark = np.pad(np.array(matrix.rows), tables.QUIET)
    return np.where(np.kron(dark, np.ones((scale, scale), bool)), 0, 255).astype(np.uint8)


def read(image: np.ndarray) -> str:
    (found,) = zxingcpp.read_barcodes(image)
    return found.text


@pytest.mark.parametrize("digits", ["123456789012345678", "1234567890123456789"])
def test_a_zalo_link_is_version_2_m(digits: str) -> None:
    matrix = qr.encode(f"https://zalo.me/{digits}")
    assert matrix is not None and matrix.size.name == "2-M" and matrix.modules == 25


def test_one_byte_segment_would_have_needed_version_3() -> None:
    # 16 + 19 characters as bytes: 4 + 8 + 280 bits against the 224 of 2-M.
    assert qr.segments(ZALO) == (b"https://zalo.me/", "1234567890123456789")
    assert 4 + 8 + 8 * len(ZALO) > 28 * 8


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_whatever_goes_in_is_what_a_decoder_reads(payload: str) -> None:
    matrix = qr.encode(payload)
    assert matrix is not None
    assert read(picture(matrix)) == payload


def test_the_same_link_is_always_the_same_picture() -> None:
    qr.encode.cache_clear()
    first = qr.encode(ZALO)
    qr.encode.cache_clear()
    assert qr.encode(ZALO) == first


def test_the_decoder_can_fail() -> None:
    matrix = qr.encode(ZALO)
    assert matrix is not None
    image = picture(matrix)
    image[30:150, 30:150] = 0
    assert not zxingcpp.read_barcodes(image)


def test_nothing_and_too_much_give_no_symbol() -> None:
    assert qr.encode("") is None
    assert qr.encode("x" * 3000) is None
    assert qr.encode("\0" * 40) is None


@pytest.mark.parametrize("count", [1, 23, 24, 40, 200, 1000])
def test_many_noughts_are_a_symbol_too(count: int) -> None:
    matrix = qr.encode("k" * 30 + "0" * count)
    assert matrix is not None and read(picture(matrix)) == "k" * 30 + "0" * count


@pytest.mark.parametrize("level", tables.LEVELS)
def test_size_and_symbol_are_the_library_s_own_at_every_limit(level: str) -> None:
    """The library's tables of blocks and patterns for all versions; whole symbols as full as they can be for some."""
    correction = getattr(constants, f"ERROR_CORRECT_{level}")
    for version in range(1, 41):
        blocks = base.rs_blocks(version, correction)
        assert tables.CODEWORDS[level][version - 1] == sum(block.data_count for block in blocks)
        assert tables.BLOCKS[level][version - 1] == len(blocks)
        assert {tables.CHECK[level][version - 1]} == {block.total_count - block.data_count for block in blocks}
        assert tables.ALIGNMENT[version - 1] == tuple(util.PATTERN_POSITION_TABLE[version - 1])
    for head, more, tail in (("k", "k", ""), ("k", "k", "1234567890123456789"), ("", "7", "7"), ("0", "0", "")):
        for version in (1, 2, 9, 10, 26, 27, 40):
            payloads = [head + more * count + tail for count in range(8000)]
            first = bisect.bisect(payloads, version, key=lambda payload: _version(payload, level))  # too long for it
            for payload in payloads[max(0, first - 1) : first + 1]:
                if _version(payload, level) <= version:
                    rows = rows_of(*qr.segments(payload), version, level)
                    assert rows == _rows(payload, version, level)
                    text = "".join([f"{row:0{tables.modules(version)}b}"[::-1] + "0" for row in rows])
                    assert text_of(*qr.segments(payload), version, level) == text
                else:
                    with pytest.raises(ValueError, match="do not fit"):
                        rows_of(*qr.segments(payload), version, level)


def _version(payload: str, level: str) -> int:
    size = qr.size(payload, level)
    return size.version if size else 99


def _rows(payload: str, version: int, level: str) -> tuple[int, ...]:
    """The rows that the library makes."""
    head, tail = qr.segments(payload)
    symbol = QRCode(version=version, error_correction=getattr(constants, f"ERROR_CORRECT_{level}"), mask_pattern=2)
    for data, mode in ((head, util.MODE_8BIT_BYTE), (tail.encode(), util.MODE_NUMBER)):
        if data:
            symbol.add_data(util.QRData(data, mode=mode))
    symbol.make(fit=False)
    return tuple(sum(bool(dark) << x for x, dark in enumerate(row)) for row in symbol.modules)


@given(st.integers(0, 2**63))
@settings(derandomize=True, deadline=None, max_examples=25)
def test_the_outline_covers_exactly_the_dark_modules(number: int) -> None:
    matrix = qr.encode(f"https://zalo.me/{number}")
    assert matrix is not None
    path = contour.outline(matrix, 0.0, 0.0, 1.0)
    assert set(path.ops) == {"m", "l", "z"}
    # Non-zero winding by crossing count along each row's middle, module by module.
    edges = []
    start = here = (0.0, 0.0)
    i = 0
    for op in path.ops:
        if op == "z":
            edges.append((here, start))
            continue
        there = (path.coords[i], path.coords[i + 1])
        i += 2
        if op == "m":
            start = there
        else:
            edges.append((here, there))
        here = there
    for j, row in enumerate(matrix.rows):
        for k, dark in enumerate(row):
            winding = sum(
                (1 if b[1] > a[1] else -1)
                for a, b in edges
                if a[0] == b[0] and a[0] > k + 0.5 and min(a[1], b[1]) < j + 0.5 < max(a[1], b[1])
            )
            assert (winding != 0) is dark
