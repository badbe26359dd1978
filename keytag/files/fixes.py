"""Apply the edits of findings to the files they are about, and to nothing else in them.

Comments, layout and line ends stay. Edits that overlap are left alone, all of them: which one is right would be a
guess. A file is replaced whole or not at all, and only when what YAML reads from the new text differs from the old in
the edited places alone. Which edits are safe is the checks' business: where mending would be a guess there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Edit, Span
from keytag.base.errors import OutputError
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.replace import changed, replace_file
from keytag.files.source import Mapping, Node, Scalar, Source, decode, parse

_BREAKS = re.compile("(\r\n|[\r\n])")


class Mended(NamedTuple):
    """What was done to one file: the findings that were mended, and those whose edits stood in each other's way."""

    file: str
    done: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]


def mend(findings: Sequence[Diagnostic], sources: Sequence[Source], *, backup: bool = True) -> list[Mended]:
    """Apply the fixes of `findings` to their files, each replaced whole; `contacts.yaml.bak` has the old bytes.

    `OutputError` where a file cannot be written, has changed since it was read, or would not read as meant.
    """
    mended = []
    for source in dict.fromkeys(sources):
        concerned = [f for f in findings if f.fix and all(edit.span.file == source.name for edit in f.fix)]
        done, left = compatible(concerned)
        if done:
            _replace(source, edits_of(done), backup)
        if done or left:
            mended.append(Mended(source.name, tuple(done), tuple(left)))
    return mended


def edits_of(findings: Sequence[Diagnostic]) -> list[Edit]:
    """The edits of `findings` in the order of the file, each once."""
    return sorted({edit for finding in findings for edit in finding.fix}, key=lambda edit: _extent(edit.span))


def compatible(findings: Sequence[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Findings of one file whose edits can all be applied, and those with an edit that another's overlaps."""
    edits = edits_of(findings)
    unclear: set[Edit] = {edit for edit in edits if edit.span.line != edit.span.end_line}
    widest: Edit | None = None
    for edit in edits:
        if widest is not None and (
            _extent(edit.span)[0] < _extent(widest.span)[1] or _extent(edit.span) == _extent(widest.span)
        ):
            unclear |= {edit, widest}
        if widest is None or _extent(edit.span)[1] > _extent(widest.span)[1]:
            widest = edit
    done: list[Diagnostic] = []
    left: list[Diagnostic] = []
    for finding in findings:
        (left if unclear.intersection(finding.fix) else done).append(finding)
    return done, left


def _extent(span: Span) -> tuple[tuple[int, int], tuple[int, int]]:
    return (span.line, span.column), (span.end_line, span.end_column)


def applied(text: str, edits: Sequence[Edit]) -> str:
    """`text` with `edits` made, which do not overlap and lie within one line each; line ends stay as they are."""
    parts = _BREAKS.split(text)  # a line, its end, a line …
    for edit in sorted(edits, key=lambda edit: _extent(edit.span), reverse=True):
        index = 2 * (edit.span.line - 1)
        line = parts[index]
        parts[index] = line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
    return "".join(parts)


def mended_text(findings: Sequence[Diagnostic], source: Source) -> str:
    """A file's text with the edits of `findings` made, as far as none stands in another's way."""
    concerned = [f for f in findings if f.fix and all(edit.span.file == source.name for edit in f.fix)]
    return applied(source.text, edits_of(compatible(concerned)[0]))


def _replace(source: Source, edits: Sequence[Edit], backup: bool) -> None:
    """Write the edited file, read it back, and put it in its place."""
    data, new = changed(source, lambda text: applied(text, edits))
    _verify(source, edits, decode(new, source.name))
    replace_file(Path(source.name), new, before=data if backup else None)


def _verify(old: Source, edits: Sequence[Edit], new: Source) -> None:
    """Raise `OutputError` unless the new file reads as the old one but in the edited places."""
    before, after = list(_scalars(parse(old)[0])), list(_scalars(parse(new)[0]))
    places = {(edit.span.line, edit.span.column) for edit in edits}
    sound = len(before) == len(after) and all(
        was.value == now.value or _holds(was.span, places) for was, now in zip(before, after, strict=True)
    )
    if not sound:
        raise OutputError(say("{old}: the edits would change more than they should; nothing was written", old=old.name))


def _holds(span: Span, places: set[tuple[int, int]]) -> bool:
    return any(_extent(span)[0] <= place < _extent(span)[1] for place in places)


def _scalars(root: Node) -> Iterator[Scalar]:
    """Every key and value in the file's order."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            waiting += [part for entry in reversed(node.entries) for part in reversed(entry)]
        else:
            waiting += reversed(node.items)
