"""What a killed run had made already, so that the same command goes on where that stopped.

Each file is noted in the workshop when it stands, with the key of all that it was made of and with its SHA-256. Only
what a proven workshop of keytag's for the same folder left is looked at (`workshop.sweep`), and a file is taken over
only where its key is wanted and its bytes are those that were noted: everything else is made anew.
"""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

from keytag.base.records import NamedTuple
from keytag.files import workshop


class Left(NamedTuple):
    """One file of a killed run."""

    path: Path
    size: int
    sha256: str


class Journal:
    """The notes of the workshop `place`, and those that it was left by killed runs."""

    def __init__(self, place: Path) -> None:
        self._path = workshop.journal(place)
        self._left = dict(found for folder, notes in workshop.left(place) for found in _read(folder, notes))

    @property
    def any(self) -> bool:
        """Whether a killed run left anything."""
        return bool(self._left)

    def note(self, key: str, name: str, size: int, sha256: str) -> None:
        """One file stands: a line, written at once."""
        line = json.dumps({"key": key, "name": name, "size": size, "sha256": sha256}, ensure_ascii=True)
        with self._path.open("ab") as file:
            file.write(line.encode() + b"\n")

    def noted(self, key: str) -> bool:
        """Whether a killed run noted a file of that key, which `find` may give."""
        return key in self._left

    def find(self, key: str) -> Left | None:
        """The file of that key, where it is there and is still what was noted; each is found once."""
        left = self._left.pop(key, None)
        if left is None:
            return None
        try:
            found = left.path.lstat()
            if not stat.S_ISREG(found.st_mode) or found.st_size != left.size:
                return None
            with left.path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == left.sha256
        except OSError:
            return None
        return left if same else None


def _read(folder: Path, notes: Path) -> list[tuple[str, Left]]:
    """The notes by their keys; lines that the kill cut off, or that are none of keytag's, say nothing."""
    found = []
    try:
        lines = notes.read_bytes().splitlines()
    except OSError:
        return []
    for line in lines:
        try:
            note = json.loads(line)
            key, name, size, sha256 = str(note["key"]), str(note["name"]), int(note["size"]), str(note["sha256"])
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        parts = name.split("/")
        if all(part not in ("", ".", "..") for part in parts) and not any(
            (folder / "/".join(parts[:i])).is_symlink() for i in range(len(parts))
        ):
            found.append((key, Left(folder / name, size, sha256)))
    return found
