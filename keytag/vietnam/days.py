"""The days of the reforms of 2025, as they are written in a roster; and days as people here type them."""

from __future__ import annotations

import re

_DAY = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d)?)?")
_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)

REFORM = "2025-07-01"  # two levels of local government: no districts, merged provinces and communes, codes reused
LAST_DAY_BEFORE = "2025-06-30"
POLICE_REFORM = "2025-03-01"  # no district police from this day on


def as_typed(text: str) -> str | None:
    """A day as YYYY-MM-DD, written as people here do (5/6/2020 is the fifth of June); None for what is no day."""
    from datetime import date

    if found := _ISO.fullmatch(text):
        parts = (found[1], found[3], found[4])
    elif found := _DAY.fullmatch(text):
        parts = (found[4] if len(found[4]) == 4 else f"20{found[4]}", found[3], found[1])
    elif found := _WORDS.fullmatch(text):
        parts = (found[3], found[2], found[1])
    else:
        return None
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None
