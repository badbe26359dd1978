"""`keytag scheme`: the shipped press sheets, and a shop's own."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say


class Action(Enum):
    """What to do with schemes."""

    LIST = "list"
    SHOW = "show"
    NEW = "new"
    CHECK = "check"


def scheme(
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="list; show NAME; new NAME; check FILE.")],
    name: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="NAME", help="A shipped scheme, the new scheme's name, or a scheme file."),
    ] = None,
    source: Annotated[
        str, typer.Option("--from", metavar="NAME", help="The shipped scheme that a new one begins with.")
    ] = "sra3-sheetwise",
    template: Annotated[
        str, typer.Option("--template", metavar="NAME", help="The tag that is counted on the sheets.")
    ] = "oval-50x20",
) -> None:
    """List the shipped press sheets with what they hold, show one, begin one's own, or check one.

    A new scheme is written beside the roster as NAME.yaml and is never written over another file.
    """
    from keytag.base import errors
    from keytag.cli import console
    from keytag.cli.language import words
    from keytag.job import schemes

    if action is Action.LIST:
        if name is not None:
            raise errors.UsageError(
                say("keytag scheme list takes no name: '{name}'", name=name),
                hint=say("keytag scheme show {name}", name=name),
            )
        console.result(schemes.listed(template, words()))
        return
    if name is None:
        raise errors.UsageError(
            say("keytag scheme {action} needs a name", action=action.value), hint=say("keytag scheme list names them")
        )
    if action is Action.SHOW:
        console.result(schemes.shown(name))
    elif action is Action.NEW:
        path = schemes.begin(Path(), name, source)
        console.say(say("{path}: begun from {source}; name it in the roster: scheme: {path}", path=path, source=source))
    else:
        colour = console.colourful(typer.get_text_stream("stdout"))
        found, text, holds, usable = schemes.judged(name, template, colour=colour, words=words())
        console.result(text)
        told = say("{name}: {findings}", name=name, findings=console.counted(len(found), "finding"))
        console.say(say("{told}; {template}: {holds}", told=told, template=template, holds=holds) if holds else told)
        if not usable:
            raise typer.Exit(errors.FINDINGS)
