"""`base:`: a template that is another one with some of its values replaced.

Mappings are merged key by key, everything else is replaced whole; each value keeps its place in its own file. One step
only: the file that is named may have a base of its own up to three deep, and no circle.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.errors import InputError
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files import kinds, shipped
from keytag.files.fields import GUESSES, is_empty, nearest
from keytag.files.source import Mapping, Node, Scalar, Sequence, Source, clipped, parse, read

_DEEPEST = 3
NAMED = {"inks": say("ink"), "fonts": say("font"), "areas": say("area")}


class _New(NamedTuple):
    """A name of an ink, a font or an area that the base has not."""

    key: Scalar
    what: str
    base: str
    known: tuple[str, ...]  # those of the base


def merged(node: Node, file: Path, findings: list[Diagnostic], bases: list[Source]) -> tuple[Node, Path]:
    """`node` laid over its base, and the folder whose files (emblems, fonts) the faces come from.

    What was read is added to `bases`, the nearest first.
    """
    new: list[_New] = []
    laid, folder = _merged(node, file, findings, bases, new)
    if new:
        findings += _replacing_nothing(new, _words(laid))
    return laid, folder


def _merged(
    node: Node, file: Path, findings: list[Diagnostic], bases: list[Source], new: list[_New], depth: int = 0
) -> tuple[Node, Path]:
    name = _base_of(node, findings)
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
        kinds.expect(below, source.name, kinds.TEMPLATE)
    except InputError as error:
        findings.append(
            Diagnostic("bad-value", Severity.ERROR, name.span, say("base: {message}", message=error.message))
        )
        return node, file.parent
    findings += found
    below, folder = _merged(below, path, findings, bases, new, depth + 1)
    if not isinstance(below, Mapping):
        return node, file.parent
    own = {key.value for key, _ in node.entries}
    new += _added(node, below, name.value)
    return _laid(node, below), file.parent if own & {"front", "back", "fonts"} else folder


def _base_of(node: Node, findings: list[Diagnostic]) -> Scalar | None:
    value = _under(node, "base")
    if value is None or is_empty(value):
        return None
    if isinstance(value, Scalar) and value.value:
        return value
    message = say("base must be the name of one template")
    findings.append(Diagnostic("wrong-type", Severity.ERROR, value.span, message))
    return None


def _under(node: Node, key: str) -> Node | None:
    return next((v for k, v in node.entries if k.value == key), None) if isinstance(node, Mapping) else None


def _added(top: Mapping, below: Mapping, base: str) -> Iterator[_New]:
    for group, what in NAMED.items():
        own, theirs = _under(top, group), _under(below, group)
        known = tuple(key.value for key, _ in theirs.entries) if isinstance(theirs, Mapping) else ()
        for key, _ in own.entries if isinstance(own, Mapping) else ():
            if key.value not in known:
                yield _New(key, what, base, known)


def _replacing_nothing(new: list[_New], used: set[str]) -> Iterator[Diagnostic]:
    """What is said of names that replace none of the base's, and that no element names: a slip would change nothing."""
    for i, (key, what, base, known) in enumerate(one for one in new if one.key.value not in used):
        fields = {"what": what, "name": clipped(key.value), "base": base}
        message = say("{what} '{name}' replaces none of {base}'s, and no element names it", **fields)
        guess = nearest(key.value, known) if i < GUESSES else ""
        hint = say("; did you mean '{guess}'?", guess=guess) if guess else ""
        yield Diagnostic("bad-value", Severity.ERROR, key.span, message + hint)


def _words(laid: Node) -> set[str]:
    """Every text under the faces: what names an ink, a font or an area is one of them."""
    found: set[str] = set()
    left = [_under(laid, face) for face in ("front", "back")]
    while left:
        node = left.pop()
        if isinstance(node, Mapping):
            left += [value for _, value in node.entries]
        elif isinstance(node, Sequence):
            left += node.items
        elif node is not None:
            found.add(node.value)
    return found


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
