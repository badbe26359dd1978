"""Words wrapped into a box: broken between words, as large as fits between the usual and the least size."""

from __future__ import annotations

from keytag.base.records import NamedTuple
from keytag.base.units import MM_PER_PT
from keytag.tag import typeset
from keytag.tag.rows import Placed, floored
from keytag.tag.template import Paragraph
from keytag.tag.typeset import Run

_STEP = 0.1  # pt


class Wrapped(NamedTuple):
    """The lines as they are set, and which of the ways to say it was taken."""

    lines: tuple[Placed, ...]
    way: int
    fits: bool


def wrap(element: Paragraph, ways: tuple[str, ...]) -> Wrapped:
    """The longest way that fits at the usual size; else the shortest, as large as fits, at least at the least size."""
    for way, text in enumerate(ways):
        found = _at(element, text, element.size.usual)
        if found is not None:
            return Wrapped(found, way, True)
    last = len(ways) - 1
    size = element.size.usual
    while size > element.size.least:
        size = max(element.size.least, floored(size - _STEP))
        found = _at(element, ways[last], size)
        if found is not None:
            return Wrapped(found, last, True)
    return Wrapped(_set(element, _broken(element, ways[last], size), size, fits=False), last, False)


def _at(element: Paragraph, text: str, size: float) -> tuple[Placed, ...] | None:
    lines = _broken(element, text, size)
    em = size * MM_PER_PT
    if any(run.ink_width * em > element.box.width + 1e-6 for run in lines):
        return None
    height = (lines[0].ascent + lines[-1].descent) * em + (len(lines) - 1) * element.leading * em
    return _set(element, lines, size, fits=True) if height <= element.box.height + 1e-6 else None


def _broken(element: Paragraph, text: str, size: float) -> list[Run]:
    """Lines by filling each as far as it goes; a word that is wider than the box stands alone."""
    font, width = typeset.load(element.font), element.box.width / (size * MM_PER_PT)
    lines: list[str] = []
    for word in text.split() or [text]:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.shape(longer).ink_width <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [font.shape(line) for line in lines]


def _set(element: Paragraph, lines: list[Run], size: float, fits: bool) -> tuple[Placed, ...]:
    em, box = size * MM_PER_PT, element.box
    first, last = lines[0].ascent * em, lines[-1].descent * em
    height = first + last + (len(lines) - 1) * element.leading * em
    free = {"top": 0.0, "middle": (box.height - height) / 2, "bottom": box.height - height}[element.valign]
    found = []
    for i, run in enumerate(lines):
        width = run.ink_width * em
        x = {"left": box.x, "centre": box.x + (box.width - width) / 2, "right": box.right - width}[element.align]
        found.append(Placed(run, size, x, box.y + free + first + i * element.leading * em, fits))
    return tuple(found)
