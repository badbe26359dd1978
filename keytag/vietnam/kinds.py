"""The words for what a place is: kinds of communes, districts and provinces, their short forms, and their ages."""

from __future__ import annotations

import re
from functools import lru_cache

from keytag.vietnam.days import REFORM
from keytag.vietnam.names import fold

COMMUNES = ("xã", "thị trấn", "phường", "đặc khu")
DISTRICTS = ("huyện", "quận", "thị xã", "thành phố")
PROVINCES = ("tỉnh", "thành phố")
LEVELS = {"district": "huyện", "province": "tỉnh", "commune": "xã"}  # the kind that a level most often means
# What a kind of place is called where its name is too long; "xã" is never shortened (nobody reads "X.").
SHORT = {
    "thị trấn": "TT.",
    "phường": "P.",
    "đặc khu": "ĐK.",
    "thành phố": "TP.",
    "thị xã": "TX.",
    "huyện": "H.",
}
_ENDED = frozenset(("thị trấn",))  # with June 2025
_NEW = frozenset(("đặc khu",))  # since July 2025
_SPELT = {
    "x": "xã",
    "tt": "thị trấn",
    "p": "phường",
    "đk": "đặc khu",
    "h": "huyện",
    "q": "quận",
    "tx": "thị xã",
    "tp": "thành phố",
    "t": "tỉnh",
}
_WORDS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "tỉnh", "phường", "xã")
_OWN = frozenset((fold("Phường Đúc"),))  # a name that is no kind
_NO_OWN = frozenset("xXtT")  # what most names begin with, and none of those
_OFFICE = re.compile(r"(?:công an|ubnd|uỷ ban nhân dân|ủy ban nhân dân|ca)\s+", re.IGNORECASE)
_LONG = re.compile(rf"({'|'.join(_WORDS)})\s+(?=\S)", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(tt|tx|tp|đk|x|p|h|q|t)(?:\.\s*|\s+)(?=[^\W_])", re.IGNORECASE)


def communes(on: str) -> tuple[str, ...]:
    """The kinds of communes on the day `on`; all that there were where no day is known."""
    gone = frozenset() if not on else _NEW if on < REFORM else _ENDED
    return tuple(kind for kind in COMMUNES if kind not in gone)


def is_kind(word: str, kinds: tuple[str, ...] = COMMUNES) -> bool:
    """Whether `word` is one of `kinds`, written in small letters or large."""
    return word in kinds or word.casefold() in kinds


def same(one: str, other: str) -> bool:
    """Whether two words say the same kind."""
    return fold(one) == fold(other)


@lru_cache(maxsize=20_000)
def leading(name: str) -> tuple[str, str, str]:
    """The office, the kind (written out, as the name has it) and the rest of a name: "Công an xã Glar", "TT. Đak Đoa".

    Office and kind are empty for a name that begins with neither, as a name should.
    """
    if name[:1] not in _NO_OWN and fold(name) in _OWN:
        return "", "", name
    office = _OFFICE.match(name)
    if office is not None and (office[0][0] in "cC" and len(office[0].strip()) == 2) and not office[0].isupper():
        office = None  # Ca… begins names too
    rest = name[office.end() :] if office else name
    kind = _LONG.match(rest)
    if kind is not None:
        return office[0].strip() if office else "", kind[1].casefold(), rest[kind.end() :]
    short = _ABBREVIATED.match(rest)
    if short is not None and ("." in short[0] or len(short[1]) > 1):  # H Bông and P Rao are names
        return office[0].strip() if office else "", _SPELT[short[1].casefold()], rest[short.end() :]
    return office[0].strip() if office else "", "", rest
