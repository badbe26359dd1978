"""Command lines that need no parser: a verb, paths, and where the result goes.

Importing what parses options takes as long as reading and checking a roster, and most command lines have none, or
`-o` alone. What is read here is what typer makes of the same words; whatever else there is, is typer's.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from keytag.base import errors

_OUTPUT = ("-o", "--output")


def done(verb: str, words: Sequence[str]) -> int | None:
    """The exit code of a verb with these words; None where typer is to read them, and nothing was done."""
    if sys.platform == "win32":  # there typer also finds the files of `*.yaml`
        return None
    if verb == "check" and not any(word.startswith("-") and word != "-" for word in words):
        return int(_verb("checking").plain(words))
    found = _parted(words) if verb in ("impose", "import") else None
    if found is None:
        return None
    paths, output = found
    if verb == "impose":
        imposing = _verb("imposing")
        imposing.run(paths, (), None, imposing.Asked() if output is None else imposing.Asked(output))
        return errors.OK
    if len(paths) != 1:
        return None
    importing = _verb("importing")
    return int(importing.run(paths[0], importing.Asked() if output is None else importing.Asked(output)))


def _verb(name: str) -> Any:
    """The module of what a verb does; the program knows its verbs by their names alone, here as in `app`."""
    return import_module(f"keytag.cli.{name}")


def _parted(words: Sequence[str]) -> tuple[list[Path], Path | None] | None:
    """The paths, and what is named for the output; None where there is another option, or one that lacks its value."""
    paths: list[Path] = []
    output: Path | None = None
    given = iter(words)
    for word in given:
        if word in _OUTPUT and output is None:
            word = next(given, "-")
            output = Path(word)
        else:
            paths.append(Path(word))
        if word.startswith("-"):
            return None
    return paths, output
