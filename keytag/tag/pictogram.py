"""The shipped pictograms: one-ink pictures on a grid of 24 × 24, drawn for keytag, by name.

Each is one path of filled shapes (non-zero winding, holes the other way round) in the small language of SVG paths that
`_path` reads; so a pictogram needs no library and no file of its own.
"""

from __future__ import annotations

import re
from pathlib import Path as Files

from keytag.base.drawing import Fill, Mark
from keytag.base.geometry import Affine, Path, Rect, circle, join, rectangle
from keytag.base.ink import PAPER, Ink
from keytag.base.words import say
from keytag.files.fields import Fields, nearest
from keytag.files.source import read
from keytag.tag.template import Emblem

_GRID = 24.0
_TOKEN = re.compile(r"[MLCZ]|-?\d+(?:\.\d+)?")


def _path(text: str) -> Path:
    """Absolute M, L, C and Z with coordinates on the grid."""
    ops: list[str] = []
    coords: list[float] = []
    count, op, need = 0, "", {"M": 2, "L": 2, "C": 6, "Z": 0}
    for token in _TOKEN.findall(text):
        if token in need:
            op, count = token, 0
            if op == "Z":
                ops.append("z")
        else:
            if count % need[op] == 0:
                ops.append(op.lower() if count == 0 else "l" if op == "M" else op.lower())
            coords.append(float(token))
            count += 1
    return Path("".join(ops), tuple(coords))


def _ring(x: float, y: float, outer: float, inner: float) -> tuple[Path, ...]:
    """A disc with a hole: the inner circle runs the other way round."""
    hole = circle(x, y, inner).transformed(Affine(-1, 0, 0, 1, 2 * x, 0))
    return circle(x, y, outer), hole


def _hole(rect: Rect, radius: float = 0.0) -> Path:
    """A rectangle that runs the other way round."""
    return rectangle(rect, radius).transformed(Affine(-1, 0, 0, 1, 2 * rect.x + rect.width, 0))


PICTOGRAMS: dict[str, Path] = {
    # A handset.
    "phone": _path(
        "M 5.5 2 L 9 2 L 11 8 L 8.6 9.8 C 9.8 12.2 11.8 14.2 14.2 15.4 L 16 13 L 22 15 L 22 18.5"
        " C 22 20.4 20.4 22 18.5 22 C 9.4 22 2 14.6 2 5.5 C 2 3.6 3.6 2 5.5 2 Z"
    ),
    # A telephone with a code on its screen.
    "scan": join(
        [
            rectangle(Rect(5, 1, 14, 22), 2.2),
            _hole(Rect(6.8, 3.6, 10.4, 15.2), 0.4),
            _hole(Rect(10.4, 20, 3.2, 1.4), 0.7),
            rectangle(Rect(8.2, 6.4, 3.2, 3.2)),
            rectangle(Rect(12.6, 6.4, 3.2, 3.2)),
            rectangle(Rect(8.2, 10.8, 3.2, 3.2)),
            rectangle(Rect(12.6, 10.8, 1.4, 1.4)),
            rectangle(Rect(14.4, 12.6, 1.4, 1.4)),
        ]
    ),
    # A house with a door.
    "house": join(
        [_path("M 12 2 L 23 11.5 L 20 11.5 L 20 22 L 4 22 L 4 11.5 L 1 11.5 Z"), _hole(Rect(9.6, 14, 4.8, 8))]
    ),
    # A shield.
    "shield": _path("M 12 1.5 L 21 5 L 21 11 C 21 16.5 17.2 20.8 12 22.5 C 6.8 20.8 3 16.5 3 11 L 3 5 Z"),
    # A siren's lamp on its foot, with rays.
    "siren": join(
        [
            _path("M 7 19 L 7 13 C 7 10.2 9.2 8 12 8 C 14.8 8 17 10.2 17 13 L 17 19 Z"),
            rectangle(Rect(4, 20, 16, 2.6), 0.6),
            rectangle(Rect(11.1, 1.5, 1.8, 4), 0.3),
            _path("M 3.4 5.2 L 4.8 3.9 L 7.6 6.7 L 6.3 8 Z"),
            _path("M 20.6 5.2 L 17.7 8 L 16.4 6.7 L 19.2 3.9 Z"),
        ]
    ),
    # A clock: at any hour.
    "clock": join([*_ring(12, 12, 10.5, 8.3), rectangle(Rect(11, 6, 2, 7), 0.6), rectangle(Rect(11, 11, 6, 2), 0.6)]),
}


# Pictures of what to do with the tag, in three colours of their own: black, white, and red for what they point at.
STEPS = ("press-digits", "take-tag", "open-scan", "hold-away", "press-follow", "press-call")
FOLDER = Files(__file__).parent.parent / "data" / "pictograms"


def load_pictogram(fields: Fields, box: Rect, ink: Ink, accent: Ink) -> Emblem | None:
    """The pictogram that `fields` name, in the middle of `box`; None, with a finding, for another name."""
    name = fields.string("name", "")
    known = (*PICTOGRAMS, *STEPS)
    if name not in known:
        guess = nearest(name, known)
        fields.bad(
            "name",
            say("no pictogram '{name}': ", name=name)
            + (say("did you mean {guess}?", guess=guess) if guess else ", ".join(known)),
        )
        return None
    if name in STEPS:
        return Emblem(box, name, _step(name, box, ink, accent), None)
    scale = min(box.width, box.height) / _GRID
    left, top = box.centre.x - scale * _GRID / 2, box.centre.y - scale * _GRID / 2
    path = PICTOGRAMS[name].transformed(Affine(scale, 0, 0, scale, left, top))
    return Emblem(box, name, (Fill(path, ink),), None)


def _step(name: str, box: Rect, ink: Ink, accent: Ink) -> tuple[Mark, ...]:
    from keytag.tag.svg.paint import painted  # few templates have one, and reading SVG is much machinery
    from keytag.tag.svg.reader import read_svg

    view, shapes = read_svg(read(FOLDER / f"{name}.svg").text)
    scale = min(box.width / view.width, box.height / view.height)
    left, top = box.centre.x - scale * view.width / 2, box.centre.y - scale * view.height / 2
    at = Affine(scale, 0, 0, scale, left - view.x * scale, top - view.y * scale)
    colours = {"#000000": ink, "#ffffff": PAPER, "#ff0000": accent}
    return tuple(mark for shape in shapes for mark in painted(shape, at, colours))
