"""What tests of pages share: a roster of two units, and a page's commands run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY

UNITS = ("A Dơk", "Glar")


def two_units() -> str:
    """The shipped roster with two of its units, for commands whose meaning does not hang on how many there are."""
    head, *rest = re.split(r"(?m)^(?=  - kind: )", (REPOSITORY / "contacts.yaml").read_text("utf-8"))
    tail = re.split(r"(?m)^(?=site:)", rest[-1])[1]
    units = [text for text in rest if re.search(rf"^    name: ({'|'.join(UNITS)})$", text, re.M)]
    assert len(units) == len(UNITS)
    return f"{head}{''.join(units)}{tail}"


def environment() -> dict[str, str]:
    """This one, with the program that belongs to these tests first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY)}


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """One line of a page, as a shell runs it."""
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment(), capture_output=True, text=True, timeout=300
    )
