"""What `keytag import` does with its options: the report to standard output, what was done to standard error."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

from keytag.base.records import NamedTuple


class Asked(NamedTuple):
    """What is to be done with a workbook; as it stands where no option is given."""

    output: Path = Path("contacts.yaml")
    maps: Sequence[str] = ()
    sheets: Sequence[str] = ()
    apply: bool = False
    backup: bool = True


def run(workbook: Path, asked: Asked) -> int:
    """Read the workbook, and give the exit code."""
    from keytag.cli import console
    from keytag.cli.language import words
    from keytag.job import office
    from keytag.office.model import HeaderError

    said = words()
    gc.disable()  # many small values, all of them wanted to the end, and none in a circle
    try:
        done = office.import_workbook(
            workbook,
            asked.output,
            asked.maps,
            asked.sheets,
            apply=asked.apply,
            backup=asked.backup,
            language=said,
        )
    except HeaderError as error:
        for line in error.rows:
            console.say(line)
        raise
    # Nearly all lines are plain texts, said already.
    console.result("".join([f"{line}\n" if type(line) is str else f"{said.of(line)}\n" for line in done.lines]))
    for line in done.said:
        console.say(line)
    return done.code
