"""Who else may look: a function of values that travel, called for each of many, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

# The bytes that a function at the top of a module makes of each tuple of values, as the engines of a job's works do.
Elsewhere: TypeAlias = Callable[[Callable[..., bytes], Sequence[tuple[object, ...]]], Iterable[bytes]]
