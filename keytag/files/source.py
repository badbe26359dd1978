"""A YAML file becomes nodes that know their line and column; text stays as the person typed it.

Built straight from the parser's events: nothing is converted (`0269…` never becomes a number, `NO` never False),
nothing recurses (a hundred thousand brackets cannot blow the stack), and it is faster than composing yaml's own nodes.
The only module that knows `yaml`. What the keys mean is the business of `contacts`, `template_file` and `scheme_file`.
"""

import errno
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError
from keytag.base.late import patterns_late
from keytag.base.records import NamedTuple
from keytag.base.system import in_words, reason
from keytag.base.words import say

# yaml's stubs do not know the C parser's events and marks.
Event: TypeAlias = Any
Mark: TypeAlias = Any

MAX_BYTES = 32 * 1024 * 1024  # a nation's roster is 2 MB
MAX_DEPTH = 50
_TOO_DEEP = say("is nested more than {max_depth} deep", max_depth=MAX_DEPTH)
MAX_TEXT = 10_000  # characters of one value: the most that a QR symbol holds is 2,953, and setting text takes memory
MAX_NODES = 1_000_000  # after aliases are followed: ten nations, and some 300 MB
_MOST_QUOTED = 60  # characters of a file that a message repeats
_MOST_NAMED = 500  # characters of a file's name: a deep folder still shows whole
# What YAML 1.1, 5.1 leaves out: control characters, lone surrogates and two non-characters. Said so, the pattern
# is compiled in a tenth of the time that naming what is allowed takes.
_NOT_ALLOWED = "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"

_FURTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
# A # with no blank behind it, as nobody begins a remark: `#113`. `#keytag:` is an ignore, `#---` and `##` are rules.
_HASH = re.compile(r"[ \t]#(?!keytag:)\w")
_TAG = re.compile(r"!\S*")
_CUT = r"[ \t]+(#(?!keytag:)\w.*)"


class Scalar(NamedTuple):
    """One piece of text; `quoted` tells `"~"` from `~`."""

    value: str
    span: Span
    quoted: bool


class Text(NamedTuple):
    """A scalar as typed, never converted, and where it stands (its quotes included)."""

    value: str
    span: Span


class Mapping(NamedTuple):
    """Keys and values in the file's order; a key that stands twice is kept once, its first time."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    span: Span


class Sequence(NamedTuple):
    """A list."""

    items: "tuple[Node, ...]"
    span: Span


Node: TypeAlias = Scalar | Mapping | Sequence


class Source:
    """A file's name as the person gave it, and its text."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, as editors count them (LF, CR LF, CR); line 1 is `lines[0]`."""
        return self.text.split("\n")


