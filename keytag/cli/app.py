"""The app: its options, and its verbs."""

from __future__ import annotations

from typing import Annotated

import typer

from keytag import __version__

app = typer.Typer(
    name="keytag",
    help="Small die-cut tags from data: lint the contacts, proof the tags, impose press-ready sheets.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"keytag {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Small die-cut tags from data: lint the contacts, proof the tags, impose press-ready sheets."""


def register() -> None:
    """Add the verbs, each a module that imports its machinery inside the call."""
    from keytag.cli.check import check
    from keytag.cli.explain import explain
    from keytag.cli.impose import impose
    from keytag.cli.plan import plan
    from keytag.cli.render import render
    from keytag.cli.verify import verify

    for verb in (check, render, plan, impose, verify, explain):
        app.command()(verb)
