"""The command line: one module a verb. Here only the app, and how an error becomes one line and an exit code.

Verbs import their machinery inside the call: start-up is a feature.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from keytag import __version__, errors

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


def _register() -> None:
    from keytag.cli.check import check
    from keytag.cli.explain import explain
    from keytag.cli.impose import impose
    from keytag.cli.plan import plan
    from keytag.cli.render import render
    from keytag.cli.verify import verify

    for verb in (check, render, plan, impose, verify, explain):
        app.command()(verb)


def main() -> None:
    """Run the command line; every `KeytagError` is one clear line on standard error and its exit code."""
    _register()
    try:
        app()
    except errors.KeytagError as error:
        typer.echo(f"keytag: {error.message}", err=True)
        if error.hint:
            typer.echo(f"  {error.hint}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("keytag: interrupted", err=True)
        sys.exit(errors.INTERRUPTED)