def read(path: Path, name: str = "") -> Source:
    """Read a UTF-8 text file; every way in which that cannot be is one clear `InputError`."""
    name = name or str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            what = say("{size} MiB is too large (the limit is {most} MiB)", size=size // 2**20, most=MAX_BYTES // 2**20)
            raise InputError.of(name, what)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(error, name) from error
    except ValueError as error:  # a NUL in the name, which a roster's `template:` can hold
        raise not_a_name(name) from error
    return decode(data, name)


def unreadable(error: OSError, name: str) -> InputError:
    """Why a file or folder cannot be read, and what to do about it."""
    return InputError.of(clipped(name, _MOST_NAMED), _reason(error), hint=_advice(error))


def not_a_name(name: str) -> InputError:
    """No system has files of such a name."""
    return InputError(say("{name!r} is no file name", name=clipped(name, _MOST_NAMED)))


def clipped(text: str, most: int = _MOST_QUOTED) -> str:
    """`text` short enough for a message: what a file holds may be millions of characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def decode(data: bytes, name: str) -> Source:
    """The text of a file's bytes; an `InputError` where they are not UTF-8 text or too many."""
    if len(data) > MAX_BYTES:
        raise InputError.of(name, say("is too large (the limit is {most} MiB)", most=MAX_BYTES // 2**20))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError.of(name, say("is UTF-16 text; save it as UTF-8"))
    if b"\0" in data:
        raise InputError.of(name, say("is not a text file; give a YAML file"))
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(_one_line_end(data[: error.start].decode("utf-8")))
        span = Span(name, line, column, line, column + 1)
        raise InputError.at(span, say("is not UTF-8 text; save the file as UTF-8")) from error
    return Source(name, _one_line_end(text))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(before: str) -> tuple[int, int]:
    """Line and column, in characters, of what stands after `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


Parsed: TypeAlias = tuple["Node", list[Diagnostic]]  # a file's document, and what is odd about it


def parse(source: Source) -> Parsed:
    """The file's one document and what is odd about it (duplicate and merge keys, texts that a # cuts off).

    Raises `InputError` with file:line:column for broken YAML, an empty file, more than one document, explicit tags, and
    anything beyond the limits.
    """
    return _Builder(source).build()


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return say("no such file")
    if isinstance(error, IsADirectoryError):
        return say("is a folder")
    return reason(error)


def _advice(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return say("check that you may read it")
    return say("check the name, or run keytag where the file is") if isinstance(error, FileNotFoundError) else ""


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = ("anchor", "before", "children", "is_mapping", "mark")

    def __init__(self, is_mapping: bool, mark: Mark, anchor: str | None, before: int) -> None:
        self.is_mapping, self.mark, self.anchor, self.before = is_mapping, mark, anchor, before
        self.children: list[Node] = []


class _EditorLines:
    """From the parser's lines, which U+0085, U+2028 and U+2029 end too (YAML 1.1, 5.4), to those that editors count."""

    def __init__(self, text: str) -> None:
        self._starts: list[tuple[int, int]] = []
        for number, line in enumerate(text.split("\n"), 1):
            start = 0
            for part in _FURTHER_BREAKS.split(line):
                self._starts.append((number, start))
                start += len(part) + 1

    def place(self, line: int, column: int) -> tuple[int, int]:
        """1-based line and column of what the parser places at 0-based ones."""
        number, start = self._starts[min(line, len(self._starts) - 1)]
        return number, start + column + 1


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.further = _EditorLines(source.text) if _FURTHER_BREAKS.search(source.text) else None
        # Lines in which a # might cut off a text: nearly always none, so that texts need not be looked at one by one.
        self.hashes = _hashes(source) if _HASH.search(source.text) else frozenset()
        self.findings: list[Diagnostic] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.unused: dict[str, Span] = {}
        self.count = 0
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def build(self) -> tuple[Node, list[Diagnostic]]:
        with patterns_late():
            import yaml

        loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            loader = loader_class(self.source.text)
            self._run(loader.get_event)
        except yaml.MarkedYAMLError as error:
            what = error.problem or error.context or say("cannot be read as YAML")
            if "nesting depth" in what:  # libyaml's scanner runs ahead of its events and has a limit of its own (1,000)
                raise self._error(error.problem_mark or error.context_mark, _TOO_DEEP) from error
            raise self._broken(what, error.problem_mark, error.context_mark) from error
        except yaml.YAMLError as error:
            raise self._unreadable(error) from error
        if self.root is None:
            raise InputError.of(self.source.name, say("is empty; it should hold keys and values"))
        for anchor, span in self.unused.items():
            if self.source.lines[span.line - 1].startswith("&", span.column - 1):  # `&goi 113` is a text to people
                message = say(
                    "&{anchor} is a mark to YAML and is not printed: put the whole text in quotes",
                    anchor=clipped(anchor),
                )
                self.findings.append(Diagnostic("text-cut-off", Severity.WARNING, span, message))
        return self.root, self.findings

    def _run(self, next_event: Callable[[], Event]) -> None:
        from yaml import events as e

        new, scalar = tuple.__new__, e.ScalarEvent  # a named tuple's class calls Python first
        file, stack, plain = self.source.name, self.stack, self.further is None
        while True:
            event = next_event()
            kind = type(event)
            if kind is scalar:
                self.count += 1
                if self.count > MAX_NODES or event.tag is not None:
                    self._refuse(event)
                start, end, value = event.start_mark, event.end_mark, event.value
                if (length := len(value)) > MAX_TEXT and not self._awaits_key():  # a key is no text to set
                    raise self._error(
                        start,
                        say("a value of {length:,} characters; the limit is {most:,}", length=length, most=MAX_TEXT),
                    )
                if plain:
                    span = new(Span, (file, start.line + 1, start.column + 1, end.line + 1, end.column + 1))
                else:
                    span = self._span(start, end)
                if self.hashes and span.end_line in self.hashes and not event.style:
                    self._cut_off(span)
                node = new(Scalar, (value, span, bool(event.style)))
                if event.anchor is None and stack:
                    stack[-1].children.append(node)
                else:
                    self._add(node, event.anchor, 1)
            elif kind is e.MappingStartEvent or kind is e.SequenceStartEvent:
                self.count += 1
                if self.count > MAX_NODES or event.tag is not None:
                    self._refuse(event)
                if len(self.stack) >= MAX_DEPTH:
                    raise self._error(event.start_mark, _TOO_DEEP)
                self.stack.append(_Open(kind is e.MappingStartEvent, event.start_mark, event.anchor, self.count))
            elif kind is e.MappingEndEvent or kind is e.SequenceEndEvent:
                self._close(event)
            elif kind is e.AliasEvent:
                self._alias(event)
            elif kind is e.DocumentStartEvent and self.root is not None:
                raise self._error(event.start_mark, say("a second document starts here; keep one in a file"))
            elif kind is e.StreamEndEvent:
                return

    def _awaits_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].is_mapping and len(self.stack[-1].children) % 2 == 0

    def _refuse(self, event: Event) -> None:
        """Say why a value is one too many, or what is wrong with its tag."""
        if self.count > MAX_NODES:
            raise self._error(event.start_mark, say("has more than {max_nodes:,} values", max_nodes=MAX_NODES))
        span = self._span(event.start_mark, event.start_mark)
        written = _TAG.match(self.source.lines[span.line - 1], span.column - 1)
        word = clipped(written[0] if written else event.tag)
        message = say("{word!r} is a tag to YAML, not text: put a text that begins with ! in quotes", word=word)
        raise self._error(event.start_mark, message)

    def _alias(self, event: Event) -> None:
        known = self.anchors.get(event.anchor)
        if known is None:
            what = say(
                "*{name} refers to nothing that stands complete above it; put a text that begins with * in quotes",
                name=clipped(event.anchor),
            )
            raise self._error(event.start_mark, what)
        self.unused.pop(event.anchor, None)
        node, size = known
        self.count += size
        if self.count > MAX_NODES:
            what = say("its aliases unfold to more than {most:,} values", most=MAX_NODES)
            raise self._error(event.start_mark, what)
        self._add(node, None, size)

    def _add(self, node: Node, anchor: str | None, size: int) -> None:
        if anchor is not None:
            self.anchors[anchor], self.unused[anchor] = (node, size), node.span
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def _close(self, event: Event) -> None:
        opened = self.stack.pop()
        span = self._span(opened.mark, event.end_mark)
        children = opened.children
        node = Mapping(self._entries(children), span) if opened.is_mapping else Sequence(tuple(children), span)
        self._add(node, opened.anchor, self.count - opened.before + 1)

    def _entries(self, children: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(children[0::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                message = say("a key must be a word, not a list or a group of keys")
                self.findings.append(Diagnostic("wrong-type", Severity.ERROR, key.span, message))
            elif key.value == "<<" and not key.quoted:
                message = say("merge keys (<<) are not followed; write the values out")
                self.findings.append(Diagnostic("merge-key", Severity.ERROR, key.span, message))
            elif key.value in entries:
                first = entries[key.value][0].span
                message = say(
                    "'{key}' stands here again; {place} has it already, and only that one counts",
                    key=clipped(key.value),
                    place=f"{first.file}:{first.line}",
                )
                self.findings.append(Diagnostic("duplicate-key", Severity.ERROR, key.span, message))
            else:
                entries[key.value] = (key, value)
        return tuple(entries.values())

    def _span(self, start: Mark, end: Mark) -> Span:
        """From the parser's marks, 0-based, to a person's places."""
        if self.further is None:
            return Span(self.source.name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        first, last = self.further.place(start.line, start.column), self.further.place(end.line, end.column)
        return Span(self.source.name, *first, *last)

    def _cut_off(self, span: Span) -> None:
        """Report `#113` right behind a text: YAML takes it for a remark, and people mean it to be printed."""
        rest = self.source.lines[span.end_line - 1][span.end_column - 1 :]
        match = re.match(_CUT, rest)
        if match is None:
            return
        lost, start = match[1].rstrip(), span.end_column + match.start(1)
        at = Span(span.file, span.end_line, start, span.end_line, start + len(lost))
        message = say(
            "the text ends before {lost!r}, which YAML takes for a remark: put the whole text in quotes, "
            "or a blank behind the # where it is one",
            lost=clipped(lost),
        )
        self.findings.append(Diagnostic("text-cut-off", Severity.WARNING, at, message))

    def _error(self, mark: Mark, message: str) -> InputError:
        if mark is None:
            return InputError.of(self.source.name, message)
        return InputError.at(self._span(mark, mark), message)

    def _broken(self, what: str, mark: Mark, began: Mark) -> InputError:
        """Broken YAML in plain words, at the line where the fault begins."""
        from keytag.files.broken import Complaint, diagnose

        last, first = (self._span(m, m) if m is not None else None for m in (mark or began, began))
        if last is None:
            return InputError.of(self.source.name, say("broken YAML: {what}", what=what))
        said = Complaint(what, last.line, last.column, *((first.line, first.column) if first else (0, 0)))
        cause = diagnose(self.source.lines, said, in_words)
        at = Span(self.source.name, cause.line, cause.column, cause.line, cause.column + 1)
        return InputError.at(at, cause.what, hint=cause.advice)

    def _unreadable(self, error: Exception) -> InputError:
        """A character that YAML does not allow: yaml says only where in the text it stands."""
        bad = re.search(_NOT_ALLOWED, self.source.text)
        if bad is None:
            return InputError.of(self.source.name, say("cannot be read as YAML"))
        line, column = _place(self.source.text[: bad.start()])
        at = Span(self.source.name, line, column, line, column + 1)
        return InputError.at(at, say("the character U+{ord:04X} is not allowed; delete it", ord=ord(bad[0])))


def _hashes(source: Source) -> frozenset[int]:
    return frozenset(number for number, line in enumerate(source.lines, 1) if "#" in line and _HASH.search(line))
