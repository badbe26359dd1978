"""A spot ink is named or defined so that the plates come out wrong.

One name, one definition in a file: two tint transforms make two plates of one ink, a name outside ASCII makes one that
no RIP can show, and a spot without a process alternate cannot be proofed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press
from keytag.checks.pdf.resources import is_stream, resource

ID = "pdf-spots"
SEVERITY = Severity.ERROR
TITLE = "a spot ink named or defined wrongly"


def check(press: Press) -> Iterator[Diagnostic]:
    """Every Separation of the file."""
    defined: dict[str, tuple[str, ...]] = {}
    for where, holder, _ in press.streams():
        spaces = resource(holder, "/ColorSpace")
        for key in spaces.keys():  # noqa: SIM118 - a pikepdf dictionary iterates only so
            space = spaces[key]
            if str(space).startswith("/") or str(space[0]) != "/Separation":
                continue
            name = str(space[1])[1:]
            if not (name.isascii() and name.isprintable()):
                yield error(ID, say("{where}: the spot {name!r} is not named in ASCII letters", where=where, name=name))
            if name == "None":
                yield error(ID, say("{where}: a spot is called None, which leaves no ink on any plate", where=where))
            if str(space[2]) != "/DeviceCMYK":
                yield error(ID, say("{where}: the spot {name} has no CMYK alternate", where=where, name=name))
            made = _definition(space[3])
            if defined.setdefault(name, made) != made:
                yield error(ID, say("{where}: the spot {name} is defined in two ways", where=where, name=name))


def _definition(function: Any) -> tuple[str, ...]:
    """What a tint transform does, so that two of them can be compared; programs and samples by their bytes."""
    found = [f"{key}={[float(v) for v in function[key]]}" for key in ("/C0", "/C1", "/Domain") if key in function]
    found += [f"{key}={float(function[key])}" for key in ("/N", "/FunctionType") if key in function]
    if is_stream(function):
        found.append(function.read_bytes().hex())
    return tuple(found)
