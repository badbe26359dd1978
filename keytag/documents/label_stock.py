"""Ready-cut A4 label stock: ten labels to a sheet, 99.1 × 57 mm each, and the code that a label carries.

Small corners show where plain paper is cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag.base.geometry import Rect
from keytag.base.ink import BLACK
from keytag.documents.style import HEIGHT, WIDTH
from keytag.qr.encode import text

if TYPE_CHECKING:
    from keytag.documents.base import Pen

_COLUMNS, _ROWS = 2, 5
LABEL_WIDTH, LABEL_HEIGHT = 99.1, 57.0
_PITCH = 101.6
PER_PAGE = _COLUMNS * _ROWS
_SIDE, _HEAD = (WIDTH - _PITCH - LABEL_WIDTH) / 2, (HEIGHT - _ROWS * LABEL_HEIGHT) / 2
PAD = 6.0
CODE, _QUIET = 18.0, 2  # mm of the code with its quiet zone (bare paper beyond it), modules of that
_CORNER = 2.0


def label_place(i: int) -> tuple[float, float]:
    """Where label `i` of a page has its top left, in millimetres."""
    return _SIDE + i % _COLUMNS * _PITCH, _HEAD + i // _COLUMNS * LABEL_HEIGHT


def corners(pen: Pen, x: float, y: float) -> None:
    """Where plain paper is cut around a label."""
    lines = []
    for cx, dx in ((x, _CORNER), (x + LABEL_WIDTH, -_CORNER)):
        for cy, dy in ((y, _CORNER), (y + LABEL_HEIGHT, -_CORNER)):
            lines += [(cx, cy, cx + dx, cy), (cx, cy, cx, cy + dy)]
    pen.rules(lines)


def scannable(pen: Pen, payload: str, place: Rect) -> None:
    """A QR symbol as black modules on bare paper, as large as `place` allows with its quiet zone."""
    made = text(payload)
    if made is None:
        raise ValueError(f"no symbol holds {payload!r}")
    module = place.width / (made[1] + 2 * _QUIET)
    pen.modules(place.x + _QUIET * module, place.y + _QUIET * module, module, made, BLACK)
