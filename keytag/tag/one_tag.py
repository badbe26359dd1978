"""One tag on its way to be set like the others of its job: what was chosen so far, and what it could have so.

What it is chosen by is `harmony`'s; how a stack fits is `fitting`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from itertools import chain, combinations

from keytag.base.geometry import Rect
from keytag.base.outline import Hole, Outline
from keytag.base.records import NamedTuple
from keytag.tag import rows
from keytag.tag.fitting import Block, Layout, Shelf, Solver
from keytag.tag.footing import Footing
from keytag.tag.heights import Heights
from keytag.tag.matter import Choice, Matter, Ways, class_of, items_of, lists_people
from keytag.tag.room import Area
from keytag.tag.template import Stack

DEAR = 0.97  # what a tag keeps of the size that it could have alone
NO_SIZE = -1.0
_ROUNDS = 8


class Ground(NamedTuple):
    """Where a stack stands: the outline, its safe margin, a hole with its clearance, and what text keeps off.

    It is `barred` where a label has no room at its place, and has at another.
    """

    outline: Outline
    safe: float
    hole: Hole | None
    panels: tuple[Rect, ...]
    barred: bool = False

    def __hash__(self) -> int:  # asked for again and again: a face has one outline
        return hash(self[1:])


class Problem(NamedTuple):
    """One stack of one tag. `grounds`: for each place that the face's label may take, the best first, what is free."""

    stack: Stack
    matter: Matter
    grounds: tuple[Ground, ...]


class Apart(NamedTuple):
    """A tag that is set for itself: its first number's size and that of its class."""

    size: float
    usual: float


class Settled(NamedTuple):
    """How a stack comes out: at which of the grounds, its wording, its layout, what it could have had alone."""

    ground: int
    choice: Choice
    layout: Layout
    size: float  # of the first number, pt
    alone: float
    apart: Apart | None


class Settling:
    """What the tags of one job share while one stack is settled: solvers, and sizes to begin a search with."""

    def __init__(self) -> None:
        self._solvers: dict[Hashable, Solver] = {}
        self._footings: dict[Ground, tuple[Footing, dict[Hashable, Heights]]] = {}
        self._guesses: dict[Hashable, int] = {}
        self._shelf = Shelf()

    def solver(self, stack: Stack, at: Ground, items: tuple[rows.Line | rows.Table, ...]) -> Solver:
        """The solver of lines of a stack in one place."""
        key = id(stack), at, items
        found = self._solvers.get(key)
        if found is None:
            footing, known = self._footing(stack, at)
            block = Block(items, stack.align, footing.area.middle - stack.lift)
            found = Solver(block, footing, known, self._shelf)
            self._solvers[key] = found
        return found

    def keep(self, solvers: Collection[Solver]) -> None:
        """Forget all solvers but these."""
        kept = {id(solver) for solver in solvers}
        self._solvers = {key: solver for key, solver in self._solvers.items() if id(solver) in kept}

    def _footing(self, stack: Stack, at: Ground) -> tuple[Footing, dict[Hashable, Heights]]:
        if at not in self._footings:
            hole = at.hole and (at.hole.centre.x, at.hole.centre.y, at.hole.diameter / 2 + at.safe + stack.margin)
            area = Area(at.outline, at.safe + stack.margin, hole, at.panels, stack.box)
            axis = stack.axis
            if axis is None:
                axis = at.outline.width / 2 if stack.box is None else stack.box.x + stack.box.width / 2
            self._footings[at] = Footing(area, axis, against=bool(at.panels)), {}
        return self._footings[at]

    def guess(self, key: Hashable) -> int | None:
        return self._guesses.get(key)

    def learn(self, key: Hashable, step: int) -> None:
        self._guesses[key] = step


def _capped(item: rows.Line | rows.Table, cap: float) -> rows.Line | rows.Table:
    if isinstance(item, rows.Table) or item.number or not cap or cap >= item.size.usual:
        return item
    return item._replace(size=item.size._replace(usual=max(cap, item.size.least)))


