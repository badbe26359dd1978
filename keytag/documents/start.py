"""The layout library's paragraphs, without an expression that nothing here asks for.

When it is imported, reportlab compiles a case-blind expression for web addresses with most of Unicode in it: 60 ms,
more than a page of a ticket costs. Here it is compiled where it is used, which is in paragraphs that break addresses.
"""

from __future__ import annotations

import re
from typing import Any

_LONG = 200  # characters of an expression
_LAST = "\uffff"  # the end of a set of half of Unicode, by which Chinese is broken into lines


class _Later:
    """An expression that is compiled when something is asked of it."""

    def __init__(self, pattern: Any, flags: Any) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(self._pattern, self._flags), name)


def _imported() -> None:
    compiled = re.compile

    def later(pattern: Any, flags: Any = 0) -> Any:
        dear = (flags & re.IGNORECASE and len(pattern) > _LONG) or (isinstance(pattern, str) and _LAST in pattern)
        return _Later(pattern, flags) if dear else compiled(pattern, flags)

    re.compile = later
    try:
        import reportlab.platypus.paragraph  # noqa: F401
    finally:
        re.compile = compiled


_imported()
