"""The sheet of a workbook with what is no unit's: keys of the job and the authority, one in a row, and their values."""

from __future__ import annotations

from keytag.base.words import say
from keytag.office.carried import ROOT_KEYS
from keytag.office.header import Header
from keytag.office.model import Value
from keytag.office.taking import Taker
from keytag.roster import keys

CONTACTS = ("authority.duty", "authority.chief")
KNOWN = frozenset(
    (
        "authority",
        *ROOT_KEYS,
        *(f"job.{key.name}" for key in keys.JOB),
        *(f"authority.{key.name}" for key in keys.AUTHORITY),
        *(f"{contact}.name" for contact in CONTACTS),
    )
)


_KINDS = {
    **{f"job.{key.name}": key.kind for key in keys.JOB},
    **{f"authority.{key.name}": key.kind for key in keys.AUTHORITY},
}


def settings_of(taker: Taker, header: Header) -> dict[str, Value]:
    """The values by their keys (`job.name`); what is no key, or stands twice, is refused."""
    found: dict[str, Value] = {}
    (at,), (beside, *_) = header.of("setting")[:1], header.of("value")
    for row in range(header.row + 1, len(taker.grid.rows)):
        if row in taker.grid.hidden_rows or (taker.blank(row, at) and taker.blank(row, beside)):
            continue
        key = str(taker.raw(row, at)).strip()
        if key not in KNOWN:
            taker.refuse(row, at, say("{key!r} is no key of a roster: one is job.name, authority.duty, …", key=key))
        elif key in found:
            taker.refuse(
                row, at, say("{key} stands here again: {place} has it already", key=key, place=found[key].place)
            )
        elif not taker.blank(row, beside):
            value = _value(taker, row, beside, key)
            if value is not None:
                found[key] = value
    return found


def _value(taker: Taker, row: int, column: int, key: str) -> Value | None:
    if key in CONTACTS:
        numbers = taker.numbers(row, column, 1, key)
        return numbers[0] if numbers else None
    kind = _KINDS.get(key, "")
    if type(taker.raw(row, column)) is int and kind in ("count", "number", "quantity"):
        return taker.count(row, column) if kind != "number" else _plain_number(taker, row, column)
    return taker.day(row, column) if kind == "date" else taker.text(row, column)


def _plain_number(taker: Taker, row: int, column: int) -> Value:
    from keytag.office.model import State

    words = str(taker.raw(row, column))
    taker.say(row, column, State.READ, words)
    return Value(words, taker.place(row, column))
