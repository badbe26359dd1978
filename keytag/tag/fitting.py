"""One stack of text is fitted into its room: how large its numbers can be, and where each line then stands.

Numbers grow in steps of 0.05 pt. For a step, the rows have their sizes and their distances; what remains is how high
the block stands and where the edges of its columns are, and each glyph says which edges the outline leaves it. What
holds at a step holds at every smaller one, so bisection finds the largest. Words stand at their usual size; lines that
may shrink do so before their words are shortened. Always gives a layout: what does not fit at its least size is set at
that size and said so. One tag alone: what tags of one job owe one another is `harmony`'s.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from keytag.tag.room import Area, Ink, drop
from keytag.tag.rows import (
    STEP,
    Line,
    Placed,
    Strip,
    Table,
    floored,
    line_strip,
    placed_line,
    placed_row,
    sizes,
    table_strips,
)

_RISE = 0.05  # mm between two heights at which a block is tried
_TRIES = 40  # heights above and below the middle, at most
_SLACK = 1e-3  # a micrometre is not an overflow
_LEVELS = (1.0, 0.75, 0.5, 0.25, 0.0)
LEVELS = len(_LEVELS)


class Block(NamedTuple):
    """What to fit, and how it stands: flush (`left`, `right`) or around `axis`; `middle` is the block's centre.

    `against`: a flush edge lies against what stands beside it; else the block is centred between its bounds.
    """

    items: tuple[Line | Table, ...]
    align: str
    axis: float
    middle: float
    against: bool


class Layout(NamedTuple):
    """A solved stack: a tuple of placed runs for each line and each table row, in order."""

    rows: tuple[tuple[Placed, ...], ...]
    fits: bool


class _Try(NamedTuple):
    """One try: where each strip's reference and baseline stand, by what factor its line is smaller, what fails."""

    refs: tuple[float, ...]
    baselines: tuple[float, ...]
    factors: tuple[float, ...]
    failed: frozenset[int]


