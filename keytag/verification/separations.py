"""The found plates: Ghostscript's separations of a finished PDF, read a band or a window at a time.

The device is `psdcmyk`: the same separating code as `tiffsep`, but all plates of a page lie in one plain file (Adobe's
Photoshop format, planes uncompressed one after the other), from which any rows can be read without reading the rest.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keytag.base.errors import ToolFailedError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files.programs import GHOSTSCRIPT, run, workplace

if TYPE_CHECKING:
    import numpy as np

DPI = 400
DOTS = DPI / 25.4  # pixels a millimetre
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_NAMES = 1006  # the image resource of alpha channels' names
_SECONDS = 240.0  # a run, and for each page of it; a busy machine is no fault of the file
_SECONDS_A_PAGE = 60.0
_INPUT = "input.pdf"
BARE = 255  # no ink, as the file has it
_SAMPLE = 61  # of so many rows one is looked at first: ink is rarely in one row alone


class Separation:
    """The plates of one page, open for reading."""

    def __init__(self, file: BufferedReader) -> None:
        """Raises `ValueError` where the file is no such picture."""
        self._file = file
        head = file.read(26)
        if len(head) < 26 or head[:6] != b"8BPS\0\1":
            raise ValueError(say("is no picture of plates"))
        planes, self.height, self.width, depth, mode = struct.unpack(">HIIHH", head[12:26])
        if depth != 8 or mode != 4:
            raise ValueError(say("is no picture of plates in CMYK"))
        file.seek(self._long(), 1)
        end = self._long() + file.tell()
        spots: list[str] = []
        while file.tell() < end:
            spots += self._resource()
        file.seek(self._long(), 1)
        if file.read(2) != b"\0\0" or planes != len(_PROCESS) + len(spots):
            raise ValueError(say("is a picture of plates of an unknown form"))
        self._start = file.tell()
        self._order = {name: i for i, name in enumerate((*_PROCESS, *spots))}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._order)

    def _long(self) -> int:
        return int(struct.unpack(">I", self._file.read(4))[0])

    def _resource(self) -> list[str]:
        """One image resource: the names in it, if it is the one that holds them."""
        _, key, length = struct.unpack(">4sHB", self._file.read(7))
        self._file.seek(length | 1, 1)
        size = self._long()
        data = self._file.read(size + size % 2)[:size]
        found, at = [], 0
        while key == _NAMES and at < size and data[at]:  # a length of nought fills up
            found.append(data[at + 1 : at + 1 + data[at]].decode("latin-1"))
            at += 1 + data[at]
        return found

    def band(self, plate: str, top: int, bottom: int, room: np.ndarray[Any, Any]) -> bool:
        """Rows `top` to `bottom` of a plate put in `room`, 0 full tone, 255 bare; False where all is bare."""
        if plate not in self._order:
            room.fill(BARE)
            return False
        self._rows(plate, top, room)
        return int(room[::_SAMPLE].min()) != BARE or int(room.min()) != BARE

    def _rows(self, plate: str, top: int, room: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Rows of a plate from `top` on as they lie in the file, read into `room`."""
        self._file.seek(self._start + (self._order[plate] * self.height + top) * self.width)
        if self._file.readinto(room.data.cast("B")) != room.nbytes:
            raise ToolFailedError(say("Ghostscript's picture of the plate {plate} ends too soon", plate=plate))
        return room

    def window(self, plate: str, left: int, top: int, right: int, bottom: int) -> np.ndarray[Any, Any]:
        """A part of a plate: 0 bare, 255 full tone. What lies off the page is bare."""
        import numpy as np

        found = np.zeros((max(bottom - top, 0), max(right - left, 0)), np.uint8)
        x0, x1, y0, y1 = max(left, 0), min(right, self.width), max(top, 0), min(bottom, self.height)
        if x0 < x1 and y0 < y1 and plate in self._order:
            rows = self._rows(plate, y0, np.empty((y1 - y0, self.width), np.uint8))
            found[y0 - top : y1 - top, x0 - left : x1 - left] = ~rows[:, x0:x1]
        return found


@contextmanager
def separated(data: bytes, pages: Sequence[int], dpi: int = DPI) -> Iterator[Iterator[Separation]]:
    """The plates of `pages` (from 1, one run of numbers) of a PDF, in order; their files are gone afterwards.

    Raises `MissingToolError` where Ghostscript is not there, `ToolFailedError` where it does not finish or makes
    nothing of a page.
    """
    with workplace() as folder:
        (folder / _INPUT).write_bytes(data)
        words = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=psdcmyk", f"-r{dpi}", "-dPDFSTOPONERROR=false"]
        words += [f"-dFirstPage={pages[0]}", f"-dLastPage={pages[-1]}", "-sOutputFile=%d.psd"]
        done = run(GHOSTSCRIPT, words, seconds=_SECONDS + _SECONDS_A_PAGE * len(pages), folder=folder, files=(_INPUT,))
        yield _opened(folder, pages, done.err or done.out.decode("utf-8", "replace"))


def _opened(folder: Path, pages: Sequence[int], said: str) -> Iterator[Separation]:
    for number in range(1, len(pages) + 1):
        place = folder / f"{number}.psd"
        if not place.is_file():
            why = next((line.strip() for line in said.splitlines() if line.strip()), say("it says nothing"))
            raise ToolFailedError(
                say("Ghostscript made no plates of page {pages}: {why}", pages=pages[number - 1], why=why)
            )
        with place.open("rb") as file:
            try:
                yield Separation(file)
            except (ValueError, struct.error) as error:
                raise ToolFailedError(
                    say("what Ghostscript made of page {pages} {error}", pages=pages[number - 1], error=reason(error))
                ) from error
        place.unlink()
