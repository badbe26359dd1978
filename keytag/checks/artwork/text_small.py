"""Words are set smaller than is comfortable to read.

Reversed text of less than 7 pt fills in on soft plastic, and an elderly person cannot read it in the dark. It fits, so
it is no error; a shorter form would be larger.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject

ID = "text-small"
SEVERITY = Severity.WARNING
TITLE = "text is smaller than is comfortable"
BAD = Sample(template=("size: 7pt", "size: 6.5pt"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each line under the comfortable size."""
    for side, face in tag.faces():
        for fit in face.fits:
            if fit.fits and fit.size < fit.comfortable - 0.005:
                message = say(
                    "{side}: '{fit}' is only {size:.1f} pt (comfortable: {comfortable:g} pt)",
                    side=side,
                    fit=fit.text,
                    size=fit.size,
                    comfortable=fit.comfortable,
                )
                yield tag.find(ID, SEVERITY, fit.source, message)
