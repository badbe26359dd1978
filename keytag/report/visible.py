"""Text from files made safe to show: what a terminal would obey or hide is written out, and how wide the rest stands.

Nothing in a roster may move a cursor, change a title or turn the order of what is read.
"""

from __future__ import annotations

import unicodedata

from keytag.base.words import Message

_NAMED = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def visible(text: str) -> str:
    """`text` with every control, format, private and unassigned character written as an escape."""
    if text.isprintable():
        return text
    if isinstance(text, Message):
        return text.mapped(visible)
    return "".join(c if c.isprintable() else _NAMED.get(c) or _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """How many columns of a terminal visible `text` takes: none for combining marks, two for wide letters."""
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
