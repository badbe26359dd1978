"""Prints, for each job: cost, proven bound, gap and seconds of the plan, beside the cost of the bare practices.

`python -m benchmarks.solver` measures the default plan of all sets; `--optimise SECONDS` the patient planner; words
name the sets: shipped published small classes province nation. Costs are in the job's own unit; "-" where all
designs do not fit on one plate set, or no cost is published.
"""

from __future__ import annotations

import argparse
import math
import resource
import statistics
import time

from benchmarks.solver.instances import SETS, Instance
from keytag.solver import Plan, PlanError, iterations_of, one_per_plate, optimise, plan, proportional, violations


def measure(instance: Instance, seconds: float) -> tuple[Plan, float]:
    """The plan of one job and the seconds that it took."""
    begin = time.process_time()
    if seconds:
        end = begin + 2 * seconds
        result = optimise(
            instance.designs,
            instance.limits,
            iterations_of(seconds, len(instance.designs)),
            stop=lambda: time.process_time() > end,
        )
    else:
        result = plan(instance.designs, instance.limits)
    elapsed = time.process_time() - begin
    broken = violations(result)
    if broken:
        raise SystemExit(f"{instance.name}: {broken[0]}")
    return result, elapsed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(SETS), help="which sets to measure")
    parser.add_argument("--optimise", type=float, default=0.0, metavar="SECONDS")
    chosen = parser.parse_args()
    print(
        f"{'job':20} {'n':>5} {'t':>3} {'C1':>6} {'P':>4} {'cost':>11} {'bound':>11} {'gap':>7} {'s':>6} {'listed':>10}"
        f" {'one each':>11} {'one plate':>11}  method"
    )
    for name in chosen.sets:
        gaps: list[float] = []
        spans: list[float] = []
        for instance in SETS[name]():
            result, elapsed = measure(instance, chosen.optimise)
            gaps.append(result.gap)
            spans.append(elapsed)
            try:
                single = f"{proportional(instance.designs, instance.limits).cost:11.1f}"
            except PlanError:
                single = f"{'-':>11}"
            limits = instance.limits
            print(
                f"{instance.name:20} {len(instance.designs):5} {limits.stations:3} {limits.plate_cost:6g}"
                f" {len(result.plates):4} {result.cost:11.1f} {result.bound:11.1f} {result.gap:7.2%} {elapsed:6.2f}"
                f" {'-' if math.isnan(instance.listed) else format(instance.listed, '.2f'):>10}"
                f" {one_per_plate(instance.designs, limits).cost:11.1f} {single}  {result.method}",
                flush=True,
            )
        print(
            f"{name}: gap median {statistics.median(gaps):.2%}, worst {max(gaps):.2%}; "
            f"seconds median {statistics.median(spans):.2f}, most {max(spans):.2f}; "
            f"optimal {sum(gap <= 1e-9 for gap in gaps)} of {len(gaps)}"
        )
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
