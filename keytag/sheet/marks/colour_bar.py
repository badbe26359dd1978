"""The colour bar: each ink of the job at 100 and 50 %, by which the press is inked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keytag.base.drawing import Fill, Form, Layer, Picture
from keytag.base.geometry import Affine, Rect, rectangle
from keytag.base.ink import Cmyk, Ink
from keytag.base.words import say
from keytag.sheet.marks.ground import Ground, Patch, Strip

_SIZE = 5.0  # a densitometer's aperture and some room
_STEP = 1.0

_PROCESS = (
    Ink("Cyan", Cmyk(1, 0, 0, 0)),
    Ink("Magenta", Cmyk(0, 1, 0, 0)),
    Ink("Yellow", Cmyk(0, 0, 1, 0)),
    Ink("Black", Cmyk(0, 0, 0, 1)),
)


def patches(forms: Iterable[Form]) -> tuple[Patch, ...]:
    """The inks that print in `forms`: process inks in the order C M Y K, then spots by name, full tones."""
    used = [False] * 4
    spots: dict[str, Patch] = {}
    for form in forms:
        for group in form.groups:
            for mark in group.marks:
                if isinstance(mark, Picture):
                    used = [u or any(mark.data[i::4]) for i, u in enumerate(used)]
                elif not mark.ink.spot:
                    used = [u or tone > 0 for u, tone in zip(used, mark.ink.cmyk, strict=True)]
                elif mark.ink.printed and mark.ink.name not in spots:
                    layer = Layer.MARKS if group.layer is Layer.ARTWORK else group.layer
                    spots[mark.ink.name] = Patch(mark.ink._replace(tint=1.0), layer)
    process = [Patch(ink, Layer.MARKS) for ink, u in zip(_PROCESS, used, strict=True) if u]
    return (*process, *(spots[name] for name in sorted(spots)))


def merged(sets: Iterable[tuple[Patch, ...]]) -> tuple[Patch, ...]:
    """The patches of several drawings as one colour bar, in the same order."""
    found = {(patch.ink.spot, patch.ink.name): patch for drawing in sets for patch in drawing}
    process = [found[False, ink.name] for ink in _PROCESS if (False, ink.name) in found]
    return (*process, *(patch for (spot, _), patch in sorted(found.items()) if spot))


def place(ground: Ground, inks: Sequence[Patch]) -> None:
    """Each ink at 100 and 50 %, repeated across the tail, where the ink zones run; once along another edge if not."""
    if not inks:
        return
    # Spot inks alone are line work (screen, pad, moulded): a half tone would need a screen that no such film has.
    tints = (1.0,) if all(patch.ink.spot for patch in inks) else (1.0, 0.5)
    width = len(tints) * _SIZE * len(inks)
    for edge in ground.edges(ground.tail()):
        strip = ground.strip(edge)
        placed_bars = 0
        for box, at in _bar_places(ground, strip, width):
            for i, (ink, layer) in enumerate(inks):
                for j, tint in enumerate(tints):
                    patch = Rect((len(tints) * i + j) * _SIZE, 0, _SIZE, _SIZE)
                    path = rectangle(at.rect(patch))
                    tone = ink._replace(tint=tint) if ink.spot else _screened(ink, tint)
                    ground.marks.setdefault(layer, []).append(Fill(path, tone))
            ground.taken.append(box)
            placed_bars += 1
        if placed_bars:
            return
    ground.lacks("colour-bar", say("no free {width:g} × {size:g} mm on any side", width=width, size=_SIZE))


def _bar_places(ground: Ground, strip: Strip, width: float) -> list[tuple[Rect, Affine]]:
    """As many bars as stand in one row within the block's width, evenly about its middle."""
    block = ground.bleed.width if strip.edge in ("top", "bottom") else ground.bleed.height
    gap = 2 * _SIZE
    most = int((min(block, strip.length) + gap) / (width + gap))
    for count in range(most, 0, -1):
        for away in range(int((strip.depth - _SIZE) / _STEP) + 1):
            v = away * _STEP if strip.outer else strip.depth - _SIZE - away * _STEP
            u0 = (strip.length - count * width - (count - 1) * gap) / 2
            found = []
            for i in range(count):
                at = Affine(1, 0, 0, 1, u0 + i * (width + gap), v).then(strip.at)
                found.append((at.rect(Rect(0, 0, width, _SIZE)), at))
            if all(ground.free(box) for box, _ in found):
                return found
    return []


def _screened(ink: Ink, tint: float) -> Ink:
    return ink._replace(cmyk=Cmyk(*(tone * tint for tone in ink.cmyk)))
