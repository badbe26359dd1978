"""A letter of another alphabet stands for a Vietnamese one.

The Icelandic Ð looks like Đ, the Cyrillic а like a. The tag may look right, but small letters, search and sorting go
wrong, the font may lack the letter, and two equal names count as two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import some
from keytag.base.words import joined, say
from keytag.checks.roster.context import Context

ID = "look-alike-letter"
SEVERITY = Severity.ERROR
TITLE = "a letter of another alphabet"
BAD = """\
units:
  - kind: xã
    name: Ðak Sơmei  # ✗ the Icelandic letter
"""
GOOD = """\
units:
  - kind: xã
    name: Đak Sơmei
"""
_ETH = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", "ı": "i"}


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each text with letters that are not Latin ones, or with a wrong Đ."""
    bad = {c for c in context.alphabet if c > "\x7f" and c.isalpha() and (c in _ETH or not _is_latin(c))}
    if not bad:
        return
    for printed in context.texts:
        found = list(dict.fromkeys(c for c in printed.text.value if c in bad))
        if found:
            named = joined(", ", some((_named(c) for c in found), 4))
            yield Diagnostic(
                ID, SEVERITY, printed.text.span, say("{what}: {named}", what=printed.what, named=named), (), printed.key
            )


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN ", "MODIFIER LETTER"))


def _named(character: str) -> str:
    name = unicodedata.name(character, say("a letter")).lower()
    meant = _ETH.get(character)
    return say("'{character}' is U+{ord:04X}, {name}", character=character, ord=ord(character), name=name) + (
        say("; write '{meant}'", meant=meant) if meant else ""
    )
