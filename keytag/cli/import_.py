"""`keytag import`: a spreadsheet becomes a roster, or changes one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.cli import importing
from keytag.cli.leaving import Leave

_USUAL = importing.Asked()
_Words = Optional[list[str]]  # noqa: UP045 - typer reads the annotation at run time


def import_(
    workbook: Annotated[
        Path, typer.Argument(metavar="WORKBOOK", help="The spreadsheet: .xlsx, .xlsb, .xls, .ods or CSV.")
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="The roster: written anew, or, where it is there, compared."),
    ] = _USUAL.output,
    apply: Annotated[
        bool, typer.Option("--apply", help="Make the changes in the roster that is there.")
    ] = _USUAL.apply,
    map: Annotated[
        _Words,
        typer.Option(metavar="COLUMNS", help="What columns hold: 'Sheet1!header=3,A=unit,C=chief,D=deputy 1,E=-'."),
    ] = None,
    sheet: Annotated[_Words, typer.Option(metavar="NAME", help="Only this sheet (may be repeated).")] = None,
    backup: Annotated[bool, typer.Option(help="Leave the bytes of before in contacts.yaml.bak.")] = _USUAL.backup,
) -> None:
    """Read a spreadsheet of numbers into a roster, telling of every cell how it was read.

    The report goes to standard output and, as a page, to contacts.report.html beside the roster. While any cell is
    refused nothing is written and the exit code is 1; what has one reading is restored and told. On a roster that is
    there the changes are shown, and made with --apply: comments and layout stay.
    """
    code = importing.run(workbook, importing.Asked(output, map or (), sheet or (), apply, backup))
    if code:
        raise Leave(code)
