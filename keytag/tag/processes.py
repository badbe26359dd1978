"""What a printing process holds: least line, least gap, least type. Rules of thumb with their sources, for plastic.

- line 0.2 mm: a decorator's guide to print on objects (kubki.com.pl, Technical preparation for printing);
- gap 0.2 mm: as the line, since screen printers ask as much of a line knocked out as of one printed (Precise Media,
  Artwork: 1 pt both); what others keep open within one ink of tubes is half of that (tube-plant.com: 0.1 mm);
- sans-serif type of 6 pt bold in reverse, 4 pt bold in positive: Technologo, Artwork Guidelines, spot colour printing;
  the same in Precise Media's specification of screen-printed discs. The larger of the two, since plastic is coloured.

What prints on paper and by the sheet holds finer lines and type than any design here has; but lines of words that stand
nearer than that gap run together to the eye whatever prints them.

Others ask for more: FastEditor's guide (2026) for 1 pt and 8 pt in screen and pad printing. A shop's own figures go
into the template's `limits`.
"""

from __future__ import annotations

from keytag.base.records import NamedTuple


class Held(NamedTuple):
    """Least line and gap in mm, least type in points."""

    stroke: float
    gap: float
    type: float


GAP = 0.2
_DIRECT = Held(0.2, GAP, 6.0)
_OTHER = Held(0.0, GAP, 0.0)
PROCESSES = {"screen": _DIRECT, "pad": _DIRECT, "moulded": _DIRECT}  # moulded tags are printed by screen or pad


def held_by(process: str, stroke: float | None = None, gap: float | None = None) -> Held:
    """What a process holds, a template's own figures first."""
    base = PROCESSES.get(process, _OTHER)
    return base._replace(stroke=base.stroke if stroke is None else stroke, gap=base.gap if gap is None else gap)
