"""Many symbols at once: for fixed segments and a fixed mask a QR symbol is an affine function over GF(2) of its data.

Reed-Solomon codes are linear and the mask is added, so the modules of `base + change` are those of the base, XORed with
what each changed data bit changes alone. A basis of a few dozen real encodes therefore gives every symbol of a family
exactly; rows of modules are machine words, bit x of word y the module in column x.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from keytag.base.records import NamedTuple
from keytag.qr.encode import Size, segments, size
from keytag.qr.symbol import rows_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_VERSION = 10  # 57 modules a row: one word; a tag holds no larger symbol


class Family(NamedTuple):
    """Payloads that differ in `length` characters at `at` only; `sample` is one of them and fixes the segments.

    The sample must be one whose last variable character is no digit where any of them may be none.
    """

    sample: str
    at: int
    length: int
    level: str = "M"

    @property
    def size(self) -> Size | None:
        """The symbol that holds every payload of the family; None where none does."""
        found = size(self.sample, self.level)
        return found if found is not None and found.version <= MOST_VERSION else None


class Symbols:
    """The symbols of one family."""

    def __init__(self, family: Family) -> None:
        made = family.size
        if made is None:
            raise ValueError(f"no symbol holds {family.sample!r}")
        if not family.sample.isascii():
            raise ValueError("payloads with characters of several bytes have no fixed places")
        self.size, self._family = made, family
        self._head, self._tail = segments(family.sample)
        self.base = self._words(self._head, self._tail)
        self._bytes: dict[int, NDArray[np.uint64]] = {}
        self._groups: dict[int, NDArray[np.uint64]] = {}

    @property
    def modules(self) -> int:
        """Modules on a side."""
        return self.size.modules

    def rows(self, texts: NDArray[np.uint8]) -> NDArray[np.uint64]:
        """(count, modules) words, for `texts` of (count, length) ASCII characters."""
        import numpy as np

        found = np.broadcast_to(self.base, (len(texts), self.modules)).copy()
        start, split = self._family.at, len(self._head)
        sample = np.frombuffer(self._family.sample.encode(), np.uint8)
        for column in range(self._family.length):
            if start + column < split:
                varied = texts[:, column]
                if (varied != sample[start + column]).any():
                    found ^= self._of_byte(start + column)[varied]
        for group in self._groups_touched():
            width = min(3, len(self._tail) - 3 * group)
            places = [split + 3 * group + i for i in range(width)]
            value = np.zeros(len(texts), np.int64)
            for place in places:
                inside = start <= place < start + self._family.length
                value = value * 10 + (texts[:, place - start] if inside else sample[place]) - 48
            found ^= self._of_group(group)[value]
        return found

    def varying(self, low: NDArray[np.uint8], high: NDArray[np.uint8]) -> NDArray[np.uint64]:
        """The modules that may differ between any two texts from `low` to `high` (plain numbers, then a check).

        One word a row. Digits that both ends begin with stay as they are; of all that follows every bit may change.
        """
        import numpy as np

        found = np.zeros(self.modules, np.uint64)
        differ = np.flatnonzero(low[:-1] != high[:-1])
        first = int(differ[0]) if differ.size else None
        start, split = self._family.at, len(self._head)
        for column in range(self._family.length):
            last = column == self._family.length - 1
            if first is None or (column < first and not last):
                continue
            if start + column < split:
                table = self._of_byte(start + column)
                may = table if last else table[48:58]
                found |= np.bitwise_or.reduce(may ^ may[0], axis=0)
        for group in self._groups_touched():
            places = range(3 * group + split, min(3 * group + 3, len(self._tail)) + split)
            if first is not None and any(start + first <= place for place in places):
                table = self._of_group(group)
                found |= np.bitwise_or.reduce(table ^ table[0], axis=0)
        return found

    def _groups_touched(self) -> list[int]:
        """The groups of three digits of the numeric segment in which variable characters stand."""
        start, end, split = self._family.at, self._family.at + self._family.length, len(self._head)
        return sorted({(place - split) // 3 for place in range(max(start, split), end)})

    def _of_byte(self, place: int) -> NDArray[np.uint64]:
        """(256, modules): what each byte at that place changes of the base."""
        if place not in self._bytes:
            change = []
            for bit in range(8):
                head = bytearray(self._head)
                head[place] ^= 1 << bit
                change.append(self._words(bytes(head), self._tail) ^ self.base)
            self._bytes[place] = _combined(change, 256, self._head[place])
        return self._bytes[place]

    def _of_group(self, group: int) -> NDArray[np.uint64]:
        """(1000, modules) or less: what each value of that group of digits changes of the base."""
        if group not in self._groups:
            digits = self._tail[3 * group : 3 * group + 3]
            width, bits = len(digits), (0, 4, 7, 10)[len(digits)]

            def with_value(value: int) -> NDArray[np.uint64]:
                tail = self._tail[: 3 * group] + f"{value:0{width}}" + self._tail[3 * group + width :]
                return self._words(self._head, tail)

            zero = with_value(0)
            # Every power of two below 2**bits is a value of so many digits: 8 of one, 64 of two, 512 of three.
            change = [with_value(1 << bit) ^ zero for bit in range(bits)]
            self._groups[group] = _combined(change, 10**width, int(digits))
        return self._groups[group]

    def _words(self, head: bytes, tail: str) -> NDArray[np.uint64]:
        import numpy as np

        return np.array(rows_of(head, tail, self.size.version, self.size.level), np.uint64)


def _combined(change: list[NDArray[np.uint64]], values: int, base: int) -> NDArray[np.uint64]:
    """For each value what its bits change together, against those of `base`."""
    import numpy as np

    found = np.zeros((values, change[0].size), np.uint64)
    for bit, words in enumerate(change):
        found[(np.arange(values) >> bit & 1).astype(bool)] ^= words
    return np.asarray(found ^ found[base])


@lru_cache(maxsize=64)
def symbols(family: Family) -> Symbols:
    """The symbols of a family, remembered: a basis costs some fifty encodes."""
    return Symbols(family)


class Runs(NamedTuple):
    """Dark runs of many symbols: row, first column and length of each, in order; `counts` of each symbol."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    length: NDArray[np.int64]
    counts: NDArray[np.int64]


def runs(words: NDArray[np.uint64]) -> Runs:
    """The runs of dark modules of (count, modules) words, symbol by symbol in rows from the top."""
    import numpy as np

    count, side = words.shape
    last = int(words.max(initial=0)).bit_length()  # modules that vary lie to the left where serials end a payload
    bits = next(bits for bits in (16, 32, 64) if last <= bits)
    small = words.astype(f"<u{bits // 8}")
    one = small.dtype.type(1)
    starts = _places(small & ~(small << one))
    ends = _places(small & ~(small >> one))
    row = np.tile(np.arange(side), count).take(starts // bits)
    stops = starts.searchsorted(np.arange(1, count + 1) * (side * bits))
    return Runs(row, starts % bits, ends - starts + 1, np.diff(stops, prepend=0))


def _places(words: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """The bits that are set, counted through all (little-endian) words."""
    import numpy as np

    bits = np.unpackbits(np.ascontiguousarray(words).view(np.uint8).ravel(), bitorder="little")
    return np.flatnonzero(bits.view(np.bool_))  # of truth values numpy finds those that hold six times as fast