class Tag:
    """One problem on its way: what was chosen so far."""

    def __init__(self, shared: Settling, problem: Problem) -> None:
        self.shared, self.problem = shared, problem
        self.weight = 1
        self.ground = 0
        last = [0] * len(problem.stack.lines)
        for line in problem.matter:
            last[line.at_line] = line.depth - 1
        self.last = tuple(last)
        self.paired = False
        self.rungs = self.last
        self.caps: tuple[float, ...] = ()
        self._known: dict[Hashable, Solver] = {}
        self._made: dict[tuple[int, int, bool], tuple[rows.Line | rows.Table, ...]] = {}
        self.left: frozenset[int] = frozenset()
        self.left = self._left_out()
        self.step: int | None = None
        self.level = rows.LEVELS - 1
        self.soft = False
        self.alone = 0.0
        self.apart: Apart | None = None

    @property
    def choice(self) -> Choice:
        return Choice(self.rungs, self.left, self.paired)

    def solver(self, full: bool = False) -> Solver:
        """The solver of what is chosen so far, or with all words in full."""
        rungs = (0,) * len(self.rungs) if full else self.rungs
        key = self.ground, rungs, self.left, self.paired, self.caps
        if key not in self._known:
            items = self._items(rungs)
            if self.caps:
                items = tuple([_capped(item, cap) for item, cap in zip(items, self.caps, strict=True)])
            self._known[key] = self.shared.solver(self.problem.stack, self.problem.grounds[self.ground], items)
        return self._known[key]

    def forget(self) -> Solver:
        """Let go of what was tried and not chosen; the solver of what is chosen."""
        found = self.solver()
        self._known = {(self.ground, self.rungs, self.left, self.paired, self.caps): found}
        self._made = {}
        return found

    def _items(self, rungs: tuple[int, ...]) -> tuple[rows.Line | rows.Table, ...]:
        """What the fitter works on, the lines at these rungs."""
        return tuple([item for _, items in self._lines(rungs) for item in items])

    def _lines(self, rungs: tuple[int, ...]) -> list[tuple[int, tuple[rows.Line | rows.Table, ...]]]:
        """The same by line, each with its place in the stack: one that wraps is two."""
        found = []
        for line in self.problem.matter:
            if line.at_line not in self.left:
                key = line.at_line, rungs[line.at_line], self.paired
                if key not in self._made:
                    self._made[key] = items_of(line, key[1], self.paired)
                found.append((line.at_line, self._made[key]))
        return found

    def shrunk(self) -> dict[int, float]:
        """The size that each line comes out at by its place in the stack, the least of one that wraps."""
        return {at: min(sizes) for at, sizes in self._come_out().items()}

    def _come_out(self) -> dict[int, list[float]]:
        sizes = iter(self.solver().shrunk(self.step or 0, self.level, self.soft))
        return {at: [next(sizes) for _ in items] for at, items in self._lines(self.rungs)}

    def cap(self, sizes: dict[int, float]) -> None:
        """Let no line be larger than that, and lines of the same words as large as each other."""
        for _ in range(_ROUNDS):  # smaller lines draw a block together, which may leave one of them less room
            self.caps = tuple([sizes[at] for at, items in self._lines(self.rungs) for _ in items])
            uneven = {at: min(found) for at, found in self._come_out().items() if min(found) < max(found)}
            if not uneven:
                break
            sizes = sizes | uneven

    def largest(self, soft: bool = False) -> int | None:
        """The greatest step at what is chosen so far."""
        key = self.kind, self.ground, self.paired, soft
        found = self.solver().largest(self.shared.guess(key), soft)
        if found is not None:
            self.shared.learn(key, found)
        return found

    def off(self) -> float:
        """How far from its middle the block stands at the step and the gaps that are chosen, in millimetres."""
        return 0.0 if self.step is None else self.solver().off(self.step, self.level, self.soft)

    @property
    def kind(self) -> Hashable:
        return class_of(self.problem.matter, self.choice)

    def bound(self) -> int | None:
        """The least step that the wording must leave a tag that has its shortest words; None where it does not fit."""
        if lists_people(self.problem.stack):
            return 0 if self.solver(full=True).holds(0) else self.solver().foothold()
        step, solver = self.largest(), self.solver()
        return None if step is None else self._dear(step, solver.number_size)

    def bound_of_labels(self, bound: int) -> int:
        """The least step that a list's labels must leave it, whose shortest ones it has: no less than `bound`."""
        step = self.largest()
        return bound if step is None else max(bound, self._dear(step, self.solver().first_size))

    def _dear(self, step: int, size: Callable[[int], float]) -> int:
        """The least step at which a number keeps so much of its size at this one."""
        least = size(step) * DEAR
        while step > self.solver().least and size(step - 1) >= least > 0:
            step -= 1
        return step

    def fits(self) -> bool:
        """Whether it fits at all: in full, which is most often so and then known, or with its shortest words."""
        if self.problem.grounds[self.ground].barred:
            return False
        return self.solver(full=True).holds(0) or any(
            self.solver().foothold(soft) is not None for soft in (False, True)
        )

    def best(self) -> tuple[bool, float]:
        """Whether it fits at all, and the size of the numbers that are not the first."""
        for soft in (False, True):
            step = None if self.problem.grounds[self.ground].barred else self.largest(soft)
            if step is not None:
                return True, self.solver().number_size(step) + self.solver().first_size(step) / 1000
        return False, NO_SIZE

    def _left_out(self) -> frozenset[int]:
        """Lines that yield, left out before the first number falls under what they ask for; the last ones first."""
        yielding = [
            (line.at_line, line.line.yields)
            for line in self.problem.matter
            if isinstance(line, Ways) and line.line.yields > 0
        ]
        if not yielding:
            return frozenset()
        indices = [index for index, _ in reversed(yielding)]
        ways = [frozenset(c) for c in chain(*(combinations(indices, n) for n in range(len(indices) + 1)))]
        most = max(size for _, size in yielding)
        self.left = ways[0]
        if self._reaches(most - 1e-6):  # more is never asked for
            return ways[0]
        self.left = ways[-1]
        bound = min(most, DEAR * self._first())
        for way in ways:
            self.left = way
            if self._reaches(bound - 1e-6):
                return way
        return ways[-1]

    def _reaches(self, size: float) -> bool:
        """Whether the first number can have this size: one step is tried, since what holds there holds below."""
        solver = self.solver()
        if 0.0 < solver.first_size(0) < size <= solver.first_size(solver.most):
            return solver.holds(next(s for s in range(solver.most + 1) if solver.first_size(s) >= size))
        return self._first() >= size

    def _first(self) -> float:
        """The first number's size; nought where the lines do not fit."""
        solver = self.solver()
        step = solver.largest()
        if step is None:
            return 0.0
        return solver.first_size(step) or 1000.0

    def settled(self) -> Settled:
        solver = self.solver()
        layout = solver.layout(self.step, self.level, self.soft)
        size = solver.first_size(solver.least if self.step is None else self.step)
        return Settled(self.ground, self.choice, layout, size, self.alone or size, self.apart)
