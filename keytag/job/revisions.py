"""A roster as it stood at a revision of git; the program is asked, and its absence is an error of its own."""

from __future__ import annotations

from pathlib import Path

from keytag.base.errors import InputError, UsageError
from keytag.base.system import in_words
from keytag.base.words import say
from keytag.files import programs
from keytag.files.source import decode
from keytag.job.setup import Setup, setup_of, under_project
from keytag.roster import load

_SECONDS = 60.0


def at_revision(revision: str, path: Path) -> Setup:
    """The setup of the roster file `path` as `revision` has it; templates and schemes are those of today.

    `MissingToolError` where git is not there, `InputError` where it does not know the revision or the file.
    """
    if path.is_dir():
        raise UsageError(
            say("{path}: is a folder", path=path), hint=say("name the roster's file to compare it with a revision")
        )
    if revision.startswith("-") or "\0" in revision:
        raise UsageError(say("{revision!r} is neither a file nor a revision", revision=revision))
    folder = path.resolve().parent
    asked = ("show", "--no-textconv", "--end-of-options", f"{revision}:./{path.name}")
    done = programs.run(programs.GIT, asked, seconds=_SECONDS, folder=folder)
    if done.code:
        why = in_words(done.err.strip().split("\n")[-1].removeprefix("fatal: "))
        raise InputError(
            say(
                "{revision}: is neither a file nor a revision of {path}: git says: {why}",
                revision=revision,
                path=path,
                why=why,
            )
        )
    source = decode(done.out, str(path))
    return setup_of(*under_project(load.assemble([source])))
