"""A cell becomes telephone numbers: the one reading in which every digit belongs to a number, or none.

What a spreadsheet does to a number has few forms: it drops the zero that leads, keeps 84 without its plus, and clerks
put two numbers into one cell. Each has one reading or is refused; nothing is ever guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from keytag.base.excerpt import excerpt, some
from keytag.base.records import NamedTuple
from keytag.base.words import joined, say
from keytag.vietnam.phones import Kind, classify, group

# Between digits of one number: one to three of these. What parts two numbers always.
_JOINS = " .()-–\u00a0\u2007\u202f\u2009\u2010\u2011"
_JOINED = re.compile(rf"[{re.escape(_JOINS)}]{{1,3}}")
_PARTS = re.compile(r"[/;,\n\r]")
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[/;,\n\r]))\s*(?:số|sđt|đt|dđ|đtdđ|điện thoại|di động|tel|mobile|máy bàn|máy)\s*[:.]?\s*(?=[+(\d])",
    re.IGNORECASE,
)
_ALLOWED = re.compile(rf"[+0-9/;,\n\r\t{re.escape(_JOINS)}]*")
# What has a zero to lose; a tuple, since members of an enumeration are slow to hash.
_PEOPLE = (Kind.MOBILE, Kind.LANDLINE, Kind.POLICE, Kind.ARMY, Kind.OLD_LANDLINE, Kind.OLD_MOBILE)
_LONE = frozenset((Kind.SHORT, Kind.TOLL_FREE, Kind.PREMIUM))  # a cell's only number, never one of several
_LONGEST = 8  # numbers in a cell
_OTHERS = ("18", "19", "84")  # two digits that a service or the country begins with
_LEAST = 8  # digits of a person's number without its zero: the army's
_ZERO, _INLAND = say("the zero that a spreadsheet drops"), say("84 is +84")


class Number(NamedTuple):
    """A number as it is to be written; `restored` says what was mended, empty where it stands as typed."""

    text: str
    restored: str = ""


class Refused(NamedTuple):
    """Why a cell gives no number."""

    why: str


def numbers_of(value: Any) -> tuple[Number, ...] | Refused:
    """The numbers of a cell's raw value, in their order; none where it is blank."""
    if type(value) is int:
        if value <= 0:
            return Refused(say("not a telephone number"))
        return (usual,) if (usual := _usual(str(value))) is not None else _of_digits(str(value))
    if isinstance(value, bool) or not isinstance(value, str | float):
        return Refused(say("a date or a truth value, not a number") if value is not None else say("no number"))
    if isinstance(value, float):
        return Refused(say("a spreadsheet keeps 15 digits and has rounded this number: write it as text"))
    if value.isascii() and value.isdigit() and (usual := _usual(value)) is not None:
        return (usual,)  # by far the most of them
    text = value.strip().strip("'’‘").strip()  # an apostrophe makes a cell text, and some are copied along
    return _of_text(text) if text else ()


def _usual(digits: str) -> Number | None:
    """Bare digits that are one number with its zero, or without it; None where more is to be thought of."""
    if digits[0] == "0":
        return Number(digits) if classify(digits).kind is not Kind.INVALID else None
    if not _LEAST <= len(digits) < 2 * _LEAST or digits[:2] in _OTHERS:  # or short, or perhaps two numbers
        return None
    kind = classify(whole := f"0{digits}").kind
    return Number(group(whole, kind), _ZERO) if kind in _PEOPLE else None


def _of_digits(digits: str) -> tuple[Number, ...] | Refused:
    """A cell that holds a number, not a text, and none of the usual ones."""
    found = _readings(digits)
    if len(found) == 1:
        return (next(iter(found.values())),)
    return Refused(_why_not(digits) if not found else _several(found))


def _several(found: dict[str, Number]) -> str:
    return say("may be read as {found}", found=joined(say(" or "), (number.text for number in found.values())))


def _why_not(digits: str) -> str:
    short = len(digits.lstrip("0"))
    if short == 7:
        return say("seven digits: the area code is missing, or two digits of a mobile")
    return classify(digits).why or say("not a telephone number of a person or a desk")


@lru_cache(maxsize=100_000)
def _readings(digits: str) -> dict[str, Number]:
    """Every number that bare `digits` may have been, by its national digits: as they are, without the zero, with 84."""
    found: dict[str, Number] = {}
    if digits[0] == "0" or len(digits) < 6 or digits[:2] in ("18", "19"):  # no other begins so
        as_it_is = classify(digits)
        if as_it_is.kind is not Kind.INVALID and (digits[0] == "0" or as_it_is.kind in _LONE):
            found[digits] = Number(group(digits, as_it_is.kind))
    if digits[0] != "0":
        meant = [("0" + digits, _ZERO)]
        if digits.startswith("84"):
            meant.append(("0" + digits[2:], _INLAND))
        for text, why in meant:
            kind = classify(text).kind
            if kind in _PEOPLE and text not in found:
                found[text] = Number(group(text, kind), why)
    return found


