"""Which files of the folders that a person names are read, and which are left out that should not be.

A folder's `*.yaml` and `*.yml` are read, in capitals too, by name. What looks like a roster and is none of these, or
lies deeper, is an error: a commune must not be missing from a job without a word.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.source import not_a_name, unreadable

LEFT_OUT = "file-left-out"
_ENDINGS = (".yaml", ".yml")
# Patterns that most runs have no use for are text here: compiling all of them is a share of a short run.
_NEARLY = r"(?i)\.ya?ml\.(txt|text|doc|rtf)$|\.(yaml|yml) ?\(\d+\)$|\.(ymal|yam|yaml1)$"
_ROSTER = rb"(?m)^\s*[{]?\s*[\"']?(units|authority|job)[\"']?\s*:"
_MOST_LOOKED_AT = 1_000  # files below a folder; a home folder given by mistake must not be walked to its end
_HEAD = 64 * 1024  # bytes of a file in which its first key stands


class Folder(NamedTuple):
    """What of a folder is read, and an error for each file that is not and should be."""

    files: tuple[Path, ...]
    left_out: tuple[Diagnostic, ...]


def is_yaml(name: str) -> bool:
    """Whether a file's name ends as YAML files do, in capitals or not."""
    return name.casefold().endswith(_ENDINGS)


def files_of(paths: Sequence[Path]) -> Folder:
    """The files that `paths` name, each once; an `InputError` for a folder without any."""
    found: list[Path] = []
    left_out: list[Diagnostic] = []
    for path in paths:
        try:
            inside = _inside(path) if path.is_dir() else Folder((path,), ())
        except OSError as error:
            raise unreadable(error, str(path)) from error
        except ValueError as error:
            raise not_a_name(str(path)) from error
        if not inside.files:
            hint = inside.left_out[0].message if inside.left_out else ""
            raise InputError.of(str(path), say("the folder holds no .yaml file"), hint=hint)
        found += inside.files
        left_out += inside.left_out
    read = {path.absolute() for path in found}
    missed = [finding for finding in left_out if finding.span and Path(finding.span.file).absolute() not in read]
    return Folder(tuple(dict.fromkeys(found)), tuple(missed))


def _inside(folder: Path) -> Folder:
    """The YAML files of a folder by name; a link that leads nowhere stays, so that reading says so."""
    shown = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    files = [path for path in shown if is_yaml(path.name) and (path.is_file() or path.is_symlink())]
    left_out = [_misnamed(path) for path in shown if re.search(_NEARLY, path.name) and path.is_file()]
    left_out += [_deeper(path) for path in _below([path for path in shown if path.is_dir()]) if _is_roster(path)]
    return Folder(tuple(files), tuple(left_out))


def _misnamed(path: Path) -> Diagnostic:
    stem = re.split(r"\.ya?ml|\.(?:ymal|yam)", path.name, flags=re.IGNORECASE)[0]
    message = say(
        "{path} is not read: rename it to {stem}.yaml, or take it out of the folder", path=path.name, stem=stem
    )
    return Diagnostic(LEFT_OUT, Severity.ERROR, Span(str(path), 1, 1, 1, 1), message)


def _deeper(path: Path) -> Diagnostic:
    message = say(
        "a roster in a folder of the folder is not read: name {parent} as well, or move the file up", parent=path.parent
    )
    return Diagnostic(LEFT_OUT, Severity.ERROR, Span(str(path), 1, 1, 1, 1), message)


def _below(folders: Sequence[Path]) -> Iterator[Path]:
    """The YAML files in `folders` and theirs, by name; hidden ones and links to folders left out."""
    seen = 0
    for top in folders:
        for where, inner, names in os.walk(top):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                seen += 1
                if seen > _MOST_LOOKED_AT:
                    return
                if is_yaml(name) or re.search(_NEARLY, name):
                    yield Path(where, name)


def _is_roster(path: Path) -> bool:
    """Whether a file's text has one of a roster's own keys at its outermost level."""
    try:
        with path.open("rb") as file:
            return any(not match[0][:1].isspace() for match in re.finditer(_ROSTER, file.read(_HEAD)))
    except OSError:
        return True  # what cannot be looked at is said, too


def checkout(folder: Path) -> Path:
    """The root of the version-controlled tree that `folder` lies in; `folder` itself where it lies in none."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)
