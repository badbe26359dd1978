"""Findings shown: one module a format, each a pure `render(findings, files)` of findings and sources to text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keytag.base.diagnostics import Diagnostic
from keytag.files.source import Source

FORMATS = ("text", "json", "github", "sarif", "junit")


def renderer(name: str) -> Callable[[Sequence[Diagnostic], Sequence[Source]], str]:
    """The function of one of `FORMATS`; imported when asked for, since each needs another library."""
    from importlib import import_module

    render: Callable[[Sequence[Diagnostic], Sequence[Source]], str] = import_module(f"keytag.report.{name}").render
    return render
