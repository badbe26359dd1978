"""Words in highland languages that were typed before Unicode: signs in the place of letters.

Until about 2010 Gia Rai and Ba Na were typed with fonts that draw ô̆ or b̆ where the file says `[` or `^`; without that
font the words are rubbish. Brackets, a backslash, a caret or a number sign inside a word give them away, and so do
letters of the private use area that such fonts used (U+F0xx).
"""

from __future__ import annotations

import re

_SIGN = re.compile(r"[^\W\d_][\[\]\\^#]|[\[\]\\^#][^\W\d_]")
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def legacy(text: str) -> str:
    """The first sign in `text` that is a letter of an old font; empty where there is none."""
    found = _PRIVATE.search(text) or _SIGN.search(text)
    if found is None:
        return ""
    return next(c for c in found[0] if c in "[]\\^#" or "\uf000" <= c <= "\uf0ff")
