"""Cells of a table that people filled in: counts and days, as they are really typed; two readings are refused."""

from __future__ import annotations

import re

from keytag.base.excerpt import excerpt
from keytag.vietnam.days import as_typed

_NOTHING = frozenset(("", "-", "–", "—", "0", "không", "khong", "ko", "none", "no", "nil"))
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,  \u00a0\u202f])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(\d+)[.,](0{1,2}|0{4,})")  # a spreadsheet's 12.0; three zeros set thousands off
_UNIT = re.compile(r"\s*(?:thẻ|the|cái|cai|chiếc|chiec|hộ|ho|móc|moc|tags?)\.?", re.IGNORECASE)
_FIRST_SERIAL, _LAST_SERIAL = 36526, 54788  # a spreadsheet's days from 2000 to 2049
_LARGEST = 10_000_000


def words(value: object) -> str:
    """What stands in a cell."""
    return str(value if value is not None else "").strip()


def shown(value: object) -> str:
    """A cell as a message shows it."""
    return excerpt(words(value))


def count(value: object) -> int | None:
    """A whole number from zero up; 0 for a blank or a dash, None where it is something else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 <= value <= _LARGEST else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and 0 <= value <= _LARGEST else None
    text = words(value).strip("'’ \u00a0")
    if text.casefold() in _NOTHING:
        return 0
    text = _UNIT.sub("", text) if (end := _UNIT.search(text)) and end.end() == len(text) else text
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    elif found := _DECIMAL.fullmatch(text):
        text = found[1]
    if not (text.isascii() and text.isdigit()) or len(text) > 8:
        return None
    return int(text) if int(text) <= _LARGEST else None


def is_blank(value: object) -> bool:
    """Whether nothing stands there."""
    return value is None or not str(value).strip()


def day(value: object) -> str | None:
    """A day as YYYY-MM-DD, written as people here do (5/6/2020 is the fifth of June) or by a spreadsheet."""
    from datetime import date, timedelta

    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()[:10]
    text = words(value).strip("'’ ")
    if text.isascii() and text.isdigit() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return (date(1899, 12, 30) + timedelta(int(text))).isoformat()
    return as_typed(text)
