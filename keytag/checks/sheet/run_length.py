"""A plate set without a sensible run: no sheets, a number beyond the last plate, or slots that do not add up.

The slug tells the press how many sheets to print; copies delivered are stations times that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import View

ID = "run-length"
SEVERITY = Severity.ERROR


def check(view: View) -> Iterator[Diagnostic]:
    """What does not add up on this plate set."""
    sheet = view.press.sheet
    if sheet.run < 1:
        yield Diagnostic(
            ID, SEVERITY, None, say("{view}: a run of {run} sheets prints nothing", view=view.name, run=sheet.run)
        )
    if not 1 <= sheet.number <= sheet.of:
        yield Diagnostic(
            ID,
            SEVERITY,
            None,
            say("{view}: is numbered {number} of {of}", view=view.name, number=sheet.number, of=sheet.of),
        )
    counted = Counter(face.key for face in view.front)
    for key, slots in sorted(dict(sheet.slots).items()):
        if counted[key] != slots:
            message = say(
                "{view}: {key} is to stand {slots} times on the sheet and stands {counted} times",
                view=view.name,
                key=key,
                slots=slots,
                counted=counted[key],
            )
            yield Diagnostic(ID, SEVERITY, None, message, unit=key)
    for key in sorted(set(counted) - {key for key, _ in sheet.slots}):
        yield Diagnostic(
            ID,
            SEVERITY,
            None,
            say("{view}: {key} stands on the sheet without being planned", view=view.name, key=key),
            unit=key,
        )
