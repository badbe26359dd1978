"""Where the rows of a block stand in an area once their baselines are known, and for which baselines they cannot.

Rows that share an edge or an axis are one frame, which moves as a whole: its rows agree on one x, or one of them fails.
Frames do not know of one another, so the list of numbers that many tags share is placed once for all of them.
"""

from keytag.base.records import NamedTuple
from keytag.tag.room import Area
from keytag.tag.rows import Frame, Strip

SLACK = 1e-3  # a micrometre is not an overflow


class Stood(NamedTuple):
    """A frame at its baselines: its reference, by what factor each line is smaller, which rows have no room."""

    ref: float
    factors: tuple[float, ...]
    failed: tuple[int, ...]


class Footing:
    """Places frames in one area: flush (`left`, `right`) or around `axis`.

    `against`: a flush edge lies against what stands beside it; else the block is centred between its bounds.
    """

    def __init__(self, area: Area, axis: float, against: bool) -> None:
        self.area, self.axis, self.against = area, axis, against

    def stand(self, frame: Frame, baselines: tuple[float, ...], soft: bool) -> Stood:
        """The frame at these baselines; `soft` lets firm lines shrink too."""
        shifts = self.area.shifts
        own = [shifts(strip.inks, base) for strip, base in zip(frame.strips, baselines, strict=True)]
        ref = self._reference(frame, max([low for low, _ in own]), min([high for _, high in own]))
        factors, failed = [1.0] * len(own), []
        for i, (low, high) in enumerate(own):
            strip = frame.strips[i]
            if strip.rigid:
                if low > high + SLACK or not low - SLACK <= ref <= high + SLACK:
                    failed.append(i)
            elif not low - SLACK <= ref <= high + SLACK:
                if strip.firm and not soft:
                    failed.append(i)
                    continue
                factor = self._factor(strip, ref, baselines[i])
                if factor * strip.size < strip.least - 1e-6:
                    failed.append(i)
                    factor = max(factor, min(1.0, strip.least / strip.size))
                factors[i] = factor
        return Stood(ref, tuple(factors), tuple(failed))

    def _reference(self, frame: Frame, low: float, high: float) -> float:
        """Where a frame stands: as near to its wish as all its rows allow."""
        name = frame.name
        if name == "centre":
            return self.axis
        wish = self.axis - frame.middle
        if self.against and name == "left":
            wish = low
        elif self.against and name == "right":
            wish = high
        if low > high:  # lines can shrink: they keep the edge that they are flush with
            return low if name == "left" else high if name == "right" else wish
        return min(max(wish, low), high)

    def _factor(self, strip: Strip, ref: float, baseline: float) -> float:
        """By what factor a line must be smaller to fit around its reference."""
        factor = 1.0
        for x0, x1, up, down in strip.inks:
            left, right = self.area.band(baseline - up, baseline + down)
            if x0 < -1e-9:
                factor = min(factor, max(0.0, ref - left) / -x0)
            if x1 > 1e-9:
                factor = min(factor, max(0.0, right - ref) / x1)
        return factor

    def hopeless(self, frame: Frame, baselines: tuple[float, ...], travel: float, soft: bool) -> bool:
        """Whether a row is sure to fail at these baselines and at all that are lower by up to `travel`.

        Each row has most at some of them: what `_reference` answers to the tightest of these is too much.
        """
        reach, more = self.area.reach, 2 * SLACK
        own = [reach(strip.outer, base, travel) for strip, base in zip(frame.strips, baselines, strict=True)]
        low, high = max([a for a, _ in own]), min([b for _, b in own])
        if frame.listed:
            return low > high + more
        rigid = [r for r, s in zip(own, frame.strips, strict=True) if s.rigid or (s.firm and not soft)]
        if frame.name == "left":
            return any(low > right + more for _, right in rigid)
        if frame.name == "right":
            return any(high < left - more for left, _ in rigid)
        return any(left > self.axis + more or right < self.axis - more for left, right in rigid)
