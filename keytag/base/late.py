"""Libraries imported without the expressions that few runs ask for, which cost as much as a page of a ticket each.

Web addresses with most of Unicode in them, all that XML or YAML may not hold: such an expression is compiled where
something is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_LONG = 200  # characters of an expression
# The ends of sets of half of Unicode, as characters and as an expression spells them.
_LAST = ("\uffff", "\U0010ffff", "\\uffff", "\\U0010FFFF")


class Later:
    """An expression that is compiled when something is asked of it."""

    def __init__(self, pattern: Any, flags: Any) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(self._pattern, self._flags), name)


@contextmanager
def patterns_late() -> Iterator[None]:
    """What is imported inside the block compiles long expressions, and those of half of Unicode, when they are used."""
    compiled = re.compile

    def later(pattern: Any, flags: Any = 0) -> Any:
        dear = isinstance(pattern, str) and (len(pattern) > _LONG or any(last in pattern for last in _LAST))
        return Later(pattern, flags) if dear else compiled(pattern, flags)

    try:
        re.compile = later
        yield
    finally:
        re.compile = compiled
