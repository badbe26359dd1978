"""The quick way with plain words of the command line gives what typer gives, and leaves the rest to typer."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Optional

import pytest
import typer

from keytag import cli
from keytag.cli import checking, importing, imposing, plainly
from keytag.cli.quick import QuickCommand, _Quick


class Word(Enum):
    ONE = "one"
    TWO = "two"


def verb(
    paths: Annotated[Optional[list[Path]], typer.Argument()] = None,  # noqa: UP045 - typer reads it at run time
    text: Annotated[str, typer.Option()] = "",
    word: Annotated[Word, typer.Option()] = Word.ONE,
    words: Annotated[Optional[list[Word]], typer.Option()] = None,  # noqa: UP045
    number: Annotated[float, typer.Option(min=0, max=10)] = 1,
    count: Annotated[int, typer.Option(min=1)] = 1,
    place: Annotated[Optional[Path], typer.Option()] = None,  # noqa: UP045
    flag: Annotated[bool, typer.Option("--flag")] = False,
) -> str:
    return repr((paths, text, word, words, number, count, place, flag))


def outcome(words: list[str], **how: Any) -> object:
    app = typer.Typer(rich_markup_mode=None)
    app.command(**how)(verb)
    try:
        return app(words, standalone_mode=False)
    except Exception as error:
        return type(error).__name__, getattr(error, "format_message", lambda: "")()


WORDS = [
    [],
    ["a.yaml", "b", "--text", "x", "--word", "two", "--words", "one", "--words", "two", "--flag"],
    ["--text", ""],
    ["--text", "\udcff \x1b"],
    ["--word", "TWO"],
    ["--word", "three"],
    ["--words", "one", "--words", ""],
    ["--number", "2"],
    ["--number", "2.50"],
    ["--number", "1e1"],
    ["--number", "10.5"],
    ["--number", "-1"],
    ["--number", "nan"],
    ["--number", "٣"],
    ["--number", " 3"],
    ["--number", "1_0"],
    ["--count", "3"],
    ["--count", "3.0"],
    ["--count", "0"],
    ["--count", "x"],
    ["--place", "/nowhere/at/all", "--", "-x"],
    ["--place", ""],
]


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_verb_gets_what_typer_would_give(words: list[str]) -> None:
    assert outcome(words, cls=QuickCommand) == outcome(words)


def test_what_is_not_plain_is_typers() -> None:
    class Slow:
        def coerce(self, value: object, **more: object) -> object:
            return ("slow", value)

    class Info:
        parser, min, max = None, None, None

    class Described:
        annotation, parameter_info = complex, Info

    assert _Quick(Slow, Described).coerce("1j") == ("slow", "1j")
    Described.annotation = str  # type: ignore[assignment]
    assert _Quick(Slow, Described).coerce("1j") == "1j"
    Info.parser = str  # type: ignore[assignment]
    assert _Quick(Slow, Described).coerce("1j") == ("slow", "1j")


@pytest.mark.parametrize("paths", [[], ["a.yaml"], ["b", "c.yaml", ""], ["-"]], ids=" ".join)
def test_check_without_options_does_what_it_does_with_their_defaults(
    paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(checking, "jobs_of", lambda *found, **named: [*found, *named.values()])
    monkeypatch.setattr(checking, "run", lambda *found: asked.append(found) or 1)
    for options in ([], ["--color", "auto"]):
        monkeypatch.setattr("sys.argv", ["keytag", "check", *options, *paths])
        with pytest.raises(SystemExit) as leave:
            cli.main()
        assert leave.value.code == 1
    assert asked[0] == asked[1]


SAME = {  # what says the same as the shorter line, and is typer's
    "impose": ["--jobs", "1"],
    "import": ["--backup"],
}


@pytest.mark.parametrize(
    "words",
    [
        ["impose"],
        ["impose", "a.yaml"],
        ["impose", "a.yaml", "-o", "made", "b"],
        ["impose", "--output", "", "a.yaml"],
        ["impose", "--numbered", "a.yaml"],
        ["impose", "--numbered", "a.yaml", "-o", "made", "--ledger", "so.csv"],
        ["impose", "--ledger", "", "a.yaml", "--numbered"],
        ["import", "a.xlsx"],
        ["import", "a.xlsx", "-o", "b.yaml"],
        ["import", "--output", "b.yaml", "a b.csv"],
    ],
    ids=" ".join,
)
def test_paths_and_an_output_are_what_typer_makes_of_them(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    for module in (imposing, importing):
        monkeypatch.setattr(module, "run", lambda *found: asked.append(found) or 1)
    verb, *rest = words
    assert plainly.done(verb, rest) is not None
    monkeypatch.setattr("sys.argv", ["keytag", verb, *SAME[verb], *rest])
    with pytest.raises(SystemExit):
        cli.main()
    plain, whole = ([list(each) if isinstance(each, list | tuple) else each for each in call] for call in asked)
    assert plain == whole and len(asked) == 2


@pytest.mark.parametrize(
    "line",
    [
        *("impose -", "impose -oX", "impose --output=X", "impose -o", "impose -o -x", "impose -o a -o b", "impose --"),
        *("impose --ledger l", "impose --numbered --ledger", "impose --numbered --numbered", "import a --numbered"),
        *("impose --numbered --ledger a --ledger b", "impose --numbered=1", "import a --ledger l"),
        *("impose a --jobs 1", "impose --help", "import", "import a b", "import a --apply", "import a -o b --sheet S"),
        *("check -f json", "check a -q", "render", "render a", "verify out", ""),
    ],
)
def test_whatever_else_there_is_is_typers(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> int:
        raise AssertionError(line)

    for module, name in ((imposing, "run"), (importing, "run"), (checking, "plain")):
        monkeypatch.setattr(module, name, nothing)
    verb, *words = line.split() or [""]
    assert plainly.done(verb, words) is None


def test_on_windows_typer_finds_the_files_of_a_star(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert plainly.done("check", ["*.yaml"]) is None and plainly.done("impose", ["a.yaml"]) is None
