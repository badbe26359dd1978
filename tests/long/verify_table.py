"""No false alarm: `impose --verify` keeps every shipped template × scheme × standard, at turns of 0, 90, 180 and 270°.

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
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

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


def kept(folder: Path, template: str, scheme: str, standard: str, turn: int) -> tuple[str, str]:
    """What `keytag impose --verify` makes of a job of two units on the shipped scheme, turned: "ok" where it is kept,
    "impossible" where the roster, template or scheme has errors, "WRONG" for all else; and what it says.

    Nothing may be left out for want of a program: the page to sign says so where it is.
    """
    text = shipped.locate(shipped.SCHEMES, scheme, folder).read_text(encoding="utf-8")
    line = f"turn: {turn}\n"
    text = re.sub(r"(?m)^turn:.*\n", line, text) if re.search(r"(?m)^turn:", text) else text + line
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    roster = ROSTER.format(zalo="1234567890123456789", template=template)
    (folder / "contacts.yaml").write_text(roster.replace("quantity: 24", "quantity: 2400"), encoding="utf-8")
    words = [sys.executable, "-m", "keytag", "impose", "--verify", "--standard", standard]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        mend = "nothing was made" in lines[-1]
        return ("impossible" if mend else "WRONG"), next((line for line in lines if ": error: " in line), lines[-1])
    page = pypdfium2.PdfDocument(folder / "out" / "verification.pdf")[0].get_textpage().get_text_range()
    return ("WRONG", "something was not looked at") if "KHÔNG KIỂM" in page else ("ok", "")


def main(words: list[str]) -> int:
    chosen = {word for word in words if "/" in word} or (spread() if "--spread" in words else set())
    counts: Counter[str] = Counter()
    for row in rows():
        name = "/".join(map(str, row))
        if chosen and name not in chosen:
            continue
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="table-") as place:
            fate, why = kept(Path(place), *row)
        counts[fate] += 1
        print(f"{fate:10} {name}: {time.monotonic() - start:.0f} s {why}", flush=True)
    print(f"{counts['ok']} without alarm, {counts['WRONG']} with, {counts['impossible']} cannot be imposed")
    return int(counts["WRONG"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
