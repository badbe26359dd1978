"""Words do not fit on the tag even at the smallest size that people can still read.

The line is drawn all the same, at that size, so that the proof shows what is wrong; it must not be printed. Shorten the
words (a name's official short form, a shorter slogan), leave a role out, or use a template with more room.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject

ID = "text-overflow"
SEVERITY = Severity.ERROR
TITLE = "text does not fit at the minimum size"
BAD = Sample(roster=("name: Glar", "name: Thượng Nông Trường Đông Mộc Châu Nghĩa Lộ Tây Sơn"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each line that does not fit."""
    hint = ""
    beyond = frozenset(fit.field for _, face in tag.faces() for fit in face.fits if not fit.fits)
    if tag.elsewhere is not None and beyond:
        name, less = tag.elsewhere.holding(tag.template, beyond - {""}), tag.elsewhere.shortened(tag.template)
        hint = say("; {name} holds it", name=name) if name else say("; no shipped template holds it")
        hint += say("; {less}", less=less) if less else ""
    for side, face in tag.faces():
        for fit in face.fits:
            if not fit.fits:
                message = say(
                    "{side}: '{fit}' does not fit at {minimum:g} pt ({field}){hint}",
                    side=side,
                    fit=fit.text,
                    minimum=fit.minimum,
                    field=fit.field or say("fixed words"),
                    hint=hint,
                )
                yield tag.find(ID, SEVERITY, fit.source, message)
