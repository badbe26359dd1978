"""Words in a highland language are not signed by two people.

Nobody here writes Gia Rai or Ba Na on a guess: one person writes the words, another reads them, and both are named (by,
read_by). Until then the slot stays empty; words that nobody answers for are not printed, nor shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context

ID = "text-unsigned"
SEVERITY = Severity.ERROR
TITLE = "words that nobody answers for"
BAD = """\
site:
  languages:
    jra:
      call: "…"  # ✗
      by: Rơ Châm H'Mẫu
"""
GOOD = """\
site:
  languages:
    jra:
      call: "…"
      by: Rơ Châm H'Mẫu
      read_by: Siu Mẫu
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each language with words and without two different names."""
    site = context.roster.site
    for language in site.languages if site else ():
        said = next((text for text in (language.call, language.audio) if text and text.value.strip()), None)
        if said is not None and not language.signed:
            who = say("by and read_by must name two different people")
            yield Diagnostic(
                ID, SEVERITY, said.span, say("languages, {code}: {who}", code=language.code.value, who=who)
            )
