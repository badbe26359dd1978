"""The dark modules of a QR symbol as one path of rectilinear contours.

Boundary tracing: every dark edge once, dark to its right, joined corner to corner.
"""

from __future__ import annotations

from functools import lru_cache

from keytag.base.geometry import Path
from keytag.qr.encode import Matrix


@lru_cache(maxsize=64)
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


@lru_cache(maxsize=64)
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
