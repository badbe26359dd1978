"""Files that a template names: they lie in its folder or below, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from keytag.base.errors import InputError
from keytag.base.words import say


def beside(folder: Path, name: str) -> Path:
    """The file of that name in `folder` or below; an `InputError` where the name leads out of it."""
    path = (folder / name).resolve()
    if not name or not path.is_relative_to(folder.resolve()):
        raise InputError(say("{name} leaves the template's folder; put the file beside the template", name=name))
    return path
