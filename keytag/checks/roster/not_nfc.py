"""A text is not in Unicode's composed form (NFC).

A letter such as ế may be one character or e with two loose marks; both look alike. Some programs set loose marks beside
the letter, search does not find them, and two equal names count as two. Composing changes nothing that can be seen, so
that `--fix` may do it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.checks.roster.context import Context

ID = "not-nfc"
SEVERITY = Severity.WARNING
TITLE = "text with loose marks"
BAD = """\
units:
  - name: Ia Pê\u0301t  # ✗ ê and a loose acute
"""
GOOD = """\
units:
  - name: Ia Pết
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each text that composing would change."""
    if unicodedata.is_normalized("NFC", "\n".join(sorted(context.alphabet))) and not any(
        unicodedata.combining(c) for c in context.alphabet
    ):
        return
    for printed in context.texts:
        value = printed.text.value
        if not unicodedata.is_normalized("NFC", value):
            message = say("{what} is not in composed form (NFC): {value}", what=printed.what, value=excerpt(value))
            fix = context.rewrite(printed.text, unicodedata.normalize("NFC", value))
            yield Diagnostic(ID, SEVERITY, printed.text.span, message, fix, printed.key)
