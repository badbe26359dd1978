"""keytag's own preflight of finished files: one module a check, on what is read back from the bytes.

Whether a RIP agrees is for the factory; an independent preflight is part of the project's own CI.
"""

from __future__ import annotations

from pathlib import Path

from keytag.base.diagnostics import Diagnostic
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.checks.pdf import (
    boxes,
    colour,
    die_line,
    expected,
    fonts,
    forbidden,
    hairline,
    ink_total,
    layers,
    metadata,
    output_intent,
    overprint,
    picture,
    registration,
    spots,
    technical_ink,
    transparency,
    version,
)
from keytag.checks.pdf.finding import Expectation, error
from keytag.checks.pdf.reading import Press

__all__ = ["PDF_CHECKS", "Expectation", "Press", "preflight"]

PDF_CHECKS = (
    version,
    metadata,
    output_intent,
    boxes,
    colour,
    spots,
    layers,
    technical_ink,
    overprint,
    die_line,
    fonts,
    transparency,
    forbidden,
    ink_total,
    hairline,
    picture,
    registration,
    expected,
)


def preflight(data: bytes | Path, standard: Standard, expect: Expectation | None = None) -> list[Diagnostic]:
    """What all PDF checks find in a file, given as its bytes or its path.

    Never raises for what is in the file: one that cannot be opened is one finding, and a part too broken to be looked
    at is a finding of the check that looks at it.
    """
    import pikepdf

    if isinstance(data, Path):
        data = data.read_bytes()
    found: list[Diagnostic] = []
    try:
        with Press(data, standard, expect) as press:
            for check in PDF_CHECKS:
                try:
                    found += check.check(press)
                except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as broken:
                    # Objects of another type than the standard says: pikepdf answers each in its own way.
                    found.append(
                        error(check.ID, say("this part of the file is broken: {line}", line=_first_line(broken)))
                    )
                except pikepdf.PdfError as broken:
                    found.append(
                        error(check.ID, say("this part of the file cannot be read: {line}", line=_first_line(broken)))
                    )
    except pikepdf.PdfError as broken:
        found.append(error(version.ID, say("the file cannot be read back: {line}", line=_first_line(broken))))
    return found


def _first_line(broken: Exception) -> str:
    return next(iter(str(broken).splitlines()), "") or type(broken).__name__
