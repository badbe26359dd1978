"""The tags of one job are set alike: one wording, one size for a class of rows, one place for a label.

The second of two passes. The first (`fitting`) says what each tag could have alone; here the job decides, and a tag
that would cost the others of its class more than 3 % is set for itself, which is said. Every tag that is the same is
solved once, so the work grows with the number of different tags.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import chain, combinations

from keytag.base.geometry import Rect
from keytag.base.outline import Hole, Outline
from keytag.base.records import NamedTuple
from keytag.tag import fitting, rows
from keytag.tag.fitting import Block, Layout, Solver
from keytag.tag.footing import Footing
from keytag.tag.heights import Heights
from keytag.tag.matter import Choice, Matter, People, Ways, class_of, count_of, item_of, lists_people
from keytag.tag.room import Area
from keytag.tag.template import Stack

DEAR = 0.97  # what a tag keeps of the size that it could have alone
_NO_SIZE = -1.0


class Ground(NamedTuple):
    """Where a stack stands: the outline, its safe margin, a hole with its clearance, and what text keeps off."""

    outline: Outline
    safe: float
    hole: Hole | None
    panels: tuple[Rect, ...]


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

    def settle(self, problems: Sequence[Problem]) -> list[Settled]:
        """One `Settled` for each problem, all of the same stack, in their order."""
        keys = [_key(p) for p in problems]
        distinct = dict(zip(keys, problems, strict=True))
        tags = [_Tag(self, problem) for problem in distinct.values()]
        counts = Counter(keys)
        for tag, key in zip(tags, distinct, strict=True):
            tag.weight = counts[key]
        for group in _by_class(tags, exact=True).values():
            _choose_place(group)
        _choose_words(tags)
        for group in _by_class(tags).values():
            _choose_size(group)
        found = {key: tag.settled() for key, tag in zip(distinct, tags, strict=True)}
        return [found[key] for key in keys]

    def solver(self, problem: Problem, ground: int, choice: Choice, caps: tuple[float, ...] = ()) -> Solver:
        """The solver of a problem said in one way, in one place; `caps` are the largest sizes of its lines."""
        stack, at = problem.stack, problem.grounds[ground]
        items = tuple(item_of(line, choice) for line in problem.matter if line.at_line not in choice.left)
        if caps:
            items = tuple(_capped(item, cap) for item, cap in zip(items, caps, strict=True))
        key = id(stack), at, items
        if key not in self._solvers:
            footing, known = self._footing(stack, at)
            self._solvers[key] = Solver(Block(items, stack.align, footing.area.middle - stack.lift), footing, known)
        return self._solvers[key]

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


def settle(problems: Sequence[Problem], before: Settling | None = None) -> list[Settled]:
    """How each comes out: problems of one stack of a template, for all tags of a job, in their order.

    `before` is what the same stack's settling found earlier: only what changed since is sought anew.
    """
    return (before or Settling()).settle(problems)


def _capped(item: rows.Line | rows.Table, cap: float) -> rows.Line | rows.Table:
    if isinstance(item, rows.Table) or item.number or not cap or cap >= item.size.usual:
        return item
    return item._replace(size=item.size._replace(usual=max(cap, item.size.least)))


def _key(problem: Problem) -> Hashable:
    """What the solution of a problem depends on: what may be said, not where the roster says it."""
    said: list[Hashable] = []
    for line in problem.matter:
        if isinstance(line, People):
            said.append(
                (line.at_line, tuple((p.number.text, p.like, tuple(s.text for s in p.labels)) for p in line.persons))
            )
        else:
            said.append((line.at_line, tuple((i, s.text) for i, s in line.said), tuple(s.text for s in line.parts)))
    return problem.grounds, tuple(said)


class _Tag:
    """One problem on its way: what was chosen so far."""

    def __init__(self, job: Settling, problem: Problem) -> None:
        self.job, self.problem = job, problem
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
        self.left: frozenset[int] = frozenset()
        self.left = self._left_out()
        self.step: int | None = None
        self.level = fitting.LEVELS - 1
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
            choice = Choice(rungs, self.left, self.paired)
            self._known[key] = self.job.solver(self.problem, self.ground, choice, self.caps)
        return self._known[key]

    def largest(self, soft: bool = False) -> int | None:
        """The greatest step at what is chosen so far."""
        key = self.kind, self.ground, self.paired, soft
        found = self.solver().largest(self.job.guess(key), soft)
        if found is not None:
            self.job.learn(key, found)
        return found

    @property
    def kind(self) -> Hashable:
        return class_of(self.problem.matter, self.choice)

    def bound(self) -> int | None:
        """The least step that the wording must leave a tag that has its shortest words; None where it does not fit."""
        if lists_people(self.problem.stack):
            return 0 if self.solver(full=True).holds(0) else self.solver().foothold()
        step, solver = self.largest(), self.solver()
        while (
            step is not None
            and step > solver.least
            and solver.number_size(step - 1) >= solver.number_size(step) * DEAR > 0
        ):
            step -= 1
        return step

    def fits(self) -> bool:
        """Whether it fits at all: in full, which is most often so and then known, or with its shortest words."""
        return self.solver(full=True).holds(0) or any(
            self.solver().foothold(soft) is not None for soft in (False, True)
        )

    def best(self) -> tuple[bool, float]:
        """Whether it fits at all, and the size of the numbers that are not the first."""
        for soft in (False, True):
            step = self.largest(soft)
            if step is not None:
                return True, self.solver().number_size(step) + self.solver().first_size(step) / 1000
        return False, _NO_SIZE

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


def _by_class(tags: list[_Tag], exact: bool = False) -> dict[Hashable, list[_Tag]]:
    """Tags that are set alike; with `exact` five numbers, six and more are told apart, since rows are then shared."""
    found: dict[Hashable, list[_Tag]] = {}
    for tag in tags:
        many = max(4, count_of(tag.problem.matter)) if exact else 0
        found.setdefault((len(tag.problem.grounds[0].panels), tag.kind, many), []).append(tag)
    return found


def _choose_place(group: list[_Tag]) -> None:
    """The first place of the label at which every tag of the class fits; and whether rows are shared."""
    shares = [False, True] if any(_pairs(tag) for tag in group) else [False]
    total = sum(tag.weight for tag in group)
    best: tuple[int, int, bool] | None = None
    for ground in range(len(group[0].problem.grounds)):
        fit, _, share = max((*_fit_at(group, ground, share, len(shares) > 1), share) for share in shares)
        if best is None or fit > best[0]:
            best = fit, ground, share
        if fit == total:
            break
    for tag in group:
        _, tag.ground, tag.paired = best or (0, 0, False)


def _fit_at(group: list[_Tag], ground: int, share: bool, sized: bool) -> tuple[int, float]:
    """How many tags fit at a place of the label, and the least size of their numbers there, if that is asked for."""
    sizes: list[float] = []
    fit = 0
    for tag in group:
        tag.ground, tag.paired = ground, share
        fits, size = tag.best() if sized else (tag.fits(), 0.0)
        if fits:
            fit += tag.weight
            sizes.append(size)
    return fit, min(sizes, default=_NO_SIZE)


def _pairs(tag: _Tag) -> bool:
    return any(isinstance(line, People) and line.pairs for line in tag.problem.matter)


def _choose_words(tags: list[_Tag]) -> None:
    """For each line the first rung at which all tags fit with numbers that can be read.

    A list's numbers may come down to their least size for it, its first number's share kept; a number that stands
    alone loses at most 3 % of what it has with the shortest words.
    """
    held: list[tuple[_Tag, int]] = []
    forced = False
    for tag in tags:
        bound = tag.bound()
        if bound is not None:
            held.append((tag, bound))
        elif tag.solver().foothold(soft=True) is not None:
            forced = True
    count = len(tags[0].problem.stack.lines) if tags else 0
    for line in range(count):
        depth = max((tag.last[line] for tag in tags), default=0)
        for rung in range(depth + 1):
            for tag in tags:
                tag.rungs = (*tag.rungs[:line], min(rung, tag.last[line]), *tag.rungs[line + 1 :])
            if rung == depth or (not forced and all(tag.solver().holds(step) for tag, step in held)):
                break


def _choose_size(group: list[_Tag]) -> None:
    """One size, one set of gaps for a class, but for tags that would cost the others more than 3 %."""
    fitting_tags: list[_Tag] = []
    for tag in group:
        tag.step = tag.largest()
        if tag.step is None:
            tag.soft = True
            tag.step = tag.largest(soft=True)
        if tag.step is not None:
            tag.alone = tag.solver().first_size(tag.step)
            fitting_tags.append(tag)
    parts = _alike(fitting_tags)
    main = max(parts, key=lambda part: (sum(tag.weight for tag in part), part[0].alone), default=[])
    for part in parts:
        least = min(tag.alone for tag in part)
        for tag in part:  # by size, not by step: with a single number the first is all there is
            while tag.step and tag.solver().first_size(tag.step) > least + 1e-6:
                tag.step -= 1
        _open(part)
        _even(part)
    usual = main[0].solver().first_size(main[0].step or 0) if main else 0.0
    for part in parts:
        if part is not main:
            for tag in part:
                tag.apart = Apart(tag.solver().first_size(tag.step or 0), usual)


def _alike(tags: list[_Tag]) -> list[list[_Tag]]:
    """Tags parted so that none is set more than 3 % smaller than it could be, from the largest down."""
    parts: list[list[_Tag]] = []
    largest = 0.0
    for tag in sorted(tags, key=lambda tag: -tag.alone):
        if not parts or tag.alone < largest * DEAR - 1e-6:
            parts.append([])
            largest = tag.alone
        parts[-1].append(tag)
    return parts


def _open(part: list[_Tag]) -> None:
    """The widest gaps that all tags of a part have room for; the tightest tag is asked first."""
    level, tightest = 0, sorted(part, key=lambda tag: tag.alone)
    while level < fitting.LEVELS - 1:
        failed = next((tag for tag in tightest if not tag.solver().holds(tag.step or 0, level, tag.soft)), None)
        if failed is None:
            break
        tightest = [failed, *(tag for tag in tightest if tag is not failed)]
        level += 1
    for tag in part:
        tag.level = level


def _even(part: list[_Tag]) -> None:
    """Lines that shrank are of one size too, as far as that costs no tag more than 3 %."""
    shrunk = [(tag, tag.solver().shrunk(tag.step or 0, tag.level, tag.soft)) for tag in part]
    for tag, sizes in shrunk:
        tag.caps = sizes
    for i in range(max((len(sizes) for _, sizes in shrunk), default=0)):
        ordered = sorted(((tag.caps[i], tag) for tag, sizes in shrunk if i < len(sizes)), key=lambda pair: -pair[0])
        start = 0
        for at in range(1, len(ordered) + 1):
            if at == len(ordered) or ordered[at][0] < ordered[start][0] * DEAR - 1e-6:
                least = ordered[at - 1][0]
                for _, tag in ordered[start:at]:
                    tag.caps = (*tag.caps[:i], least, *tag.caps[i + 1 :])
                start = at
