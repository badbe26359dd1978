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

from keytag.geometry import Path

QUIET = 4  # modules of quiet zone on each side (ISO/IEC 18004, 6.3.8)
MASK = 2  # fixed; any of the eight is conformant, and the decoder reads which
_TAIL = re.compile(r"[0-9]+\Z", re.ASCII)
LEVELS = ("L", "M", "Q", "H")


class Matrix(NamedTuple):
    """The modules without the quiet zone, rows from the top, True dark."""

    payload: str
    version: int
    level: str
    rows: tuple[tuple[bool, ...], ...]

    @property
    def modules(self) -> int:
        """Modules on a side."""
        return len(self.rows)

    @property
    def name(self) -> str:
        """Version and level as the trade writes them: `2-M`."""
        return f"{self.version}-{self.level}"


def segments(payload: str) -> tuple[bytes, str]:
    """`payload` as a byte part and a numeric tail; the tail is empty where splitting it off saves nothing.

    A numeric segment costs 4 + 10 bits of header and 10 bits for three digits, against 8 bits a digit (clause 7.4.3).
    """
    match = _TAIL.search(payload)
    if match is None or len(match[0]) * 8 <= 14 + -(-len(match[0]) * 10 // 3):
        return payload.encode(), ""
    return payload[: match.start()].encode(), match[0]


@lru_cache(maxsize=4096)
def encode(payload: str, level: str = "M") -> Matrix | None:
    """The smallest symbol that holds `payload` at `level`; None where no symbol does, or there is nothing to hold."""
    from qrcode import constants, util
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    if not payload:
        return None
    correction = getattr(constants, f"ERROR_CORRECT_{level}")
    head, tail = segments(payload)
    symbol = QRCode(error_correction=correction, border=0, mask_pattern=MASK)
    if head:
        symbol.add_data(util.QRData(head, mode=util.MODE_8BIT_BYTE))
    if tail:
        symbol.add_data(util.QRData(tail.encode(), mode=util.MODE_NUMBER))
    try:
        symbol.make(fit=True)
    except (DataOverflowError, ValueError):  # 40-L holds 2,953 bytes; the library raises either beyond it
        return None
    return Matrix(payload, int(symbol.version), level, tuple(tuple(bool(m) for m in row) for row in symbol.modules))


@lru_cache(maxsize=1024)
def outline(matrix: Matrix, x: float, y: float, module: float) -> Path:
    """All dark modules as one path of rectilinear contours, the symbol's top left at (x, y), `module` in millimetres.

    Contours, not one square a module: neighbouring squares show hairlines in viewers and double the cutter's work.
    """
    ops: list[str] = []
    coords: list[float] = []
    for loop in _contours(matrix):
        ops.append("m" + "l" * (len(loop) - 1) + "z")
        for i, j in loop:
            coords.append(x + i * module)
            coords.append(y + j * module)
    return Path("".join(ops), tuple(coords))


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
