"""The heights at which frames of rows may have room, from a block's middle outwards, and how they stand there.

What is sure to fail is not tried: a bound of a row over many heights at once says so of all of them, and what has no
room where nothing but a narrowing outline is in its way has none farther on. Tags whose lists are of one form share
what was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keytag.tag.footing import Footing, Stood
    from keytag.tag.rows import Frame

_NONE = 1 << 30  # no height at all


class Heights:
    """Heights, up to `count` above (less than nought) and below nought, and how all of `frames` stand at each.

    `baselines` tells those of each frame at a height. `ends`: which frame has the block's first row, and which its
    last, if they are among these. Under `low` and over `high` no height is worth asking for.
    """

    def __init__(
        self,
        footing: Footing,
        frames: Sequence[Frame],
        baselines: Callable[[int], list[tuple[float, ...]]],
        count: int,
        ends: tuple[int | None, int | None],
        soft: bool,
    ) -> None:
        self._footing, self._frames, self._baselines = footing, frames, baselines
        self._ends, self._soft = ends, soft
        self.low, self.high = -count, count
        self.above = _Side(count, lambda start, end: self._hopeless(-end, -start))
        self.below = _Side(count, self._hopeless)
        self._known: dict[int, tuple[Stood, ...]] = {}

    def at(self, height: int) -> tuple[Stood, ...]:
        """How the frames stand at a height; nothing where one of them does not."""
        known = self._known.get(height)
        if known is None:
            known = self._known[height] = self._stand(height)
        return known

    def close(self) -> None:
        """All were asked for, and the frames stand at none."""
        self.low, self.high = 1, 0

    def _hopeless(self, start: int, end: int) -> bool:
        """Whether some frame is sure to fail at all heights from one to another."""
        first, last = self._baselines(start), self._baselines(end)
        return any(
            self._footing.hopeless(frame, a, b[0] - a[0], self._soft)
            for frame, a, b in zip(self._frames, first, last, strict=True)
        )

    def _stand(self, height: int) -> tuple[Stood, ...]:
        baselines = self._baselines(height)
        stand = self._footing.stand
        found = [stand(f, b, self._soft) for f, b in zip(self._frames, baselines, strict=True)]
        if not [1 for stood in found if stood.failed]:
            return tuple(found)
        top, bottom = self._ends
        area, frames = self._footing.area, self._frames
        if top is not None and 0 in found[top].failed:
            foot = baselines[top][0] + frames[top].strips[0].down
            self.low = max(self.low, height + 1) if area.narrows_up(foot) else self.low
        if bottom is not None and len(baselines[bottom]) - 1 in found[bottom].failed:
            head = baselines[bottom][-1] - frames[bottom].strips[-1].up
            self.high = min(self.high, height - 1) if area.narrows_down(head) else self.high
        return ()


class Walk:
    """A walk over the heights at which there is hope, from nought outwards; `low` may be raised on the way."""

    def __init__(self, heights: Heights) -> None:
        self._heights = heights
        self.low = heights.low

    def __iter__(self) -> Iterator[int]:
        heights = self._heights
        if heights.low <= 0 <= heights.high:
            yield 0
        up = down = 1
        while True:  # what is worth asking for may have become less
            up = heights.above.first(up, -max(self.low, heights.low))
            down = heights.below.first(down, heights.high)
            if up == down == _NONE:
                return
            if up <= down:
                yield -up
                up += 1
            else:
                yield down
                down += 1


class _Side:
    """The heights of one side of the middle, from one to `count`: blocks of them without hope are passed over."""

    def __init__(self, count: int, hopeless: Callable[[int, int], bool]) -> None:
        self._blocks = [(1, count)] if count else []  # the next one last
        self._ask = hopeless  # of all heights from one to another
        self._next = [0]  # for each height, as far as that is known, the next one with hope, itself if it has any

    def first(self, at: int, most: int) -> int:
        """The nearest height from `at` to `most` at which there is hope."""
        while at <= most:
            while at >= len(self._next):
                self._look()
            if self._next[at] == at:
                return at
            at = self._next[at]
        return _NONE

    def _look(self) -> None:
        """Look at the next block: it has no hope, or is halved, or is short enough to try each of its heights."""
        start, end = self._blocks.pop()
        many = start > 1 and end - start > 1
        if many and self._ask(start, end):
            self._next += [end + 1] * (end - start + 1)
        elif many or (start == 1 and end > 1):  # most blocks stand near their middle
            middle = min(2 * start - 1, (start + end) // 2)
            self._blocks += [(middle + 1, end), (start, middle)]
        else:
            self._next += range(start, end + 1)
