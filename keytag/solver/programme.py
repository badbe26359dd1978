"""Integer programming by HiGHS, where it is installed: the shortest runs for given stations.

HiGHS prints a banner that only a redirect of the file descriptor silences; standard output is put back in every case.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any

from keytag.solver.job import Cell, Job


def installed() -> bool:
    """Whether HiGHS can be used."""
    from importlib.util import find_spec

    return find_spec("highspy") is not None


@contextlib.contextmanager
def silenced() -> Iterator[None]:
    """Standard output at the file descriptor leads nowhere for the time being; what was written before is kept."""
    if sys.stdout is not None:
        sys.stdout.flush()
    try:
        saved = os.dup(1)
    except OSError:  # there is no standard output to keep clean
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
        finally:
            os.close(nowhere)
        yield
    finally:
        os.dup2(saved, 1)
        os.close(saved)


def shortest_runs(job: Job, cells: list[Cell]) -> list[Cell]:
    """The same stations with the fewest packs in all; `cells` as they are where HiGHS finds nothing better."""
    import numpy as np

    users: list[list[tuple[int, int]]] = [[] for _ in job.demand]
    for plate, (slots, _) in enumerate(cells):
        for index, count in slots.items():
            users[index].append((plate, count))
    with silenced():
        import highspy

        make: Any = highspy.Highs
        solver = make()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_max_nodes", 2000)
        infinity = highspy.kHighsInf
        for _ in cells:
            solver.addVar(float(job.least_run), infinity)
        for plate in range(len(cells)):
            solver.changeColCost(plate, 1.0)
            solver.changeColIntegrality(plate, highspy.HighsVarType.kInteger)
        for row, demand in zip(users, job.demand, strict=True):
            places = np.array([plate for plate, _ in row], dtype=np.int32)
            counts = np.array([count for _, count in row], dtype=np.float64)
            solver.addRow(float(demand), infinity, len(row), places, counts)
        solver.run()
        values = list(solver.getSolution().col_value)
    if len(values) != len(cells):
        return cells
    runs = [max(job.least_run, round(value)) for value in values]
    # The solver's word is not taken for it: demands are counted, and only fewer packs are kept.
    for row, demand in zip(users, job.demand, strict=True):
        if sum(count * runs[plate] for plate, count in row) < demand:
            return cells
    if sum(runs) >= sum(run for _, run in cells):
        return cells
    return [(slots, run) for (slots, _), run in zip(cells, runs, strict=True)]
