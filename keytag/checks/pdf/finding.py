"""How the PDF checks say what they found, and what a caller may expect of a file beyond the rules of every file."""

from __future__ import annotations

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.ink import USUAL_DIES, DieNames
from keytag.base.records import NamedTuple


class Expectation(NamedTuple):
    """What this file in particular must be; None where anything will do.

    `layers` and `spots` are names: all of the former must be there (in PDF/X-4), no others than the latter may be used.
    `trim` is width and height in millimetres. `fonts` allows embedded fonts, which a document for people has.
    `dies` are the names of the die-lines' spots, as the job's scheme has them.
    """

    pages: int | None = None
    trim: tuple[float, float] | None = None
    layers: tuple[str, ...] | None = None
    spots: tuple[str, ...] | None = None
    fonts: bool = False
    dies: DieNames = USUAL_DIES


def error(check: str, message: str) -> Diagnostic:
    """An error of the file; PDF findings have no place in the roster."""
    return Diagnostic(check, Severity.ERROR, None, message)


def warning(check: str, message: str) -> Diagnostic:
    """Something that a person should look at, and that stops no file."""
    return Diagnostic(check, Severity.WARNING, None, message)
