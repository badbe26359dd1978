"""Where everything stands in a QR symbol of version 1 to 10: fixed patterns, format bits, codewords and their blocks.

Coordinates by the tables of ISO/IEC 18004:2015 (`qr.tables`). It neither encodes a text nor reads a picture. Places are
(row, column), counted from the top left module; the quiet zone has negative ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from keytag.qr.tables import ALIGNMENT, BLOCKS, CHECK, DETECTION, FORMAT_LEVELS, GRADED, QUIET, modules, total

Place = tuple[int, int]
Matrix = tuple[tuple[bool, ...], ...]


class Block(NamedTuple):
    """One Reed-Solomon block: where its codewords stand in the symbol's sequence, and how many of them are checks."""

    codewords: tuple[int, ...]
    check: int
    detection: int

    @property
    def capacity(self) -> int:
        """d - p of ISO/IEC 15415, 7.8.8: an error uses two of these, an erasure one."""
        return self.check - self.detection


@dataclass(frozen=True, slots=True)
class Layout:
    """The fixed geometry of one version."""

    version: int
    size: int
    fixed: dict[Place, bool]  # every module of finders, separators, timing, alignment and the lone dark module
    segments: dict[str, tuple[Place, ...]]  # A1..A3, B1, B2, C of ISO/IEC 18004, Annex G, quiet zone included
    alignment: tuple[Place, ...]  # centres
    format: tuple[tuple[Place, ...], tuple[Place, ...]]  # two copies, most significant bit first
    version_info: tuple[tuple[Place, ...], ...]  # two copies from version 7 on, else none
    path: tuple[Place, ...]  # the data modules in order of placement, remainder bits left out

    def expected(self, place: Place) -> bool:
        """The colour (dark = True) of a fixed or quiet zone module."""
        return self.fixed.get(place, False)


def version_of(size: int) -> int:
    """The version of a symbol `size` modules wide; `ValueError` outside versions 1 to 10."""
    version, rest = divmod(size - 17, 4)
    if rest or version not in GRADED:
        raise ValueError(f"{size} modules is no QR symbol of version 1 to 10 (21, 25 … 57)")
    return version


@cache
def layout(version: int) -> Layout:
    """The layout of `version` (1 to 10)."""
    if version not in GRADED:
        raise ValueError(f"version {version} is not one of 1 to 10")
    size = modules(version)
    fixed = _finders(size)
    for at in range(8, size - 8):  # 6.3.5, timing patterns: dark on even places
        fixed[6, at] = fixed[at, 6] = at % 2 == 0
    centres = tuple(
        (row, column)
        for row in ALIGNMENT[version - 1]
        for column in ALIGNMENT[version - 1]
        if (row, column) not in ((6, 6), (6, size - 7), (size - 7, 6))
    )
    for row, column in centres:
        for place in _square(row - 2, column - 2, 5):
            fixed[place] = max(abs(place[0] - row), abs(place[1] - column)) != 1
    fixed[size - 8, 8] = True  # 7.9.1: always dark, no part of the format information
    format_places = (
        tuple((8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)) + tuple((r, 8) for r in (7, 5, 4, 3, 2, 1, 0)),
        tuple((r, 8) for r in range(size - 1, size - 8, -1)) + tuple((8, c) for c in range(size - 8, size)),
    )
    version_places: tuple[tuple[Place, ...], ...] = ()
    if version >= 7:  # 7.10
        bits = range(17, -1, -1)
        version_places = (
            tuple((bit // 3, size - 11 + bit % 3) for bit in bits),
            tuple((size - 11 + bit % 3, bit // 3) for bit in bits),
        )
    reserved = {*fixed, *(place for copy in (*format_places, *version_places) for place in copy)}
    return Layout(
        version=version,
        size=size,
        fixed=fixed,
        segments=_segments(size, centres),
        alignment=centres,
        format=format_places,
        version_info=version_places,
        path=_path(size, reserved)[: 8 * total(version)],
    )


@cache
def blocks(version: int, level: str) -> tuple[Block, ...]:
    """The Reed-Solomon blocks of a symbol, each with the places of its codewords in the interleaved sequence (7.6)."""
    whole, check, count = total(version), CHECK[level][version - 1], BLOCKS[level][version - 1]
    short = whole // count - check  # data codewords of a short block; the last whole % count blocks hold one more
    data = [short + (index >= count - whole % count) for index in range(count)]
    places: list[list[int]] = [[] for _ in range(count)]
    at = 0
    for length, full in ((short + 1, data), (check, [check] * count)):
        for turn in range(length):
            for index in range(count):
                if turn < full[index]:
                    places[index].append(at)
                    at += 1
    return tuple(Block(tuple(one), check, DETECTION.get((version, level), 0)) for one in places)


def masked(mask: int, place: Place) -> bool:
    """Whether data mask pattern `mask` (0 to 7) inverts the module at `place`: ISO/IEC 18004, Table 10."""
    i, j = place
    product = i * j % 2 + i * j % 3
    conditions = (
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        product,
        product % 2,
        ((i + j) % 2 + i * j % 3) % 2,
    )
    return conditions[mask] == 0


def format_bits(level: str, mask: int) -> int:
    """The 15 bits of the format information, masked, most significant first: ISO/IEC 18004, 7.9.1 and Annex C."""
    data = FORMAT_LEVELS.index(level) << 3 | mask
    return (data << 10 | _remainder(data, 0x537, 10)) ^ 0x5412


def version_bits(version: int) -> int:
    """The 18 bits of the version information: ISO/IEC 18004, 7.10 and Annex D."""
    return version << 12 | _remainder(version, 0x1F25, 12)


def _remainder(data: int, generator: int, degree: int) -> int:
    value = data << degree
    for bit in range(value.bit_length() - 1, degree - 1, -1):
        if value >> bit & 1:
            value ^= generator << (bit - degree)
    return value


def _square(row: int, column: int, side: int) -> tuple[Place, ...]:
    return tuple((r, c) for r in range(row, row + side) for c in range(column, column + side))


def _finders(size: int) -> dict[Place, bool]:
    """6.3.3 and 6.3.4: three finder patterns, dark 7, light 5 and dark 3 wide, each with its light separator."""
    found = {}
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        for place in _square(row - 1, column - 1, 9):
            if min(place) >= 0 and max(place) < size:
                found[place] = max(abs(place[0] - row - 3), abs(place[1] - column - 3)) in (0, 1, 3)
    return found


def _segments(size: int, centres: tuple[Place, ...]) -> dict[str, tuple[Place, ...]]:
    """The segments of ISO/IEC 18004, Annex G: finder, separator and the quiet zone about it; timing; alignment."""
    side = 8 + QUIET
    found = {
        "A1": _square(-QUIET, -QUIET, side),
        "A2": _square(-QUIET, size - 8, side),
        "A3": _square(size - 8, -QUIET, side),
        "B1": tuple((6, at) for at in range(8, size - 8)),
        "B2": tuple((at, 6) for at in range(8, size - 8)),
    }
    if centres:
        found["C"] = tuple(place for row, column in centres for place in _square(row - 2, column - 2, 5))
    return found


def _path(size: int, reserved: set[Place]) -> tuple[Place, ...]:
    """7.7.3: two columns at a time from the right, up and down in turn, the vertical timing column skipped."""
    found = []
    upwards = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            found += [(row, column) for column in (right, right - 1) if (row, column) not in reserved]
        upwards = not upwards
    return tuple(found)
