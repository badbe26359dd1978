"""`base:`: a template that is another one with some of its values replaced.

Mappings are merged key by key, everything else is replaced whole; each value keeps its place in its own file. One step
only: the file that is named may have a base of its own up to three deep, and no circle.
"""

from __future__ import annotations

from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.errors import InputError
from keytag.base.words import say
from keytag.files import shipped
from keytag.files.source import Mapping, Node, Scalar, Source, parse, read

_DEEPEST = 3


def merged(
    node: Node, file: Path, findings: list[Diagnostic], bases: list[Source], depth: int = 0
) -> tuple[Node, Path]:
    """`node` laid over its base, and the folder whose files (emblems, fonts) the faces come from.

    What was read is added to `bases`, the nearest first.
    """
    name = _base_of(node)
    if name is None or not isinstance(node, Mapping):
        return node, file.parent
    try:
        path = shipped.locate(shipped.TAGS, name.value, file.parent)
        if depth >= _DEEPEST or path.resolve() == file.resolve():
            raise InputError(
                say("a base of a base goes {deepest} deep at most, and never in a circle", deepest=_DEEPEST)
            )
        source = read(path)
        bases.append(source)
        below, found = parse(source)
    except InputError as error:
        findings.append(
            Diagnostic("bad-value", Severity.ERROR, name.span, say("base: {message}", message=error.message))
        )
        return node, file.parent
    findings += found
    below, folder = merged(below, path, findings, bases, depth + 1)
    if not isinstance(below, Mapping):
        return node, file.parent
    own = {key.value for key, _ in node.entries}
    return _laid(node, below), file.parent if own & {"front", "back", "fonts"} else folder


def _base_of(node: Node) -> Scalar | None:
    if not isinstance(node, Mapping):
        return None
    return next((v for k, v in node.entries if k.value == "base" and isinstance(v, Scalar) and v.value), None)


def _laid(top: Mapping, below: Mapping) -> Mapping:
    """`below` with what `top` says in place of what it says."""
    own = {key.value: (key, value) for key, value in top.entries}
    entries = []
    for key, value in below.entries:
        mine = own.pop(key.value, None)
        if mine is None:
            entries.append((key, value))
        elif isinstance(mine[1], Mapping) and isinstance(value, Mapping) and mine[1].entries:
            entries.append((mine[0], _laid(mine[1], value)))
        else:
            entries.append(mine)
    entries += own.values()
    return top._replace(entries=tuple(entries))
