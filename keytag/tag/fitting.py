"""One stack of text is fitted into its room: how large its numbers can be, and where each line then stands.

Numbers grow in steps of 0.05 pt. For a step, the rows have their sizes and their distances; what remains is how high
the block stands and where the edges of its columns are, and each glyph says which edges the outline leaves it. What
holds at a step holds at every smaller one, so bisection finds the largest. Words stand at their usual size; lines that
may shrink do so before their words are shortened. Always gives a layout: what does not fit at its least size is set at
that size and said so. One tag alone: what tags of one job owe one another is `harmony`'s.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import TYPE_CHECKING

from keytag.base.records import NamedTuple
from keytag.tag.heights import Heights, Walk
from keytag.tag.room import CLEAR, Ink, drop
from keytag.tag.rows import (
    LEVELS,
    STEP,
    Line,
    Placed,
    Rows,
    Table,
    floored,
    placed_line,
    placed_row,
    rows_at,
    sizes,
)

if TYPE_CHECKING:
    from keytag.tag.footing import Footing, Stood

_RISE = 0.05  # mm between two heights at which a block is tried
_KEPT = 256  # solvers whose rows are in memory
_FAR = 2.0  # mm from its middle, where a block looks as if it had slipped
_NONE: frozenset[int] = frozenset()
_TRIES = 40  # heights above and below the middle, at most


class Block(NamedTuple):
    """What to fit, whether it is flush (`left`, `right`) or around the axis, and where its centre would best be."""

    items: tuple[Line | Table, ...]
    align: str
    middle: float


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


class Shelf:
    """The rows of the solvers that were asked last: a nation's would take all memory, and are made again."""

    def __init__(self) -> None:
        self._kept: deque[dict[int, Rows]] = deque()

    def keep(self, rows: dict[int, Rows]) -> None:
        self._kept.append(rows)
        if len(self._kept) > _KEPT:
            self._kept.popleft().clear()


