"""A letter that the shipped font does not have would be printed as a box, or not at all.

Fira Sans Condensed has every letter of Vietnamese, Jrai and Bahnar; it has no Chinese or Cyrillic in all weights, and
no emoji. On the tag it is an error; in what only papers say (labels, ticket, slug, packing list, proof book) a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import some
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.spelling import is_hidden

ID = "letter-not-in-font"
SEVERITY = Severity.ERROR
TITLE = "a letter that the font lacks"
BAD = """\
job:
  date: 2020-05-18
  slogan: Gọi ngay ☎️  # ✗
"""
GOOD = """\
job:
  date: 2020-05-18
  slogan: Gọi ngay
"""
_COVERAGE = Path(__file__).parents[2] / "data" / "fonts" / "coverage.json"


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each text with such letters; hidden ones are the business of hidden-character."""
    strange = {c for c in context.alphabet if c > "\x7f" and not is_hidden(c)}
    bad = {c for c in strange if not has(ord(c))} if strange else strange
    if not bad:
        return
    for printed in context.texts:
        found = list(dict.fromkeys(c for c in printed.text.value if c in bad))
        if found:
            severity = SEVERITY if printed.printed else Severity.WARNING
            where = "" if printed.printed else say(", on papers")
            message = say("{what}{where}: no font for {named}", what=printed.what, where=where, named=named(found))
            yield Diagnostic(ID, severity, printed.text.span, message, (), printed.key)


def lacking(text: str) -> list[str]:
    """The characters of `text` that some shipped font lacks, each once; hidden ones left out."""
    return [c for c in dict.fromkeys(text) if c > "\x7f" and not is_hidden(c) and not has(ord(c))]


def named(characters: Sequence[str]) -> str:
    """The first few characters with their code points."""
    return ", ".join(some((f"'{c}' (U+{ord(c):04X})" for c in characters), 4))


@cache
def _ranges() -> list[tuple[int, int]]:
    import json

    return [(first, last) for first, last in json.loads(_COVERAGE.read_text("ascii"))]


def has(code: int) -> bool:
    """Whether every shipped font has the character."""
    return any(first <= code <= last for first, last in _ranges())
