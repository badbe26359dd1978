"""What tags reached, in words for a terminal: one line a face and size."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.tag.artwork import Artwork
from keytag.tag.measure import Measures, measured


def told(artworks: Sequence[Artwork]) -> str:
    """A table of all faces: each line's size, then modules and distances."""
    lines = ["size pt   high mm  at 40 cm  unit, face: words"]
    for artwork in artworks:
        for side, face in artwork.sides:
            found = measured(artwork, face)
            if not found.sizes:
                continue
            title = f"{artwork.title}, {side}"
            lines += [f"{s.pt:7.2f}   {s.mm:7.2f}   {s.arcmin:5.1f}\u2032   {title}: {s.text}" for s in found.sizes]
            lines.append(f"{'':31}{title}: {distances(found)}")
    return "\n".join(lines) + "\n"


def distances(found: Measures) -> str:
    """Module and least distances of a face, in words."""
    parts = [("module", found.module), ("to the edge", found.edge), ("to the hole", found.hole)]
    parts.append(("between lines", found.apart))
    return ", ".join(f"{name} {value:g} mm" for name, value in parts if value is not None)
