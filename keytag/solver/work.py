"""A deterministic budget of work: searches count what they do, so that they end at the same place on every machine.

One iteration is what one core of a small machine does in about 1/16,000 of a second. There is no clock here; a caller
that has one passes `stop`.
"""

from __future__ import annotations

from collections.abc import Callable

Stop = Callable[[], bool]


class Work:
    """So many iterations to spend; `stop` may end them early."""

    __slots__ = ("left", "stop")

    def __init__(self, iterations: float, stop: Stop | None = None) -> None:
        self.left = float(iterations)
        self.stop = stop

    def spend(self, iterations: float) -> bool:
        """Take `iterations` off; whether any are left."""
        self.left -= iterations
        return self.left > 0

    @property
    def over(self) -> bool:
        """Whether to end now."""
        return self.left <= 0 or (self.stop is not None and self.stop())

    def part(self, iterations: float) -> Work:
        """A budget of at most so many of what is left; `charge` it when it is done."""
        return Work(max(0.0, min(iterations, self.left)), self.stop)

    def charge(self, part: Work, iterations: float) -> None:
        """Take off what `part`, made with `iterations`, has spent."""
        self.left -= max(0.0, min(iterations, self.left) - part.left)
