"""A bilevel TIFF in CCITT Group 4, written strip by strip: what film recorders and RIPs for screens and clichés read.

libtiff, through Pillow, encodes each strip (ITU-T T.6); the container is TIFF 6.0's, whose strips stand for themselves,
so that a whole film is never in memory but as what was encoded. Ink is 1, and 0 is white (PhotometricInterpretation 0).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_SHORT, _LONG, _ASCII, _RATIONAL = 3, 4, 2, 5
_GROUP4 = 4


def tiff(strips: Iterable[Array], width: int, height: int, dpi: float, said: dict[int, str], rows: int) -> bytes:
    """The file; `strips` are bytes of eight columns in `rows` rows (1 is ink), the last of what is left.

    `said` are texts by tag: 270 description, 305 software, 306 date and time (`YYYY:MM:DD HH:MM:SS`).
    """
    out = bytearray(struct.pack("<2sHI", b"II", 42, 0))
    offsets, sizes = list[int](), list[int]()
    plain: dict[tuple[int, int], bytes] = {}  # strips without an edge: most of a film's margins
    for strip in strips:
        kind = (len(strip), int(strip[0, 0]))
        if (strip == strip[0, 0]).all():
            data = plain.get(kind) or plain.setdefault(kind, _encoded(strip, width))
        else:
            data = _encoded(strip, width)
        offsets.append(len(out))
        sizes.append(len(data))
        out += data
    out += b"\0" * (len(out) % 2)
    resolution = (round(dpi * 1000), 1000)
    entries: list[tuple[int, int, list[int] | bytes]] = [
        (254, _LONG, [0]),
        (256, _LONG, [width]),
        (257, _LONG, [height]),
        (258, _SHORT, [1]),
        (259, _SHORT, [_GROUP4]),
        (262, _SHORT, [0]),
        (266, _SHORT, [1]),
        (273, _LONG, offsets),
        (274, _SHORT, [1]),
        (277, _SHORT, [1]),
        (278, _LONG, [rows]),
        (279, _LONG, sizes),
        (282, _RATIONAL, [*resolution]),
        (283, _RATIONAL, [*resolution]),
        (293, _LONG, [0]),
        (296, _SHORT, [2]),
        *((tag, _ASCII, text.encode("ascii") + b"\0") for tag, text in said.items()),
    ]
    struct.pack_into("<I", out, 4, len(out))
    out += _directory(sorted(entries, key=lambda entry: entry[0]), len(out))
    return bytes(out)


def _directory(entries: list[tuple[int, int, list[int] | bytes]], at: int) -> bytes:
    """The image file directory at offset `at`, and behind it the values that do not fit into it."""
    head, behind = bytearray(struct.pack("<H", len(entries))), bytearray()
    after = at + 2 + 12 * len(entries) + 4
    for tag, kind, values in entries:
        if isinstance(values, bytes):
            count, data = len(values), values
        else:
            count = len(values) // 2 if kind == _RATIONAL else len(values)
            data = struct.pack(f"<{len(values)}{'H' if kind == _SHORT else 'I'}", *values)
        if len(data) > 4:
            place = struct.pack("<I", after + len(behind))
            behind += data + b"\0" * (len(data) % 2)
        else:
            place = data.ljust(4, b"\0")
        head += struct.pack("<HHI", tag, kind, count) + place
    return bytes(head + struct.pack("<I", 0) + behind)


def _encoded(strip: Array, width: int) -> bytes:
    """One strip by libtiff: the only strip of a file in memory, taken out of it."""
    from PIL import Image

    height = len(strip)
    image = Image.frombytes("1", (width, height), strip.tobytes())
    file = BytesIO()
    image.save(file, "TIFF", compression="group4", tiffinfo={278: height})
    with Image.open(file) as read:
        tags: Any = read.tag_v2  # type: ignore[attr-defined]
        (offset,), (size,) = tags[273], tags[279]
    return file.getvalue()[offset : offset + size]