class Solver:
    """Fits one block into one area; what was tried is remembered, since a block is tried alone and with its job.

    `known` is what blocks on this footing share: where their lists stand. `shelf` keeps the rows of so many solvers.
    """

    def __init__(self, block: Block, footing: Footing, known: dict[Hashable, Heights], shelf: Shelf) -> None:
        self._known, self._shelf = known, shelf
        self.block, self.footing, self.area = block, footing, footing.area
        self.least, self.most = self._steps()
        self._made: dict[int, Rows] = {}
        self._held: dict[tuple[int, int, bool], _Try | None] = {}
        self._bests: dict[tuple[int, int, bool], _Try | None] = {}

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

    def step_of(self, size: float, most: int) -> int:
        """The greatest step up to `most` at which the first number is no larger than `size`; nought where none is."""
        low, high = min(0, most), most  # the first number grows with the steps
        if most < 0:  # a list that has room only with a smaller first number
            low = self.least
        while low < high:
            middle = (low + high + 1) // 2
            if self.first_size(middle) > size + 1e-6:
                high = middle - 1
            else:
                low = middle
        return low

    @staticmethod
    def _size(line: Line, step: int) -> float:
        return min(line.size.most, line.size.least + max(0, step) * STEP) if line.number else line.size.usual

    def largest(self, guess: int | None = None, soft: bool = False) -> int | None:
        """The greatest step that holds with the least gaps; None where not even the least does.

        From nought on what holds at a step holds below it; under nought, where a smaller first number draws the rows
        together, a label beside them may be in the way, so more than the least step is tried.
        """
        low, high = -1, self.most + 1  # the greatest known to hold, the least known not to
        at, reach = self.most if guess is None else min(self.most, max(0, guess)), 1  # or both ends first
        while high - low > 1:
            if self.holds(at, soft=soft):
                low = at
            else:
                high = at
            if low >= 0 and high <= self.most:
                at = (low + high) // 2
            elif guess is None:
                at = 0
            else:  # near the guess; a bound is missing on one side: go farther there
                at = min(high - 1, low + reach) if low >= 0 else max(0, high - reach)
                reach *= 3
        if low >= 0:
            return low
        return self._downwards(soft)

    def foothold(self, soft: bool = False) -> int | None:
        """The greatest step up to nought that holds with the least gaps; None where not even the least does."""
        return 0 if self.holds(0, soft=soft) else self._downwards(soft)

    def _downwards(self, soft: bool) -> int | None:
        steps = (-1, -3, -7, -15, -31, self.least)
        return next((s for s in steps if self.least <= s < 0 and self.holds(s, soft=soft)), None)

    def holds(self, step: int, level: int = LEVELS - 1, soft: bool = False) -> bool:
        """Whether the block fits at a step with its gaps opened to a level (0 is widest)."""
        key = step, level, soft
        if key not in self._held:
            self._held[key] = self._search(step, level, soft, best=False)
        return self._held[key] is not None

    def near(self, step: int) -> bool:
        """Whether it fits at a step with the least gaps, and not far from its middle."""
        return self.holds(step) and self.off(step) <= _FAR

    def off(self, step: int, level: int = LEVELS - 1, soft: bool = False) -> float:
        """How far from its middle it stands at a step, in millimetres; nought where it does not fit."""
        found = self._held[step, level, soft] if self.holds(step, level, soft) else None
        rows = self._rows(step)
        return abs(found.baselines[0] - self._preferred(rows, level)) if found and rows.strips else 0.0

    def _best(self, step: int, level: int, soft: bool) -> _Try | None:
        """The height with the largest words; the nearest one, where they have their usual size there."""
        key = step, level, soft
        if key not in self._bests:
            near = self._held.get(key)
            whole = near is not None and round(sum(near.factors), 2) == len(near.factors)
            self._bests[key] = near if whole else self._search(step, level, soft, best=True)
        return self._bests[key]

    def layout(self, step: int | None, level: int, soft: bool = False) -> Layout:
        """The block placed; at its least sizes, with what does not fit marked, where the step is None."""
        if step is not None:
            found = self._best(step, level, soft)
            if found is not None:
                return self._placed(step, found)
        rows = self._rows(self.least)
        first = self._preferred(rows, LEVELS - 1)
        rise, count = self._range(rows, LEVELS - 1)
        tries = [
            self._try(rows, LEVELS - 1, first + rise * i, soft=True) for i in sorted(range(-count, count + 1), key=abs)
        ]
        return self._placed(self.least, min(tries, key=lambda t: len(t.failed)))

    def shrunk(self, step: int, level: int, soft: bool) -> tuple[float, ...]:
        """The size of each item's first run as it comes out at a step (a table's, and where nothing fits: nought)."""
        layout = self._best(step, level, soft)
        found = [0.0] * len(self.block.items)
        if layout is None:
            return tuple(found)
        for strip, factor in zip(self._rows(step).strips, layout.factors, strict=True):
            if isinstance(self.block.items[strip.item], Line):
                found[strip.item] = strip.size if factor == 1.0 else floored(strip.size * factor)
        return tuple(found)

    # -- heights

    def _range(self, rows: Rows, level: int) -> tuple[float, int]:
        """The distance between heights to try, and how many there are above and below the middle."""
        free = max(0.0, self.area.height - self._height(rows, level)) / 2 + 0.5
        rise = max(_RISE, free / _TRIES)
        return rise, int(free / rise)

    def _height(self, rows: Rows, level: int) -> float:
        return rows.strips[0].height + sum(rows.drops(level)) if rows.strips else 0.0

    def _preferred(self, rows: Rows, level: int) -> float:
        """The first baseline of a block around its middle."""
        return self.block.middle - self._height(rows, level) / 2 + rows.strips[0].height

    def _search(self, step: int, level: int, soft: bool, best: bool) -> _Try | None:
        """A height at which the block holds, the nearest to its middle; the `best` has the largest words of all."""
        rows = self._rows(step)
        if not rows.strips:
            return _Try((), (), (), _NONE)
        first = self._preferred(rows, level)
        rise, count = self._range(rows, level)
        heights = self._heights(rows, level, first, rise, count, soft)
        walk, whole, any_stood = Walk(heights), len(rows.strips), False
        found: tuple[float, _Try] | None = None
        for i in walk:
            if not (stood := heights.at(i)):
                continue
            any_stood = True
            tried = self._try(rows, level, first + rise * i, soft, stood)
            if not tried.failed:
                words = round(sum(tried.factors), 2)
                if not best or words == whole:
                    return tried
                if found is None or words > found[0]:
                    found = words, tried
            elif 0 in tried.failed and self.area.narrows_up(tried.baselines[0] + rows.strips[0].down):
                walk.low = max(walk.low, i + 1)
        if not any_stood:
            heights.close()
        return found[1] if found else None

    def _heights(self, rows: Rows, level: int, first: float, rise: float, count: int, soft: bool) -> Heights:
        """The heights at which the lists stand, shared by all tags; those of the lines where there is no list."""
        shared = bool(rows.shared[0][0].listed)
        key = (rows.key, first, tuple(rows.drops(level)), rise, count) if shared else None
        known = self._known.get(key) if shared else None
        if known is not None:
            return known

        def baselines(height: int) -> list[tuple[float, ...]]:
            whole = rows.baselines(level, first + rise * height)
            return [tuple([whole[i] for i in where]) for _, where in rows.shared]

        found = Heights(self.footing, [frame for frame, _ in rows.shared], baselines, count, rows.ends, soft)
        if shared:
            self._known[key] = found
        return found

    # -- rows

    def _rows(self, step: int) -> Rows:
        if step not in self._made:
            before = next(iter(self._made.values()), None)  # words have the same size at every step
            if before is None:
                self._shelf.keep(self._made)
            sized = [0.0 if isinstance(item, Table) else self._size(item, step) for item in self.block.items]
            self._made[step] = rows_at(self.block.items, self.block.align, step, sized, before)
        return self._made[step]

    def _try(self, rows: Rows, level: int, first: float, soft: bool, stood: tuple[Stood, ...] = ()) -> _Try:
        """The block with its first row there; `stood` is how its first frames are known to stand."""
        tried = self._stand(rows, rows.baselines(level, first), soft, stood)
        if tried.failed:
            return tried
        extra: dict[int, float] = {}
        for i in range(1, len(rows.strips)):  # rows of different frames: known only now how they stand to one another
            above, strip = rows.strips[i - 1], rows.strips[i]
            by = tried.baselines[i] - tried.baselines[i - 1]
            if above.frame != strip.frame and above.down + strip.up + CLEAR > by:
                moved = tuple([Ink(a + tried.refs[i - 1], b + tried.refs[i - 1], u, d) for a, b, u, d in above.glyphs])
                below = tuple([Ink(a + tried.refs[i], b + tried.refs[i], u, d) for a, b, u, d in strip.glyphs])
                needed = drop(moved, below)
                if needed > by + 1e-6:
                    extra[i] = needed
        return self._stand(rows, rows.baselines(level, first, extra), soft) if extra else tried

    def _stand(self, rows: Rows, baselines: tuple[float, ...], soft: bool, stood: tuple[Stood, ...] = ()) -> _Try:
        """Place the frames at these baselines, and see which rows the outline has no room for."""
        refs, factors = [0.0] * len(baselines), [1.0] * len(baselines)
        failed: list[int] = []
        for at, (frame, where) in enumerate(rows.frames):
            if at < len(stood):
                found = stood[at]
            else:
                found = self.footing.stand(frame, tuple([baselines[i] for i in where]), soft)
            for i, factor in zip(where, found.factors, strict=True):
                refs[i], factors[i] = found.ref, factor
            failed += [where[i] for i in found.failed]
        return _Try(tuple(refs), baselines, tuple(factors), frozenset(failed) if failed else _NONE)

    # -- what comes out

    def _placed(self, step: int, found: _Try) -> Layout:
        rows = []
        for i, strip in enumerate(self._rows(step).strips):
            item, ref, base = self.block.items[strip.item], found.refs[i], found.baselines[i]
            fits = i not in found.failed
            if isinstance(item, Table):
                rows.append(placed_row(item, strip, ref, base, fits))
                continue
            smaller = max(item.size.least, floored(strip.size * found.factors[i]))
            size = strip.size if found.factors[i] == 1.0 else smaller
            rows.append(placed_line(item, size, self.block.align, ref, base, fits))
        return Layout(tuple(rows), not found.failed)
