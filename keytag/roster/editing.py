"""New values put into a roster's files as edits of single spans: comments, order and layout stay as a person made them.

Pure: a roster and what is wanted of it give the edits and the new texts. `rewritten` reads those again and holds every
value against what was wanted and, of all else, against what was there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence as List
from functools import partial
from pathlib import Path

from keytag.base.diagnostics import Span
from keytag.base.errors import InputError, OutputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.fields import is_empty
from keytag.files.replace import changed, replace_file
from keytag.files.scalars import scalar
from keytag.files.source import Mapping, Node, Scalar, Sequence, Source, parse
from keytag.roster.facts import MANY, ONE, Fact, Words, whole
from keytag.roster.load import assemble
from keytag.roster.model import Roster

GAP = "cần điền"  # a remark that begins so marks a key without value; it goes when the value comes
# Where editors find what each key means: the file that `keytag schema > contacts.schema.json` writes beside the roster.
SCHEMA_LINE = "# yaml-language-server: $schema=contacts.schema.json"
_BREAK = re.compile("\r\n|\r|\n")


class Wanted(NamedTuple):
    """A value that a key of a unit is to have; `unit` is its index in the roster, -1 for the only authority."""

    unit: int
    key: str
    fact: Fact


class Edit(NamedTuple):
    """`text` in place of what stands between two places (line and column, 1-based, the end exclusive)."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


class Rewritten(NamedTuple):
    """A file with its new text, which reads as wanted."""

    source: Source
    edits: tuple[Edit, ...]

    @property
    def text(self) -> str:
        return applied(self.source.text, self.edits)


def rewritten(roster: Roster, wanted: List[Wanted], more: Map[str, str] | None = None) -> list[Rewritten]:
    """The files of `roster` with the values `wanted`; `more` are new units' texts for the end of a file's list.

    `OutputError` where a file would not read as wanted.
    """
    trees = {source.name: _Tree(source) for source in roster.files}
    edits: dict[str, list[Edit]] = {}
    for each in wanted:
        head = roster.units[each.unit].span if each.unit >= 0 else roster.authorities[0].span
        tree = trees[head.file]
        edits.setdefault(head.file, []).extend(tree.edits(tree.group(head), each.key, each.fact))
    for name, text in (more or {}).items():
        edits.setdefault(name, []).append(trees[name].appended(text))
    done = [Rewritten(source, tuple(edits[source.name])) for source in roster.files if edits.get(source.name)]
    _judge(roster, wanted, done, more or {})
    return done


def _judge(roster: Roster, wanted: List[Wanted], done: List[Rewritten], more: Map[str, str]) -> None:
    """Raise unless the new texts say what was wanted, and of all else what was there."""
    texts = {each.source.name: each.text for each in done}
    try:
        now = assemble([Source(source.name, texts.get(source.name, source.text)) for source in roster.files])
    except InputError as error:
        raise OutputError(
            say("the edits would break the file: {message}; nothing was written", message=error.message)
        ) from error
    expected, found = whole(roster), whole(now)
    heads = len(roster.authorities)
    for each in wanted:
        expected[heads + each.unit if each.unit >= 0 else 0][each.key] = each.fact
    if more:
        kept = {id(u) for u in now.units if any(u.span.file == name for name in more)}
        added = len(found) - len(expected)
        last = max((i for i, u in enumerate(now.units) if id(u) in kept), default=-1)
        if added > 0:
            del found[heads + last + 1 - added : heads + last + 1]
    if expected != found:
        raise OutputError(
            say("the edits would change more than they should; nothing was written"), hint=say("edit the file by hand")
        )


def write(done: List[Rewritten], *, backup: bool = True) -> None:
    """Put the new texts in the place of the files; `OutputError` where one has changed since it was read."""
    ready = [(each, *changed(each.source, partial(applied, edits=each.edits))) for each in done]
    for each, data, new in ready:  # all were looked at before one is written
        replace_file(Path(each.source.name), new, before=data if backup else None)


def applied(text: str, edits: List[Edit]) -> str:
    """`text` with `edits` made, which do not overlap; new lines end as the first one does."""
    first = _BREAK.search(text)
    end = first[0] if first else "\n"
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        start, stop = (starts[line - 1] + column - 1 for line, column in (edit.start, edit.end))
        text = text[:start] + edit.text.replace("\n", end) + text[stop:]
    return text


