"""The plates that a drawing prints on: process inks in the order C M Y K, then spots by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keytag.base.drawing import Form, Mark, Page, Picture
from keytag.base.ink import REGISTRATION

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


def marks_of(drawings: Iterable[Form | Page]) -> Iterator[Mark]:
    """All marks of forms and pages themselves, in painting order."""
    return (mark for drawing in drawings for group in drawing.groups for mark in group.marks)


def plates_of(marks: Iterable[Mark], *, technical: bool = False) -> tuple[str, ...]:
    """Each plate once; a spot called Black prints on Black, and `All` is a plate of its own nowhere.

    `technical` adds what is cut, measured or told: separations of a file that no press prints.
    """
    process, spots = set[str](), set[str]()
    for mark in marks:
        if isinstance(mark, Picture):
            process |= {name for i, name in enumerate(PROCESS) if any(mark.data[i::4])}
        elif not mark.ink.spot:
            process |= {name for name, tone in zip(PROCESS, mark.ink.cmyk, strict=True) if tone > 0}
        elif mark.ink.printed or (technical and mark.ink.name != REGISTRATION.name):
            spots.add(mark.ink.name)
    return (*(name for name in PROCESS if name in process | spots), *sorted(spots - set(PROCESS)))
