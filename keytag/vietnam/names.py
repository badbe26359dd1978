"""Names as one compares them: what may differ in one name is folded away.

Two strengths: `fold` keeps the marks (Tân Hóa is not Tân Hòa), `bare` drops them (Tan Hoa is either).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from keytag.vietnam.spelling import one_placement

_DROPPED = str.maketrans(dict.fromkeys("'’‘ʼ`´ -–."))
# A y that is a whole rhyme, or follows qu, may be written i: Mỹ and Mĩ, Quy and Qui.
_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_RHYME = re.compile(r"((?<![^\W\d_])(?:[hklmst]|qu))([yýỳỷỹỵ])(?![^\W\d_])")


def _one_spelling(text: str) -> str:
    """`text` in small letters and composed; tones placed in one way, i for a lone y."""
    return _RHYME.sub(lambda found: found[1] + _Y[found[2]], one_placement(text).casefold())


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """`name` without what may differ in one name.

    Case, spaces, hyphens, apostrophes, hidden characters, where a tone stands (Hoà, Hòa), Đăk and Đắk for Đak, zeros
    before a number (Phường 05).
    """
    folded = _one_spelling(name)
    folded = folded.translate(_DROPPED).replace("ð", "đ")
    if not folded.isprintable():
        folded = "".join(c for c in folded if c.isprintable())
    if folded.isdigit():
        return folded.lstrip("0")
    return folded.replace("đăk", "đak").replace("đắk", "đak").replace("đaklăk", "đaklak").replace("đaklắk", "đaklak")


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """`name` folded and without any marks: what is left of it on a keyboard without Vietnamese letters."""
    folded = fold(name)
    if folded.isascii():
        return folded
    plain = unicodedata.normalize("NFD", folded).replace("đ", "d").replace("ƀ", "b")
    return "".join(c for c in plain if not unicodedata.combining(c))
