"""The patient planner: the quick plan, improved and its bound raised for as many iterations as are given.

An iteration is one round of pricing stations (see `stations`); the same number and seed give the same plan on every
machine. There is no clock here: a caller that promises seconds passes `stop`.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.solver.bounds import MANY, PROVABLE
from keytag.solver.exhaustive import exhaust
from keytag.solver.groups import grouped
from keytag.solver.job import read_job
from keytag.solver.model import Design, Limits, Plan, Stop
from keytag.solver.pair import Work
from keytag.solver.programme import installed, shortest_runs
from keytag.solver.quick import Search, fixed_plan, quick_search

ITERATIONS_PER_SECOND = 16_000
"""How many iterations `--optimise SECONDS` gives for each second: what one core of a small machine does."""

_FEW = 60  # designs: with fewer an iteration takes less, down to two thirds of it with 40

_CHUNK = 3_000
_SHARES = (0.1, 0.25, 1.0)  # of what is left, turn by turn
# Of few designs the proof is the harder part, of many the plan.
_PROOF_OF_FEW = (1 / 2, 2 / 3, 3 / 4)  # of a turn
_PROOF_OF_MANY = (1 / 6, 1 / 4, 1 / 12)
_ANNEALED = 0.7  # of the rounds for plans
_ANNEALABLE = 12  # plate sets
_STEPS_PER_ITERATION = 40  # of the exhaustive search


def iterations_of(seconds: float, count: int) -> int:
    """The iterations that stand for so many seconds with `count` designs."""
    return max(0, int(seconds * ITERATIONS_PER_SECOND * min(1.5, max(1.0, _FEW / max(1, count)))))


def optimise(
    designs: Sequence[Design], limits: Limits, iterations: int = 60_000, seed: int = 1, stop: Stop | None = None
) -> Plan:
    """The best plan found in `iterations`, never dearer than `plan`'s; `stop` may end it early.

    Uses HiGHS where it is installed. Raises `PlanError` as `plan` does.
    """
    job = read_job(tuple(designs), limits)
    if limits.fixed:
        return fixed_plan(job)
    return patient_search(quick_search(job), iterations, seed, stop).plan()


def patient_search(search: Search, iterations: int, seed: int = 1, stop: Stop | None = None) -> Search:
    """Go on with a search; it is changed and given back."""
    job = search.job
    if search.gap() <= 0 or iterations <= 0:
        return search
    if not job.free:
        best, proven = exhaust(job, search.bounds, search.best, Work(iterations * _STEPS_PER_ITERATION))
        search.proven = search.proven or proven
        if best is not None:
            search.offer(best, "all plans tried")
        return search
    if len(job.demand) > MANY:
        _large(search, iterations, seed, stop)
    else:
        _walks(search, iterations, seed, stop)
    return search


def _large(search: Search, iterations: int, seed: int, stop: Stop | None) -> None:
    from keytag.solver.large import Neighbourhoods

    best = search.best
    assert best is not None
    part = Neighbourhoods(search.job, best, seed)
    part.search(iterations, stop)
    search.offer(part.cells, "neighbourhoods")


def _walks(search: Search, iterations: int, seed: int, stop: Stop | None) -> None:
    """Turns for plans and turns for the bound, each time more of both: a better plan needs less of a proof."""
    from keytag.solver.sums import raise_by_sums

    left = iterations
    proofs = _PROOF_OF_FEW if len(search.job.demand) <= PROVABLE else _PROOF_OF_MANY
    for turn, (share, proof) in enumerate(zip(_SHARES, proofs, strict=True)):
        part = int(left * share)
        left -= part
        walks = int(part * (1 - proof))
        _turns(search, walks, seed + turn, stop)
        if not turn:
            left -= raise_by_sums(search.job, search.bounds, search.cost(), min(80, iterations // 4_000))
        left += _tighten(search, part - walks, stop, bold=turn > 0)
        if search.gap() <= 0:
            return
    if left > iterations // 20:
        _turns(search, left, seed + 3, stop)
    if installed():
        for plates in search.hopeful()[:6]:
            search.offer(shortest_runs(search.job, search.found[plates]), "integer programme")


def _tighten(search: Search, rounds: int, stop: Stop | None, *, bold: bool) -> int:
    """Raise the bound; gives the rounds that were not needed."""
    from keytag.solver.boxes import tighten

    work = Work(rounds)
    better = tighten(search.job, search.bounds, search.cost(), work, stop, bold)
    if better is not None:
        search.offer(better, "run lengths ruled out")
    return max(0, work.left)


def _turns(search: Search, iterations: int, seed: int, stop: Stop | None) -> None:
    """Annealing over run lengths for the hopeful numbers of plate sets; then walks and neighbourhoods, in turn."""
    left = iterations
    if len(search.job.demand) > PROVABLE:
        left -= _anneal(search, int(iterations * _ANNEALED), seed, stop)
    _wander(search, left, seed, stop)


def _anneal(search: Search, iterations: int, seed: int, stop: Stop | None) -> int:
    """One annealing for each of the numbers of plate sets that may be cheapest; gives the rounds that it took."""
    from keytag.solver.chains import Chains

    hopeful = [plates for plates in search.hopeful()[:4] if plates <= _ANNEALABLE]
    spent = 0
    for rank, plates in enumerate(hopeful):
        if plates not in search.hopeful():
            continue
        chains = Chains(search.job, search.found[plates], seed)
        search.offer(chains.walk((iterations - spent) // (len(hopeful) - rank), stop), "annealed runs")
        spent += chains.spent
    return spent


def _wander(search: Search, iterations: int, seed: int, stop: Stop | None) -> None:
    from keytag.solver.large import Neighbourhoods
    from keytag.solver.runs import RunSearch

    left, turn = iterations, 0
    # Of many designs a walk cools down about as far in few rounds as in many: more starts find more.
    longest = 20_000 if len(search.job.demand) <= PROVABLE else 8_000
    chunk = max(_CHUNK, min(longest, iterations // 12))
    starts = grouped(search.job, max(search.found))
    while left > 0 and search.gap() > 0 and not (stop and stop()):
        for rank, plates in enumerate(search.hopeful()[:4]):
            if turn % (rank + 1):
                continue  # the less promising, the less often
            # Two turns in three start afresh, since a walk seldom leaves the valley that it has cooled down in.
            afresh = turn % 3 < 2 and plates in starts
            walk = RunSearch(search.job, starts[plates] if afresh else search.found[plates], seed + 101 * turn)
            if not afresh:
                walk.heat, walk.spread = 0.01, 0.1
            walk.walk(min(chunk, max(left, 1)), stop)
            left -= chunk
            search.offer(walk.cells(), "runs first")
        best = search.best
        if best is not None and len(best) > 3 and left > 0:
            part = Neighbourhoods(search.job, best, seed + turn)
            left -= part.search(min(chunk, left), stop, rounds=300)
            search.offer(part.cells, "neighbourhoods")
        turn += 1
        left -= 1
