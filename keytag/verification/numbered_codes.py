"""Many codes read at once by zxing-cpp, from their modules."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.records import NamedTuple

_QUIET, _DOTS = 4, 2  # modules of quiet zone, and dots of a module in the picture that a code is read from


class Code(NamedTuple):
    """A code on its station: what it says beside its modules, and these, a number a row."""

    station: int
    said: str
    rows: tuple[int, ...]


def scanned(codes: Sequence[Code]) -> list[str]:
    """What zxing-cpp reads of each code; empty where it reads nothing."""
    import numpy as np
    import zxingcpp

    found = [""] * len(codes)
    for side in {len(code.rows) for code in codes if code.rows}:
        some = [i for i, code in enumerate(codes) if len(code.rows) == side]
        words = np.array([codes[i].rows for i in some], np.uint64)
        dark = (words[:, :, None] >> np.arange(side, dtype=np.uint64) & np.uint64(1)).astype(np.bool_)
        bare = np.pad(~dark, ((0, 0), (_QUIET, _QUIET), (_QUIET, _QUIET)), constant_values=True)
        pictures = (bare.repeat(_DOTS, axis=1).repeat(_DOTS, axis=2) * 255).astype(np.uint8)
        for i, picture in zip(some, pictures, strict=True):
            read = zxingcpp.read_barcodes(picture, is_pure=True)
            found[i] = read[0].text if len(read) == 1 else ""
    return found
