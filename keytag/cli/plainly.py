"""Command lines that need no parser: a verb, paths, and where the result goes; of numbered sheets their ledger, too.

Importing what parses options takes as long as reading and checking a roster, and most command lines have none, or
`-o` alone. What is read here is what typer makes of the same words; whatever else there is, is typer's.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from keytag.base import errors

_OUTPUT = {"-o": "output", "--output": "output"}
_VALUES = {"impose": {**_OUTPUT, "--ledger": "ledger"}, "import": _OUTPUT}  # options with a path, by verb
_FLAGS = {"impose": {"--numbered": "numbered"}, "import": {}}


def done(verb: str, words: Sequence[str]) -> int | None:
    """The exit code of a verb with these words; None where typer is to read them, and nothing was done."""
    if sys.platform == "win32":  # there typer also finds the files of `*.yaml`
        return None
    if verb == "check" and not any(word.startswith("-") and word != "-" for word in words):
        return int(_verb("checking").plain(words))
    found = _parted(words, _VALUES[verb], _FLAGS[verb]) if verb in _VALUES else None
    if found is None:
        return None
    paths, options = found
    if verb == "impose":
        if "ledger" in options and "numbered" not in options:
            return None
        imposing = _verb("imposing")
        imposing.run(paths, (), None, imposing.Asked(**options))
        return errors.OK
    if len(paths) != 1:
        return None
    importing = _verb("importing")
    return int(importing.run(paths[0], importing.Asked(**options)))


def _verb(name: str) -> Any:
    """The module of what a verb does; the program knows its verbs by their names alone, here as in `app`."""
    return import_module(f"keytag.cli.{name}")


def _parted(
    words: Sequence[str], values: Mapping[str, str], flags: Mapping[str, str]
) -> tuple[list[Path], dict[str, Any]] | None:
    """The paths, and the options by name; None where there is another one, one twice, or one that lacks its value."""
    paths: list[Path] = []
    options: dict[str, Any] = {}
    given = iter(words)
    for word in given:
        name = values.get(word) or flags.get(word)
        if name in options:
            return None
        if word in flags:
            options[flags[word]] = True
            continue
        if word in values:
            word = next(given, "-")
            options[str(name)] = Path(word)
        else:
            paths.append(Path(word))
        if word.startswith("-"):
            return None
    return paths, options
