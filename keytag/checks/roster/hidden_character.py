"""A text has characters in it that nobody sees.

Line breaks and tabs break a line of type; zero-width and direction marks, which come along from chat programs and web
pages, print as nothing or as a box, and can turn the order of what is shown. Write the text anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import some
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.vietnam.spelling import is_hidden

ID = "hidden-character"
SEVERITY = Severity.ERROR
TITLE = "hidden characters in a text"
BAD = """\
units:
  - name: "Glar\\u200B"  # ✗ a space of no width
"""
GOOD = """\
units:
  - name: Glar
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each text with control, format, private or unassigned characters, or spaces of other kinds."""
    bad = {c for c in context.alphabet if is_hidden(c)}
    if not bad:
        return
    for printed in context.texts:
        found = [c for c in printed.text.value if c in bad]
        if found:
            names = ", ".join(some(dict.fromkeys(f"U+{ord(c):04X}" for c in found), 6))
            message = say("{what} has hidden characters in it: {names}", what=printed.what, names=names)
            yield Diagnostic(ID, SEVERITY, printed.text.span, message, (), printed.key)
