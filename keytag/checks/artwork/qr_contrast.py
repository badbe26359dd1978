"""The QR code's modules do not stand out enough from its panel.

Symbol contrast of ISO/IEC 15415, computed for white light (a phone) and for 660 nm (a verifier); the worse counts.
Black on red passes a verifier and fails on every phone.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.artwork.subject import Fill, Sample, Subject, Symbol
from keytag.tag.reflectance import contrast

ID = "qr-contrast"
SEVERITY = Severity.ERROR
TITLE = "QR contrast too low"
BAD = Sample(template=("panel: paper", "panel: red"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each symbol under the template's least contrast."""
    least = tag.template.limits.contrast_least
    for side, _ in tag.faces():
        panel = tag.template.substrate.ink
        for mark in tag.marks(side):
            if isinstance(mark, Fill):
                panel = mark.ink
            elif isinstance(mark, Symbol):
                found = contrast(mark.ink, panel)
                if found < least:
                    message = (
                        f"{side}: QR {mark.ink.name} on {panel.name} has contrast {found:.0%} (at least {least:.0%})"
                    )
                    yield tag.find(ID, SEVERITY, mark.source, message)
