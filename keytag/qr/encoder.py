"""Two segments become the modules of a QR symbol, by ISO/IEC 18004:2015, whose clauses are named at the lines.

All forty versions, one mask. It chooses neither level nor segments, and draws nothing; `grade` and the decoders, which
judge its work, share no code with it.
"""

from __future__ import annotations

from functools import lru_cache

Rows = tuple[tuple[bool, ...], ...]

MASK = 2  # fixed; any of the eight is conformant, and the decoder reads which
# Table 9: check codewords of one block, and the number of blocks, by version.
_CHECKS = {
    "L": (
        *(7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28),
        *(28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30),
    ),
    "M": (
        *(10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26),
        *(26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28),
    ),
    "Q": (
        *(13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30),
        *(28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30),
    ),
    "H": (
        *(17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28),
        *(30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30),
    ),
}
_BLOCKS = {
    "L": (
        *(1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8),
        *(8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25),
    ),
    "M": (
        *(1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16),
        *(17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49),
    ),
    "Q": (
        *(1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20),
        *(23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68),
    ),
    "H": (
        *(1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25),
        *(25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81),
    ),
}


def symbol(head: bytes, tail: str, level: str) -> tuple[int, Rows] | None:
    """The smallest version that holds a byte segment and a numeric one, and its modules; None where no version does."""
    for version in range(1, 41):
        bits = _bits(head, tail, version)
        if len(bits) <= 8 * _capacity(version, level):
            return version, _modules(version, level, _codewords(bits, version, level))
    return None


def _total(version: int) -> int:
    """Codewords of a version, data and checks: what its function patterns leave over (Table 1)."""
    modules = (16 * version + 128) * version + 64
    if version > 1:
        count = version // 7 + 2  # alignment patterns on a side
        modules -= (25 * count - 10) * count - 55
    if version > 6:
        modules -= 36  # version information, twice
    return modules // 8


def _capacity(version: int, level: str) -> int:
    """Codewords for data (Table 7)."""
    return _total(version) - _CHECKS[level][version - 1] * _BLOCKS[level][version - 1]


def _bits(head: bytes, tail: str, version: int) -> str:
    """The segments' bits: a byte segment of `head`, a numeric one of `tail` (clauses 7.4.3 and 7.4.5, Table 3)."""
    bits = ""
    if head:
        bits += f"0100{len(head):0{8 if version < 10 else 16}b}" + "".join([f"{byte:08b}" for byte in head])
    if tail:
        bits += f"0001{len(tail):0{10 if version < 10 else 12 if version < 27 else 14}b}"
        for at in range(0, len(tail), 3):
            digits = tail[at : at + 3]
            bits += f"{int(digits):0{(4, 7, 10)[len(digits) - 1]}b}"
    return bits


def _codewords(bits: str, version: int, level: str) -> bytes:
    """The message as it is placed: padded, cut into blocks, each with its checks, interleaved (7.4.10, 7.5, 7.6)."""
    capacity = _capacity(version, level)
    bits += "0" * min(4, 8 * capacity - len(bits))  # terminator
    bits += "0" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    data += (b"\xec\x11" * capacity)[: capacity - len(data)]
    count, checks = _BLOCKS[level][version - 1], _CHECKS[level][version - 1]
    short, long = divmod(capacity, count)
    blocks: list[bytes] = []
    at = 0
    for i in range(count):  # the last blocks hold one codeword more
        size = short + (i >= count - long)
        blocks.append(data[at : at + size])
        at += size
    out = bytearray(block[i] for i in range(short + 1) for block in blocks if i < len(block))
    remainders = [_checks(block, checks) for block in blocks]
    out += bytes(remainder[i] for i in range(checks) for remainder in remainders)
    return bytes(out)


@lru_cache(maxsize=1)
def _field() -> tuple[list[int], list[int]]:
    """Powers (twice over) and logarithms of GF(256) with x^8 + x^4 + x^3 + x^2 + 1 (7.5.2)."""
    powers, logs, value = [0] * 510, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        value <<= 1
        if value > 255:
            value ^= 0x11D
    return powers, logs


