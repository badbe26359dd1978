"""The errors that end a command, each carrying its exit code.

The codes are a public contract (docs/exit-codes.md): 0 ok, 1 findings, 2 usage, 3 input unreadable, 4 output failed its
own preflight or could not be written, 5 a tool is missing, 70 an error in keytag itself, 130 interrupted. A finding is
a value (diagnostics), not an error; only where findings end the work does an error carry them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Self

from keytag.base.diagnostics import Diagnostic, Span
from keytag.base.words import say

OK = 0
FINDINGS = 1
INTERNAL = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130
UNREADABLE = "unreadable-file"  # the finding that an `InputError` is in a report


class KeytagError(Exception):
    """A reason to stop: one clear line for a person, and where it can, what to do about it.

    `others` are further reasons of the same kind, so that a person hears of all at once.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.others: tuple[Self, ...] = ()

    @classmethod
    def joined(cls, errors: Sequence[Self]) -> Self:
        """The first of `errors`, which knows the others."""
        first = errors[0]
        first.others = (*first.others, *errors[1:])
        return first


class FindingsError(KeytagError):
    """What was about to be made has errors (exit 1); `findings` are all of its findings."""

    exit_code = FINDINGS

    def __init__(self, message: str, findings: tuple[Diagnostic, ...], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.findings = findings


class UsageError(KeytagError):
    """The command's words do not make sense together (exit 2)."""

    exit_code = 2


class InputError(KeytagError):
    """A file cannot be read or understood at all (exit 3).

    `span` is where, None where it is about no file; `what` is the message without the place that begins it.
    """

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "", span: Span | None = None, what: str = "") -> None:
        super().__init__(message, hint=hint)
        self.span = span
        self.what = what or message

    @classmethod
    def at(cls, span: Span, what: str, *, hint: str = "") -> Self:
        """`what` is wrong at a place."""
        return cls(say("{place}: {what}", place=span, what=what), hint=hint, span=span, what=what)

    @classmethod
    def of(cls, file: str, what: str, *, hint: str = "") -> Self:
        """`what` is wrong with a whole file."""
        return cls(say("{place}: {what}", place=file, what=what), hint=hint, span=Span(file, 1, 1, 1, 1), what=what)


class WrongFileError(InputError):
    """A file is of another kind than the one that was asked for (exit 2)."""

    exit_code = 2


class OutputError(KeytagError):
    """What was made could not be written, or failed its own preflight (exit 4)."""

    exit_code = 4


class MissingToolError(KeytagError):
    """An external program that was asked for is not there, or is too old (exit 5)."""

    exit_code = 5


class ToolFailedError(MissingToolError):
    """An external program was started and did not do its part: not done in time, or not startable (exit 5)."""
