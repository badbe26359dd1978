"""The title block of a cutting forme: what a tool room asks of any drawing, in Vietnamese and English, ruled.

Job, scale, revision, which side is seen, tolerance, and what the lines are (ISO 7200 lists such fields).
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.drawing import Mark, Stroke
from keytag.base.geometry import Rect, line, rectangle, translation
from keytag.base.ink import LEGEND
from keytag.base.records import NamedTuple
from keytag.base.units import number, pt
from keytag.sheet.lettering import SetText, placed

_LABEL, _VALUE, _LARGE = 8.0, 11.0, 16.0  # points
_ROW, _FIRST = 6.4, 9.0  # mm
_LABELS, _VALUES = 44.0, 116.0  # mm, of the two columns at least
_INSIDE = 1.6
_RULE = pt(0.5)


class About(NamedTuple):
    """What a forme says of the job: its name, edition and date, and whether a mould is made from it, not a die."""

    job: str = ""
    edition: str = ""
    date: str = ""
    moulded: bool = False


def rows(about: About, tolerance: float, cut: str, hole: str) -> list[tuple[str, str]]:
    """Labels and values of the block, the job first."""
    contour, contour_vi = ("mould contour", "biên dạng khuôn đúc") if about.moulded else ("cut line", "đường bế")
    off = number(round(tolerance, 3))
    revision = " · ".join(part for part in (about.edition, about.date) if part)
    return [
        ("Lệnh / Job", about.job or "–"),
        ("Tỉ lệ / Scale", "1:1, mm"),
        ("Bản sửa / Revision", revision or "–"),
        ("Nhìn từ / Seen from", "MẶT TRƯỚC / FRONT of the sheet"),
        ("Dung sai / Tolerance", f"± {off.replace('.', ',')} mm / ± {off} mm"),
        ("Lớp / Layers", f"{cut}: {contour_vi} / {contour}; {hole}: lỗ khoan / ring hole"),
    ]


def title_block(
    x: float, y: float, about: About, tolerance: float, names: tuple[str, str], set_text: SetText
) -> tuple[list[Mark], Rect]:
    """The block with its top left at (x, y), and the box that it takes; `names` are those of cut and hole."""
    found = rows(about, tolerance, *names)
    sizes = [_LARGE if i == 0 else _VALUE for i in range(len(found))]
    labels = [set_text(label, _LABEL, LEGEND) for label, _ in found]
    values = [set_text(value, size, LEGEND) for (_, value), size in zip(found, sizes, strict=True)]
    left = max(_LABELS, *(w.box.width + 2 * _INSIDE for w in labels))
    right = max(_VALUES, *(w.box.width + 2 * _INSIDE for w in values))
    tops = _tops(len(found))
    box = Rect(x, y, left + right, tops[-1])
    ruled = (rectangle(box), line(x + left, y, x + left, box.bottom))
    marks: list[Mark] = [Stroke(path, LEGEND, _RULE) for path in ruled]
    for i, (label, value) in enumerate(zip(labels, values, strict=True)):
        base = y + tops[i + 1] - 2.0
        marks += [placed(label, translation(x + _INSIDE - label.box.x, base))]
        marks += [placed(value, translation(x + left + _INSIDE - value.box.x, base))]
        if i:
            marks.append(Stroke(line(x, y + tops[i], box.right, y + tops[i]), LEGEND, _RULE))
    return marks, box


def _tops(count: int) -> Sequence[float]:
    return [0.0, *(_FIRST + _ROW * i for i in range(count))]
