"""Findings for programs: one JSON object, letters as they are, keys in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.files.source import Source
from keytag.report.plain import dumps


def render(findings: Sequence[Diagnostic], files: Sequence[Source]) -> str:
    """`{"findings": […], "files": […], "errors": n, "warnings": n, "notes": n}` on several lines."""
    counts = {f"{s.value}s": sum(f.severity is s for f in findings) for s in Severity}
    report = {"findings": [_finding(f) for f in findings], "files": [source.name for source in files], **counts}
    return dumps(report)


def _finding(finding: Diagnostic) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "message": finding.message,
        "unit": finding.unit,
        "also": [key for key in finding.also if key],
        "span": _span(finding.span),
        "fix": [{"span": _span(edit.span), "text": edit.text} for edit in finding.fix],
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else span._asdict()
