"""Ctrl-C that no library swallows, and that waits for the end of an import, where one in C aborts.

pikepdf makes an ImportError of it, and C++ that is in the middle of making its classes ends the process. An import
takes a fraction of a second, so the interrupt comes again a little later, until none is under way. Elsewhere whoever
watches for lost exceptions is told before it is raised.
"""

from __future__ import annotations

import _thread
import signal
import sys
import time
from types import FrameType

from keytag.base.callbacks import told

_AGAIN = 0.02  # seconds
_IMPORTING = "<frozen importlib._bootstrap>"  # the file of what runs an import


def patient() -> None:
    """Let interrupts wait for imports, where Python would raise them at once; nobody else's handler is touched."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def plain() -> None:
    """Let Python raise interrupts as ever: for a server, whose loop answers them itself."""
    if signal.getsignal(signal.SIGINT) is _interrupt:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _importing(frame):
        _thread.start_new_thread(_again, (number, _thread.get_ident()))
        return
    interrupt = KeyboardInterrupt()
    told(interrupt)
    raise interrupt


def _again(number: int, thread: int) -> None:
    """The signal once more, to the main thread, which may be waiting for something by then."""
    time.sleep(_AGAIN)
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        signal.pthread_kill(thread, number)


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _IMPORTING:
            return True
        frame = frame.f_back
    return False
