"""`keytag schema`: what editors need to complete and judge rosters, templates and schemes while they are typed."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer


class Kind(Enum):
    """What a schema is of."""

    ROSTER = "roster"
    TEMPLATE = "template"
    SCHEME = "scheme"


def schema(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="What to describe.")] = Kind.ROSTER,
) -> None:
    """Print the JSON Schema of a roster, a tag template or an imposition scheme.

    With --lang vi its descriptions are in Vietnamese. An editor with the YAML language server takes it from the file's
    first line:
    # yaml-language-server: $schema=contacts.schema.json
    """
    from importlib import import_module

    from keytag.cli.language import asked_words

    homes = {Kind.ROSTER: "keytag.roster", Kind.TEMPLATE: "keytag.tag", Kind.SCHEME: "keytag.sheet"}
    typer.echo(import_module(f"{homes[kind]}.schema").render(asked_words()).encode("utf-8"), nl=False)
