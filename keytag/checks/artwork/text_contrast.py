"""Words hardly stand out from what they are printed on.

Measured as the difference of luminous reflectance, which is what an eye sees in poor light; colour alone does not help.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.ink import Ink
from keytag.checks.artwork.subject import Sample, Subject, Words
from keytag.tag.reflectance import text_contrast

ID = "text-contrast"
SEVERITY = Severity.WARNING
TITLE = "text contrast too low"
BAD = Sample(template=("gold: {cmyk: 0/18/90/0}", "gold: {cmyk: 0/90/90/20}"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each ink on each face, however many lines it sets."""
    least = tag.template.limits.text_contrast_least
    for side, face in tag.faces():
        inks: dict[Ink, Words] = {}
        for live in tag.live:
            if live.side == side and isinstance(live.mark, Words):
                inks.setdefault(live.mark.ink, live.mark)
        for ink, words in inks.items():
            found = text_contrast(ink, face.background)
            if found < least:
                message = f"{side}: '{words.text}' in {ink.name} on {face.background.name} has contrast {found:.0%}"
                yield tag.find(ID, SEVERITY, None, f"{message} (at least {least:.0%})")
