"""`keytag explain`: what a check means, with a bad and a good sample."""

from __future__ import annotations

from typing import Annotated, Optional

import typer


def explain(
    check_id: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="ID", help="The id at the end of a finding, such as old-area-code."),
    ] = None,
) -> None:
    """Explain a check with a bad and a good sample; without an ID, list all checks."""
    from keytag.checks import document
    from keytag.cli.language import words

    text = document.listing(words()) if check_id is None else document.explained(check_id, words())
    typer.echo(text, nl=False)
