"""What `keytag check` does with its options: jobs in, reports to the terminal or a file, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from keytag.base import errors
from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.words import joined, say
from keytag.cli import console
from keytag.cli.language import asked_words, words
from keytag.files.source import Source
from keytag.job import checking
from keytag.job.checking import Checked, Wanted

Work: TypeAlias = list[Path] | Source  # one job: its roster files, or standard input
_STDIN = Path("-")


class Asked(NamedTuple):
    """How the outcome is shown, and what it is worth as an exit code; as it stands where no option is given."""

    format: str = "text"
    output: Path | None = None
    fail_on: str = ""
    exit_zero: bool = False
    statistics: bool = False
    most: int = 20
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False


def plain(words: Sequence[str]) -> int:
    """`keytag check` with these paths and no option at all."""
    return run(jobs_of([Path(word) for word in words], each=False, stdin_filename=""), Wanted(), Asked())


def wanted(on: str, artwork: bool, select: Sequence[str], ignore: Sequence[str], units: Sequence[str]) -> Wanted:
    """What to look for; a `UsageError` for a day that is none."""
    return Wanted(day(on, "--on"), artwork, tuple(select), tuple(ignore), tuple(units))


def day(text: str, option: str) -> str | None:
    """An option's day as an ISO date; None where it was not given."""
    if not text:
        return None
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(
            say("{option} {text!r} is no day", option=option, text=text), hint=say("write it as 2026-01-31")
        ) from None


def jobs_of(paths: Sequence[Path], each: bool, stdin_filename: str) -> list[Work]:
    """The jobs that the command line names: all paths together, each path, standard input, or the project's rosters."""
    if _STDIN in paths:
        if len(paths) > 1:
            raise UsageError(say("- stands for standard input, and is a job of its own"), hint=say("name it alone"))
        from keytag.files.source import MAX_BYTES, decode

        return [decode(sys.stdin.buffer.read(MAX_BYTES + 1), stdin_filename or "<stdin>")]
    if stdin_filename:
        raise UsageError(say("--stdin-filename names what standard input holds"), hint=say("give - as the path"))
    if not paths:
        from keytag.job.setup import default_rosters

        return [[path] for path in default_rosters()]
    return [[path] for path in paths] if each else [list(paths)]


def run(jobs: Sequence[Work], wanted: Wanted, asked: Asked) -> int:
    """Check all jobs, write one report, and give the exit code; `InputError` where something could not be read."""
    done = [checking.check(job, wanted) for job in jobs]
    text = _text(done, asked) if asked.format == "text" else _report(done, asked.format)
    _write(text, asked, done)
    if asked.verbose:
        _tell(done)
    unreadable = [error for each in done if (error := each.unreadable)]
    if not asked.quiet and asked.format == "text" and any(each.roster for each in done):
        console.say(_closing(done, wanted))
    if unreadable:
        raise InputError.joined(unreadable)
    if asked.statistics and asked.format != "text":
        from keytag.report.closing import statistics

        console.put(statistics([f for each in done for f in each.findings], words()), err=True)
    return errors.FINDINGS if not asked.exit_zero and any(_fails(each, asked.fail_on) for each in done) else errors.OK


def _fails(done: Checked, fail_on: str) -> bool:
    least = fail_on or done.project.fail_on
    failing = {Severity.ERROR, Severity.WARNING} if least == "warning" else {Severity.ERROR}
    return any(finding.severity in failing for finding in done.findings)


def _text(done: Sequence[Checked], asked: Asked) -> str:
    """All findings for a person; those that could not be read are said with the error itself."""
    from keytag.checks.presenting import merged
    from keytag.report.closing import capped, more_of, statistics
    from keytag.report.text import render

    titles = {key: title for each in done for key, title in each.titles.items()}
    everything = [f for each in done for f in each.findings if f.id != errors.UNREADABLE]
    shown, more = capped(merged(everything, titles, lines=asked.most > 0), asked.most)
    stream = None if asked.output else sys.stdout
    colour = asked.color == "always" or (asked.color == "auto" and console.colourful(stream))
    sources = [source for each in done for source in each.sources]
    text = render(shown, sources, colour=colour, words=words()) + words().of(more_of(more))
    return text + (statistics(everything, words()) if asked.statistics else "")


def _report(done: Sequence[Checked], name: str) -> str:
    """Findings for programs; those that show them in pull requests look for files from the root of the checkout."""
    from keytag.report import renderer

    findings: Sequence[Diagnostic] = [
        finding._replace(message=asked_words().of(finding.message)) for each in done for finding in each.findings
    ]
    files: Sequence[Source] = list(dict.fromkeys(source for each in done for source in each.sources))
    if name in ("github", "sarif"):
        from keytag.files.folders import checkout
        from keytag.report.located import located

        here = Path.cwd()
        findings, files = located(findings, files, here, checkout(here))
    return renderer(name)(findings, files)


