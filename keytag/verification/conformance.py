"""Numbered files held against the rules of press PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from keytag.base.diagnostics import Severity
from keytag.base.ink import DieNames
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.verification.model import Failure


def numbered_sheets(
    names: Iterable[str], files: Mapping[str, bytes], standard: Standard, dies: DieNames
) -> tuple[int, list[Failure]]:
    """What preflight finds in the numbered PDFs among `names`; how many rules were asked."""
    from keytag.checks.pdf import PDF_CHECKS
    from keytag.checks.pdf.edition import preflight_edition

    there = [name for name in names if name in files and name.endswith(".pdf")]
    failures = [
        Failure(name, say("{message} [{finding}]", message=finding.message, finding=finding.id))
        for name in there
        for finding in preflight_edition(files[name], standard, dies)
        if finding.severity is Severity.ERROR
    ]
    return len(PDF_CHECKS) * len(there), failures
