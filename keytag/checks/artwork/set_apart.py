"""A tag is set in another size than the others of its class.

The tags of one job are set alike. Where one tag would make the numbers of all others more than 3 % smaller (a very long
name, a label of the roster's own), it is set for itself: a shorter form would let it be like the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject

ID = "set-apart"
SEVERITY = Severity.WARNING
TITLE = "a tag is set in another size than the rest of its job"
BAD = Sample(
    roster=(
        "quantity: 100\n",
        (
            "quantity: 100\n  - {kind: xã, name: Trang, duty: 0269.3000.202, chief: 0900.000.103, others: "
            "[{role: Tổ trưởng tổ an ninh, number: 0900.000.104}], quantity: 9}\n"
            "  - {kind: xã, name: Ia Pết, duty: 0269.3000.203,"
            " chief: 0900.000.105, deputies: [0900.000.106], quantity: 9}\n"
        ),
    )
)


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each face, at its widest number."""
    for side, face in tag.faces():
        fits = [fit for fit in face.fits if fit.usual]
        if fits:
            apart = max(fits, key=lambda fit: fit.box.width / fit.size)
            message = say(
                "{side}: '{apart}' is set in {size:g} pt, where the others of its kind have",
                side=side,
                apart=apart.text,
                size=apart.size,
            )
            yield tag.find(
                ID, SEVERITY, apart.source, say("{message} {usual:g} pt", message=message, usual=apart.usual)
            )