def _write(text: str, asked: Asked, done: Sequence[Checked]) -> None:
    # Bytes for programs: the formats fix their encoding, whatever the terminal's may be.
    if asked.output is None:
        console.put(text if asked.format == "text" else text.encode("utf-8", "surrogateescape"))
        return
    from keytag.files.folders import is_yaml
    from keytag.files.replace import replace_file

    read = {Path(source.name).resolve() for each in done for source in each.sources}
    if asked.output.resolve() in read or is_yaml(asked.output.name):
        raise UsageError(
            say("{output}: is a roster's name, not a report's", output=asked.output), hint=say("choose another name")
        )
    replace_file(asked.output, text.encode("utf-8", "surrogateescape"))


def _closing(done: Sequence[Checked], wanted: Wanted) -> str:
    from keytag.report.closing import Tally, closing

    rosters = [each for each in done if each.roster is not None]
    units = sum(len(each.roster.units) for each in rosters if each.roster)
    composed = wanted.artwork and all(each.setup for each in rosters)
    tally = Tally(len(done), units, sum(each.numbers for each in rosters), composed)
    findings = [f for each in done for f in each.findings if f.id != errors.UNREADABLE]
    return closing(tally, findings, [finding for each in done for finding in each.hidden])


def _tell(done: Sequence[Checked]) -> None:
    """Which files were read, and as what."""
    for each in done:
        if each.roster is not None:
            for source in each.roster.files:
                console.say(say("roster {source}", source=source.name))
        if each.setup is not None:
            console.say(
                say(
                    "template {template} ({template_source})",
                    template=each.setup.template.name,
                    template_source=each.setup.template_source.name,
                )
            )
            console.say(
                say(
                    "scheme {scheme} ({scheme_source})",
                    scheme=each.setup.scheme.name,
                    scheme_source=each.setup.scheme_source.name,
                )
            )
            console.say(say("date {date}", date=each.setup.date))
        if each.project.source is not None:
            console.say(say("settings {source}", source=each.project.source.name))


def mend(jobs: Sequence[Work], wanted: Wanted, backup: bool) -> None:
    """Make the safe edits and say which; standard input is mended on standard output by `--diff` alone."""
    from keytag.files import fixes

    for job in jobs:
        if isinstance(job, Source):
            raise UsageError(say("standard input cannot be mended in its place"), hint=say("--diff shows the edits"))
        findings, sources = _mendable(job, wanted)
        for result in fixes.mend(findings, sources, backup=backup):
            for edit in fixes.edits_of(result.done):
                console.say(
                    say(
                        "fixed {edit}: {before} -> {edit2}",
                        edit=edit.span,
                        before=_before(sources, edit.span),
                        edit2=edit.text,
                    )
                )
            for finding in result.left:
                console.say(
                    say(
                        "not fixed {finding}: another edit stands in its way [{finding2}]",
                        finding=finding.span,
                        finding2=finding.id,
                    )
                )


def _before(sources: Sequence[Source], span: Span) -> str:
    """What stood at `span` before."""
    line = next(source.lines[span.line - 1] for source in sources if source.name == span.file)
    return line[span.column - 1 : span.end_column - 1]


def show_diff(jobs: Sequence[Work], wanted: Wanted) -> int:
    """Print what `--fix` would change, as a unified diff; 1 where that is something."""
    import difflib

    from keytag.files import fixes

    changed = False
    for job in jobs:
        findings, sources = _mendable(job, wanted)
        for source in sources:
            new = fixes.mended_text(findings, source)
            old, now = (text.splitlines(keepends=True) for text in (source.text, new))
            shown = "".join(difflib.unified_diff(old, now, source.name, source.name))
            changed = changed or bool(shown)
            console.put(shown)
    return errors.FINDINGS if changed else errors.OK


def show_privacy(jobs: Sequence[Work], wanted: Wanted) -> int:
    """Print what personal data each job holds: places and counts, and where they go."""
    from keytag.handout.privacy import lines

    for job in jobs:
        done = checking.check(job, wanted._replace(artwork=False))
        if done.unreadable is not None or done.roster is None:
            raise done.unreadable or UsageError(say("the roster cannot be read"))
        console.result(joined("", (say("{line}\n", line=line) for line in lines(done.roster))))
    return errors.OK


def _mendable(job: Work, wanted: Wanted) -> tuple[list[Diagnostic], tuple[Source, ...]]:
    done = checking.check(job, wanted._replace(artwork=False))
    if done.unreadable is not None:
        raise done.unreadable
    assert done.roster is not None and done.setup is not None
    return checking.mendable(done.setup, wanted), done.roster.files
