"""Vietnamese text in a code page of before Unicode: TCVN3 (.Vn fonts), VNI, UTF-8 read as Latin, and odd letters.

Each is told by what no Vietnamese word has, and shown with the reading that it most likely has; taking it is a
person's decision, since the same bytes have other readings.
"""

from __future__ import annotations

import re
import unicodedata

from keytag.base.records import NamedTuple
from keytag.base.words import say

# TCVN 5712:1993, VN3: the letters under the characters that Latin-1 has at those bytes.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# Those of them that no Vietnamese text in Unicode has.
_TCVN3_ONLY = re.compile("[µ¸¶·¹¨»¾¼½Æ©ÇË®ÎÏÑªÖ×ØÜÞßåæçëîïñ¬ö÷øûüþ«¡¢§£¤¥¦\u00ad]")
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_SINGLE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}
# A vowel and a mark of VNI beside it that no syllable has.
_VNI = re.compile(
    r"[aeouyAEOUY][øûïåëäüØÛÏÅËÄÜ]|[aA][õùâéèúÕÙÂÉÈÚ]|[aA][êÊ](?=[cmnptkr])|[oO][õùâÕÙÂ]|[eE][õùâÕÙÂ]|[uU][õùÕÙ](?![^\W\d_])|[yY][õùÕÙ]"
    r"|[öÖ][ôÔøùûõïØÙÛÕÏ]|[ñÑ]|[ôÔ][øùûõïØÙÛÕÏ]"
)
_ODD = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ǎ": "ă", "Ǎ": "Ă", "`": "'", "´": "'", "¨": "'", "\ufffd": "?"}
_SUSPECT = re.compile(f"[\x80-\xff{''.join(_ODD)}]")
_OF_TODAY = re.compile("[\u1ea0-\u1ef9]")
_LOST = re.compile(r"(?<=[^\W\d_])\?|\?(?=[^\W\d_])|\ufffd")


class Old(NamedTuple):
    """What is wrong with a text, and how it would read; no reading where its letters are lost."""

    what: str
    reading: str


def old_letters(text: str) -> Old | None:
    """Why `text` is not taken as it stands; None for what Unicode says plainly."""
    if text.isascii():
        if _LOST.search(text):
            return Old(say("letters were lost where a ? stands"), "")
        return Old(say("old highland typing, with `"), text.replace("`", "'")) if "`" in text else None
    composed = unicodedata.normalize("NFC", text)
    if (twice := _twice(composed)) is not None:
        return Old(say("UTF-8 that was read as another code page"), twice)
    if _LOST.search(composed):
        return Old(say("letters were lost where a ? stands"), "")
    if not _SUSPECT.search(composed):
        return None
    if _VNI.search(composed):
        return Old(say("old VNI letters"), _vni(composed))
    if _TCVN3_ONLY.search(composed):
        return Old(say("old TCVN3 (.Vn) letters"), "".join(_TCVN3.get(c, c) for c in composed))
    if any(c in _ODD for c in composed):
        odd = "".join(dict.fromkeys(c for c in composed if c in _ODD))
        return Old(say("old highland typing, with {odd}", odd=odd), "".join(_ODD.get(c, c) for c in composed))
    return None


def _twice(text: str) -> str | None:
    if _OF_TODAY.search(text):  # none of these pages has such a letter
        return None
    for page in ("cp1252", "latin-1", "cp1258"):
        try:
            found = text.encode(page).decode("utf-8")
        except UnicodeError:
            continue
        return unicodedata.normalize("NFC", found) if found != text else None
    return None


def _vni(text: str) -> str:
    found: list[str] = []
    for i, character in enumerate(text):
        lower, before = character.lower(), text[i - 1].lower() if i else ""
        if before and before in "aeouyöôiơư" and lower in _VNI_MARKS:
            found.append(_VNI_MARKS[lower])
        elif lower in _VNI_SINGLE:
            single = _VNI_SINGLE[lower]
            found.append(single if character == lower else single.upper())
        else:
            found.append(character)
    return unicodedata.normalize("NFC", "".join(found))
