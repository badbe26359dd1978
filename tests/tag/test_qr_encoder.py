"""The encoder held against another's: every version and level, module for module."""

from __future__ import annotations

import pytest
from qrcode import base, constants, util
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from keytag.qr import LEVELS
from keytag.qr.encoder import MASK, symbol


def foreign(head: bytes, tail: str, level: str, version: int) -> list[list[bool]]:
    made = QRCode(version, getattr(constants, f"ERROR_CORRECT_{level}"), border=0, mask_pattern=MASK)
    if head:
        made.add_data(util.QRData(head, mode=util.MODE_8BIT_BYTE))
    if tail:
        made.add_data(util.QRData(tail.encode(), mode=util.MODE_NUMBER))
    made.make(fit=False)
    return [[bool(module) for module in row] for row in made.modules]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("version", range(1, 41))
def test_modules_are_those_of_another_encoder(version: int, level: str) -> None:
    blocks = base.rs_blocks(version, getattr(constants, f"ERROR_CORRECT_{level}"))
    room = 8 * sum(block.data_count for block in blocks)
    # As full as it gets with eleven digits behind the bytes: 37 bits, and two headers before them.
    digits = "01234567890" if room > 120 else "0123"
    spare = room - 4 - (8 if version < 10 else 16) - 4 - (10 if version < 10 else 12 if version < 27 else 14)
    head = bytes(i * 37 % 251 for i in range((spare - (37 if len(digits) == 11 else 14)) // 8))
    found = symbol(head, digits, level)
    assert found is not None and found[0] == version
    assert [list(row) for row in found[1]] == foreign(head, digits, level, version)
    with pytest.raises((DataOverflowError, ValueError)):  # one byte more and it is full: the version was the smallest
        foreign(head + b"\0", digits, level, version)


def test_two_digits_one_digit_and_digits_alone() -> None:
    for tail in ("7", "07", "007", "0007"):
        found = symbol(b"", tail, "M")
        assert found is not None
        assert [list(row) for row in found[1]] == foreign(b"", tail, "M", 1)


def test_more_than_the_largest_symbol_holds() -> None:
    assert symbol(bytes(2953), "", "L") is not None
    assert symbol(bytes(2954), "", "L") is None
