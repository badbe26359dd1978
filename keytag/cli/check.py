"""`keytag check`: what is wrong with a roster, for a person, an editor or CI."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keytag.diagnostics import Diagnostic
    from keytag.roster import Roster


class Format(str, Enum):  # noqa: UP042 - typer shows the value
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


class FailOn(str, Enum):  # noqa: UP042 - typer shows the value
    """From which severity on findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"


def check(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    on: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(metavar="DATE", help="The day to judge validity by, YYYY-MM-DD; the job's own date by default."),
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write the findings.")] = Format.TEXT,
    fail_on: Annotated[FailOn, typer.Option(help="The least severity that fails.")] = FailOn.ERROR,
    fix: Annotated[bool, typer.Option("--fix", help="Make the edits that are safe, then show what is left.")] = False,
    artwork: Annotated[
        bool, typer.Option("--artwork/--no-artwork", help="Whether to compose the tags and check them too.")
    ] = True,
) -> None:
    """Check the contacts, and the tags that are made of them.

    Exit code 1 where there are findings that fail. keytag explain ID tells about each.
    """
    from keytag.errors import FINDINGS

    _require_date(on)
    roster, findings = _findings(paths or [], on, artwork)
    if fix and any(finding.fix for finding in findings):
        _mend(findings, roster)
        roster, findings = _findings(paths or [], on, artwork)
    _show(findings, roster, format)
    if _fails(findings, fail_on):
        raise typer.Exit(FINDINGS)


def _require_date(on: str | None) -> None:
    from keytag.checks.contacts.context import is_date
    from keytag.errors import UsageError

    if on is not None and not is_date(on):
        raise UsageError(f"--on {on}: is not a date", hint="write YYYY-MM-DD, such as --on 2025-03-01")


def _findings(paths: Sequence[Path], on: str | None, artwork: bool) -> tuple[Roster, list[Diagnostic]]:
    from keytag.job.lint import compose_all, findings_of
    from keytag.job.setup import open_job

    setup = open_job(paths)
    return setup.roster, findings_of(setup, compose_all(setup) if artwork else (), on)


def _mend(findings: Sequence[Diagnostic], roster: Roster) -> None:
    from keytag.fixes import mend
    from keytag.report.visible import visible

    for mended in mend(findings, roster.files):
        for finding in mended.done:
            typer.echo(f"mended {visible(str(finding.span))}: {visible(finding.message)} [{finding.id}]", err=True)
        for finding in mended.left:
            typer.echo(f"left   {visible(str(finding.span))}: other edits stand in the way [{finding.id}]", err=True)


def _show(findings: Sequence[Diagnostic], roster: Roster, format: Format) -> None:
    from keytag.report import renderer

    if format is not Format.TEXT:
        # Bytes: the formats fix their encoding, whatever the terminal's may be.
        typer.echo(renderer(format.value)(findings, roster.files).encode("utf-8"), nl=False)
        return
    import sys

    from keytag.cli.console import colourful
    from keytag.report.text import render

    typer.echo(render(findings, roster.files, colour=colourful(sys.stdout)), nl=False)
    typer.echo(_summary(findings, roster), err=True)


def _summary(findings: Sequence[Diagnostic], roster: Roster) -> str:
    from keytag.diagnostics import Severity

    numbers = sum(len(unit.contacts) for unit in roster.units)
    numbers += sum(1 for a in roster.authorities if not a.own for contact in (a.duty, a.chief) if contact)
    counts = ((s, sum(finding.severity is s for finding in findings)) for s in Severity)
    found = ", ".join(_counted(count, severity.value) for severity, count in counts if count) or "no findings"
    return f"{_counted(len(roster.units), 'unit')}, {_counted(numbers, 'number')}: {found}"


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def _fails(findings: Sequence[Diagnostic], fail_on: FailOn) -> bool:
    failing = ("error",) if fail_on is FailOn.ERROR else ("error", "warning")
    return any(finding.severity.value in failing for finding in findings)
