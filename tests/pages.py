"""What tests of pages share: a roster of two units, and a page's commands run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

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


BLOCK = re.compile(r"(?:<!-- (file [\w./-]+|long) -->\n)?^([ ]*)```(\w+)\n(.*?)^\2```$", re.M | re.S)
EXPECTED = re.compile(r"  # (?:mã thoát|exit code) (\d+)$")
INSTALLS = "python -m pip install "


class Block(NamedTuple):
    """A fenced block of a page: what its remark says of it, its language, its text without the page's indent."""

    remark: str
    language: str
    text: str


def blocks(page: str) -> list[Block]:
    return [
        Block(remark or "", language, re.sub(rf"(?m)^{indent}", "", text))
        for remark, indent, language, text in BLOCK.findall(page)
    ]


def follow(page: str, folder: Path, *, long: bool = False) -> list[str]:
    """Do in `folder` what a page says, block by block: write its files, change lines, run commands; what was run.

    A command ends with exit code 0 unless its line says another. Blocks marked `long` are for `tests/long/pages.py`.
    """
    (folder / "contacts.yaml").write_text(two_units(), "utf-8")
    done = []
    for block in blocks(page):
        if block.remark.startswith("file "):
            path = folder / block.remark.removeprefix("file ")
            path.write_text(changed(path, block.text) if block.language == "diff" else block.text, "utf-8")
        elif block.language == "sh" and (long or block.remark != "long"):
            for line in block.text.splitlines():
                if line.startswith(INSTALLS):
                    continue
                expected = EXPECTED.search(line)
                result = run(line, folder)
                assert result.returncode == int(expected[1] if expected else 0), (line, result.stdout, result.stderr)
                done.append(line)
    return done


def changed(path: Path, diff: str) -> str:
    """The file with each `-` line, which must stand there once, replaced by the `+` line below it."""
    text = path.read_text("utf-8")
    for old, new in re.findall(r"^-(.*)\n\+(.*)$", diff, re.M):
        assert text.count(f"{old}\n") == 1, old
        text = text.replace(f"{old}\n", f"{new}\n")
    return text
