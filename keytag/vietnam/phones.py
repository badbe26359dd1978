"""What a text is as a Vietnamese telephone number: its kind, its digits, and what an outdated one became.

Tables from the numbering plan (decision 2036/QD-BTTTT of 2016, the mobile plan of 2018), vendored in `data`. Whether
a number is where it belongs is the checks' business.
"""

import re
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path

from keytag.base.records import NamedTuple
from keytag.base.words import say

_TABLES = Path(__file__).parent / "data" / "tables.json"


class Kind(Enum):
    """What sort of number it is."""

    MOBILE = say("mobile")
    LANDLINE = say("landline")
    POLICE = say("police network")  # 069 and seven digits
    ARMY = say("army network")  # 069 and six digits
    SHORT = say("short code")
    TOLL_FREE = say("toll-free")
    PREMIUM = say("premium rate")
    OLD_LANDLINE = say("landline from before 2017")
    OLD_MOBILE = say("mobile from before 2018")
    INVALID = say("not a Vietnamese number")


class Phone(NamedTuple):
    """A classified number.

    `digits` is the national form with its leading 0 (all digits of the text where invalid), `area` the area code of a
    landline, `today` what an outdated number became, `why` what is wrong with an invalid one, `odd` the characters that
    belong in no number, `international` whether it was written with +84. `doubtful`: the digits are those of a mobile
    and of a landline from before 2017, and only the field, not the grouping, told which: rewriting would be a guess.
    """

    kind: Kind
    digits: str
    area: str = ""
    today: str = ""
    why: str = ""
    odd: str = ""
    international: bool = False
    doubtful: bool = False

    @property
    def has_digits(self) -> bool:
        """Whether it is a number with odd characters in it, rather than words in a number's place."""
        digits, odd = len(self.digits), len(self.odd)
        return digits + odd >= 3 and (digits > odd or any(c.isdigit() for c in self.odd))


class Area(NamedTuple):
    """An area code, what it was before 2017 (the same where unchanged), and its province before and since July 2025."""

    code: str
    old: str
    province: str
    province_since_2025_07: str
    old_length: int


class Tables(NamedTuple):
    """The numbering plan."""

    areas: dict[str, Area]
    old_areas: dict[str, Area]
    old_mobiles: dict[str, str]
    mobiles: dict[str, str]  # prefix: which fourth digits are in use, all where empty
    short_codes: frozenset[str]


@cache
def tables() -> Tables:
    """The numbering plan, read once."""
    import json

    data = json.loads(_TABLES.read_text("utf-8"))
    areas = [Area(*row) for row in data["areas"]]
    return Tables(
        {a.code: a for a in areas},
        {a.old: a for a in areas if a.old != a.code},
        data["old_mobiles"],
        data["mobiles"],
        frozenset(data["short_codes"]),
    )


# Spaces of any kind, dots, hyphens and dashes, brackets: whatever people put between groups of digits.
SEPARATORS = " .-()\u00a0\u2007\u2009\u202f\u2010\u2011\u2012\u2013\u00b7"
_ODD = re.compile(rf"[^0-9{re.escape(SEPARATORS)}]+")
_GROUPS = re.compile(r"[0-9]+")
_FREE, _PAID = "1800", "1900"
_FIRST = frozenset("23456789")  # what a landline's own digits begin with; 0 and 1 lead to exchanges and services
_POLICE, _ARMY = frozenset("234"), frozenset("5678")
_SAMPLES = ("0900000", "02693000")
TWO_NUMBERS = 18  # digits: two mobiles, or a mobile and a landline with one lost
_TWO = say("two numbers stand here")
TODAY = frozenset((Kind.MOBILE, Kind.LANDLINE, Kind.POLICE))  # what rings at a person's or a desk, dialled as it is


@lru_cache(maxsize=8192)  # each number is asked for by the checks, and for each face it stands on
def classify(text: str, desk: bool = False) -> Phone:
    """What `text` is; `desk` says that it stands where an office has its number.

    An old landline such as 059.3831.113 has the digits of a mobile of today. Its grouping tells them apart, after +84
    as after 0; where the grouping tells nothing, a desk has a landline and a person a mobile.
    """
    if text.isascii() and text.isdigit() and text[:4] != "0084":
        return _national(text, [text], desk)
    groups = _GROUPS.findall(text)
    digits = "".join(groups)
    plain = text.lstrip(SEPARATORS)
    abroad = plain.startswith("+")
    if abroad:
        plain = plain[1:]
        if not digits.startswith("84"):
            return Phone(Kind.INVALID, digits, why=say("it is a number of another country"), odd=_odd(plain))
    odd = _odd(plain)
    if odd:
        return Phone(Kind.INVALID, digits, why=say("{odd!r} does not belong in a number", odd=odd), odd=odd)
    if abroad or digits.startswith("0084"):
        inland = _inland(groups, 2 if abroad else 4)
        return _national("".join(inland), inland, desk)._replace(international=True)
    return _national(digits, groups, desk)


