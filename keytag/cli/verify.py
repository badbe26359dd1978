"""`keytag verify`: a finished job folder read back with other eyes, and held against the roster."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say
from keytag.cli.engine_options import Jobs, Scheduler


class Format(Enum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


class Tool(Enum):
    """What may be skipped for want of a program, unless it is required."""

    PLATES = "plates"
    OCR = "ocr"
    ZBAR = "zbar"


def verify(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The job folder that keytag impose made, or its films.")
    ] = Path("out"),
    roster: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(
            metavar="PATH", help="Roster files or folders (may be repeated); contacts.yaml here, where none is named."
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the result.")] = Format.TEXT,
    require: Annotated[
        Optional[list[Tool]],  # noqa: UP045
        typer.Option(
            help="Fail with exit code 5 where this was not done for want of a program (may be repeated).",
        ),
    ] = None,
    page: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Also write the verification page, a PDF to sign."),
    ] = None,
    product: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="NAME", help="Only this product of a roster that has several (may be repeated)."),
    ] = None,
    jobs: Jobs = 1,
    scheduler: Scheduler = "",
) -> None:
    """Verify a finished job: words, digits read from the picture, QR codes, plates, registration, hashes, counts.

    Films and the zip that lie beside the folder are verified, too; a folder of films may be named itself.

    Exit code 1 where anything is not as the roster has it; each failure names its file, page and station.
    """
    _run(folder, roster or (), format, [tool.value for tool in require or []], page, product or (), (jobs, scheduler))


def _run(
    folder: Path,
    roster: Sequence[Path],
    format: Format,
    require: Sequence[str],
    page: Path | None,
    product: Sequence[str],
    hands: tuple[int, str],
) -> None:
    from keytag.base import errors
    from keytag.cli import console
    from keytag.cli.language import words
    from keytag.files import publish
    from keytag.job import setup as opening
    from keytag.job.engines import engine
    from keytag.job.verification import of_films, page_of, verify_folder
    from keytag.job.verification import parts as parts_of
    from keytag.verification import shown
    from keytag.verification.listing import VERIFIED, read_listing

    if not of_films(folder) and not [*folder.glob("*/job.json"), *folder.glob("*/films.json")]:
        read_listing(folder, VERIFIED)  # a folder that is no job is said before a roster that is not there
    if page is not None:
        publish.check_file(page)  # before minutes of work
    parts = parts_of(folder, opening.open(roster), product)
    if len(parts) > 1 and (page is not None or format is not Format.TEXT):
        listed = ", ".join(str(part) for part, _ in parts)
        raise errors.UsageError(
            say("a page or a report is of one product"), hint=say("name its folder: {listed}", listed=listed)
        )
    wrong = 0
    for part, setup in parts:
        with console.progress(say("verifying"), 7) as advance, engine(*hands) as mapping:
            done = verify_folder(part, setup, require, advance, mapping, beside=True)
        if format is Format.TEXT:
            text = shown.table(done.report, words())
        else:
            text = (shown.as_json if format is Format.JSON else shown.junit)(done.report)
        console.result(text, machine=format is not Format.TEXT)
        if page is not None:
            publish.write_file(page, page_of(done))
        compared = sum(item.compared for item in done.report.items)
        verdict = (
            say("{failures} wrong", failures=done.report.failures)
            if done.report.failures
            else say("all as the roster has it")
        )
        console.say(say("{part}: {compared:,} comparisons: {verdict}", part=part, compared=compared, verdict=verdict))
        wrong += done.report.failures
    if wrong:
        raise typer.Exit(errors.FINDINGS)
