"""The plate's own name, painted in its own ink, and the job's and the side's in all: no two films can be mixed up.

A name shows on its own plate only, so that on a printed sheet all of them stand side by side: what is missing there was
not printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.drawing import Layer, Words
from keytag.base.geometry import Affine
from keytag.base.ink import REGISTRATION, Ink
from keytag.base.records import NamedTuple
from keytag.base.units import pt
from keytag.base.words import say
from keytag.sheet.lettering import SetText, placed
from keytag.sheet.marks.ground import Ground, Patch
from keytag.sheet.marks.slug import clipped

_SIZE = 7.0  # points
_HIGH = pt(_SIZE) * 1.25
_CLEAR = 1.5  # mm on either side of a name
_LONGEST = 48  # letters of the job's name


class Name(NamedTuple):
    """One name: what it says, in which ink, on which layer."""

    text: str
    ink: Ink
    layer: Layer


def names(job: str, date: str, plate: tuple[int, int], side: str, inks: Sequence[Patch]) -> tuple[Name, ...]:
    """The names of one side's plates: job and side in all inks, then each ink's own; `plate` is n of m."""
    of = f"{plate[0]}/{plate[1]}"
    parts = (clipped(job, _LONGEST), side.upper(), of)
    whole = Name(" · ".join(filter(None, parts)), REGISTRATION, Layer.MARKS)
    own = (Name(f"{ink.name} · {of} · {side} · {date[:10]}", ink, layer) for ink, layer in inks)
    return (whole, *own)


def place(ground: Ground, wanted: Sequence[Name], set_text: SetText) -> None:
    """Each name where it finds a place, the deepest strips first."""
    for name in wanted:
        words = set_text(name.text, _SIZE, name.ink)
        if not _put(ground, name, words):
            ground.lacks("names", say("no side has room for {name!r}", name=name.text))


def _put(ground: Ground, name: Name, words: Words) -> bool:
    for edge in ground.edges():
        found = ground.first_free(edge, words.box.width + 2 * _CLEAR, _HIGH)
        if found is not None:
            box, at = found
            down = Affine(1, 0, 0, 1, _CLEAR - words.box.x, 0.78 * _HIGH).then(at)
            ground.put(name.layer, [placed(words, down)], box)
            return True
    return False
