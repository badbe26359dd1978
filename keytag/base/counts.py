"""Numbers of things, `1 plate set`, `2 plate sets`, and the names of severities."""

from __future__ import annotations

from collections.abc import Callable

from keytag.base.diagnostics import Severity
from keytag.base.words import Message, say, say_n

NAMES = {Severity.ERROR: say("error"), Severity.WARNING: say("warning"), Severity.NOTE: say("note")}

# One literal each: the catalogues are made of them.
_FORMS: dict[str, Callable[[int], Message]] = {
    "commune": lambda n: say_n("{count:,} commune", "{count:,} communes", n),
    "design": lambda n: say_n("{count:,} design", "{count:,} designs", n),
    "error": lambda n: say_n("{count:,} error", "{count:,} errors", n),
    "file": lambda n: say_n("{count:,} file", "{count:,} files", n),
    "film": lambda n: say_n("{count:,} film", "{count:,} films", n),
    "finding": lambda n: say_n("{count:,} finding", "{count:,} findings", n),
    "note": lambda n: say_n("{count:,} note", "{count:,} notes", n),
    "number": lambda n: say_n("{count:,} number", "{count:,} numbers", n),
    "plate set": lambda n: say_n("{count:,} plate set", "{count:,} plate sets", n),
    "roster": lambda n: say_n("{count:,} roster", "{count:,} rosters", n),
    "serial": lambda n: say_n("{count:,} serial", "{count:,} serials", n),
    "sheet": lambda n: say_n("{count:,} sheet", "{count:,} sheets", n),
    "tag": lambda n: say_n("{count:,} tag", "{count:,} tags", n),
    "unit": lambda n: say_n("{count:,} unit", "{count:,} units", n),
    "village": lambda n: say_n("{count:,} village", "{count:,} villages", n),
    "warning": lambda n: say_n("{count:,} warning", "{count:,} warnings", n),
}


def counted(number: int, thing: str) -> Message:
    """So many of a thing."""
    return _FORMS[thing](number)
