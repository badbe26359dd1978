"""Prints what other values of the planner's constants would do: the mean gap of the default plan on ten jobs.

`python -m benchmarks.solver.constants` tries all of them, words choose among their names. Work is counted, so the
figures do not depend on the machine. The value in use comes first in each line.
"""

from __future__ import annotations

import argparse
import importlib
from typing import Any

from benchmarks.solver.instances import SETS, Instance
from keytag.solver import plan

TRIED: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("search.population", "SIZE", (32, 16)),
    ("search.population", "_LISTED", (260, 130, 420)),
    ("search.population", "_ROUNDS", (12, 8, 20)),
    ("search.relaxation", "_STEP", (0.15, 0.08, 0.3)),
    ("search.assignment", "_LISTED", (420, 200)),
    ("search.assignment", "_TABU", (5, 0, 12)),
    ("search.assignment", "_NEAR", (3, 12)),
    ("search.assignment", "_PATIENCE", (16, 6)),
    ("schedule", "_FIRST", (1_600, 800, 3_200)),
    ("schedule", "_GROWTH", (1.6, 1.2, 2.4)),
    ("schedule", "_COOL", ((0.008, 0.08), (0.02, 0.15), (0.003, 0.05))),
    ("schedule", "_PROOF", (1_200, 400, 2_400)),
)
_JOBS = {
    "published": (8,),
    "classes": (5, 19, 37, 39, 53, 57, 67, 71),
    "province": (2,),
}
"""The places in each set of the jobs tried: few designs and many, few stations and many, all plate costs."""


def jobs() -> list[Instance]:
    """The ten jobs."""
    return [list(SETS[name]())[place] for name, places in _JOBS.items() for place in places]


def main() -> None:
    """Try and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="which constants to try")
    chosen = parser.parse_args().names
    instances = jobs()

    def gap() -> float:
        return sum(plan(one.designs, one.limits).gap for one in instances) / len(instances)

    print(f"as they are: {gap():.3%}", flush=True)
    for place, name, values in TRIED:
        if chosen and name not in chosen:
            continue
        module = importlib.import_module(f"keytag.solver.{place}")
        kept = getattr(module, name)
        if kept != values[0]:
            raise SystemExit(f"{place}.{name} is {kept}; the table says {values[0]}")
        told = []
        for value in values[1:]:
            setattr(module, name, value)
            told.append(f"{value}: {gap():.3%}")
        setattr(module, name, kept)
        print(f"{place}.{name} = {kept}; with {', '.join(told)}", flush=True)


if __name__ == "__main__":
    main()
