"""Every single fault of tests/verification/mutants*.py in finished folders of six kinds: what is found, what passes.

    python -m tests.long.verify_mutants [KIND …] [--only NAME,NAME …] [--share 1/7]

Takes about ten minutes a kind on two cores: a verification uses both. Its figures stand in docs/verification.md. Exit
code 1 where a grave or medium fault passes, where one is not named by an item that should name it, or where more than
2 % of the low ones pass. A fault that cannot be made in a folder of a kind is told with the reason; so is one that is
made and leaves every plate, as Ghostscript separates it, the same to the byte: nobody could find that on a plate.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from keytag.base.errors import KeytagError
from tests.verification.damage import Job, made, not_twice
from tests.verification.mutants import Inapplicable, Mutant
from tests.verification.mutants_films import FILMS, PARCELS, with_films, with_parcel
from tests.verification.mutants_invented import MUTANTS

LINK = "1234567890123456789"


class Kind(NamedTuple):
    """How a folder is made, which faults are made in it, and which of its folders is looked at."""

    make: Callable[[Path], Path]
    mutants: Sequence[Mutant]
    name: str = "out"


def of(*words: str) -> Callable[[Path], Path]:
    return lambda folder: made(folder, LINK, *words)


KINDS = {
    "x4": Kind(of("oval-50x20"), MUTANTS),
    "x1a": Kind(of("stadium-50x20", "--standard", "x1a"), MUTANTS),
    "clear": Kind(of("oval-50x20-clear"), MUTANTS),
    "moulded": Kind(of("oval-50x20-moulded"), MUTANTS),
    "films": Kind(with_films, FILMS, "films"),
    "zip": Kind(with_parcel, PARCELS),
}


def plates(data: bytes) -> tuple[str, ...]:
    """Every page of a PDF as Ghostscript separates it."""
    with tempfile.TemporaryDirectory(prefix="plates-") as place:
        (Path(place) / "in.pdf").write_bytes(data)
        words = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=psdcmyk", "-r400", "-sOutputFile=%d.psd"]
        subprocess.run([*words, "in.pdf"], cwd=place, check=True, capture_output=True)
        return tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(Path(place).glob("*.psd")))


plates_of = cache(plates)


def same_plates(finished: Path, job: Job) -> bool:
    """Whether every PDF for the press separates as that of the sound folder does."""
    names = [p.name for p in sorted((finished / "out").glob("*.pdf")) if p.name[:5] in ("plate", "maste", "cutti")]
    pairs = [((finished / "out" / name).read_bytes(), job.out / name) for name in names]
    return all(path.exists() and plates_of(sound) == plates_of(path.read_bytes()) for sound, path in pairs)


def tried(finished: Path, mutant: Mutant, name: str) -> tuple[str, str]:
    """How a fault fares: found, named wrongly, passed, refused (exit 3), or not possible in this kind of folder."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as place:
        shutil.copytree(finished, Path(place) / "job")
        job = Job(Path(place) / "job", name)
        try:
            mutant.make(job)
        except (Inapplicable, StopIteration, AssertionError, ValueError, KeyError, IndexError) as error:
            return "impossible", f"nothing there that it could change: {error!r}"[:120]
        try:
            report = job.verify()
        except KeytagError as error:
            return "refused", str(error)[:160]
        failed = {item.key: item.failures for item in report.items if item.failures}
        named = bool(mutant.items & failed.keys())
        if not named and "plates" in mutant.items and same_plates(finished, job):
            return "impossible", "made, and every plate is the same to the byte"
        if not failed:
            return "passed", ""
        first = next(iter(failed.values()))[0]
        said = f"{sorted(failed)}: {first.place}: {first.message}"
        return ("found" if named else "misnamed"), said[:200]


def tried_in(kind: str, trial: Callable[[Mutant], bool]) -> list[tuple[str, str]]:
    """The level and the fate of each fault that is tried in a folder of a kind; none where a sound one fails."""
    counts: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory(prefix="kind-") as place:
        make, mutants, name = KINDS[kind]
        finished = make(Path(place))
        report = Job(finished, name).verify()
        wrong = [f"{f.place}: {f.message}" for item in report.items for f in item.failures]
        if wrong:
            raise SystemExit(f"{kind}: a sound folder fails: {wrong[0]}")
        for mutant in filter(trial, mutants):
            fate, said = tried(finished, mutant, name)
            counts.append((mutant.level, fate))
            print(f"{fate:10} {mutant.level:6} {kind:8} {mutant.name}: {said}", flush=True)
    return counts


def chosen(share: set[str], only: Sequence[str], mutant: Mutant) -> bool:
    return mutant.name in (only or share)


def main(words: list[str]) -> int:
    only = words[words.index("--only") + 1].split(",") if "--only" in words else []
    share, shares = map(int, words[words.index("--share") + 1].split("/")) if "--share" in words else (1, 1)
    fates: list[tuple[str, str]] = []
    start = time.monotonic()
    for kind in [word for word in words if word in KINDS] or list(KINDS):
        part = {mutant.name for mutant in KINDS[kind].mutants[share - 1 :: shares]}
        fates += tried_in(kind, partial(chosen, part, only))
    print(dict(sorted(Counter(fates).items())), f"{time.monotonic() - start:.0f} s")
    bad = [level for level, fate in fates if fate in ("passed", "misnamed")]
    total = sum(level == "low" and fate != "impossible" for level, fate in fates)
    return int(any(level != "low" for level in bad) or len(bad) > 0.02 * total)


if __name__ == "__main__":
    with not_twice():
        sys.exit(main(sys.argv[1:]))
