"""Text for formats that hold ASCII only: comments of a DXF, the description of a TIFF."""

from __future__ import annotations

import unicodedata

_INSTEAD = (("đ", "d"), ("Đ", "D"), ("×", "x"), ("·", "-"), ("–", "-"), ("±", "+/-"), ("Ø", "diameter"))


def ascii_text(text: str) -> str:
    """`text` in printable ASCII: marks over letters go, and what then has no such letter is a question mark."""
    plain = text
    for letter, instead in _INSTEAD:
        plain = plain.replace(letter, instead)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" else "?" for c in bare)
