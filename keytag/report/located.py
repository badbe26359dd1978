"""Findings with their files named from the root of the checkout, as servers of pull requests look for them.

Pure: which folder is the root is for the caller to find.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Span
from keytag.files.source import Source


def located(
    findings: Sequence[Diagnostic], files: Sequence[Source], here: Path, root: Path
) -> tuple[list[Diagnostic], list[Source]]:
    """`findings` and `files`, whose names are relative to the folder `here`, named from `root`.

    What lies outside has its absolute name, and is no file of the report where no finding is of it (a template).
    """
    known: dict[str, str] = {}

    def name(file: str) -> str:
        if file not in known:
            known[file] = named(file, here, root)
        return known[file]

    moved = [_moved(finding, name) for finding in findings]
    placed = {finding.span.file for finding in moved if finding.span}
    kept = [Source(name(source.name), source.text) for source in files]
    return moved, [source for source in kept if source.name in placed or not Path(source.name).is_absolute()]


def named(file: str, here: Path, root: Path) -> str:
    """One file's name: with slashes from `root`, or absolute where it lies elsewhere."""
    path = Path(os.path.normpath(here / file))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _moved(finding: Diagnostic, name: Callable[[str], str]) -> Diagnostic:
    def span(old: Span) -> Span:
        return old._replace(file=name(old.file))

    fix = tuple(edit._replace(span=span(edit.span)) for edit in finding.fix)
    return finding._replace(span=span(finding.span) if finding.span else None, fix=fix)
