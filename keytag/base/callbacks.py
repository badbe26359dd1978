"""Exceptions that callbacks of C libraries drop are raised after all: `sys.unraisablehook`, watched.

HarfBuzz, PDFium and the like cannot let a Python exception through: Ctrl-C or a lack of memory inside a callback is
handed to `sys.unraisablehook`, printed at best (Cython does so by `sys.excepthook`), and the call returns as if all
were well. So does every exception of a destructor. Libraries in Python catch all there is, too, and make another error
of an interrupt, or none (reportlab): who raises one tells so before (`told`). Work whose result must be whole is done
`with NothingLost():`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any


class NothingLost:
    """Raises on leaving (and at each `check`) the first exception that was dropped inside, on whatever thread.

    Watches nest: an outer one knows what an inner one saw, so that nothing caught in between goes unnoticed.
    """

    def __init__(self) -> None:
        self._first: BaseException | None = None
        self._watching = False
        self._before: Callable[[Any], object] = sys.__unraisablehook__
        self._print: Callable[..., object] = sys.__excepthook__

    def __enter__(self) -> NothingLost:
        self._before, self._print = sys.unraisablehook, sys.excepthook
        self._watching = True
        sys.unraisablehook, sys.excepthook = self._seen, self._printed
        return self

    def check(self) -> None:
        """Raise the first exception that was dropped so far, here or before within a watch around this one."""
        if self._first is not None:
            raise self._first
        outer = getattr(self._before, "__self__", None)
        if isinstance(outer, NothingLost) and outer._watching:
            outer.check()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watching = False
        if sys.unraisablehook == self._seen:
            sys.unraisablehook = self._before
        if sys.excepthook == self._printed:
            sys.excepthook = self._print
        if error is None:
            self.check()
        elif isinstance(self._first, KeyboardInterrupt) and isinstance(error, Exception):
            raise self._first from error  # what a library made of it

    def _seen(self, dropped: Any) -> None:
        """The hook: remember, and tell the watches outside; what no watch waits for goes its old way."""
        outer = getattr(self._before, "__self__", None)
        self._remember(dropped.exc_value if dropped.exc_value is not None else dropped.exc_type())
        if isinstance(outer, NothingLost) or not self._watching:
            self._before(dropped)

    def _printed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The other hook: what is raised after all need not be printed."""
        self._remember(error)
        if not self._watching:
            self._print(kind, error, trace)

    def _remember(self, error: BaseException) -> None:
        if self._watching and self._first is None:
            self._first = error


def told(error: BaseException) -> None:
    """Let the watches that are on know of an exception that is raised next, wherever a library may swallow it."""
    watch = getattr(sys.unraisablehook, "__self__", None)
    while isinstance(watch, NothingLost):
        watch._remember(error)
        watch = getattr(watch._before, "__self__", None)