class _Tree:
    """The nodes of one file, found by where they begin."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._groups: dict[tuple[int, int], Mapping] = {}
        self.root = parse(source)[0]
        waiting: list[Node] = [self.root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Mapping):
                for at in (node.span, *([node.entries[0][0].span] if node.entries else [])):
                    self._groups.setdefault((at.line, at.column), node)
                waiting += [value for _, value in node.entries]
            elif isinstance(node, Sequence):
                waiting += node.items

    def group(self, head: Span) -> Mapping:
        """The keys and values that begin at `head`."""
        return self._groups[(head.line, head.column)]

    def edits(self, group: Mapping, key: str, fact: Fact) -> list[Edit]:
        """What gives `key` of a group the value `fact`."""
        node = next((value for name, value in group.entries if name.value == key), None)
        if node is None:
            return [self._new_key(group, key, fact)]
        if isinstance(fact, str):
            return [self._put(node, scalar(fact, flow=self._in_flow(group)))]
        if key in ONE:
            return self._contact(node, fact[0])
        if key in MANY:
            return self._list(node, key, fact)
        raise UsageError(say("{key} cannot be edited", key=key))

    def _put(self, node: Node, text: str) -> Edit:
        """`text` in place of a value, or behind the colon where there is none."""
        if not isinstance(node, Scalar):
            span = node.span
            return Edit((span.line, span.column), self._end(node), text)
        span = node.span
        start, end = (span.line, span.column), (span.end_line, span.end_column)
        if start == end:
            line = self.source.lines[span.line - 1]
            before = line[: span.column - 1]
            colon = len(before.rstrip(" "))
            marked = line[colon:].strip().startswith(f"# {GAP}")
            return Edit((span.line, colon + 1), (span.line, (len(line) if marked else colon) + 1), f" {text}")
        if self.source.lines[span.line - 1][span.column - 1] == '"' and not text.startswith('"'):
            text = f'"{text}"'
        return Edit(start, end, text)

    def _contact(self, node: Node, words: Words) -> list[Edit]:
        number, name, label = words
        if isinstance(node, Mapping):
            found = {key.value: value for key, value in node.entries}
            edits = []
            for key, text in (("number", number), ("name", name), ("role", label)):
                was = found.get(key)
                if was is None and text:
                    edits.append(self._new_key(node, key, text))
                elif was is not None and not (isinstance(was, Scalar) and was.value == text and not is_empty(was)):
                    if not text and is_empty(was):
                        continue
                    edits.append(self._put(was, scalar(text, flow=True) if text else '""'))
            return edits
        if isinstance(node, Scalar) and node.value == number and not name and not label:
            return []
        return [self._put(node, _flow(words))]

    def _list(self, node: Node, key: str, fact: tuple[Words, ...]) -> list[Edit]:
        if not isinstance(node, Sequence) or not node.items:
            return [self._put(node, f"[{', '.join(_flow(words) for words in fact)}]")]
        edits: list[Edit] = []
        for item, words in zip(node.items, fact, strict=False):
            edits += self._contact(item, words)
        flow, last = self._in_flow(node), node.items[-1]
        if len(fact) > len(node.items):
            new = [_flow(words) for words in fact[len(node.items) :]]
            if flow:
                at = self._end(last)
                edits.append(Edit(at, at, "".join(f", {text}" for text in new)))
            else:
                dash = " " * (node.span.column - 1)
                edits.append(self._line_after(last, "".join(f"\n{dash}- {text}" for text in new)))
        elif len(fact) < len(node.items):
            keep = node.items[len(fact) - 1]
            end = self._end(last)
            if flow:
                edits.append(Edit(self._end(keep), end, ""))
            else:
                first, final = self._end(keep)[0], end[0]
                edits.append(Edit(self._line_end(first), self._line_end(final), ""))
        return edits

    def _new_key(self, group: Mapping, key: str, fact: Fact) -> Edit:
        flow = self._in_flow(group)
        if isinstance(fact, str):
            text = f'"{fact}"' if key == "code" else scalar(fact, flow=flow)
        elif key in ONE:
            text = _flow(fact[0])
        else:
            text = f"[{', '.join(_flow(words) for words in fact)}]"
        last = group.entries[-1][1]
        if flow:
            at = self._end(last)
            return Edit(at, at, f", {key}: {text}")
        indent = " " * (group.entries[0][0].span.column - 1)
        return self._line_after(last, f"\n{indent}{key}: {text}")

    def appended(self, text: str) -> Edit:
        """New units, written with no indent, behind the last of this file."""
        if isinstance(self.root, Mapping):
            for key, node in self.root.entries:
                if key.value == "units" and isinstance(node, Sequence) and node.items and not self._in_flow(node):
                    indent = " " * (node.span.column - 1)
                    lines = (f"{indent}{line}" if line else "" for line in text.rstrip("\n").split("\n"))
                    return self._line_after(node.items[-1], "\n\n" + "\n".join(lines))
        raise UsageError(
            say("{source}: has no list of units that one could be added to", source=self.source.name),
            hint=say("add it by hand"),
        )

    def _end(self, node: Node) -> tuple[int, int]:
        """Where a value ends: the parser's end of a block collection is where the next thing begins."""
        inner: list[Node] = []
        if isinstance(node, Mapping):
            inner = [value for _, value in node.entries]
        elif isinstance(node, Sequence):
            inner = list(node.items)
        if inner and not self._in_flow(node):
            return self._end(inner[-1])
        return node.span.end_line, node.span.end_column

    def _in_flow(self, node: Node) -> bool:
        return self.source.lines[node.span.line - 1][node.span.column - 1 : node.span.column] in ("{", "[")

    def _line_after(self, node: Node, text: str) -> Edit:
        """`text` at the end of the line in which a value ends, behind its remark."""
        at = self._line_end(self._end(node)[0])
        return Edit(at, at, text)

    def _line_end(self, line: int) -> tuple[int, int]:
        return line, len(self.source.lines[line - 1]) + 1


def _flow(words: Words) -> str:
    """A contact on one line: the number alone, or with its name and its role."""
    number, name, label = words
    if not name and not label:
        return scalar(number, flow=True)
    parts = (("role", label), ("number", number), ("name", name))
    return "{" + ", ".join(f"{key}: {scalar(text, flow=True)}" for key, text in parts if text) + "}"
