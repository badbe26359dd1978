"""`keytag check`: everything that is wrong with a job, before anything is made."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from keytag.base.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keytag.base.diagnostics import Diagnostic, Span
    from keytag.files.source import Source
    from keytag.job.setup import Setup


class Format(Enum):
    """How findings are written; each is a module of `report`."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


class Least(Enum):
    """The least severity that makes the check fail."""

    ERROR = "error"
    WARNING = "warning"


def check(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    on: Annotated[
        str, typer.Option(metavar="DATE", help="The day to judge validity by (YYYY-MM-DD); else the job's own date.")
    ] = "",
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the findings.")] = Format.TEXT,
    fail_on: Annotated[Least, typer.Option(help="The least severity that makes exit code 1.")] = Least.ERROR,
    fix: Annotated[
        bool, typer.Option("--fix", help="First make the safe edits: NFC, groups of numbers, mobiles from before 2018.")
    ] = False,
    unit: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Show findings of this unit only (key, code or name; may be repeated)."),
    ] = None,
    artwork: Annotated[bool, typer.Option(help="Also compose the tags and check what is drawn.")] = True,
) -> None:
    """Check the contacts and the tags made of them; exit code 1 where something must be mended."""
    from keytag.base import errors
    from keytag.cli import console
    from keytag.job import setup as jobs

    day = _day(on)
    try:
        setup = jobs.open_setup(paths or ())
    except errors.InputError as error:
        if format is not Format.TEXT:
            _report(format, error.findings(), ())
        raise
    if fix:
        setup = _mended(setup, paths or [], day)
    findings = _findings(setup, day, artwork)
    if unit:
        keys = {chosen.key for chosen in jobs.chosen(setup.roster, unit)}
        findings = [finding for finding in findings if finding.unit in keys]
    if format is Format.TEXT:
        console.show(setup, findings)
        console.say(_summary(setup, findings, artwork))
    else:
        _report(format, findings, setup.sources)
    failing = {Severity.ERROR} if fail_on is Least.ERROR else {Severity.ERROR, Severity.WARNING}
    if any(finding.severity in failing for finding in findings):
        raise typer.Exit(errors.FINDINGS)


def _report(format: Format, findings: Sequence[Diagnostic], files: Sequence[Source]) -> None:
    """Findings for programs; those that show them in pull requests look for files from the root of the checkout."""
    from keytag.report import renderer

    if format in (Format.GITHUB, Format.SARIF):
        from keytag.files.folders import checkout
        from keytag.report.located import located

        here = Path.cwd()
        findings, files = located(findings, files, here, checkout(here))
    # Bytes: the formats fix their encoding, whatever the terminal's may be.
    typer.echo(renderer(format.value)(findings, files).encode("utf-8", "surrogateescape"), nl=False)


def _day(text: str) -> str | None:
    """`--on` as an ISO date; None where it was not given."""
    if not text:
        return None
    from datetime import date

    from keytag.base.errors import UsageError

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--on {text!r} is no day", hint="write it as 2026-01-31") from None


def _findings(setup: Setup, day: str | None, artwork: bool) -> list[Diagnostic]:
    if artwork:
        from keytag.job import lint

        return list(lint.check(setup, day))
    from keytag import checks
    from keytag.checks import suppress

    found = [
        *setup.findings,
        *checks.run_contact_checks(setup.roster, day),
        *checks.run_order_checks(setup.roster, setup.template, setup.scheme),
    ]
    return suppress.apply(found, setup.sources, artwork=False)


def _mended(setup: Setup, paths: Sequence[Path], day: str | None) -> Setup:
    """Make the safe edits, say which, and read the job again."""
    from keytag.cli import console
    from keytag.files import fixes
    from keytag.job import setup as jobs
    from keytag.report.visible import visible

    for result in fixes.mend(_findings(setup, day, artwork=False), setup.roster.files):
        for edit in fixes.edits_of(result.done):
            console.say(f"fixed {visible(f'{edit.span}: {_before(setup, edit.span)} -> {edit.text}')}")
        for finding in result.left:
            console.say(f"not fixed {visible(f'{finding.span}: another edit stands in its way')} [{finding.id}]")
    return jobs.open_setup(paths)


def _before(setup: Setup, span: Span) -> str:
    """What stood at `span` before."""
    line = next(source.lines[span.line - 1] for source in setup.roster.files if source.name == span.file)
    return line[span.column - 1 : span.end_column - 1]


def _summary(setup: Setup, findings: Sequence[Diagnostic], artwork: bool) -> str:
    """The closing line: what was looked at, and what was found."""
    from keytag.cli.console import counted

    roster = setup.roster
    counts = [counted(sum(f.severity is s for f in findings), s.value) for s in Severity]
    found = ", ".join(count for count in counts if not count.startswith("0 ")) or "no findings"
    safe = sum(bool(f.fix) for f in findings)
    hint = f" ({safe} can be mended with --fix)" if safe else ""
    people = [c for a in roster.authorities if not a.own for c in (a.duty, a.chief) if c]
    numbers = len(people) + sum(len(u.contacts) for u in roster.units)
    tags = "" if artwork else ", tags not composed"
    return f"{counted(len(roster.units), 'unit')}, {counted(numbers, 'number')}{tags}: {found}{hint}"
