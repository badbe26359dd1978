"""The app: its options, and its verbs."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from keytag._version import __version__
from keytag.cli.quick import QuickCommand, QuickGroup

app = typer.Typer(
    cls=QuickGroup,
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
    lang: Annotated[
        str, typer.Option("--lang", metavar="<en|vi>", help="The language of what is said, before or after the verb.")
    ] = "",  # taken off the line before it is read (language)
) -> None:
    """Small die-cut tags from data: lint the contacts, proof the tags, impose press-ready sheets."""


VERBS = (
    "check",
    "render",
    "plan",
    "impose",
    "reprint",
    "ledger",
    "films",
    "verify",
    "site",
    "zalo",
    "handout",
    "explain",
    "schema",
    "migrate",
    "template",
    "scheme",
    "init",
    "import",
    "export",
    "set",
    "diff",
    "preview",
)
_MODULES = {
    "import": ("import_", "import_"),
    "set": ("setting", "set_"),
}  # a verb that is a word of Python: its module and its function


# Their results are files; what they print tells of it, and may be lost. Those of the other verbs are what they print.
MAKES_FILES = ("render", "impose", "reprint", "films", "migrate", "site", "zalo", "handout", "init", "export")


def register(words: Sequence[str]) -> None:
    """Add the verbs, each a function of a module of its name that imports its machinery inside the call.

    Where the command line's `words` begin with a verb, that one alone: reading the options of all takes longer than
    checking the contacts.
    """
    for verb in (words[0],) if words and words[0] in VERBS else VERBS:
        module, function = _MODULES.get(verb, (verb, verb))
        app.command(verb, cls=QuickCommand)(getattr(import_module(f"keytag.cli.{module}"), function))
