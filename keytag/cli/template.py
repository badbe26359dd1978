"""`keytag template`: the shipped designs, and a person's own."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say


class Action(Enum):
    """What to do with templates."""

    LIST = "list"
    SHOW = "show"
    NEW = "new"
    CHECK = "check"


def template(
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="list; show NAME; new NAME; check FILE.")],
    name: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="NAME", help="A shipped template, the new template's name, or a template file."),
    ] = None,
    source: Annotated[
        str, typer.Option("--from", metavar="NAME", help="The shipped template that a new one begins with.")
    ] = "oval-50x20",
    whole: Annotated[
        bool, typer.Option("--whole", help="Copy all of it, to change anything; else some values are replaced.")
    ] = False,
) -> None:
    """List the shipped designs, show one, begin one's own, or check one.

    A new template is written beside the roster as NAME.yaml and is never written over another file.
    """
    from keytag.base import errors
    from keytag.base.diagnostics import has_errors
    from keytag.cli import console
    from keytag.cli.language import words
    from keytag.job import templates

    if action is Action.LIST:
        if name is not None:
            raise errors.UsageError(
                say("keytag template list takes no name: '{name}'", name=name),
                hint=say("keytag template show {name}", name=name),
            )
        console.result(templates.listed(words()))
        return
    if name is None:
        raise errors.UsageError(
            say("keytag template {action} needs a name", action=action.value),
            hint=say("keytag template list names them"),
        )
    if action is Action.SHOW:
        console.result(templates.shown(name))
    elif action is Action.NEW:
        path = templates.begin(Path(), name, source, whole=whole)
        console.say(
            say("{path}: begun from {source}; name it in the roster: template: {path}", path=path, source=source)
        )
    else:
        found, text = templates.judged(
            Path(name), colour=console.colourful(typer.get_text_stream("stdout")), words=words()
        )
        console.result(text)
        console.say(say("{name}: {findings}", name=name, findings=console.counted(len(found), "finding")))
        if has_errors(found):
            raise typer.Exit(errors.FINDINGS)
