"""More than four numbers stand on an ellipse.

They fit, in pairs and small. Four people in large digits are called sooner than five in small ones: leave a number out,
or take a template with more room.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.outline import Ellipse
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject, Words
from keytag.tag.wording import PEOPLE

ID = "numbers-many"
SEVERITY = Severity.NOTE
TITLE = "more than four numbers on an ellipse"
BAD = Sample(roster=("0900.000.104]", "0900.000.104, 0900.000.105]"))
_MOST = 4
ROOMIER = "stadium-50x20"
# The size in points of the smallest number in a list of so many there, under a unit's name of usual length. Found by
# composing, which for a mere note would take a third of the time of `keytag check`.
REACHED = {5: 8.4, 6: 8.05}


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for the back's list: its size, and what it would about be on a stadium."""
    outline = tag.artwork.outline
    if not isinstance(outline, Ellipse) or outline.width < 1.5 * outline.height:
        return
    numbers = [m for m in tag.marks("back") if isinstance(m, Words) and m.field.startswith(PEOPLE)]
    if len(numbers) <= _MOST:
        return
    message = say(
        "back: {numbers} numbers: {numbers2:g} pt", numbers=len(numbers), numbers2=min(m.size for m in numbers)
    )
    if len(numbers) in REACHED:
        message += say("; on {roomier} about {reached:g} pt", roomier=ROOMIER, reached=REACHED[len(numbers)])
    yield tag.find(ID, SEVERITY, None, message)
