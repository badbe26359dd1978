"""The modules of one QR symbol, row by row: segments, check codewords, placement (ISO/IEC 18004:2015, 7.4 to 7.10).

A row is an integer, bit x of it the module in column x. The data mask is always number 2. What is the same for all
symbols of a version and level, and what one byte leaves when it is divided by a generator polynomial, is made once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter

from keytag.base.records import NamedTuple
from keytag.qr.tables import ALIGNMENT, BLOCKS, CHECK, CODEWORDS, FORMAT_LEVELS, modules

MASK = 2  # inverts every third column; any of the eight is conformant, and a decoder reads which
_BYTE, _NUMERIC = 0b0100, 0b0001  # mode indicators (Table 2)
_PADS = (0b11101100, 0b00010001)  # pad codewords (7.4.10)
_FORMAT, _FORMAT_MASK = 0x537, 0x5412  # generator of BCH (15, 5) and the pattern that is added (7.9.1)
_VERSION = 0x1F25  # generator of BCH (18, 6) (7.10)
_FIELD = 0x11D  # x^8 + x^4 + x^3 + x^2 + 1 (7.5.2)
_FIXED = "01"  # behind the bits of data: a light and a dark module that are the same in all symbols


def count_bits(version: int) -> tuple[int, int]:
    """Bits of the character counts of a byte and of a numeric segment (Table 3)."""
    return (8, 10) if version < 10 else (16, 12) if version < 27 else (16, 14)


def rows_of(head: bytes, tail: str, version: int, level: str) -> tuple[int, ...]:
    """The rows of the symbol with a byte segment and a numeric one (either may be empty), from the top.

    `ValueError` where they do not fit.
    """
    frame, size = _frame(version, level), modules(version)
    dark = "".join(frame.pick(_bits(head, tail, version, level)))  # a loop over modules is fifty times as slow
    return tuple([int(dark[at : at + size], 2) for at in range(0, size * size, size)])


def text_of(head: bytes, tail: str, version: int, level: str) -> str:
    """The same modules as one text, `1` dark and `0` light: rows from the top, a light module behind each of them."""
    return "".join(_frame(version, level).read(_bits(head, tail, version, level)))


def _bits(head: bytes, tail: str, version: int, level: str) -> str:
    """The bits of all codewords as they are placed, masked, and the fixed ones behind them."""
    codewords = _interleaved(_data(head, tail, version, level), version, level)
    return f"{int.from_bytes(codewords) ^ _frame(version, level).mask:0{8 * len(codewords)}b}{_FIXED}"


def _data(head: bytes, tail: str, version: int, level: str) -> bytes:
    """The data codewords: both segments, the terminator and the pads (7.4)."""
    bytewise, numeric = count_bits(version)
    value = length = 0

    def put(number: int, bits: int) -> None:
        nonlocal value, length
        value, length = value << bits | number, length + bits

    if head:
        put(_BYTE, 4)
        put(len(head), bytewise)
        put(int.from_bytes(head), 8 * len(head))
    if tail:
        put(_NUMERIC, 4)
        put(len(tail), numeric)
        for at in range(0, len(tail), 3):
            digits = tail[at : at + 3]
            put(int(digits), (4, 7, 10)[len(digits) - 1])
    room = 8 * CODEWORDS[level][version - 1]
    if length > room:
        raise ValueError(f"{length} bits do not fit into the {room} of a symbol {version}-{level}")
    put(0, min(4, room - length))
    put(0, -length % 8)
    found = value.to_bytes(length // 8)
    pads = room // 8 - len(found)
    return found + bytes(_PADS * (pads // 2 + 1))[:pads]


def _interleaved(data: bytes, version: int, level: str) -> bytes:
    """Data and check codewords of all blocks, in the order in which they are placed (7.6)."""
    check, count = CHECK[level][version - 1], BLOCKS[level][version - 1]
    short, longer = divmod(len(data), count)
    blocks, at = [], 0
    for block in range(count):
        size = short + (block >= count - longer)
        blocks.append(data[at : at + size])
        at += size
    found = bytearray()
    for turn in range(short + 1):
        found += bytes(block[turn] for block in blocks if turn < len(block))
    if count == 1:
        return bytes(found) + _checks(data, check)
    checks = [_checks(block, check) for block in blocks]
    return bytes(found) + bytes(codeword for turn in zip(*checks, strict=True) for codeword in turn)


def _checks(data: bytes, count: int) -> bytes:
    """The remainder of a block divided by the generator polynomial of `count` check codewords (7.5.2)."""
    table, shift = _remainders(count), 8 * (count - 1)
    low, rest = (1 << shift) - 1, 0
    for codeword in data:
        rest = (rest & low) << 8 ^ table[rest >> shift ^ codeword]
    return rest.to_bytes(count)


@lru_cache(maxsize=16)
def _remainders(count: int) -> tuple[int, ...]:
    """What each byte in front of `count` noughts leaves, as one number of `count` bytes."""
    generator = [1]  # highest power first; its roots are 1, a, a^2 ... (Annex A)
    root = 1
    for _ in range(count):
        generator = [a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = _times(root, 2)
    found = [0]
    for bit in range(8):  # a byte leaves what its bits leave, added
        alone = int.from_bytes(bytes(_times(1 << bit, g) for g in generator[1:]))
        found += [alone ^ rest for rest in found]
    return tuple(found)


def _times(one: int, other: int) -> int:
    """The product in GF(256)."""
    found = 0
    while other:
        if other & 1:
            found ^= one
        one, other = one << 1 ^ (_FIELD if one & 128 else 0), other >> 1
    return found


class _Frame(NamedTuple):
    """What all symbols of one version and level share.

    `pick` takes the modules, row by row and each row from its last column, from the data's bits and the two digits
    after them; `read` takes each row from its first one, and a light one behind it. `mask` is what the data mask adds
    to the bits.
    """

    pick: Callable[[str], tuple[str, ...]]
    read: Callable[[str], tuple[str, ...]]
    mask: int


@lru_cache(maxsize=16)
def _frame(version: int, level: str) -> _Frame:
    size = modules(version)
    dark: dict[tuple[int, int], bool] = {(6, at): at % 2 == 0 for at in range(size)}  # timing patterns (6.3.5)
    dark |= {(at, 6): at % 2 == 0 for at in range(size)}
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):  # finders with their separators (6.3.3, 6.3.4)
        for row in range(max(top - 1, 0), min(top + 8, size)):
            for column in range(max(left - 1, 0), min(left + 8, size)):
                dark[row, column] = max(abs(row - top - 3), abs(column - left - 3)) in (0, 1, 3)
    for y in ALIGNMENT[version - 1]:
        for x in ALIGNMENT[version - 1]:
            if (y, x) not in ((6, 6), (6, size - 7), (size - 7, 6)):
                for row in range(y - 2, y + 3):
                    for column in range(x - 2, x + 3):
                        dark[row, column] = max(abs(row - y), abs(column - x)) != 1
    dark |= _information(version, level, size)
    path = [place for place in _path(size) if place not in dark]
    count = 8 * (CODEWORDS[level][version - 1] + CHECK[level][version - 1] * BLOCKS[level][version - 1])
    dark |= {(row, column): column % 3 == 0 for row, column in path[count:]}  # remainder bits are noughts, masked
    at = {place: count + on for place, on in dark.items()} | {place: i for i, place in enumerate(path[:count])}
    mask = "".join("1" if column % 3 == 0 else "0" for _, column in path[:count])
    places = [at[row, column] for row in range(size) for column in range(size - 1, -1, -1)]
    lines = [at.get((row, column), count) for row in range(size) for column in range(size + 1)]
    return _Frame(itemgetter(*places), itemgetter(*lines), int(mask, 2))


def _information(version: int, level: str, size: int) -> dict[tuple[int, int], bool]:
    """Format information and the dark module beside it, from version 7 on also version information (7.9, 7.10)."""
    said = FORMAT_LEVELS.index(level) << 3 | MASK
    bits = (said << 10 | _remainder(said << 10, _FORMAT)) ^ _FORMAT_MASK
    places = [
        [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)],
        [(r, 8) for r in range(size - 1, size - 8, -1)] + [(8, c) for c in range(size - 8, size)],
    ]
    found = {place: bool(bits >> 14 - at & 1) for copy in places for at, place in enumerate(copy)}
    found[size - 8, 8] = True
    if version >= 7:
        bits = version << 12 | _remainder(version << 12, _VERSION)
        for bit in range(18):
            row, column = bit // 3, size - 11 + bit % 3
            found[row, column] = found[column, row] = bool(bits >> bit & 1)
    return found


def _remainder(value: int, generator: int) -> int:
    """The remainder of a polynomial over GF(2)."""
    while (beyond := value.bit_length() - generator.bit_length()) >= 0:
        value ^= generator << beyond
    return value


def _path(size: int) -> list[tuple[int, int]]:
    """All modules two columns at a time from the right, up and down in turn, without the timing column (7.7.3)."""
    found, upwards = [], True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            found += [(row, right), (row, right - 1)]
        upwards = not upwards
    return found
