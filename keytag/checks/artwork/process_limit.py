"""Something is finer than the printing process holds: a line, the gap between two lines of words, or type.

Screen and pad printing break up fine lines and close narrow gaps; lines of words nearer than 0.2 mm run together
whatever prints them, and large pieces ask for more (`gap` in the template's limits). The figures are rules of thumb
(docs/factory.md names their sources); a shop's own stand in the template's limits, as `stroke` and `gap`.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Stroke, Subject
from keytag.tag.measure import least_apart
from keytag.tag.processes import held_by

ID = "process-limit"
SEVERITY = Severity.WARNING
TITLE = "finer than the process prints"
BAD = Sample(template=("limits:\n", "limits:\n  gap: 0.5mm\n"))
_SLACK = 0.0005


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each kind of fine thing on a face: its finest."""
    limits, process = tag.template.limits, tag.template.substrate.process
    held = held_by(process, limits.stroke_least, limits.gap_least)
    for side, face in tag.faces():
        strokes = [mark for mark in tag.marks(side) if isinstance(mark, Stroke)]
        thin = min(strokes, key=lambda mark: mark.width, default=None)
        if thin is not None and thin.width < held.stroke - _SLACK:
            message = say(
                "{side}: a line in {ink} is {width:.2f} mm, {process} holds {stroke:g} mm",
                side=side,
                ink=thin.ink.name,
                width=thin.width,
                process=process,
                stroke=held.stroke,
            )
            yield tag.find(ID, SEVERITY, None, message)
        apart = least_apart(face, held.gap - _SLACK) if held.gap else None
        if apart is not None:
            message = say(
                "{side}: two lines of words are {apart:.2f} mm apart, {process} keeps {gap:g} mm open",
                side=side,
                apart=apart,
                process=process,
                gap=held.gap,
            )
            yield tag.find(ID, SEVERITY, None, message)
        small = min(face.fits, key=lambda fit: fit.size, default=None)
        if small is not None and small.size < held.type - _SLACK:
            message = say(
                "{side}: '{small}' is {size:.1f} pt, {process} holds {type:g} pt",
                side=side,
                small=small.text,
                size=small.size,
                process=process,
                type=held.type,
            )
            yield tag.find(ID, SEVERITY, small.source, message)
