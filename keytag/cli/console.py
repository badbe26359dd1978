"""What verbs share of the terminal: findings before work, a progress bar, the closing line.

typer is imported where it is used: plain command lines are read and speak without it.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from keytag.base import errors
from keytag.base.counts import counted as counted
from keytag.base.diagnostics import Diagnostic
from keytag.base.words import say as told
from keytag.cli.language import asked_words, words
from keytag.cli.leaving import Leave

if TYPE_CHECKING:
    from keytag.job.planning import Planner
    from keytag.job.ready import Ready
    from keytag.job.setup import Setup
    from keytag.roster.model import Roster

_NOTHING = told("nothing was made: mend the errors first (keytag explain ID tells about each)")


def say(text: str) -> None:
    """One line for a person, on standard error, with nothing in it that a terminal obeys: output is for results."""
    from keytag.report.visible import visible

    put(visible(words().of(text)) + "\n", err=True)


def put(text: str | bytes, *, err: bool = False) -> None:
    """`text` as it is, at once; bytes are for programs, whose formats fix their encoding."""
    if sys.platform == "win32":
        import typer

        coloured = isinstance(text, str) and "\x1b" in text
        typer.echo(text, nl=False, err=err, color=coloured or None)  # terminals of old need its help with colours
        return
    stream = sys.stderr if err else sys.stdout
    if isinstance(text, bytes):
        stream.flush()
        stream.buffer.write(text)
    else:
        stream.write(text)
    stream.flush()


def result(text: str, *, machine: bool = False) -> None:
    """What a verb was asked for, on standard output; for a `machine` it is UTF-8 whatever code page is set.

    A machine reads English, unless `--lang` asks for another language.
    """
    text = (asked_words() if machine else words()).of(text)
    put(text.encode("utf-8", "backslashreplace") if machine else text)


def admitted(setup: Setup, *, err: bool = False) -> Ready:
    """The setup at the gate: where a check finds an error, shows all findings and leaves with 1."""
    from keytag.job.ready import Ready, ready

    found = ready(setup)
    if isinstance(found, Ready):
        return found
    show(setup, found, err=err)
    say(_NOTHING)
    raise Leave(errors.FINDINGS)


def intact(roster: Roster) -> None:
    """Leave with 1 where something of a roster could not be read, which what is made of it would leave out."""
    from keytag.base.diagnostics import has_errors
    from keytag.report.text import render

    if has_errors(roster.findings):
        put(render(roster.findings, roster.files, colour=colourful(sys.stderr), words=words()), err=True)
        say(_NOTHING)
        raise Leave(errors.FINDINGS)


def show(setup: Setup, findings: Sequence[Diagnostic], *, err: bool = False) -> None:
    """Findings as text, in colour on a terminal; on standard error (`err`) where output is something else's.

    Equal ones of several units are one, as `keytag check` shows them.
    """
    from keytag.checks.presenting import merged
    from keytag.report.text import render

    stream = sys.stderr if err else sys.stdout
    shown = merged(findings, {unit.key: unit.title for unit in setup.roster.units}, lines=True)
    put(render(shown, setup.sources, colour=colourful(stream), words=words()), err=err)


def colourful(stream: object) -> bool:
    """Whether to colour what goes to `stream`: a terminal that is not dumb, and no NO_COLOR (no-color.org)."""
    import os

    return _obeying(stream) and not os.environ.get("NO_COLOR")


def _obeying(stream: object) -> bool:
    """Whether `stream` is a terminal that knows escape sequences."""
    import os

    return bool(getattr(stream, "isatty", lambda: False)()) and os.environ.get("TERM") != "dumb"


@contextlib.contextmanager
def progress(label: str, steps: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on a terminal, nothing on a pipe or a dumb one; the call advances by one step."""
    if not _obeying(sys.stderr):
        yield lambda _: None
        return
    import typer

    with typer.progressbar(length=steps, label=words().of(label), file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def planner(seconds: float) -> Planner:
    """How to plan where `--optimise` names so many seconds: the quick plan for none."""
    from keytag.job.planning import patient, plan_of

    return patient(seconds, deadline(seconds)) if seconds else plan_of


def deadline(seconds: float) -> Callable[[], bool]:
    """Whether a search that was given `seconds` takes half as long again: the one clock there is."""
    import time

    end = time.monotonic() + 1.5 * seconds
    return lambda: time.monotonic() > end
