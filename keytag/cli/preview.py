"""`keytag preview`: the tags in a browser while the roster is edited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say


def preview(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(
            metavar="PATH", help="Roster files or folders; contacts.yaml here or above, where none is named."
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; a free one, where it is 0.")] = 0,
    open: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
    product: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="NAME", help="Only this product of a roster that has several (may be repeated)."),
    ] = None,
) -> None:
    """Show the tags and all findings in a browser, and show them anew whenever the roster is saved.

    The page is in Vietnamese, with --lang en in English, and can be reached from this machine only, at an address that
    is told here and changes each time; Ctrl-C ends it.
    """
    import os

    from keytag.base.errors import MissingToolError
    from keytag.cli import console, interrupts
    from keytag.cli.language import page_language

    try:
        from keytag.preview.board import Board
        from keytag.preview.serve import serve
    except ImportError as error:
        raise MissingToolError(
            say("the preview needs the extra 'preview'"), hint=say("pip install 'keytag[preview]'")
        ) from error

    def tell(address: str) -> None:
        console.say(say("{address} (Ctrl-C ends it)", address=address))
        if open:
            import webbrowser

            webbrowser.open(address)

    interrupts.plain()
    serve(Board(tuple(paths or ()), tuple(product or ())), port, os.urandom(16).hex(), page_language(), tell)
