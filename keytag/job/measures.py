"""What tags reached, in words for a terminal: one line a face and size."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.words import joined, say
from keytag.tag.artwork import Artwork
from keytag.tag.measure import Measures, measured


def told(artworks: Sequence[Artwork]) -> str:
    """A table of all faces: each line's size, then modules and distances."""
    lines: list[str] = [say("size pt   high mm  at 40 cm  unit, face: words")]
    for artwork in artworks:
        for side, face in artwork.sides:
            found = measured(artwork, face)
            if not found.sizes:
                continue
            title = say("{unit}, {side}", unit=artwork.title, side=side)
            lines += [
                say(
                    "{pt:7.2f}   {mm:7.2f}   {arcmin:5.1f}\u2032   {title}: {text}",
                    pt=size.pt,
                    mm=size.mm,
                    arcmin=size.arcmin,
                    title=title,
                    text=size.text,
                )
                for size in found.sizes
            ]
            lines.append(say("{indent}{title}: {distances}", indent=" " * 31, title=title, distances=distances(found)))
    return joined("\n", (*lines, ""))


def distances(found: Measures) -> str:
    """Module and least distances of a face, in words."""
    parts = [(say("module"), found.module), (say("to the edge"), found.edge), (say("to the hole"), found.hole)]
    parts.append((say("between lines"), found.apart))
    said = (say("{name} {value:g} mm", name=name, value=value) for name, value in parts if value is not None)
    return joined(", ", said)
