"""`keytag init`: six questions, and there is a roster to fill in and a spreadsheet to send round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from keytag.base.words import say

if TYPE_CHECKING:
    from keytag.office.beginning import Answers


def init(
    output: Annotated[Path, typer.Option("--output", "-o", help="The roster.")] = Path("contacts.yaml"),
    workbook: Annotated[Path, typer.Option("--workbook", help="The empty spreadsheet.")] = Path("danh-ba.xlsx"),
    answers: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(
            metavar="FILE", help="Ask nothing: a YAML file with province, authority, units, link, template, date."
        ),
    ] = None,
) -> None:
    """Begin a job: asks six things, writes a commented roster of today's units and an empty spreadsheet."""
    from keytag.base.errors import UsageError
    from keytag.cli import console
    from keytag.files.replace import replace_file
    from keytag.job import templates
    from keytag.office import beginning
    from keytag.office.export import empty

    for path, end in ((output, (".yaml", ".yml")), (workbook, (".xlsx",))):
        if path.suffix.lower() not in end:
            raise UsageError(
                say("{path}: is no good name", path=path), hint=say("give it the ending {end}", end=end[0])
            )
        if path.exists():
            raise UsageError(say("{path}: is there already", path=path), hint=say("nothing was written; name another"))
    known = templates.names()
    judged = _read(answers, known) if answers is not None else beginning.judged(_asked(known), known)
    data = empty([(unit.kinds(judged.date)[-1], unit.name, unit.code) for unit in judged.units], [])
    replace_file(workbook, data)
    replace_file(output, beginning.roster_text(judged).encode("utf-8"))
    console.say(
        say(
            "{output}: {units} of {province}, numbers to fill in",
            output=output,
            units=console.counted(len(judged.units), "unit"),
            province=judged.province.title,
        )
    )
    console.say(
        say(
            "{workbook}: to be filled in, then: keytag import {workbook} -o {output} --apply",
            workbook=workbook,
            output=output,
        )
    )


def _read(path: Path, templates: tuple[str, ...]) -> Answers:
    """The answers of a file; lists are joined. All that is wrong with them is said at once."""
    from keytag.base.diagnostics import Diagnostic
    from keytag.base.errors import InputError, KeytagError, UsageError
    from keytag.files.fields import Fields
    from keytag.files.source import Scalar, parse, read
    from keytag.office.beginning import QUESTIONS, judged

    node, findings = parse(read(path))
    odd: list[Diagnostic] = list(findings)
    fields = Fields(node, [question.key for question in QUESTIONS], odd, say("the answers"))
    found = {}
    for question in QUESTIONS:
        if isinstance(fields.node(question.key), Scalar):
            found[question.key] = fields.string(question.key, "")
        else:
            found[question.key] = ", ".join(text.value for text in fields.texts(question.key))
    wrong: list[KeytagError] = [InputError.at(f.span, f.message) if f.span else InputError(f.message) for f in odd]
    try:
        answers = judged(found, templates)
    except UsageError as error:
        wrong += (error, *error.others)
    if wrong:
        raise KeytagError.joined(wrong)
    return answers


def _asked(templates: tuple[str, ...]) -> dict[str, str]:
    """The answers of a person, question by question; a wrong one is said at once, and asked for again."""
    from datetime import date

    from keytag.base.errors import UsageError
    from keytag.cli import console, language
    from keytag.office.beginning import QUESTIONS, judged

    today = date.today().isoformat()
    found: dict[str, str] = {}
    for question in QUESTIONS:
        usual = today if question.key == "date" else question.usual
        more = f" [{', '.join(templates)}]" if question.key == "template" else ""
        both = f"{question.vietnamese} ({question.english})"
        words = (both if language.words().language == "en" else question.vietnamese) + more
        while True:
            found[question.key] = typer.prompt(words, default=usual or None, err=True)
            try:
                judged({"date": today, **found}, templates)  # what is not answered yet is as usual
            except UsageError as error:
                for each in (error, *error.others):
                    console.say(say("{message}: {hint}", message=each.message, hint=each.hint))
            else:
                break
    return found
