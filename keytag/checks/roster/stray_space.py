"""A text begins or ends with a space, or has two in a row.

Spaces at the ends push a centred line off its centre.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context

ID = "stray-space"
SEVERITY = Severity.WARNING
TITLE = "a space too many"
BAD = """\
units:
  - name: "Glar "  # ✗
"""
GOOD = """\
units:
  - name: Glar
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each printed text with such spaces."""
    for printed in context.texts:
        value = printed.text.value
        if "  " in value or value[:1] == " " or value[-1:] == " ":
            yield Diagnostic(
                ID, SEVERITY, printed.text.span, say("{what} has a space too many", what=printed.what), (), printed.key
            )
