"""keytag's own preflight of finished files: one module a check, on what is read back from the bytes.

Whether a RIP agrees is for the factory; an independent preflight is part of the project's own CI.
"""

from __future__ import annotations

from keytag.checks.pdf import (
    boxes,
    colour,
    die_line,
    forbidden,
    hairline,
    ink_total,
    layers,
    metadata,
    output_intent,
    overprint,
    registration,
    spots,
    version,
)
from keytag.checks.pdf.reading import Press
from keytag.diagnostics import Diagnostic
from keytag.standard import Standard

PDF_CHECKS = (
    version,
    metadata,
    output_intent,
    boxes,
    colour,
    spots,
    layers,
    overprint,
    die_line,
    forbidden,
    ink_total,
    hairline,
    registration,
)


def preflight(data: bytes, standard: Standard) -> list[Diagnostic]:
    """What all PDF checks find in a file; a file that cannot be opened at all is one finding."""
    import pikepdf

    try:
        with Press(data, standard) as press:
            return [finding for check in PDF_CHECKS for finding in check.check(press)]
    except pikepdf.PdfError as error:
        from keytag.checks.pdf.finding import error as found

        return [found("pdf-version", f"the file cannot be read back: {error}")]