class Solver:
    """Fits one block into one area; what was tried is remembered, since a block is tried alone and with its job."""

    def __init__(self, block: Block, area: Area) -> None:
        self.block, self.area = block, area
        self.least, self.most = self._steps()
        self._strips: dict[int, tuple[Strip, ...]] = {}
        self._held: dict[tuple[int, int, bool], _Try | None] = {}
        self._distances: dict[tuple[int, int], list[float]] = {}

    def _steps(self) -> tuple[int, int]:
        """The least and the greatest step."""
        low = high = 0
        for item in self.block.items:
            if isinstance(item, Table) or item.number:
                high = max(high, int((item.size.most - item.size.least) / STEP + 1e-6))
            if isinstance(item, Table) and len(item.rows) > 1:
                lead, rest = sizes(item, 0)
                low = min(low, -round((lead - rest) / STEP))
        return low, high

    def number_size(self, step: int) -> float:
        """What the numbers that are not the first are set in at a step, in points; nought where there are none."""
        found = 0.0
        for item in self.block.items:
            if isinstance(item, Table):
                return sizes(item, step)[1 if len(item.rows) > 1 else 0]
            if item.number:
                found = found or self._size(item, step)
        return found

    def first_size(self, step: int) -> float:
        """What the first number is set in at a step."""
        for item in self.block.items:
            if isinstance(item, Table):
                return sizes(item, step)[0]
            if item.number:
                return self._size(item, step)
        return 0.0

    @staticmethod
    def _size(line: Line, step: int) -> float:
        return min(line.size.most, line.size.least + max(0, step) * STEP) if line.number else line.size.usual

    def largest(self, guess: int | None = None, soft: bool = False) -> int | None:
        """The greatest step that holds with the least gaps; None where not even the least does.

        From nought on what holds at a step holds below it; under nought, where a smaller first number draws the rows
        together, a label beside them may be in the way, so more than the least step is tried.
        """
        low, high = -1, self.most + 1  # the greatest known to hold, the least known not to
        reach, at = 1, min(self.most, max(0, guess or 0))  # from below: what has no room costs every height
        while high - low > 1:
            if self.holds(at, soft=soft):
                low = at
            else:
                high = at
            if low >= 0 and high <= self.most:
                at = low + max(1, (high - low) // 3)
            else:  # a bound is missing on one side: go farther there
                at = min(high - 1, low + reach) if low >= 0 else max(0, high - reach)
                reach *= 3
        if low >= 0:
            return low
        downwards = (-1, -3, -7, -15, -31, self.least)
        return next((s for s in downwards if self.least <= s < 0 and self.holds(s, soft=soft)), None)

    def holds(self, step: int, level: int = LEVELS - 1, soft: bool = False) -> bool:
        """Whether the block fits at a step with its gaps opened to a level (0 is widest)."""
        key = step, level, soft
        if key not in self._held:
            self._held[key] = self._search(step, level, soft, best=False)
        return self._held[key] is not None

    def layout(self, step: int | None, level: int, soft: bool = False) -> Layout:
        """The block placed; at its least sizes, with what does not fit marked, where the step is None."""
        if step is not None:
            found = self._search(step, level, soft, best=True)
            if found is not None:
                return self._placed(step, found)
        strips = self._rows(self.least)
        first = self._preferred(strips, LEVELS - 1)
        rise, count = self._range(strips, LEVELS - 1)
        tries = [
            self._try(strips, LEVELS - 1, first + rise * i, soft=True)
            for i in sorted(range(-count, count + 1), key=abs)
        ]
        return self._placed(self.least, min(tries, key=lambda t: len(t.failed)))

    def shrunk(self, step: int, level: int, soft: bool) -> tuple[float, ...]:
        """The size of each item's first run as it comes out at a step (a table's: nought)."""
        layout = self._search(step, level, soft, best=True)
        assert layout is not None
        found = [0.0] * len(self.block.items)
        for strip, factor in zip(self._rows(step), layout.factors, strict=True):
            if isinstance(self.block.items[strip.item], Line):
                found[strip.item] = strip.size if factor == 1.0 else floored(strip.size * factor)
        return tuple(found)

    # -- heights

    def _range(self, strips: tuple[Strip, ...], level: int) -> tuple[float, int]:
        """The distance between heights to try, and how many there are above and below the middle."""
        free = max(0.0, self.area.height - self._height(strips, level)) / 2 + 0.5
        rise = max(_RISE, free / _TRIES)
        return rise, int(free / rise)

    def _height(self, strips: tuple[Strip, ...], level: int) -> float:
        return strips[0].height + sum(self._drops(strips, level)) if strips else 0.0

    def _preferred(self, strips: tuple[Strip, ...], level: int) -> float:
        """The first baseline of a block around its middle."""
        return self.block.middle - self._height(strips, level) / 2 + strips[0].height

    def _search(self, step: int, level: int, soft: bool, best: bool) -> _Try | None:
        """A height at which the block holds, the nearest to its middle; the `best` has the largest words of all."""
        strips = self._rows(step)
        if not strips:
            return _Try((), (), (), frozenset())
        first = self._preferred(strips, level)
        rise, count = self._range(strips, level)
        low, high = -count, count
        found: tuple[float, _Try] | None = None
        for i in sorted(range(-count, count + 1), key=abs):
            if not low <= i <= high:
                continue
            tried = self._try(strips, level, first + rise * i, soft)
            if not tried.failed:
                words = round(sum(tried.factors), 2)
                if not best or words == len(strips):
                    return tried
                if found is None or words > found[0]:
                    found = words, tried
            else:  # of a convex outline: what has no room at its top has none farther up
                if 0 in tried.failed and tried.baselines[0] < self.area.middle:
                    low = max(low, i + 1)
                if len(strips) - 1 in tried.failed and tried.baselines[-1] > self.area.middle:
                    high = min(high, i - 1)
        return found[1] if found else None

    # -- rows

    def _rows(self, step: int) -> tuple[Strip, ...]:
        if step not in self._strips:
            found: list[Strip] = []
            for index, item in enumerate(self.block.items):
                if isinstance(item, Line):
                    found.append(line_strip(index, item, self._size(item, step), self.block.align))
                else:
                    found += table_strips(index, item, step)
            self._strips[step] = tuple(found)
        return self._strips[step]

    def _drops(self, strips: tuple[Strip, ...], level: int, extra: dict[int, float] | None = None) -> list[float]:
        """From each baseline to the next: the gap and the height, or more where ink would meet."""
        key = id(strips), level  # each step's strips are made once and kept
        if not extra and key in self._distances:
            return self._distances[key]
        opened = _LEVELS[level]
        found: list[float] = []
        for i in range(1, len(strips)):
            above, strip = strips[i - 1], strips[i]
            natural = strip.gap + opened * strip.open + strip.height
            if above.frame == strip.frame:
                natural = max(natural, _drop(above.glyphs, strip.glyphs))
            found.append(max(natural, extra.get(i, 0.0)) if extra else natural)
        if not extra:
            self._distances[key] = found
        return found

    def _try(self, strips: tuple[Strip, ...], level: int, first: float, soft: bool) -> _Try:
        tried = self._stand(strips, self._drops(strips, level), first, soft)
        if tried.failed:
            return tried
        extra: dict[int, float] = {}
        for i in range(1, len(strips)):  # rows of different frames: known only now how they stand to one another
            above, strip = strips[i - 1], strips[i]
            if above.frame != strip.frame:
                moved = tuple([Ink(a + tried.refs[i - 1], b + tried.refs[i - 1], u, d) for a, b, u, d in above.glyphs])
                below = tuple([Ink(a + tried.refs[i], b + tried.refs[i], u, d) for a, b, u, d in strip.glyphs])
                needed = drop(moved, below)
                if needed > tried.baselines[i] - tried.baselines[i - 1] + 1e-6:
                    extra[i] = needed
        return self._stand(strips, self._drops(strips, level, extra), first, soft) if extra else tried

    def _stand(self, strips: tuple[Strip, ...], drops: list[float], first: float, soft: bool) -> _Try:
        """Place the frames at these baselines, and see which strips the outline has no room for."""
        block = self.block
        baselines = [first]
        for by in drops:
            baselines.append(baselines[-1] + by)
        bounds: dict[str, tuple[float, float]] = {}
        own: list[tuple[float, float]] = []
        failed: set[int] = set()
        for i, strip in enumerate(strips):
            low, high = self.area.shifts(strip.inks, baselines[i])
            own.append((low, high))
            before = bounds.get(strip.frame)
            bounds[strip.frame] = (low, high) if before is None else (max(low, before[0]), min(high, before[1]))
            if strip.frame in ("lead", "column") and low > high + _SLACK:
                failed.add(i)
        refs = {frame: self._reference(frame, strips, bound) for frame, bound in bounds.items()}
        factors = [1.0] * len(strips)
        for i, strip in enumerate(strips):
            ref, (low, high) = refs[strip.frame], own[i]
            if low - _SLACK <= ref <= high + _SLACK:
                continue
            item = block.items[strip.item]
            if isinstance(item, Table):
                failed.add(i)
                continue
            factors[i] = self._factor(strip, ref, baselines[i])
            lowest = item.size.usual if item.number or (item.firm and not soft) else item.size.least
            if item.number or factors[i] * strip.size < lowest - 1e-6:
                failed.add(i)
                factors[i] = 1.0 if item.number else max(factors[i], min(1.0, item.size.least / strip.size))
        return _Try(tuple(refs[s.frame] for s in strips), tuple(baselines), tuple(factors), frozenset(failed))

    def _reference(self, frame: str, strips: tuple[Strip, ...], bound: tuple[float, float]) -> float:
        """Where a frame stands: as near to its wish as all its rows allow."""
        block, (low, high) = self.block, bound
        if frame == "centre":
            return block.axis
        inks = [ink for strip in strips if strip.frame == frame for ink in strip.inks]
        left, right = min(ink.x0 for ink in inks), max(ink.x1 for ink in inks)
        wish = block.axis - (left + right) / 2
        if block.against and frame == "left":
            wish = low
        elif block.against and frame == "right":
            wish = high
        if low > high:  # lines can shrink: they keep the edge that they are flush with
            return low if frame == "left" else high if frame == "right" else wish
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

    # -- what comes out

    def _placed(self, step: int, found: _Try) -> Layout:
        rows = []
        for i, strip in enumerate(self._rows(step)):
            item, ref, base, fits = (
                self.block.items[strip.item],
                found.refs[i],
                found.baselines[i],
                i not in found.failed,
            )
            if isinstance(item, Table):
                rows.append(placed_row(item, strip, ref, base, fits))
            else:
                size = (
                    strip.size
                    if found.factors[i] == 1.0
                    else max(item.size.least, floored(strip.size * found.factors[i]))
                )
                rows.append(placed_line(item, size, self.block.align, ref, base, fits))
        return Layout(tuple(rows), not found.failed)


@lru_cache(maxsize=65536)
def _drop(above: tuple[Ink, ...], below: tuple[Ink, ...]) -> float:
    return drop(above, below)
