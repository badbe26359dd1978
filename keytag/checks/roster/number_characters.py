"""A letter or an odd character stands in a telephone number.

The letter O for a zero, a small l or a capital I for a one, digits from a Chinese or Arabic keyboard, hidden characters
from a chat program: they look right on the screen and on the tag, and whoever dials from it reaches nobody. Which digit
was meant is for a person to say, so nothing is mended by itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import joined, say
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import Kind

ID = "number-characters"
SEVERITY = Severity.ERROR
TITLE = "a letter or an odd character in a number"
BAD = """\
units:
  - name: Glar
    duty: 0269.3000.2O1  # ✗ the letter O
    chief: ０900.000.101  # ✗ a full-width zero
"""
GOOD = """\
units:
  - name: Glar
    duty: 0269.3000.201
    chief: 0900.000.101
"""
_MEANT = {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1", "Z": "2", "S": "5", "B": "8"}


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each number with characters that belong in none, if it has digits besides."""
    for number in context.by_kind[Kind.INVALID]:
        odd = number.phone.odd
        if not odd or not number.phone.has_digits:
            continue
        meant = [(c, digit) for c in dict.fromkeys(odd) if (digit := _digit(c))]
        hint = (
            joined("; ", (say("is '{c}' meant to be {digit}?", c=c, digit=digit) for c, digit in meant))
            if len(odd) <= 3
            else ""
        )
        message = say("{who}: {named} in a number", who=number.who, named=named(odd)) + (
            say(": {hint}", hint=hint) if hint else ""
        )
        yield Diagnostic(ID, SEVERITY, number.text.span, message, (), number.key)


def _digit(character: str) -> str:
    if character.isdigit():
        return str(unicodedata.digit(character))
    return _MEANT.get(character, "")


def named(characters: str) -> str:
    """Characters so that a person can tell them apart: hidden ones by their code."""
    shown = [_shown(c) for c in characters[:6]]
    return ", ".join(dict.fromkeys(shown)) + (" …" if len(characters) > 6 else "")


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if not character.isprintable() or unicodedata.combining(character):
        return code
    return f"'{character}'" if character.isascii() else f"'{character}' ({code})"
