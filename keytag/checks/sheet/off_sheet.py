"""A tag or its bleed reaches beyond the paper."""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import View

ID = "off-sheet"
SEVERITY = Severity.ERROR
_TOLERANCE = 0.001  # mm


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each station that is not wholly on the sheet."""
    media = view.scheme.media
    for face in view.faces:
        if not media.contains(face.bleed, _TOLERANCE):
            message = say(
                "{view}, {where}: is not wholly on the {width:g} × {height:g} mm sheet",
                view=view.name,
                where=face.where,
                width=media.width,
                height=media.height,
            )
            yield Diagnostic(ID, SEVERITY, None, message, unit=face.key)
