"""The scale: a ruler of 50 mm in millimetres, what the plate-maker and the buyer measure first."""

from __future__ import annotations

from keytag.base.drawing import Layer, Stroke
from keytag.base.geometry import Affine, join, line
from keytag.base.ink import LEGEND, REGISTRATION
from keytag.base.words import say
from keytag.sheet.lettering import SetText, placed
from keytag.sheet.marks.ground import HAIRLINE, Ground, places

_RULER = 50.0


def place(ground: Ground, set_text: SetText) -> None:
    """A ruler of 50 mm in millimetres: what the plate-maker and the buyer measure first."""
    height, head = 3.0, 2.6
    labels = [(text, set_text(text, 6, LEGEND)) for text in ("0", "10", "20", "30", "40", "50 mm")]
    width = _RULER + labels[-1][1].box.width + labels[0][1].box.width
    for edge in ground.edges("right", "left"):
        for box, at in places(ground.strip(edge), width, height + head, start=0.0):
            if not ground.free(box):
                continue
            zero = Affine(1, 0, 0, 1, labels[0][1].box.width / 2, 0).then(at)
            ticks = [line(0, head + height, _RULER, head + height)]
            for mm in range(int(_RULER) + 1):
                tall = height if mm % 10 == 0 else height * 0.75 if mm % 5 == 0 else height * 0.45
                ticks.append(line(mm, head + height, mm, head + height - tall))
            ruler = Stroke(join(ticks).transformed(zero), REGISTRATION, HAIRLINE)
            words = []
            for i, (text, label) in enumerate(labels):
                # "50 mm" keeps its figures over its tick, as the others do.
                middle = set_text(text[:2], 6, LEGEND).box.centre.x if i == 5 else label.box.centre.x
                words.append(placed(label, Affine(1, 0, 0, 1, 10.0 * i - middle, head - 0.6).then(zero)))
            ground.put(Layer.MARKS, [ruler], box)
            ground.marks.setdefault(Layer.LEGEND, []).extend(words)
            return
    ground.lacks("scale", say("no free {width:.0f} × {height:g} mm on any side", width=width, height=height + head))
