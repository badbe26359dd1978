"""Findings as workflow commands of GitHub Actions: annotations beside the changed lines."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.files.source import Source
from keytag.report.visible import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(findings: Sequence[Diagnostic], files: Sequence[Source]) -> str:
    """One command a line; `files` are not needed."""
    return "".join(_command(finding) + "\n" for finding in findings)


def _command(finding: Diagnostic) -> str:
    properties = {"title": finding.id}
    span = finding.span
    if span is not None:
        properties = {
            "file": span.file,
            "line": str(span.line),
            "endLine": str(span.end_line),
            **({"col": str(span.column), "endColumn": str(span.end_column)} if span.line == span.end_line else {}),
            **properties,
        }
    words = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {words}::{_data(finding.message)}"


def _data(text: str) -> str:
    """Escaped as the runner reads it (actions/toolkit, command.ts); other hidden characters are written out."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
