"""`keytag check`: everything that is wrong with a job, before anything is made.

Annotations are not put off here: typer would compile each of them twice, which takes longer than reading a roster.
"""

from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer


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


class Colour(Enum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_Words = Optional[list[str]]  # noqa: UP045 - typer reads the annotation at run time
_Paths = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Argument(
        metavar="PATH",
        help="Roster files or folders, one job together; - for standard input. Where none is named: the rosters of "
        "keytag.toml or [tool.keytag] in pyproject.toml, or contacts.yaml, here or above.",
    ),
]
_OutputFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output-file", "-o", help="Write the findings to this file."),
]
_Privacy = Annotated[bool, typer.Option("--privacy", help="List what personal data the job holds, instead.")]


def check(
    paths: _Paths = None,
    each: Annotated[bool, typer.Option("--each", help="Every path is a job of its own.")] = False,
    on: Annotated[
        str, typer.Option(metavar="DATE", help="The day to judge validity by (YYYY-MM-DD); else the job's own date.")
    ] = "",
    unit: Annotated[
        _Words,
        typer.Option(metavar="UNIT", help="Only what stands on this unit's tags (key, code or name; may be repeated)."),
    ] = None,
    artwork: Annotated[bool, typer.Option(help="Also compose the tags and check what is drawn.")] = True,
    select: Annotated[
        _Words,
        typer.Option(metavar="CHECK", help="Only these checks or groups, parted by commas."),
    ] = None,
    ignore: Annotated[_Words, typer.Option(metavar="CHECK", help="Not these checks or groups.")] = None,
    fail_on: Annotated[
        Optional[Least],  # noqa: UP045
        typer.Option(help="The least severity that makes exit code 1; error, where the project says nothing."),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit code 0 whatever is found.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="First make the safe edits: NFC, groups of numbers, mobiles from before 2018.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what --fix would change; change nothing.")] = False,
    backup: Annotated[bool, typer.Option(help="Leave the bytes of before in contacts.yaml.bak.")] = True,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the findings.")] = Format.TEXT,
    output_file: _OutputFile = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the findings of each check.")] = False,
    most: Annotated[int, typer.Option(min=0, help="Most findings of one check in text; 0 for all.")] = 20,
    privacy: _Privacy = False,
    color: Annotated[Colour, typer.Option("--color", help="Colour in text.")] = Colour.AUTO,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Findings only, no closing line.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also say which files were read.")] = False,
    stdin_filename: Annotated[str, typer.Option(metavar="NAME", help="The name of what standard input holds.")] = "",
) -> None:
    """Check the contacts and the tags made of them; exit code 1 where something must be mended."""
    from keytag.cli import checking

    asked = checking.Asked(
        format=format.value,
        output=output_file,
        fail_on=fail_on.value if fail_on else "",
        exit_zero=exit_zero,
        statistics=statistics,
        most=most,
        color=color.value,
        quiet=quiet,
        verbose=verbose,
    )
    wanted = checking.wanted(on, artwork, select or (), ignore or (), unit or ())
    jobs = checking.jobs_of(paths or [], each, stdin_filename)
    if privacy or diff:
        code = (checking.show_privacy if privacy else checking.show_diff)(jobs, wanted)
    else:
        if fix:
            checking.mend(jobs, wanted, backup)
        code = checking.run(jobs, wanted, asked)
    if code:
        raise typer.Exit(code)
