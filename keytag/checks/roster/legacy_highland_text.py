"""Highland words typed for a font of before Unicode.

Until about 2010 Gia Rai and Ba Na were typed with fonts that draw a letter where the file holds a sign: `[ôh`, `ch^ng`.
Without that font the sign itself is printed. A bracket, backslash, caret or number sign inside a word, or a letter of
the private use area (U+F0xx), gives such words away: type them anew in Unicode.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.files.source import Text
from keytag.vietnam.highland import legacy

ID = "legacy-highland-text"
SEVERITY = Severity.ERROR
TITLE = "words typed for an old font"
BAD = """\
site:
  languages:
    bdq:
      call: "ch^ng"  # ✗
      by: Rơ Châm H'Mẫu
      read_by: Siu Mẫu
units:
  - name: Glar
    villages:
      - kind: làng
        name: "D[k"  # ✗
        households: 132
"""
GOOD = """\
site:
  languages:
    bdq: {call: "", by: "", read_by: ""}
units:
  - name: Glar
    villages:
      - kind: làng
        name: Dơk Rơng
        households: 132
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each such text."""
    found: list[tuple[Text | None, str, str]] = []
    site = context.roster.site
    for language in site.languages if site else ():
        found.append((language.call, say("languages, {code}", code=language.code.value), ""))
    for unit in context.roster.units:
        found += [(village.name, f"{unit.title}, {village.title}", unit.key) for village in unit.villages]
    for text, where, key in found:
        sign = legacy(text.value) if text is not None else ""
        if text is not None and sign:
            message = say(
                "{where}: '{sign}' stands for a letter of an old font: type it anew in Unicode", where=where, sign=sign
            )
            yield Diagnostic(ID, SEVERITY, text.span, message, (), key)
