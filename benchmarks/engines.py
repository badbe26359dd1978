"""24 files of numbered sheets made by one process and by two, in turn: `python -m benchmarks.engines [ROUNDS]`.

Of the shipped roster, each file with serials of its own: 416,640 tags, made and preflighted. The bound that the project
sets itself: two processes need at most 0.6 of the wall time of one, on two processors that are free. How busy the
machine was is told with it, since beside other work the ratio says little; and beside it what the processor times say
that two free processors would need: the parent's own and half of what the workers took. All engines give one hash; so
does Dask (`dask` for ROUNDS), of which no ratio is asked.
"""

from __future__ import annotations

import hashlib
import os
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from keytag.job.engines import engine, processes
from keytag.job.imposition import imposed
from keytag.job.numbering import Wanted, numbered, sheet_works, with_place
from keytag.job.ready import Ready, order_of, ready
from keytag.job.setup import open
from keytag.job.work import Mapping, Work, finished, one_by_one

FILES, ROUNDS, BOUND = 24, 3, 0.6
ROSTER = Path(__file__).parent.parent / "contacts.yaml"


def works() -> tuple[Work, ...]:
    """The files, each of the whole run of the one plate set."""
    text = ROSTER.read_text("utf-8").replace("job:\n", "job:\n  serials: {prefix: G, start: 1}\n", 1)
    gate = ready(with_place(open(text)))
    if not isinstance(gate, Ready):
        raise SystemExit("the shipped roster has errors")
    order = order_of(gate)
    job = imposed(order, wanted=Wanted(1))
    tags = sum(pile.tags for pile in job.numbering.piles) if job.numbering else 0
    starts = [1 + i * tags for i in range(FILES)]
    found = [numbered(order, job.presses, Wanted(start)) for start in starts]
    return tuple(work for each in found for work in sheet_works(each, job.standard, job.layout.scheme.dies))


def taken(mapping: Mapping, some: Sequence[Work]) -> tuple[float, str]:
    """Wall seconds, and the hash of all bytes in their order."""
    told, start = hashlib.sha256(), time.perf_counter()
    for data in mapping(finished, some):
        told.update(data)
    return time.perf_counter() - start, told.hexdigest()


def _processor() -> tuple[float, float]:
    """Processor seconds of this process, and of its workers that have ended."""
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime, theirs.ru_utime + theirs.ru_stime


def main(rounds: int = ROUNDS) -> None:
    some = works()
    finished(some[0])  # what is loaded and worked out once
    ratios = []
    for _ in range(rounds):
        before = _processor()
        one, digest = taken(one_by_one, some)
        between = _processor()
        two, other = taken(processes(2), some)
        after = _processor()
        if digest != other:
            raise SystemExit("two processes made other bytes than one")
        ratios.append(two / one)
        busy = os.getloadavg()[0]
        alone, parent, workers = between[0] - before[0], after[0] - between[0], after[1] - between[1]
        print(f"one process {one:5.1f} s  two {two:5.1f} s  {two / one:.2f} ×  load {busy:.1f}  {digest[:16]}")
        free = f"{(parent + workers / 2) / alone:.2f} × ({alone:.1f} s; {parent:.1f} s and {workers:.1f} s)"
        print(f"    by processor time {free}", flush=True)
    print(
        f"{len(some)} files: {statistics.median(ratios):.2f} ×, the least disturbed {min(ratios):.2f} × (bound {BOUND})"
    )


def on_dask() -> None:
    """The same on a cluster of two workers."""
    from distributed import LocalCluster

    some = works()
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        engine(1, cluster.scheduler_address) as mapping,
    ):
        took, digest = taken(mapping, some)
    print(f"Dask, two workers {took:5.1f} s  {digest[:16]}")


if __name__ == "__main__":
    on_dask() if sys.argv[1:] == ["dask"] else main(*map(int, sys.argv[1:2]))
