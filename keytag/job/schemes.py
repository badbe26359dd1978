"""The shipped imposition schemes as files that a person can list, read and copy, and a scheme file judged by itself."""

from __future__ import annotations

import re
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.base.errors import InputError
from keytag.base.words import ENGLISH, Message, Words, say
from keytag.checks.order.die_name import clashes
from keytag.files import shipped
from keytag.files.source import read
from keytag.sheet.imposition import gain, lay_out
from keytag.sheet.scheme import STRAIGHT, Scheme
from keytag.sheet.scheme_file import scheme_of
from keytag.tag.template import Template
from keytag.tag.template_file import read_template

_SCHEMA = re.compile(r"^# yaml-language-server:.*\n")


def names() -> tuple[str, ...]:
    """The shipped schemes."""
    return shipped.names(shipped.SCHEMES)


def listed(template: str, words: Words = ENGLISH) -> str:
    """Name, sheet, work style and stations of each shipped scheme for a template's tag, a line each, and what nests."""
    tag = _template(template)
    lines = []
    for name in names():
        scheme, _ = scheme_of(read(shipped.locate(shipped.SCHEMES, name, Path())))
        size = say("{width:g} × {height:g} mm", width=scheme.sheet.width, height=scheme.sheet.height)
        lines.append(f"{name:<27}{words.of(size):<15}{scheme.work:<16}{words.of(holds(scheme, tag))}\n")
    return "".join(lines)


def holds(scheme: Scheme, tag: Template) -> str:
    """How many tags a sheet holds, and what staggered rows gain."""
    return _held(scheme, tag)[1]


def _held(scheme: Scheme, tag: Template) -> tuple[bool, str]:
    outline = tag.outline
    try:
        layout = lay_out(scheme, outline.width, outline.height, tag.bleed, outline)
    except InputError as error:
        message = error.message
        return False, message.after(scheme.name) if isinstance(message, Message) else message
    count = len(layout.stations)
    straight, nested = gain(scheme, outline.width, outline.height, tag.bleed, outline)
    if layout.staggered:
        return True, say(
            "{count} tags in staggered rows, {count2:+d} to the {straight} of a grid",
            count=count,
            count2=count - straight,
            straight=straight,
        )
    if scheme.rows == STRAIGHT and nested > count:
        return True, say(
            "{count} tags; rows: best would hold {nested} ({nested2:+d})",
            count=count,
            nested=nested,
            nested2=nested - count,
        )
    return True, say("{count} tags", count=count)


def shown(name: str) -> str:
    """The text of a shipped scheme, or of a file."""
    return read(shipped.locate(shipped.SCHEMES, name, Path())).text


def begin(folder: Path, name: str, base: str) -> Path:
    """Write `name`.yaml: a copy of the shipped `base` under a new name.

    Raises `UsageError` where the name is none or the file is there, `InputError` where there is no such base.
    """
    name = shipped.own_name(shipped.SCHEMES, name)
    return shipped.begin(folder, name, _SCHEMA.sub("", shown(base)))


def judged(
    path: str, template: str, *, colour: bool = False, words: Words = ENGLISH
) -> tuple[tuple[Diagnostic, ...], str, str, bool]:
    """What is odd about a scheme: findings, their text with their lines, what a sheet holds, whether it can be used.

    A shipped scheme by its name, or a file; it cannot be used where it has errors, or no tag fits onto its sheet.
    """
    from keytag.report.text import render

    source = read(shipped.locate(shipped.SCHEMES, path, Path()) if not Path(path).suffix else Path(path))
    scheme, odd = scheme_of(source)
    tag = _template(template)
    found = (*odd, *clashes(scheme, tag, None))
    text = render(found, (source,), colour=colour, words=words)
    if has_errors(found):  # what a sheet holds is known of a whole scheme only
        return found, text, "", False
    fits, holding = _held(scheme, tag)
    return found, text, holding, fits


def _template(name: str) -> Template:
    template, _ = read_template(read(shipped.locate(shipped.TAGS, name, Path())))
    return template
