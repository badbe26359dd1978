"""A tag or its bleed reaches into the border that the press cannot print.

The bleed would be missing there, and a cut that is a little off shows bare plastic.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import View

ID = "unprintable"
SEVERITY = Severity.ERROR
_TOLERANCE = 0.001  # mm


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each station that reaches into the border."""
    printable = view.scheme.media.inset(view.scheme.border)
    for face in view.faces:
        if not printable.contains(face.bleed, _TOLERANCE):
            message = say(
                "{view}, {where}: reaches into the {border:g} mm border that cannot be printed",
                view=view.name,
                where=face.where,
                border=view.scheme.border,
            )
            yield Diagnostic(ID, SEVERITY, None, message, unit=face.key)
