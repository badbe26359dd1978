"""Two ways to place a tone mark: Hòa and Hoà, Thúy and Thuý are one word each.

The older way sets the mark on the first of the vowels oa, oe, uy that end a syllable, the newer one on the second; both
are in use, and keyboards make either.
"""

from __future__ import annotations

import re
import unicodedata

_OLDER = re.compile("[òóỏõọÒÓỎÕỌ][aeAE](?![^\\W\\d_])|[ùúủũụÙÚỦŨỤ][yY](?![^\\W\\d_])")


def one_placement(text: str) -> str:
    """`text` in NFC with all tone marks placed the newer way, so that one word is one text."""
    return _OLDER.sub(_newer, unicodedata.normalize("NFC", text))


def _newer(match: re.Match[str]) -> str:
    first, second = match[0][0], match[0][1]
    parted = unicodedata.normalize("NFD", first)
    return parted[0] + unicodedata.normalize("NFC", second + parted[1])
