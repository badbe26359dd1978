"""A matrix of dark and light modules read as a QR symbol: level, mask, wrong codewords, intended modules.

The second half of the reference decode algorithm of ISO/IEC 18004 (from the bits on). The text is not decoded: grading
needs to know which modules are wrong, not what they say.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from keytag.grade import reedsolomon
from keytag.grade.layout import Layout, Matrix, blocks, format_bits, layout, masked, version_bits, version_of
from keytag.qr.tables import FORMAT_LEVELS


class Reading(NamedTuple):
    """What a matrix says. `errors` counts each block's wrong codewords; `intended` is the matrix without errors."""

    version: int
    level: str
    mask: int
    errors: tuple[int, ...]
    intended: Matrix


@lru_cache(maxsize=64)  # a sweep meets the same bits again and again
def read(matrix: Matrix) -> Reading | None:
    """The reading of a square `matrix` (dark = True, no quiet zone), or None where error correction is not enough.

    `ValueError` for a size that no version of 1 to 10 has.
    """
    plan = layout(version_of(len(matrix)))
    attempts = (_with_format(matrix, plan, level, mask) for level, mask in _formats(matrix, plan))
    return next((reading for reading in attempts if reading is not None), None)


def _with_format(matrix: Matrix, plan: Layout, level: str, mask: int) -> Reading | None:
    flips = [masked(mask, place) for place in plan.path]
    bits = [matrix[r][c] ^ flip for (r, c), flip in zip(plan.path, flips, strict=True)]
    words = [sum(bit << (7 - i) for i, bit in enumerate(bits[at : at + 8])) for at in range(0, len(bits), 8)]
    errors = []
    for block in blocks(plan.version, level):
        mended = reedsolomon.correct([words[at] for at in block.codewords], block.check, block.capacity // 2)
        if mended is None:
            return None
        errors.append(len(mended))
        for index, word in mended.items():
            words[block.codewords[index]] = word
    rows = [list(row) for row in matrix]
    for (r, c), dark in plan.fixed.items():
        rows[r][c] = dark
    for copy in plan.format:
        _write(rows, copy, format_bits(level, mask))
    for copy in plan.version_info:
        _write(rows, copy, version_bits(plan.version))
    for index, ((r, c), flip) in enumerate(zip(plan.path, flips, strict=True)):
        rows[r][c] = bool(words[index // 8] >> (7 - index % 8) & 1) ^ flip
    return Reading(plan.version, level, mask, tuple(errors), tuple(tuple(row) for row in rows))


def _formats(matrix: Matrix, plan: Layout) -> list[tuple[str, int]]:
    """What both copies of the format information say, the clearer first; three wrong bits are corrected (Annex C)."""
    found = []
    for copy in plan.format:
        seen = sum(matrix[r][c] << (14 - i) for i, (r, c) in enumerate(copy))
        found.append(
            min(
                ((seen ^ format_bits(level, mask)).bit_count(), level, mask)
                for level in FORMAT_LEVELS
                for mask in range(8)
            )
        )
    return list(dict.fromkeys((level, mask) for distance, level, mask in sorted(found) if distance <= 3))


def _write(rows: list[list[bool]], places: tuple[tuple[int, int], ...], value: int) -> None:
    for i, (r, c) in enumerate(places):
        rows[r][c] = bool(value >> (len(places) - 1 - i) & 1)
