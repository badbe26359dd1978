"""A film's file taken apart: a bilevel TIFF of strips in CCITT Group 4, its directory by value, its picture by strips.

Nothing is decoded that is larger than the strips that keytag writes, whatever the file says of itself.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from keytag.base.records import NamedTuple
from keytag.base.words import say

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[Any, Any]

WIDTH, HEIGHT, ROWS = 256, 257, 278
DESCRIPTION, SOFTWARE, MOMENT = 270, 305, 306
X_DPI, Y_DPI, UNIT = 282, 283, 296
STRIPS = _OFFSETS, _SIZES = 273, 279
# What each of them must say that says how the bits are to be taken: ink is 1, black, the first row is the top.
FIXED: Mapping[int, int] = {254: 0, 258: 1, 259: 4, 262: 0, 266: 1, 274: 1, 277: 1, 293: 0, UNIT: 2}
_KINDS = {1: ("B", 1), 2: ("s", 1), 3: ("H", 2), 4: ("I", 4), 5: ("II", 8)}
_ENTRIES = 64
_STRIPS = 100_000
_PIXELS = 8_000_000  # of a strip
_ASCII, _RATIONAL = 2, 5
Values = tuple[int | float | str, ...]


class FilmFile(NamedTuple):
    """What a file says of itself by tag, and its strips as they are encoded."""

    values: Mapping[int, Values]
    width: int
    height: int
    rows: int  # of a strip
    strips: Sequence[bytes]


def taken_apart(data: bytes) -> FilmFile:
    """The file's directory and strips; a `ValueError` where it is no film as keytag writes them."""
    try:
        return _taken_apart(data)
    except (struct.error, OverflowError) as error:
        raise ValueError(say("it is cut off, or leads beyond its end")) from error


def _taken_apart(data: bytes) -> FilmFile:
    magic, version, at = struct.unpack_from("<2sHI", data)
    if (magic, version) != (b"II", 42):
        raise ValueError(say("it is no TIFF as keytag writes them"))
    (count,) = struct.unpack_from("<H", data, at)
    if count > _ENTRIES:
        raise ValueError(say("its directory is too long"))
    values: dict[int, Values] = {}
    for i in range(count):
        tag, found = _entry(data, at + 2 + 12 * i)
        if tag in values:
            raise ValueError(say("its directory says tag {tag} twice", tag=tag))
        values[tag] = found
    if struct.unpack_from("<I", data, at + 2 + 12 * count) != (0,):
        raise ValueError(say("it has more than one picture"))
    width, height, rows = (_one(values, tag) for tag in (WIDTH, HEIGHT, ROWS))
    offsets, sizes = values.get(_OFFSETS, ()), values.get(_SIZES, ())
    if not width or not height or not rows or width * min(rows, height) > _PIXELS:
        raise ValueError(say("its strips are larger than those of films"))
    if not len(offsets) == len(sizes) == -(-height // rows):
        raise ValueError(say("its strips are not as many as its rows need"))
    strips = []
    for start, size in zip(offsets, sizes, strict=True):
        if not isinstance(start, int) or not isinstance(size, int) or start + size > len(data):
            raise ValueError(say("it is cut off, or leads beyond its end"))
        strips.append(data[start : start + size])
    return FilmFile(values, width, height, rows, strips)


def _entry(data: bytes, at: int) -> tuple[int, Values]:
    """One entry of the directory: its tag and its values."""
    tag, kind, count = struct.unpack_from("<HHI", data, at)
    if kind not in _KINDS or count > _STRIPS:
        raise ValueError(say("its directory has an entry {tag} of an unknown kind", tag=tag))
    letters, size = _KINDS[kind]
    place = at + 8 if size * count <= 4 else struct.unpack_from("<I", data, at + 8)[0]
    if kind == _ASCII:
        (text,) = struct.unpack_from(f"<{count}s", data, place)
        return tag, (text.rstrip(b"\0").decode("ascii", "replace"),)
    numbers: tuple[int, ...] = struct.unpack_from(f"<{letters * count}", data, place)
    if kind == _RATIONAL:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return tag, tuple(above / below if below else 0.0 for above, below in pairs)
    return tag, numbers


def _one(values: Mapping[int, Values], tag: int) -> int:
    found = values.get(tag, ())
    if len(found) != 1 or not isinstance(found[0], int):
        raise ValueError(say("its directory does not say tag {tag} once", tag=tag))
    return found[0]


def decoded(strip: bytes, width: int, height: int) -> Rows:
    """A strip's pixels, 0 ink and 255 bare; a `ValueError` where it is no strip of that size.

    libtiff decodes it, as the only strip of a file in memory.
    """
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    entries = ((256, width), (257, height), (258, 1), (259, 4), (262, 0), (273, 8), (277, 1), (278, height))
    directory = [*entries, (279, len(strip)), (293, 0)]
    data = struct.pack("<2sHI", b"II", 42, 8 + len(strip) + len(strip) % 2) + strip + b"\0" * (len(strip) % 2)
    data += struct.pack("<H", len(directory)) + b"".join(struct.pack("<HHII", tag, 4, 1, v) for tag, v in directory)
    try:
        with Image.open(BytesIO(data + bytes(4)), formats=["TIFF"]) as image:
            rows = np.asarray(image)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(say("a strip of it cannot be decoded")) from error
    found: Rows = np.where(rows, np.uint8(255), np.uint8(0))
    return found
