"""Something is painted in a colour that is no ink: RGB, Lab, a calibrated space, or the default black of nothing set.

On the press there are plates and nothing else: DeviceCMYK, DeviceGray and Separation only, and none of them remapped.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.painting import INHERITED
from keytag.checks.pdf.reading import Press
from keytag.checks.pdf.resources import resource

ID = "pdf-colour"
SEVERITY = Severity.ERROR
TITLE = "a colour that is no ink"
ALLOWED = ("DeviceCMYK", "DeviceGray", "Separation")


def check(press: Press) -> Iterator[Diagnostic]:
    """One finding for each foreign colour space of a stream."""
    for where, holder, stream in press.streams():
        for kind, space in dict.fromkeys((paint.kind, paint.space) for paint in stream.paints):
            if space == INHERITED:
                yield error(
                    ID,
                    say("{where}: a {kind} whose colour is left to where the form is placed", where=where, kind=kind),
                )
            elif space not in ALLOWED:
                yield error(ID, say("{where}: a {kind} in {space}", where=where, kind=kind, space=space))
        table = resource(holder, "/ColorSpace")
        for key in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            if key in table:
                yield error(ID, say("{where}: {key} gives device colours another meaning", where=where, key=key[1:]))
