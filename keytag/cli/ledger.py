"""`keytag ledger`: what became of serials, what is void, and the next number."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from keytag.base.words import joined, say

if TYPE_CHECKING:
    from keytag.serial.ledger import Ledger, Row


class Action(StrEnum):
    """What to do with a ledger."""

    STATUS = "status"
    NEXT = "next"
    VOID = "void"
    DESTROYED = "destroyed"


def ledger(
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="What to tell or to book.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The ledger.")],
    serials: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="SERIAL", help="Serials: those to book; of status only these."),
    ] = None,
    job: Annotated[str, typer.Option(metavar="WORDS", help="Why it is booked, in the ledger's last column.")] = "",
) -> None:
    """Tell what a ledger says, or book serials void, or their tags destroyed.

    status: the ranges that were issued and what became of them, or how these serials stand. next: the first number that
    is free. void: these serials are valid no more. destroyed: their tags are gone, and may be printed again.
    """
    from keytag.base.errors import UsageError
    from keytag.cli import console
    from keytag.serial.ledger import NAMES, held, key_of, read

    words = [_plain(word) for each in serials or () for word in each.split(",") if word.strip()]
    if action in (Action.STATUS, Action.NEXT):
        found = read(file)
        lines = _told(found, words) if action is Action.STATUS else _next(found)
        console.result(joined("", (say("{line}\n", line=line) for line in lines)))
        return
    if not words:
        raise UsageError(say("no serial is named"), hint=say("write the serials behind the ledger's name"))
    with held(file) as book:
        rows = [_row(book.ledger, word, action.value, job) for word in words]
        if len({key_of(word) for word in words}) != len(words):
            raise UsageError(say("a serial is named twice"))
        book.append(rows)
    console.say(
        say(
            "{file}: {serials} {action}",
            file=file,
            serials=console.counted(len(rows), "serial"),
            action=NAMES[action.value],
        )
    )


def _plain(word: str) -> str:
    """A serial as the ledger writes it; a `UsageError` where it is none."""
    from keytag.base.errors import UsageError
    from keytag.base.excerpt import excerpt
    from keytag.serial.form import Form, SerialError
    from keytag.serial.ledger import key_of

    plain = "".join(c for c in word.upper() if c.isalnum())
    try:
        key = key_of(plain)
        return Form(key.prefix, key.digits).text(Form(key.prefix, key.digits).parse(plain))
    except (SerialError, ValueError) as error:
        raise UsageError(say("{word}: {error}", word=excerpt(word), error=error)) from error


def _row(ledger: Ledger, word: str, state: str, job: str) -> Row:
    from keytag.base.errors import UsageError
    from keytag.serial.ledger import NAMES, VOID, Row, key_of

    before = ledger.state(key_of(word))
    if not before:
        raise UsageError(say("{word} was never issued", word=word))
    if before in (VOID, state):
        raise UsageError(say("{word} is {before} already", word=word, before=NAMES[before]))
    return Row(word, "", "", "", "", "", state, job)


def _told(ledger: Ledger, words: list[str]) -> list[str]:
    """Ranges and states, a line each; of single serials how each stands."""
    from collections import Counter

    from keytag.serial.form import Form
    from keytag.serial.ledger import NAMES, key_of

    if words:
        return [
            say("{serial} {state}", serial=word, state=NAMES.get(ledger.state(key_of(word)), say("never issued")))
            for word in words
        ]
    lines: list[str] = []
    for (prefix, digits), ranges in sorted(ledger.ranges.items()):
        form = Form(prefix, digits)
        for first, last in ranges:
            lines.append(
                say(
                    "{printed} – {printed2}  {last:,} issued",
                    printed=form.printed(first),
                    printed2=form.printed(last),
                    last=last - first + 1,
                )
            )
    states = Counter(row.state for row in ledger.changed.values())
    lines += [say("{count:,} {state}", count=count, state=NAMES[state]) for state, count in sorted(states.items())]
    return lines or [say("nothing is issued")]


def _next(ledger: Ledger) -> list[str]:
    from keytag.serial.form import Form

    found = []
    for prefix, digits in sorted(ledger.ranges):
        form, number = Form(prefix, digits), ledger.next(prefix, digits)
        found.append(f"{number}  {form.printed(number)}")
    return found or ["1"]