def _of_text(text: str) -> tuple[Number, ...] | Refused:
    whole = classify(text)
    if whole.kind is not Kind.INVALID and (digits := _bare(text)) and _one_run(text):
        others = set(_readings(digits)) - {whole.digits} if digits[0] != "0" and not whole.international else ()
        return (
            (Number(text),)
            if not others
            else Refused(say("may be {text} or {others}", text=text, others=joined(say(" or "), sorted(others))))
        )
    plain = _LABEL.sub("", text)
    if _ALLOWED.fullmatch(plain) is None:
        odd = excerpt("".join(dict.fromkeys(c for c in plain if _ALLOWED.fullmatch(c) is None)), 20)
        return Refused(say("{odd!r} does not belong in a number", odd=odd))
    pieces = [piece for piece in (part.strip(_JOINS + "\t") for part in _PARTS.split(plain)) if piece]
    ways = list(_products([_ways(piece, alone=len(pieces) == 1) for piece in pieces]))
    if len(ways) == 1 and 0 < len(ways[0]) <= _LONGEST:
        return _told(ways[0], plain != text)
    if ways and len(set(ways)) > 1:
        listed = joined(say("; or "), some((", ".join(number.text for number in way) for way in ways), 3))
        return Refused(say("can be parted in more than one way: {listed}", listed=listed))
    return Refused(_why_not(_bare(plain)) if len(pieces) == 1 else say("not every digit belongs to a whole number"))


def _told(way: tuple[Number, ...], labelled: bool) -> tuple[Number, ...]:
    """Several numbers of one cell, and one that stood with a word before it, are said to be."""
    if len(way) == 1 and not labelled:
        return way
    said = (
        say("one of {way} numbers in the cell", way=len(way)) if len(way) > 1 else say("the word before it is left out")
    )
    return tuple(number._replace(restored=number.restored or said) for number in way)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isdigit())


def _one_run(text: str) -> bool:
    """Whether the digits of a text join to one run: never over four blanks, a tab or what parts numbers."""
    return all(_JOINED.fullmatch(gap) is not None for gap in re.findall(r"(?<=\d)\D+(?=\d)", text))


def _products(choices: list[list[tuple[Number, ...]]]) -> Iterator[tuple[Number, ...]]:
    """One way of each piece after the other; at most a few."""
    ways: list[tuple[Number, ...]] = [()]
    for choice in choices:
        ways = [(*way, *more) for way in ways for more in choice][:4]
    yield from ways if choices else ()


def _ways(piece: str, *, alone: bool) -> list[tuple[Number, ...]]:
    """Every way to part one piece into numbers, each a different row of digits; `alone` where the cell has no other."""
    abroad = piece.startswith("+")
    inner = piece[1:] if abroad else piece
    if "+" in inner:  # a plus begins a number: what is before it is one or more
        head, _, tail = piece.rpartition("+")
        if not head.strip(_JOINS):
            return []
        return list(_products([_ways(head.strip(_JOINS), alone=False), _ways("+" + tail, alone=False)]))
    gaps = re.findall(r"\D+", inner.lstrip(_JOINS))
    if any(_JOINED.fullmatch(gap) is None for gap in gaps):  # a wide gap parts
        parts = [part for part in re.split(rf"[{re.escape(_JOINS)}\t]{{4,}}|\t", piece) if part]
        return list(_products([_ways(part, alone=False) for part in parts])) if len(parts) > 1 else []
    digits = _bare(inner)
    if abroad:
        known = classify(piece)
        return [(Number(group(known.digits, known.kind), say("+84 as 0")),)] if known.kind in _PEOPLE else []
    found = {
        tuple(_bare(number.text) for number in way): way
        for way in _segments(digits)
        if len(way) == 1 or all(classify(number.text).kind in _PEOPLE for number in way)
    }
    if not alone:
        found = {key: way for key, way in found.items() if all(classify(n.text).kind in _PEOPLE for n in way)}
    return list(found.values())


def _segments(digits: str) -> list[tuple[Number, ...]]:
    """Every way to cut a row of digits into numbers, as they are or with the zero that was dropped."""
    if len(digits) > 12 * _LONGEST:
        return []
    ends: list[list[tuple[Number, ...]]] = [[()], *([] for _ in digits)]
    for stop in range(1, len(digits) + 1):
        for start in range(max(0, stop - 12), stop):
            if ends[start]:
                for number in _readings(digits[start:stop]).values():
                    ends[stop] += [(*way, number) for way in ends[start]][: 50 - len(ends[stop])]
    return ends[-1]
