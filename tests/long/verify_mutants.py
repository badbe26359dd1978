"""Every single fault of tests/verification/mutants.py in finished folders of three kinds: what is found, what passes.

    python -m tests.long.verify_mutants [KIND …] [--only NAME,NAME …] [--share 1/7]

Takes about ten minutes on two cores. Its figures stand in docs/verification.md. Exit code 1 where a grave or medium
fault passes, where one is not named by an item that should name it, or where more than 2 % of the low ones pass.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from keytag.base.errors import KeytagError
from tests.verification.damage import Job, made, not_twice
from tests.verification.mutants import Inapplicable, Mutant
from tests.verification.mutants_unnamed import MUTANTS

KINDS = {
    "x4": ("oval-50x20",),
    "x1a": ("stadium-50x20", "--standard", "x1a"),
    "clear": ("oval-50x20-clear",),
    "moulded": ("oval-50x20-moulded",),
}


def tried(finished: Path, mutant: Mutant) -> tuple[str, str]:
    """How a fault fares: found, named wrongly, passed, refused (exit 3), or not possible in this kind of folder."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as place:
        shutil.copytree(finished, Path(place) / "job")
        job = Job(Path(place) / "job")
        try:
            mutant.make(job)
        except (Inapplicable, StopIteration, AssertionError, ValueError, KeyError, IndexError) as error:
            return "impossible", repr(error)[:100]
        try:
            report = job.verify()
        except KeytagError as error:
            return "refused", str(error)[:160]
        failed = {item.key: item.failures for item in report.items if item.failures}
        if not failed:
            return "passed", ""
        first = next(iter(failed.values()))[0]
        said = f"{sorted(failed)}: {first.place}: {first.message}"
        return ("found" if mutant.items & failed.keys() else "misnamed"), said[:200]


def main(words: list[str]) -> int:
    only = words[words.index("--only") + 1].split(",") if "--only" in words else []
    share, shares = map(int, words[words.index("--share") + 1].split("/")) if "--share" in words else (1, 1)
    kinds = [word for word in words if word in KINDS] or list(KINDS)
    counts: Counter[tuple[str, str]] = Counter()
    bad = []
    start = time.monotonic()
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="kind-") as place:
            template, *more = KINDS[kind]
            finished = made(Path(place), "1234567890123456789", template, *more)
            report = Job(finished).verify()
            wrong = [f"{f.place}: {f.message}" for item in report.items for f in item.failures]
            if wrong:
                print(f"{kind}: a sound folder fails: {wrong[0]}")
                return 1
            for mutant in MUTANTS[share - 1 :: shares]:
                if only and mutant.name not in only:
                    continue
                fate, said = tried(finished, mutant)
                counts[mutant.level, fate] += 1
                if fate in ("passed", "misnamed"):
                    bad.append((mutant.level, fate))
                print(f"{fate:10} {mutant.level:6} {kind:8} {mutant.name}: {said}", flush=True)
    print(dict(sorted(counts.items())), f"{time.monotonic() - start:.0f} s")
    low = [fate for level, fate in bad if level == "low"]
    total = sum(count for (level, fate), count in counts.items() if level == "low" and fate != "impossible")
    return int(len(bad) > len(low) or len(low) > 0.02 * total)


if __name__ == "__main__":
    with not_twice():
        sys.exit(main(sys.argv[1:]))
