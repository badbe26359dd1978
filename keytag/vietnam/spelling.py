"""Spellings of one word: both ways to place a tone mark (Hòa and Hoà, Thúy and Thuý), and plain letters.

The older way sets the mark on the first of the vowels oa, oe, uy that end a syllable, the newer one on the second; both
are in use, and keyboards make either.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans({"đ": "d", "ƀ": "b", "'": "", "’": "", "ʼ": ""})
_MARKS = re.compile("[\u0300-\u036f]+")
_APART = re.compile("[^a-z0-9]+")
_OLDER = re.compile("[òóỏõọÒÓỎÕỌ][aeAE](?![^\\W\\d_])|[ùúủũụÙÚỦŨỤ][yY](?![^\\W\\d_])")


def one_placement(text: str) -> str:
    """`text` in NFC with all tone marks placed the newer way, so that one word is one text."""
    return _OLDER.sub(_newer, unicodedata.normalize("NFC", text))


def _newer(match: re.Match[str]) -> str:
    first, second = match[0][0], match[0][1]
    parted = unicodedata.normalize("NFD", first)
    return parted[0] + unicodedata.normalize("NFC", second + parted[1])


def slug(text: str) -> str:
    """ASCII letters and digits of `text`, joined by hyphens: safe in a file name everywhere; at most 60 characters."""
    plain = unicodedata.normalize("NFKD", text[:200].casefold().translate(_PLAIN)).lower()
    plain = _MARKS.sub("", plain)
    if not plain.isascii():  # marks of other scripts
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _APART.sub("-", plain).strip("-")[:60].strip("-")


def is_hidden(character: str) -> bool:
    """Whether a person cannot see what the character is: all that is not printable, but the plain space."""
    return character != " " and not character.isprintable()
