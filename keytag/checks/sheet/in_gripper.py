"""A tag or its bleed lies where the press grips the sheet: it would not print, or smear."""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import View, overlap

ID = "in-gripper"
SEVERITY = Severity.ERROR
_TOLERANCE = 0.001  # mm


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each station in a gripper."""
    for side, _, faces in view.sides:
        zones = view.scheme.gripper_zones(side)
        for face in faces:
            depth = max((overlap(zone, face.bleed) for zone in zones), default=0.0)
            if depth > _TOLERANCE:
                message = say(
                    "{view}, {where}: reaches {depth:.2f} mm into the gripper",
                    view=view.name,
                    where=face.where,
                    depth=depth,
                )
                yield Diagnostic(ID, SEVERITY, None, message, unit=face.key)
