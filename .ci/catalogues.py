"""Bring the catalogues of gettext up to date with the texts of the program, or (--check) tell where they are not.

New texts get an empty translation to fill in, those that are gone are dropped, and what is read (.mo) is compiled anew.
"""

from __future__ import annotations

import ast
import datetime
import io
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "keytag"
FOLDER = PACKAGE / "data" / "locale" / "vi" / "LC_MESSAGES"
KEYWORDS = {"say": 1, "told": 1, "term": 1, "say_n": 2}  # how many of their first arguments are texts
PAPERS = ("documents/", "office/told.py", "preview/", "site/")  # whose texts are a domain of their own
_NEVER = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # in place of the day, which would differ each time
_LETTER = re.compile(r"[^\W\d_]")

Text = str | tuple[str, str]


def marked(papers: bool) -> Iterator[Text]:
    """The literals that are marked in the source of papers and pages, or of all else: `say("...")` and its like."""
    for path, nodes in calls().items():
        if path.relative_to(PACKAGE).as_posix().startswith(PAPERS) == papers:
            for node in nodes:
                if isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                    words = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
                    texts = [word for word in words[: KEYWORDS[node.func.id]] if isinstance(word, str)]
                    if len(texts) == KEYWORDS[node.func.id]:
                        yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


@cache
def calls() -> dict[Path, list[ast.Call]]:
    """Every call in each module."""
    return {
        path: [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def helped() -> Iterator[Text]:
    """The help of every verb and option."""
    from typer.main import get_command

    from keytag.cli.app import app, register
    from keytag.cli.helping import own_words

    register(())
    command = get_command(app)
    yield from (str(text) for text in own_words(command))


def explained() -> Iterator[Text]:
    """What is told of every check, and what editors show of every key."""
    from keytag.checks.document import texts
    from keytag.files.schema import hints
    from keytag.roster.schema import schema as roster
    from keytag.sheet.schema import schema as scheme
    from keytag.tag.schema import schema as template

    yield from texts()
    for schema in (roster, template, scheme):
        yield from hints(schema())


SOURCES: dict[str, Callable[[], Iterator[Text]]] = {
    "messages": lambda: marked(False),
    "help": helped,
    "explain": explained,
    "papers": lambda: marked(True),
}


def worth(text: Text) -> bool:
    """Whether a text has words: a pattern of fields and signs alone needs no translation."""
    one = text if isinstance(text, str) else text[0]
    return any(_LETTER.search(literal) for literal, *_ in parsed(one))


def parsed(pattern: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """A pattern in its parts; a text with braces that are no fields is one literal."""
    try:
        return list(Formatter().parse(pattern))
    except ValueError:
        return [(pattern, None, None, None)]


def fields(pattern: str) -> list[str]:
    """The fields of a pattern with how they are written, whatever their order."""
    found = ((name, conversion, spec) for _, name, spec, conversion in parsed(pattern) if name is not None)
    return sorted(f"{name}!{conversion or ''}:{spec or ''}" for name, conversion, spec in found)


def catalogue(domain: str) -> Catalog:
    """A domain's file as it stands."""
    path = FOLDER / f"{domain}.po"
    return read_po(io.BytesIO(path.read_bytes()), locale="vi") if path.exists() else Catalog(locale="vi")


def fresh(domain: str) -> Catalog:
    """A domain as it should be: the texts of today, with the translations that there are."""
    old = catalogue(domain)
    new = Catalog(
        locale="vi",
        project="keytag",
        creation_date=_NEVER,
        revision_date=_NEVER,
        header_comment="# Vietnamese texts of keytag.",
        fuzzy=False,
    )
    for text in sorted({text for text in SOURCES[domain]() if worth(text)}, key=str):
        known = old.get(text if isinstance(text, str) else text[0])
        given = known.string if known is not None and known.id == text else ""
        new.add(text, given or ("" if isinstance(text, str) else ("",)))
    return new


def written(new: Catalog) -> bytes:
    """A catalogue as a .po file, without places in the source: those change with every line."""
    out = io.BytesIO()
    write_po(out, new, width=110, no_location=True, sort_output=True, omit_header=False)
    return out.getvalue()


def compiled(new: Catalog) -> bytes:
    """A catalogue as the .mo file that the program reads."""
    out = io.BytesIO()
    write_mo(out, new)
    return out.getvalue()


def faults(domain: str) -> Iterator[str]:
    """What is wrong with a domain as it stands."""
    have, want = catalogue(domain), fresh(domain)
    there, due = ({message.id for message in each if message.id} for each in (have, want))
    yield from (f"{domain}: lacks {text!r}" for text in sorted(due - there, key=str))
    yield from (f"{domain}: has {text!r}, which is no text of today" for text in sorted(there - due, key=str))
    for message in have:
        if not message.id:
            continue
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        if message.fuzzy or not all(strings):
            yield f"{domain}: {message.id!r} is not translated"
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        if any(fields(text) != fields(ids[-1]) for text in strings):
            yield f"{domain}: {message.id!r}: other fields in {strings!r}"
    path = FOLDER / f"{domain}.mo"
    if not path.exists() or path.read_bytes() != compiled(want):
        yield f"{domain}: the .mo file is not that of the .po file"


def main(words: list[str]) -> int:
    if words == ["--check"]:
        wrong = [fault for domain in SOURCES for fault in faults(domain)]
        sys.stderr.write("".join(f"{fault}\n" for fault in wrong))
        return 1 if wrong else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for domain in words or SOURCES:
        new = fresh(domain)
        (FOLDER / f"{domain}.po").write_bytes(written(new))
        (FOLDER / f"{domain}.mo").write_bytes(compiled(new))
        open_ = sum(not any(m.string if not isinstance(m.string, str) else (m.string,)) for m in new if m.id)
        sys.stdout.write(f"{domain}: {len(new)} texts, {open_} to translate\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
