"""A link becomes a QR symbol that survives soft plastic: few, large modules (ISO/IEC 18004).

Scheme and host go as one byte segment and a trailing run of digits as one numeric segment: a Zalo link then is version
2-M with 25 modules, where the library's own segmentation needs version 3. More error correction at the cost of module
size reads worse on a new tag, so the level is M unless the template says otherwise. The mask is fixed, so that the same
link is always the same picture.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from keytag.base.geometry import Path

QUIET = 4  # modules of quiet zone on each side (ISO/IEC 18004, 6.3.8)
MASK = 2  # fixed; any of the eight is conformant, and the decoder reads which
_TAIL = re.compile(r"[0-9]+\Z", re.ASCII)
_ZEROS = "0" * 24  # as a numeric segment they can fill a block with nought, which the library does not encode
LEVELS = ("L", "M", "Q", "H")
# Data codewords of versions 1 to 40 (ISO/IEC 18004, table 7).
_CODEWORDS = {
    "L": (
        *(19, 34, 55, 80, 108, 136, 156, 194, 232, 274, 324, 370, 428, 461, 523, 589, 647, 721, 795, 861),
        *(932, 1006, 1094, 1174, 1276, 1370, 1468, 1531, 1631, 1735, 1843, 1955, 2071, 2191, 2306, 2434, 2566),
        *(2702, 2812, 2956),
    ),
    "M": (
        *(16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669, 714, 782),
        *(860, 914, 1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914, 1992, 2102, 2216, 2334),
    ),
    "Q": (
        *(13, 22, 34, 48, 62, 76, 88, 110, 132, 154, 180, 206, 244, 261, 295, 325, 367, 397, 445, 485, 512, 568, 614),
        *(664, 718, 754, 808, 871, 911, 985, 1033, 1115, 1171, 1231, 1286, 1354, 1426, 1502, 1582, 1666),
    ),
    "H": (
        *(9, 16, 26, 36, 46, 60, 66, 86, 100, 122, 140, 158, 180, 197, 223, 253, 283, 313, 341, 385, 406, 442, 464),
        *(514, 538, 596, 628, 661, 701, 745, 793, 845, 901, 961, 986, 1054, 1096, 1142, 1222, 1276),
    ),
}


class Size(NamedTuple):
    """Which symbol holds a payload: what layout needs, without the modules."""

    version: int
    level: str

    @property
    def modules(self) -> int:
        """Modules on a side (ISO/IEC 18004, 5.1)."""
        return 17 + 4 * self.version

    @property
    def name(self) -> str:
        """Version and level as the trade writes them: `2-M`."""
        return f"{self.version}-{self.level}"


class Matrix(NamedTuple):
    """The modules without the quiet zone, rows from the top, True dark."""

    payload: str
    size: Size
    rows: tuple[tuple[bool, ...], ...]

    @property
    def modules(self) -> int:
        """Modules on a side."""
        return len(self.rows)


def segments(payload: str) -> tuple[bytes, str]:
    """`payload` as a byte part and a numeric tail; the tail is empty where splitting it off saves nothing.

    A numeric segment costs 4 + 10 bits of header and 10 bits for three digits, against 8 bits a digit (clause 7.4.3).
    """
    match = _TAIL.search(payload)
    if match is None or _ZEROS in match[0] or len(match[0]) * 8 <= 14 + -(-len(match[0]) * 10 // 3):
        return payload.encode(), ""
    return payload[: match.start()].encode(), match[0]


def size(payload: str, level: str = "M") -> Size | None:
    """The smallest symbol that holds `payload` at `level`; None where no symbol does, or there is nothing to hold."""
    if not payload or "\0" in payload:
        return None
    head, tail = segments(payload)
    rest = (0, 4, 7)[len(tail) % 3]
    data = (4 + 8 * len(head) if head else 0) + (4 + len(tail) // 3 * 10 + rest if tail else 0)
    for version, codewords in enumerate(_CODEWORDS[level], 1):
        step = 0 if version < 10 else 1 if version < 27 else 2  # bits of the character counts (clause 7.4, table 3)
        counts = ((8, 16, 16)[step] if head else 0) + ((10, 12, 14)[step] if tail else 0)
        if data + counts <= 8 * codewords:
            return Size(version, level)
    return None


@lru_cache(maxsize=4096)
def encode(payload: str, level: str = "M") -> Matrix | None:
    """The symbol of that `size`, its modules made; None where there is none."""
    made = size(payload, level)
    if made is None:
        return None
    from qrcode import constants, util
    from qrcode.main import QRCode

    head, tail = segments(payload)
    correction = getattr(constants, f"ERROR_CORRECT_{level}")
    symbol = QRCode(version=made.version, error_correction=correction, border=0, mask_pattern=MASK)
    if head:
        symbol.add_data(util.QRData(head, mode=util.MODE_8BIT_BYTE))
    if tail:
        symbol.add_data(util.QRData(tail.encode(), mode=util.MODE_NUMBER))
    symbol.make(fit=False)
    return Matrix(payload, made, tuple(tuple(bool(m) for m in row) for row in symbol.modules))


@lru_cache(maxsize=1024)
def outline(matrix: Matrix, x: float, y: float, module: float, choke: float = 0.0) -> Path:
    """All dark modules as one path of rectilinear contours, the symbol's top left at (x, y), `module` in millimetres.

    Contours, not one square a module: neighbouring squares show hairlines in viewers and double the cutter's work.
    `choke` millimetres are taken off every dark edge, for presses whose ink spreads.
    """
    ops: list[str] = []
    coords: list[float] = []
    for loop in _contours(matrix):
        ops.append("m" + "l" * (len(loop) - 1) + "z")
        for at, (i, j) in enumerate(loop):
            dx, dy = _inwards(loop[at - 1], (i, j), loop[(at + 1) % len(loop)]) if choke else (0, 0)
            coords.append(x + i * module + dx * choke)
            coords.append(y + j * module + dy * choke)
    return Path("".join(ops), tuple(coords))


def _inwards(before: tuple[int, int], here: tuple[int, int], after: tuple[int, int]) -> tuple[int, int]:
    """The diagonal that leads from a corner into the dark; dark lies to the right of every edge."""
    (a, b), (c, d), (e, f) = before, here, after
    sign = _sign
    return -sign(d - b) - sign(f - d), sign(c - a) + sign(e - c)


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


@lru_cache(maxsize=4096)
def _contours(matrix: Matrix) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Closed loops around dark areas, clockwise outside and the other way inside (so non-zero winding leaves holes)."""
    rows, n = matrix.rows, matrix.modules
    follow: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for j in range(n):
        for i in range(n):
            if not rows[j][i]:
                continue
            if j == 0 or not rows[j - 1][i]:
                follow.setdefault((i, j), []).append((i + 1, j))
            if i == n - 1 or not rows[j][i + 1]:
                follow.setdefault((i + 1, j), []).append((i + 1, j + 1))
            if j == n - 1 or not rows[j + 1][i]:
                follow.setdefault((i + 1, j + 1), []).append((i, j + 1))
            if i == 0 or not rows[j][i - 1]:
                follow.setdefault((i, j + 1), []).append((i, j))
    loops = []
    while follow:
        start = min(follow)
        loop, here, heading = [start], start, (0, 0)
        while True:
            ends = follow[here]
            # Where two modules touch at a corner, turn right: each keeps its own contour.
            right = (here[0] - heading[1], here[1] + heading[0])
            there = right if right in ends else ends[0]
            ends.remove(there)
            if not ends:
                del follow[here]
            step = (there[0] - here[0], there[1] - here[1])
            if step == heading:
                loop[-1] = there
            else:
                loop.append(there)
            here, heading = there, step
            if here == start:
                break
        if loop[-1] == start:
            loop.pop()
        loops.append(tuple(loop))
    return tuple(loops)
