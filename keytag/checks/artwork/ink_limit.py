"""More ink lies on one spot than the plastic can hold.

Over 300 % the ink does not dry, smears on the back of the next sheet, and cracks when the tag is bent.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Fill, Picture, Sample, Stroke, Subject, Symbol, Words

ID = "ink-limit"
SEVERITY = Severity.ERROR
TITLE = "total ink over the limit"
BAD = Sample(template=("red: {cmyk: 0/100/100/5}", "red: {cmyk: 80/100/100/60}"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each ink or picture over the template's limit, and for each face."""
    limit = tag.template.limits.total_ink
    for side, _ in tag.faces():
        totals: dict[str, float] = {}
        for mark in tag.marks(side):
            if isinstance(mark, Picture):
                pixels = zip(*(mark.data[i::4] for i in range(4)), strict=True)
                totals[mark.source] = max(map(sum, pixels), default=0) / 255
            elif isinstance(mark, Fill | Stroke | Words | Symbol) and not mark.ink.spot:
                totals[mark.ink.name] = mark.ink.cmyk.total
        for name, total in totals.items():
            if total > limit + 0.0005:
                yield tag.find(
                    ID,
                    SEVERITY,
                    None,
                    say(
                        "{side}: {name} lays down {total:.0%} of ink (limit {limit:.0%})",
                        side=side,
                        name=name,
                        total=total,
                        limit=limit,
                    ),
                )
