"""What verbs share of the terminal: findings before work, a progress bar, the closing line."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence

import typer

from keytag.base import errors
from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.job.setup import Setup
from keytag.tag.artwork import Artwork


def say(text: str) -> None:
    """One line for a person, on standard error, with nothing in it that a terminal obeys: output is for results."""
    from keytag.report.visible import visible

    typer.echo(visible(text), err=True)


def counted(number: int, word: str) -> str:
    """`1 plate set`, `2 plate sets`."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def checked(setup: Setup, more: Sequence[Diagnostic] = ()) -> list[Artwork]:
    """The composed tags of a job that may go to press; shows its findings and leaves with 1 where one is an error."""
    from keytag.job.lint import compose_all, findings_of

    artworks = compose_all(setup)
    findings = [*findings_of(setup, artworks), *more]
    if has_errors(findings):
        show(setup, findings)
        say("nothing was made: mend the errors first (keytag explain ID tells about each)")
        raise typer.Exit(errors.FINDINGS)
    return artworks


def show(setup: Setup, findings: Sequence[Diagnostic]) -> None:
    """Findings as text, in colour on a terminal."""
    from keytag.report.text import render

    typer.echo(render(findings, setup.roster.files, colour=colourful(sys.stdout)), nl=False)


def colourful(stream: object) -> bool:
    """Whether to colour what goes to `stream`: a terminal, and no NO_COLOR (no-color.org)."""
    import os

    return bool(getattr(stream, "isatty", lambda: False)()) and not os.environ.get("NO_COLOR")


@contextlib.contextmanager
def progress(label: str, steps: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on a terminal, nothing on a pipe; the call advances by one step."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=steps, label=label, file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def deadline(seconds: float) -> Callable[[], bool]:
    """Whether a search that was given `seconds` takes half as long again: the one clock there is."""
    import time

    end = time.monotonic() + 1.5 * seconds
    return lambda: time.monotonic() > end
