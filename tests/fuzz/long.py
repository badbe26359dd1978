"""The long fuzz: `python -m tests.fuzz.long [TARGET …] [--examples N]`; by coverage where atheris is installed.

CI does not wait for it. docs/fuzzing.md says how to run it, and what to do with what it finds.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.strategies import INPUTS
from tests.fuzz.targets import TARGETS


def with_hypothesis(name: str, examples: int) -> None:
    """Other examples at each run; what fails is kept by hypothesis and tried first the next time."""
    kinds = settings(
        deadline=None,
        max_examples=examples,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate, Phase.shrink],
        print_blob=True,
    )

    def attempt(data: bytes) -> None:
        TARGETS[name](data)

    kinds(given(data=INPUTS[name])(attempt))()
    sys.stdout.write(f"{name}: {examples:,} examples at most, nothing found\n")


def with_atheris(name: str, runs: int) -> None:
    """Mutations led by coverage, from hypothesis' own structure; ends the process, as libFuzzer does."""
    import atheris  # type: ignore[import-untyped,unused-ignore]

    attempt: Any = given(data=INPUTS[name])(lambda data: TARGETS[name](data))
    atheris.Setup(["fuzz", f"-runs={runs}"], atheris.instrument_func(attempt.hypothesis.fuzz_one_input))
    atheris.Fuzz()


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.fuzz.long", description=__doc__)
    words.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    words.add_argument("--examples", type=int, default=20_000, help="of each target (default 20,000)")
    asked = words.parse_args()
    unknown = set(asked.targets) - set(TARGETS)
    if unknown:
        words.error(f"no target {', '.join(sorted(unknown))}: there are {', '.join(TARGETS)}")
    names = asked.targets or list(TARGETS)
    if importlib.util.find_spec("atheris") is not None and len(names) == 1:
        with_atheris(names[0], asked.examples)
    for name in names:
        with_hypothesis(name, asked.examples)


if __name__ == "__main__":
    main()
