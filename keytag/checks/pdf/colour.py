"""Something is painted in a colour that is no ink: RGB, Lab, a calibrated space, or the default black of nothing set.

On the press there are plates and nothing else: DeviceCMYK, DeviceGray and Separation only.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press
from keytag.diagnostics import Diagnostic, Severity

ID = "pdf-colour"
SEVERITY = Severity.ERROR
TITLE = "a colour that is no ink"
ALLOWED = ("DeviceCMYK", "DeviceGray", "Separation")


def check(press: Press) -> Iterator[Diagnostic]:
    """One finding for each foreign colour space of a stream."""
    for where, paint in press.paints():
        if paint.space not in ALLOWED:
            yield error(ID, f"{where}: a {paint.kind} in {paint.space}")