def _inland(groups: list[str], skip: int) -> list[str]:
    """Groups as one dials them here, from those after the country's `skip` digits: +84 59 3831… and +84 (0)59 3831…"""
    rest = []
    for group in groups:
        if group[skip:]:
            rest.append(group[skip:])
        skip = max(0, skip - len(group))
    if len(rest) > 1 and rest[0] == "0":
        del rest[0]
    return ["0" + "".join(rest[:1]).removeprefix("0"), *rest[1:]]


def _odd(text: str) -> str:
    return "".join(_ODD.findall(text))


def _national(digits: str, groups: list[str], desk: bool) -> Phone:
    plan = tables()
    length = len(digits)
    if not digits:
        return Phone(Kind.INVALID, digits, why=say("it has no digits"))
    if digits[0] != "0":
        return _service(digits, plan)
    if digits[:3] == "069":
        return _network(digits)
    if digits[:2] == "02" and length == 11:
        area = plan.areas.get(digits[:4]) or plan.areas.get(digits[:3])
        if area is not None and digits[len(area.code)] in _FIRST:
            return Phone(Kind.LANDLINE, digits, area.code)
    mobile = length == 10 and _is_mobile(digits, plan)
    if digits[:2] == "09":  # no area code ever began so
        return _mobile(digits, mobile, plan)
    old = _old_area(digits, plan)
    if old is not None:
        landline = _old_by_grouping(groups, digits, old)
        if desk if landline is None else landline:
            became = old.code + digits[len(old.old) :]
            return Phone(Kind.OLD_LANDLINE, digits, old.old, became, doubtful=mobile and landline is None)
        return _mobile(digits, mobile, plan)._replace(doubtful=mobile and landline is None)
    return _mobile(digits, mobile and not _grouped_as_old(groups, plan), plan)


def _mobile(digits: str, mobile: bool, plan: Tables) -> Phone:
    if mobile:
        return Phone(Kind.MOBILE, digits)
    if len(digits) == 11 and digits[:4] in plan.old_mobiles:
        return Phone(Kind.OLD_MOBILE, digits, today=plan.old_mobiles[digits[:4]] + digits[4:])
    return Phone(Kind.INVALID, digits, why=_why(digits, plan))


def _network(digits: str) -> Phone:
    """069: the police's (0692 north, 0693 south, 0694 centre, and six digits) or the army's (0695 to 0698 and five)."""
    police, size = digits[3:4] in _POLICE, len(digits)
    if police and size == 10:
        return Phone(Kind.POLICE, digits)
    if digits[3:4] in _ARMY and size == 9:
        return Phone(Kind.ARMY, digits)
    why = say("a police number has 10 digits, this has {size}", size=size)
    if not police and size in (9, 10):
        why = say(
            "a police number begins with 0692, 0693 or 0694 and has 10 digits, an army's with 0695 to 0698 and has 9"
        )
    return Phone(Kind.INVALID, digits, why=why if size < TWO_NUMBERS else _TWO)


def _service(digits: str, plan: Tables) -> Phone:
    if digits in plan.short_codes:
        return Phone(Kind.SHORT, digits)
    if digits[:4] in (_FREE, _PAID) and 8 <= len(digits) <= 10:
        return Phone(Kind.TOLL_FREE if digits[:4] == _FREE else Kind.PREMIUM, digits)
    if len(digits) >= TWO_NUMBERS:
        return Phone(Kind.INVALID, digits, why=_TWO)
    if len(digits) < 6:
        return Phone(Kind.INVALID, digits, why=say("there is no such short number"))
    meant = "0" + (digits[2:] if digits[:2] == "84" and len(digits) > 10 else digits)
    whole = _national(meant, [], False)
    hint = (
        say(": did you mean {meant}?", meant=group(meant, whole.kind)) if whole.kind in TODAY else say(", or with 1800")
    )
    return Phone(Kind.INVALID, digits, why=say("a number begins with 0") + hint)


