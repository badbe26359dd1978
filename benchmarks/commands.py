"""Whole commands against the least that could do their job, side by side in one run.

`python -m benchmarks.commands` runs each pair in turn and prints the ratio of their processor times and of their wall
times (medians of pairs), and the peak memory. The bounds that the project sets itself: `keytag check` on the shipped
roster at most 2.7 times `python -c "import typer"`; `keytag impose` at most 2.45 times a bare reportlab script that
draws the same number of forms, and under 150 MB.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROSTER = HERE.parent / "contacts.yaml"
RUNS = 9


def measure(command: list[str], folder: Path) -> tuple[float, float, float]:
    """(processor seconds, wall seconds, peak MB) of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def compare(name: str, ours: list[str], theirs: list[str], bound: float) -> None:
    """Run the two in turn and print what came out."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        pairs = []
        for i in range(RUNS + 1):
            pair = measure(ours, folder), measure(theirs, folder)
            if i:  # the first only warms the caches
                pairs.append(pair)
    processor = statistics.median(a[0] / b[0] for a, b in pairs)
    wall = statistics.median(a[1] / b[1] for a, b in pairs)
    memory = max(a[2] for a, _ in pairs)
    seconds = statistics.median(a[1] for a, _ in pairs)
    print(
        f"{name:16} {processor:5.2f} × processor  {wall:5.2f} × wall (bound {bound:g})  "
        f"{seconds:.2f} s  {memory:.0f} MB"
    )


def verify_time() -> None:
    """How long a verification of the shipped job takes, all tools included (the bound is 15 s on two processors)."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        keytag = [sys.executable, "-m", "keytag"]
        measure([*keytag, "impose", str(ROSTER)], folder)
        processor, wall, memory = measure([*keytag, "verify", "out", "--roster", str(ROSTER)], folder)
    print(f"keytag verify    {wall:.1f} s wall (bound 15 s)  {processor:.1f} s processor  {memory:.0f} MB")


def main() -> None:
    keytag = [sys.executable, "-m", "keytag"]
    compare("keytag check", [*keytag, "check", str(ROSTER)], [sys.executable, "-c", "import typer"], 2.7)
    compare("keytag impose", [*keytag, "impose", str(ROSTER)], [sys.executable, str(HERE / "bare_reportlab.py")], 2.45)
    verify_time()


if __name__ == "__main__":
    main()
