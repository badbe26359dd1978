"""A station carries one design in front and another behind it, the same face twice, or nothing on one side.

Every tag needs its own front and its own back, drawn right-reading and never mirrored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.sides import BACK, FRONT
from keytag.base.words import say
from keytag.checks.sheet.placed import View

ID = "pairing"
SEVERITY = Severity.ERROR


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each station whose two faces are not one tag."""
    front, back = ({face.station: face for face in faces} for faces in (view.front, view.back))
    for face in view.faces:
        a, b, c, d, _, _ = face.placement.at
        if a * d - b * c < 0:
            yield Diagnostic(
                ID, SEVERITY, None, say("{view}, {where}: is mirrored", view=view.name, where=face.where), unit=face.key
            )
    for side, _, faces in view.sides:
        for station, count in Counter(face.station for face in faces).items():
            if count > 1:
                yield Diagnostic(
                    ID,
                    SEVERITY,
                    None,
                    say(
                        "{view}, {side}, station {station}: carries {count} faces",
                        view=view.name,
                        side=side,
                        station=station,
                        count=count,
                    ),
                )
    for station in sorted({*front, *back}) if len(view.sides) > 1 else ():
        one, other = front.get(station), back.get(station)
        if one is None or other is None:
            side = FRONT if one is None else BACK
            yield Diagnostic(
                ID,
                SEVERITY,
                None,
                say("{view}, station {station}: has no {side}", view=view.name, station=station, side=side),
            )
        elif one.key != other.key:
            message = say(
                "{view}, station {station}: {one} in front, {other} behind",
                view=view.name,
                station=station,
                one=one.key,
                other=other.key,
            )
            yield Diagnostic(ID, SEVERITY, None, message, unit=one.key)
        elif one.placement.form == other.placement.form:
            message = say(
                "{view}, station {station}: {form} on both sides",
                view=view.name,
                station=station,
                form=one.placement.form,
            )
            yield Diagnostic(ID, SEVERITY, None, message, unit=one.key)
