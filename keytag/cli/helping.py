"""Help in another language: the words of the command tree looked up when they are shown, not when it is imported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from keytag.base.words import Message, Words, say, term
from keytag.cli.foreign import PLACES

HELP = "Show this message and exit."  # of click's own option
_HEADINGS = (term("Usage"), term("Arguments"), term("Options"), term("Commands"))
_EXTRAS = (term("default: {value}"), term("required"), term("env var: {value}"))
_KINDS = (term("<path>"), term("<int range>"), term("<float range>"), term("<int>"), term("<float>"), term("<str>"))
_EXTRA = re.compile(r"  \[([^\[\]]*)\]$")


def translate(command: Any, words: Words) -> None:
    """Give a command, its options and the commands below it their help in a language; a second time changes nothing."""
    if command.help:
        command.help = words.of(term(command.help))
    for param in command.params:
        if getattr(param, "help", None):
            param.help = words.of(term(param.help))
        if _names(param.metavar):
            param.metavar = words.of(term(param.metavar))
    for below in getattr(command, "commands", {}).values():
        if below.help:
            below.help = words.of(term(below.help))


def formatter(ordinary: type[Any], words: Words) -> type[Any]:
    """`ordinary`, the class of what lays help out, with its own words in a language."""

    class Formatter(ordinary):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            shown = " ".join(words.of(PLACES.get(word, word)) for word in args.split(" "))
            super().write_usage(prog, shown, f"{words.of(_HEADINGS[0])}: ")

        def write_heading(self, heading: str) -> None:
            super().write_heading(words.of(term(heading)))

        def write_dl(self, rows: Sequence[tuple[str, str]], *more: Any, **other: Any) -> None:
            super().write_dl([(_kinds(first, words), _extras(second, words)) for first, second in rows], *more, **other)

    return Formatter


def _kinds(text: str, words: Words) -> str:
    for kind in _KINDS:
        text = text.replace(kind, words.of(kind))
    return text


def _extras(text: str, words: Words) -> str:
    """What stands in brackets behind the help of an option: its default and its range."""
    match = _EXTRA.search(text)
    if match is None:
        return text
    parts = [words.of(_extra(part)) for part in match[1].split("; ")]
    return f"{text[: match.start()]}  [{'; '.join(parts)}]"


def _extra(text: str) -> str:
    for pattern in _EXTRAS:
        before, brace, _ = pattern.partition("{value}")
        if text == pattern:
            return pattern
        if brace and text.startswith(before):
            return say(pattern.pattern, value=text[len(before) :])
    return text


def _names(metavar: str | None) -> bool:
    """Whether what stands for a value is a word such as SECONDS, and no list of what may be written."""
    return metavar is not None and metavar.isupper()


def own_words(command: Any) -> list[Message]:
    """All texts of a command tree that `translate` looks up, for the catalogue."""
    found = [command.help, HELP, *(getattr(param, "help", None) for param in command.params)]
    found += [param.metavar for param in command.params if _names(param.metavar)]
    for below in getattr(command, "commands", {}).values():
        found += own_words(below)
    return [term(text) for text in found if text]
