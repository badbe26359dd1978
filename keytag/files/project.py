"""A project's own settings: `keytag.toml`, or `[tool.keytag]` in `pyproject.toml`, found upwards from a folder.

They name the project's rosters (each a job of its own), the hosts that its QR links may name, and how bad each finding
is here. Nothing in them reaches a tag.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError
from keytag.base.records import NamedTuple
from keytag.base.system import in_words
from keytag.base.words import joined, say
from keytag.files.source import Source, Text, read

OWN, SHARED = "keytag.toml", "pyproject.toml"
KEYS = ("rosters", "hosts", "severities", "select", "ignore", "fail-on")
_TABLE = re.compile(r"^\s*\[\s*tool\s*\.\s*keytag\s*[\].]", re.MULTILINE)
_PLACE = r"line (\d+), column (\d+)"


class Project(NamedTuple):
    """The settings; without a file, those that a project has which says nothing.

    `rosters` are paths from the file's folder; `select` and `ignore` ids or groups of checks, as on the command line.
    """

    source: Source | None = None
    rosters: tuple[Path, ...] = ()
    hosts: tuple[Text, ...] = ()
    severities: Mapping[str, Severity] = {}
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    findings: tuple[Diagnostic, ...] = ()

    def span_of(self, word: str) -> Span | None:
        """Where a word of the settings stands."""
        return _span(self.source, word) if self.source else None


NONE = Project()


def upwards(folder: Path) -> Iterator[Path]:
    """`folder` and those above it, up to the root of its checkout (the folder with .git) or of the file system."""
    here = folder.absolute()
    for above in (here, *here.parents):
        yield above
        if (above / ".git").exists():
            return


def find(folder: Path) -> Project:
    """The settings nearest to `folder`; `InputError` where their file is no TOML."""
    for above in upwards(folder):
        own, shared = above / OWN, above / SHARED
        if own.is_file():
            return read_project(read(own, _shown(own)))
        if shared.is_file():
            source = read(shared, _shown(shared))
            if _TABLE.search(source.text):
                return read_project(source)
    return NONE


def _shown(path: Path) -> str:
    """A file's name as short as it is from here."""
    import os

    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)


def read_project(source: Source) -> Project:
    """The settings of a file already read; what is odd about them is a finding with its line."""
    import tomllib

    try:
        table: dict[str, Any] = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(_PLACE, str(error))
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        what = say("broken TOML: {sub}", sub=in_words(re.sub(_PLACE, "", str(error)).replace("(at )", "").strip()))
        raise InputError.at(Span(source.name, line, column, line, column + 1), what) from error
    if Path(source.name).name == SHARED:
        table = table.get("tool", {}).get("keytag", {})
    return _Reader(source, table).project()


class _Reader:
    def __init__(self, source: Source, table: dict[str, Any]) -> None:
        self.source, self.table = source, table
        self.findings: list[Diagnostic] = []

    def project(self) -> Project:
        from keytag.files.fields import nearest

        for key in self.table:
            if key not in KEYS:
                guess = nearest(key, KEYS)
                hint = (
                    say("did you mean '{guess}'?", guess=guess)
                    if guess
                    else say("known keys: {keys}", keys=joined(", ", KEYS))
                )
                self._complain(
                    "unknown-key", key, say("unknown key '{key}' in the project's settings: {hint}", key=key, hint=hint)
                )
        folder = Path(self.source.name).parent
        return Project(
            source=self.source,
            rosters=tuple(folder / word for word in self._words("rosters")),
            hosts=tuple(Text(word, self._span(word)) for word in self._words("hosts")),
            severities=self._severities(),
            select=self._words("select"),
            ignore=self._words("ignore"),
            fail_on=self._fail_on(),
            findings=tuple(self.findings),
        )

    def _words(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self._complain("wrong-type", key, say("{key} must be a list of texts", key=key))
            return ()
        return tuple(value)

    def _severities(self) -> dict[str, Severity]:
        table = self.table.get("severities", {})
        if not isinstance(table, dict):
            self._complain("wrong-type", "severities", say("severities must be a table: check = 'error'"))
            return {}
        found = {}
        levels = {severity.value: severity for severity in Severity}
        for check, level in table.items():
            if level in levels:
                found[check] = levels[level]
            else:
                self._complain(
                    "bad-value",
                    check,
                    say(
                        "{check}: {level!r} is none of {levels}", check=check, level=level, levels=joined(", ", levels)
                    ),
                )
        return found

    def _fail_on(self) -> str:
        value = self.table.get("fail-on", "")
        if value in ("", "error", "warning"):
            return str(value)
        self._complain("bad-value", "fail-on", say("fail-on: {value!r} is neither error nor warning", value=value))
        return ""

    def _complain(self, check: str, word: str, message: str) -> None:
        self.findings.append(Diagnostic(check, Severity.ERROR, self._span(word), message))

    def _span(self, word: str) -> Span:
        return _span(self.source, word)


def _span(source: Source, word: str) -> Span:
    """Where a word stands; TOML's reader does not say, so the first place after the table's head is taken."""
    head = _TABLE.search(source.text)
    start = head.start() if head else 0
    match = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(source.text, start)
    at = match.start() if match else start
    line = source.text.count("\n", 0, at) + 1
    column = at - (source.text.rfind("\n", 0, at) + 1) + 1
    return Span(source.name, line, column, line, column + len(word))
