"""Long files come in volumes, each of so many units or boxes: what makes, checks or opens one needs little memory."""

from __future__ import annotations

from itertools import pairwise

from keytag.base.records import NamedTuple

UNITS = 200  # in a file of masters, or in a book of proofs
BOXES = 200  # whose labels are in a file


class Volume(NamedTuple):
    """One file: its name, and which of the things it holds, counted from nought (`last` is the first beyond it)."""

    name: str
    first: int
    last: int


def volumes(name: str, count: int, most: int) -> tuple[Volume, ...]:
    """`masters.pdf` where it holds all; else `masters-0001-0200.pdf` and so on, as few as can be, none much smaller."""
    parts = max(1, -(-count // most))
    if parts == 1:
        return (Volume(name, 0, count),)
    stem, _, ending = name.rpartition(".")
    wide, edges = max(4, len(str(count))), [count * i // parts for i in range(parts + 1)]
    return tuple(
        Volume(f"{stem}-{first + 1:0{wide}}-{last:0{wide}}.{ending}", first, last) for first, last in pairwise(edges)
    )


def is_volume(name: str, of: str) -> bool:
    """Whether `name` is that file or a volume of it."""
    stem, _, ending = of.rpartition(".")
    parts = name.removeprefix(stem).removesuffix(f".{ending}").split("-")
    return name == of or (
        name.startswith(f"{stem}-")
        and name.endswith(f".{ending}")
        and len(parts) == 3
        and not parts[0]
        and all(part.isdecimal() and len(part) >= 4 for part in parts[1:])
    )
