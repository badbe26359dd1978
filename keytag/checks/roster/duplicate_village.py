"""Two villages of one unit have the same name, or the same code.

Its list would be handed out twice, and what is written in the returns could be either's.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, line_of
from keytag.files.source import Text
from keytag.vietnam.names import fold

ID = "duplicate-village"
SEVERITY = Severity.ERROR
TITLE = "the same village twice"
BAD = """\
units:
  - name: Glar
    villages:
      - {kind: làng, name: Dơk Rơng, code: g01, households: 132}
      - {kind: làng, name: Dơk Rơng, code: g02, households: 90}  # ✗
      - {kind: thôn, name: "3", code: G01, households: 90}  # ✗
"""
GOOD = """\
units:
  - name: Glar
    villages:
      - {kind: làng, name: Dơk Rơng, code: g01, households: 132}
      - {kind: thôn, name: "2", code: g02, households: 90}
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each name and code that was there before."""
    for unit in context.roster.units:
        names: dict[str, Text] = {}
        codes: dict[str, Text] = {}
        for village in unit.villages:
            what = fold(f"{village.kind.value if village.kind else ''} {village.name.value if village.name else ''}")
            for text, word, seen in (
                (village.name, what, names),
                (village.code, village.code.value.casefold() if village.code else "", codes),
            ):
                if text is None:
                    continue
                first = seen.setdefault(word, text)
                if first is not text:
                    kind = "name" if seen is names else "code"
                    message = say(
                        "{unit}: {village} has the {kind} of another village ({place})",
                        unit=unit.title,
                        village=village.title,
                        kind=kind,
                        place=line_of(first.span),
                    )
                    yield Diagnostic(ID, SEVERITY, text.span, message, (), unit.key)
