"""Ctrl-C and lack of memory at every line that an `impose` comes to: `python -m tests.long.every_line`.

Each line at its first turn, and those with many turns once more in the middle of them. Prints what is wrong and how
many attempts were made; the exit code is 1 where anything is. `--share 1/4` makes a fourth of them, `--only tag/` the
lines of some modules.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.injection import Line, Outcome, Stage, everything_imported, wrong


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--share", default="1/1", help="the n-th of m shares of all attempts")
    words.add_argument("--only", nargs="*", default=[""], help="files that begin so")
    asked = words.parse_args()
    share, shares = (int(part) for part in asked.share.split("/"))
    everything_imported()
    faults: list[str] = []
    outcomes: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(Path(place))
        lines = sorted(
            (line, turns) for line, turns in stage.turns().items() if line.file.startswith(tuple(asked.only))
        )
        attempts = [(line, turn) for line, turns in lines for turn in sorted({1, turns // 2} - {0})]

        def report(line: Line, turn: int, kind: str, outcome: Outcome) -> None:
            outcomes[f"{kind}: exit {outcome.code}, {outcome.folder[:7]}, {outcome.beside} left beside"] += 1
            fault = wrong(outcome, kind)
            if fault:
                faults.append(f"{line.file}:{line.number}, turn {turn}, {kind}: {fault}")
                os.write(2, f"{faults[-1]}\n".encode())

        stage.attempts(attempts[share - 1 :: shares], report)
        os.chdir("/")
    for name, count in sorted(outcomes.items()):
        sys.stdout.write(f"{count:6}  {name}\n")
    sys.stdout.write(f"{len(lines)} lines, {sum(outcomes.values())} attempts, {len(faults)} wrong, ")
    sys.stdout.write(f"{time.monotonic() - began:.0f} s\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
