"""Findings on paper: how bad, in words, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.documents.base import Book
from keytag.documents.printed import place
from keytag.documents.style import MEASURE

_SEVERITIES = {Severity.ERROR: "Lỗi · error", Severity.WARNING: "Cảnh báo · warning", Severity.NOTE: "Lưu ý · note"}


def findings_table(book: Book, findings: Sequence[Diagnostic]) -> Any:
    """One row a finding."""
    rows = []
    for finding in findings:
        bad = finding.severity is Severity.ERROR
        rows.append(
            [
                book.text(_SEVERITIES[finding.severity], "alarm" if bad else "strong"),
                book.runs([(finding.message, "body"), ("  ", "small"), (f"[{finding.id}]", "small")]),
                book.text(place(finding.span), "small"),
            ]
        )
    return book.table(rows, [34, MEASURE - 64, 30], pad=0.7, align="TOP")
