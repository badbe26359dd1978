"""The shipped templates as files that a person can list, read and copy, and a template file judged by itself."""

from __future__ import annotations

from pathlib import Path

from keytag.base.diagnostics import Diagnostic
from keytag.base.words import ENGLISH, Words, say
from keytag.files import shipped
from keytag.files.source import read
from keytag.tag.template_file import read_template


def names() -> tuple[str, ...]:
    """The shipped templates."""
    return shipped.names(shipped.TAGS)


def listed(words: Words = ENGLISH) -> str:
    """Name, trim and title of each shipped template, a line each."""
    lines = []
    for name in names():
        template, _ = read_template(read(shipped.locate(shipped.TAGS, name, Path())))
        size = say("{width:g} × {height:g} mm", width=template.outline.width, height=template.outline.height)
        lines.append(f"{name:<22}{words.of(size):<18}{template.title[words.language == 'vi']}\n")
    return "".join(lines)


def shown(name: str) -> str:
    """The text of a shipped template, or of a file."""
    return read(shipped.locate(shipped.TAGS, name, Path())).text


def begin(folder: Path, name: str, base: str, *, whole: bool = False) -> Path:
    """Write `name`.yaml: a copy of the `base` under a new name, or a file that replaces some of its values.

    Raises `UsageError` where the name is none or the file is there, `InputError` where there is no such base.
    """
    name = shipped.own_name(shipped.TAGS, name)
    text = shown(base)
    if not whole:
        template, _ = read_template(read(shipped.locate(shipped.TAGS, base, Path())))
        inks = [f"  {key}: {{cmyk: {_percent(ink.cmyk)}}}" for key, ink in template.inks if key != "paper"]
        text = (
            f"# Bắt đầu từ {base}: giá trị ghi ở đây thay giá trị của mẫu ấy. Mọi khóa: docs/templates.md.\n"
            f"# Begun from {base}: what stands here replaces what stands there. Every key: docs/templates.md.\n"
            f"name: {name}\nbase: {base}\ntitle: {{en: {name}, vi: {name}}}\ninks:\n" + "\n".join(inks) + "\n"
        )
    return shipped.begin(folder, name, text)


def _percent(parts: tuple[float, ...]) -> str:
    return "/".join(f"{100 * part:g}" for part in parts)


def judged(path: Path, *, colour: bool = False, words: Words = ENGLISH) -> tuple[tuple[Diagnostic, ...], str]:
    """What is odd about a template file: the findings, and their text with the lines they are about."""
    from keytag.report.text import render

    source = read(shipped.locate(shipped.TAGS, str(path), Path()) if not path.suffix else path)
    _, found = read_template(source)
    return found, render(found, (source,), colour=colour, words=words)