def _is_mobile(digits: str, plan: Tables) -> bool:
    fourth = plan.mobiles.get(digits[:3])
    return fourth is not None and (not fourth or digits[3] in fourth)


def _old_area(digits: str, plan: Tables) -> Area | None:
    """The area code from before 2017 that `digits` begin with, if they are as many as numbers there had."""
    for size in (4, 3, 2):
        area = plan.old_areas.get(digits[:size])
        if area is not None and len(digits) == area.old_length and digits[size] in _FIRST:
            return area
    return None


def _old_by_grouping(groups: list[str], digits: str, area: Area) -> bool | None:
    """Whether digits that may be an old landline are one, by their grouping; None where it says nothing.

    The other readings: a mobile, or a landline of today that lacks a digit.
    """
    if len(area.old) == 4:  # no other number has its length and its beginning
        return True
    first = len(groups[0]) if groups else 4
    if first == len(area.old):  # 059.3831.113, 059 383 1113, (08) 38291234
        return True
    if first == 4 or (first == 3 and len(groups) > 1):  # 0593.831.113, 0269.3000.11, 083.829.1234
        return False
    plan = tables()
    if digits[:4] in plan.areas:
        return False
    return None if digits[:3] in plan.mobiles else True


def _grouped_as_old(groups: list[str], plan: Tables) -> bool:
    """Whether the groups are those of an old landline (059.1000.113), though no such number can have been."""
    sizes = [len(part) for part in groups]
    return groups[:1] != [] and groups[0] in plan.old_areas and sizes[1:] in ([7], [4, 3])


def _why(digits: str, plan: Tables) -> str:
    """What is wrong with a number that begins with 0."""
    length = len(digits)
    if length >= TWO_NUMBERS:
        return _TWO
    if digits[:3] in plan.mobiles:
        if length == 10:
            return say("no mobile begins with {digits}", digits=digits[:4])
        return say("a mobile has 10 digits, this has {length}", length=length)
    if digits[:2] == "02":
        area = plan.areas.get(digits[:4]) or plan.areas.get(digits[:3])
        if area is None:
            return say("there is no area code {digits}", digits=digits[:4])
        if length == 11:
            return say("no number of {code} begins with {digits}", code=area.code, digits=digits[len(area.code)])
        return say("a landline has 11 digits, this has {length}", length=length)
    return say("no number begins with {digits}", digits=digits[:3]) if length >= 3 else say("it is too short")


def is_sample(digits: str) -> bool:
    """Whether a number is one of those that keytag's own samples are made of: 0900.000.xxx, 0269.3000.xxx."""
    return digits.startswith(_SAMPLES)


def group(digits: str, kind: Kind) -> str:
    """The digits as they are printed: 0900.000.100, 0269.3000.113, 024.3000.1133, 0692.000.113; short codes bare."""
    if kind is Kind.MOBILE or kind is Kind.POLICE:
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    if kind is Kind.LANDLINE:
        if digits[:3] in tables().areas:
            return f"{digits[:3]}.{digits[3:7]}.{digits[7:]}"
        return f"{digits[:4]}.{digits[4:8]}.{digits[8:]}"
    if kind is Kind.OLD_LANDLINE:
        area = _old_area(digits, tables())
        return _joined(digits, (len(area.old), 4, 4)) if area else digits
    if kind is Kind.OLD_MOBILE:
        return _joined(digits, (4, 3, 4))
    if kind is Kind.ARMY:
        return _joined(digits, (3, 3, 3))
    if kind is Kind.TOLL_FREE or kind is Kind.PREMIUM:
        return _joined(digits, (4, 4) if len(digits) == 8 else (4, 3, 3))
    return digits


def _joined(digits: str, sizes: tuple[int, ...]) -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return ".".join(part for part in parts if part)


def display(text: str, desk: bool = False) -> str:
    """`text` in its usual grouping with every digit as typed; as typed where it is no number of today."""
    phone = classify(text, desk)
    if phone.kind is Kind.INVALID or phone.international:
        return " ".join(text.split())
    return group(phone.digits, phone.kind)


def dialled(text: str, desk: bool = False) -> str:
    """What a telephone dials (RFC 3966): `tel:+84…`, and a short code or a service's number as it is."""
    digits = classify(text, desk).digits
    return f"tel:+84{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"
