"""A text written as YAML that reads as the same text: plain where that is plain, else in double quotes."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"\w[\w ,.'’/()-]*\w|\w")
_WORDS = frozenset(("yes", "no", "true", "false", "on", "off", "null", "none"))
_LONGEST_WORD = max(map(len, _WORDS))


def scalar(text: str, *, flow: bool = False) -> str:
    """`text` as a YAML scalar; in a `flow` collection, where a comma would end it, such a text is in quotes, too."""
    plain = _PLAIN.fullmatch(text) and not (len(text) <= _LONGEST_WORD and text.casefold() in _WORDS)
    plain = plain and not text.startswith("0x")
    if plain and not (flow and "," in text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return "".join(c if c.isprintable() else _escaped(c) for c in quoted)


def _escaped(character: str) -> str:
    """A character that a line of YAML may not show, by its number (YAML 1.1, 5.7)."""
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
