"""How the PDF checks say what they found: no line of a text file, but a place in the PDF, in words."""

from __future__ import annotations

from keytag.diagnostics import Diagnostic, Severity

TECHNICAL = ("CutContour", "Drill", "White", "Legend", "Dimensions")
DIE = ("CutContour", "Drill")


def error(check: str, message: str) -> Diagnostic:
    """An error of the file; PDF findings have no place in the roster."""
    return Diagnostic(check, Severity.ERROR, None, message)
