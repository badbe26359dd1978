"""The errors that end a command, each carrying its exit code.

The codes are a public contract (docs/exit-codes.md): 0 ok, 1 findings, 2 usage, 3 input unreadable, 4 output failed its
own preflight or could not be written, 5 a tool is missing, 130 interrupted. A finding is a value (diagnostics), not an
error; this module has nothing to say of findings.
"""

from __future__ import annotations

from typing import ClassVar

OK = 0
FINDINGS = 1
INTERRUPTED = 130


class KeytagError(Exception):
    """A reason to stop: one clear line for a person, and where it can, what to do about it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KeytagError):
    """The command's words do not make sense together (exit 2)."""

    exit_code = 2


class InputError(KeytagError):
    """A file cannot be read or understood at all (exit 3)."""

    exit_code = 3


class OutputError(KeytagError):
    """What was made could not be written, or failed its own preflight (exit 4)."""

    exit_code = 4


class MissingToolError(KeytagError):
    """An external program that was asked for is not there, or is too old (exit 5)."""

    exit_code = 5


class ToolFailedError(MissingToolError):
    """An external program was started and did not do its part: not done in time, or not startable (exit 5)."""
