"""What is kept back, as rosters say it: of a unit's tags, and of a range's serials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag.base.units import parse_fraction

if TYPE_CHECKING:
    from keytag.files.source import Text


def reserve_of(text: Text | None, count: int) -> int | None:
    """How many are kept back: `5%` of a count (exactly: no binary fractions; rounded up), or a number.

    0 where nothing is said, None where it is neither.
    """
    if text is None:
        return 0
    value = text.value.strip()
    if value.endswith("%"):
        share = parse_fraction(value)
        if share is None or not 0 <= share <= 1:
            return None
        return -(-count * round(share * 1_000_000) // 1_000_000)
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else None
