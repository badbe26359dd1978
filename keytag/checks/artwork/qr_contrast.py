"""The QR code's modules do not stand out enough from its panel.

Symbol contrast of ISO/IEC 15415, computed for white light (a phone) and for 660 nm (a verifier); the worse counts.
Black on red passes a verifier and fails on every phone.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject, Symbol
from keytag.tag.reflectance import contrast

ID = "qr-contrast"
SEVERITY = Severity.ERROR
TITLE = "QR contrast too low"
BAD = Sample(template=("panel: paper", "panel: red"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each symbol under the template's least contrast."""
    least = tag.template.limits.contrast_least
    for live in tag.live:
        if not isinstance(live.mark, Symbol):
            continue
        found = contrast(live.mark.ink, live.ground)
        if found < least:
            inks = say("{ink} on {ground}", ink=live.mark.ink.name, ground=live.ground.name)
            message = say(
                "{side}: QR {inks} has contrast {found:.0%} (at least {least:.0%})",
                side=live.side,
                inks=inks,
                found=found,
                least=least,
            )
            yield tag.find(ID, SEVERITY, live.mark.source, message)
