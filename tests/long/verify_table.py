"""No false alarm: every shipped template × scheme × standard, at turns of 0, 90, 180 and 270°, imposed and verified.

    python -m tests.long.verify_table [--spread] [TEMPLATE/SCHEME/STANDARD/TURN …]

With `--spread` each template stands on each scheme once, standards and turns taking turns.
Takes about half an hour on two cores. Its figures stand in docs/verification.md. Exit code 1 where a sound job fails.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import keytag
from keytag.base.errors import KeytagError
from keytag.files import shipped
from tests.verification.damage import ROSTER

STANDARDS = ("x4", "x1a")
TURNS = (0, 90, 180, 270)


def names(kind: str) -> list[str]:
    return sorted(path.stem for path in shipped.folder(kind).glob("*.yaml"))


def rows() -> Iterator[tuple[str, str, str, int]]:
    for template in names(shipped.TAGS):
        for scheme in names(shipped.SCHEMES):
            for standard in STANDARDS:
                for turn in TURNS:
                    yield template, scheme, standard, turn


def spread() -> set[str]:
    """One row for each template and scheme."""
    found = set()
    for t, template in enumerate(names(shipped.TAGS)):
        for s, scheme in enumerate(names(shipped.SCHEMES)):
            found.add(f"{template}/{scheme}/{STANDARDS[(t + s) % 2]}/{TURNS[(t + s // 2) % 4]}")
    return found


def made(folder: Path, template: str, scheme: str, standard: str, turn: int) -> str:
    """A job of two units on the shipped scheme, turned; why it cannot be made, where it cannot."""
    text = shipped.locate(shipped.SCHEMES, scheme, folder).read_text(encoding="utf-8")
    line = f"turn: {turn}\n"
    text = re.sub(r"(?m)^turn:.*\n", line, text) if re.search(r"(?m)^turn:", text) else text + line
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    roster = ROSTER.format(zalo="1234567890123456789", template=template)
    (folder / "contacts.yaml").write_text(roster.replace("quantity: 24", "quantity: 2400"), encoding="utf-8")
    words = [sys.executable, "-m", "keytag", "impose", "--standard", standard]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def alarms(folder: Path) -> list[str]:
    """What is said of a sound job that should not be."""
    try:
        report = keytag.verify(folder / "out", keytag.open(folder / "contacts.yaml"))
    except KeytagError as error:
        return [str(error)]
    wrong = [f"{item.key}: {f.place}: {f.message}" for item in report.items for f in item.failures]
    return wrong + [f"{item.key} skipped: {item.skipped}" for item in report.items if item.skipped]


def main(words: list[str]) -> int:
    chosen = {word for word in words if "/" in word} or (spread() if "--spread" in words else set())
    good = bad = impossible = 0
    for row in rows():
        name = "/".join(map(str, row))
        if chosen and name not in chosen:
            continue
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="table-") as place:
            folder = Path(place)
            why = made(folder, *row)
            if why:
                impossible += 1
                print(f"impossible {name}: {why}", flush=True)
                continue
            wrong = alarms(folder)
        good, bad = good + (not wrong), bad + bool(wrong)
        took = f"{time.monotonic() - start:.0f} s"
        print(f"{'WRONG' if wrong else 'ok':10} {name}: {took} {'; '.join(wrong[:3])}", flush=True)
    print(f"{good} without alarm, {bad} with, {impossible} cannot be imposed")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
