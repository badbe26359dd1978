"""What the marks of a page leave on one plate: ink, bare film in the place of ink, or nothing; tints are no line work.

The rules are those of the press files (docs/pdfx.md): what is painted later lies above and knocks out other plates
unless it overprints; `All` is on every plate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from keytag.base.drawing import Form, Group, Mark, Picture
from keytag.base.ink import REGISTRATION, Ink
from keytag.base.plates import PROCESS, marks_of
from keytag.base.records import NamedTuple
from keytag.base.words import say


class Tint(NamedTuple):
    """A tone that a film without a screen cannot hold: the ink it is of, and how much of it."""

    ink: str
    tone: float


class Painted(NamedTuple):
    """A mark that changes a plate: it leaves ink there, or takes away what lies under it."""

    mark: Mark
    inked: bool


def tints_of(forms: Iterable[Form]) -> tuple[Tint, ...]:
    """Every tone of the forms between nothing and full, each once; a picture counts as half tones."""
    found: dict[Tint, None] = {}
    for mark in marks_of(forms):
        if isinstance(mark, Picture):
            found[Tint("a picture", 0.5)] = None
        else:
            found |= dict.fromkeys(Tint(name, tone) for name, tone in _tones(mark.ink) if 0 < tone < 1)
    return tuple(found)


def painted(groups: Iterable[Group], plate: str, *, patches: bool = False) -> Iterator[Painted]:
    """What each mark does to `plate`, in painting order; `patches` leaves out half tones of a colour bar."""
    for group in groups:
        for mark in group.marks:
            if isinstance(mark, Picture):
                raise ValueError(say("a picture has no line work"))
            tone = _tone(mark.ink, plate)
            if tone is None:
                continue
            if 0 < tone < 1:
                if patches:
                    continue
                raise ValueError(say("{ink} at {tone:.0%} is no line work", ink=mark.ink.name, tone=tone))
            yield Painted(mark, tone > 0)


def _tones(ink: Ink) -> Sequence[tuple[str, float]]:
    if ink.spot:
        return [(ink.name, ink.tint)] if ink.printed else []
    return list(zip(PROCESS, ink.cmyk, strict=True))


def _tone(ink: Ink, plate: str) -> float | None:
    """The tone that a paint in `ink` leaves on a plate (0 knocks out), or None where it leaves it alone."""
    if ink.spot and ink.name in (plate, REGISTRATION.name):
        return ink.tint
    if not ink.spot and plate in PROCESS:
        tone = ink.cmyk[PROCESS.index(plate)]
        return None if ink.overprint and tone == 0 else tone
    return None if ink.overprint else 0.0
