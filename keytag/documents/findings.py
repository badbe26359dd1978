"""Findings on paper: how bad, in words, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.counts import NAMES
from keytag.base.diagnostics import Diagnostic, Severity
from keytag.documents.base import Book
from keytag.documents.printed import place
from keytag.documents.style import MEASURE


def findings_table(book: Book, findings: Sequence[Diagnostic]) -> Any:
    """One row a finding."""
    rows = []
    for finding in findings:
        bad = finding.severity is Severity.ERROR
        said, gloss = book.tongue.both(finding.message)
        rows.append(
            [
                book.both(NAMES[finding.severity], "alarm" if bad else "strong"),
                [book.text(said), *([book.text(gloss, "small")] if gloss else [])],
                [book.text(place(finding.span), "small"), book.text(f"[{finding.id}]", "small")],
            ]
        )
    return book.table(rows, [34, MEASURE - 64, 30], pad=0.7, align="TOP")