@lru_cache(maxsize=32)
def _generator(checks: int) -> tuple[int, ...]:
    """The logarithms of the generator polynomial, highest power first and its leading one left out (Annex A)."""
    powers, logs = _field()
    found = [1]
    for root in range(checks):
        longer = [*found, 0]
        for i, factor in enumerate(found):
            longer[i + 1] ^= powers[logs[factor] + root] if factor else 0
        found = longer
    return tuple(logs[factor] for factor in found[1:])


def _checks(block: bytes, checks: int) -> bytes:
    """The remainder of `block` by the generator: its check codewords (7.5.2)."""
    powers, logs = _field()
    generator = _generator(checks)
    rest = bytearray(block) + bytearray(checks)
    for i in range(len(block)):
        if rest[i]:
            log = logs[rest[i]]
            for j, factor in enumerate(generator, i + 1):
                rest[j] ^= powers[factor + log]
    return bytes(rest[len(block) :])


@lru_cache(maxsize=40)
def _frame(version: int) -> tuple[Rows, tuple[tuple[int, int], ...]]:
    """The function patterns of a version, format left light; its data modules in order of placement (6.3, 7.7.3)."""
    n = 17 + 4 * version
    dark: dict[tuple[int, int], bool] = {}
    for i in range(n):  # timing
        dark[6, i] = dark[i, 6] = i % 2 == 0
    for row, column in ((3, 3), (3, n - 4), (n - 4, 3)):  # finders and their separators
        for i in range(-4, 5):
            for j in range(-4, 5):
                if 0 <= row + i < n and 0 <= column + j < n:
                    dark[row + i, column + j] = max(abs(i), abs(j)) not in (2, 4)
    places = _alignment(version)
    for row in places:
        for column in places:
            if (row, column) in ((6, 6), (6, n - 7), (n - 7, 6)):
                continue  # the finders are there
            for i in range(-2, 3):
                for j in range(-2, 3):
                    dark[row + i, column + j] = max(abs(i), abs(j)) != 1
    for i in range(9):  # format information, filled in later; timing keeps its own
        dark.setdefault((8, i), False)
        dark.setdefault((i, 8), False)
    for i in range(1, 9):
        dark[8, n - i] = dark[n - i, 8] = False
    dark[n - 8, 8] = True  # always dark (7.9.1)
    if version > 6:
        rest = version << 12
        for power in range(17, 11, -1):
            rest ^= 0x1F25 << power - 12 if rest >> power & 1 else 0
        word = version << 12 | rest  # Annex D
        for i in range(18):
            row, column = i // 3, n - 11 + i % 3
            dark[row, column] = dark[column, row] = bool(word >> i & 1)
    path: list[tuple[int, int]] = []
    for step, right in enumerate([*range(n - 1, 6, -2), *range(5, 0, -2)]):
        for row in range(n) if step % 2 else range(n - 1, -1, -1):
            path += [(row, column) for column in (right, right - 1) if (row, column) not in dark]
    return tuple(tuple(dark.get((row, column), False) for column in range(n)) for row in range(n)), tuple(path)


def _alignment(version: int) -> list[int]:
    """Rows and columns of the alignment patterns' centres (Annex E)."""
    if version == 1:
        return []
    count, last = version // 7 + 2, 10 + 4 * version
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    return [6, *[last - i * step for i in range(count - 2, -1, -1)]]


def _modules(version: int, level: str, codewords: bytes) -> Rows:
    """The finished symbol, the message masked by pattern `MASK` and the format information set (7.8, 7.9)."""
    frame, path = _frame(version)
    rows, n = [list(row) for row in frame], 17 + 4 * version
    message = f"{int.from_bytes(codewords, 'big'):0{8 * len(codewords)}b}".ljust(len(path), "0")  # remainder bits
    for (row, column), bit in zip(path, message, strict=True):
        rows[row][column] = (bit == "1") != (column % 3 == 0)  # mask 010
    data = {"L": 1, "M": 0, "Q": 3, "H": 2}[level] << 3 | MASK
    rest = data << 10
    for power in range(14, 9, -1):
        rest ^= 0x537 << power - 10 if rest >> power & 1 else 0
    word = (data << 10 | rest) ^ 0x5412  # Annex C
    for i in range(15):
        dark = bool(word >> i & 1)
        rows[i if i < 6 else i + 1 if i < 8 else n - 15 + i][8] = dark
        rows[8][n - 1 - i if i < 8 else 7 if i == 8 else 14 - i] = dark
    return tuple(tuple(row) for row in rows)
