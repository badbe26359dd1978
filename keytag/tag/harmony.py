"""The tags of one job are set alike: one wording, one size for a class of rows, one place for a label.

The second of two passes. The first (`fitting`) says what each tag could have alone; here the job decides, and a tag
that would cost the others of its class more than 3 % is set for itself, which is said. Every tag that is the same is
solved once, so the work grows with the number of different tags.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

from keytag.tag.matter import People, count_of
from keytag.tag.one_tag import DEAR, NO_SIZE, Apart, Problem, Settled, Settling, Tag
from keytag.tag.rows import LEVELS

_SLIPPED = 1.2  # mm from its middle, where the void on the other side of a block is seen


def settle(problems: Sequence[Problem], many: Sequence[int], before: Settling | None = None) -> list[Settled]:
    """How each comes out: problems of one stack of a template, each of so `many` tags of a job, in their order.

    `before` is what the same stack's settling found earlier: only what changed since is sought anew.
    """
    keys = [_key(p) for p in problems]
    distinct = dict(zip(keys, problems, strict=True))
    shared = before or Settling()
    tags = [Tag(shared, problem) for problem in distinct.values()]
    counts: Counter[Hashable] = Counter()
    for key, count in zip(keys, many, strict=True):
        counts[key] += count
    for tag, key in zip(tags, distinct, strict=True):
        tag.weight = counts[key]
    _choose(tags, shared if before is None else None)
    tags.reverse()
    found = {key: tags.pop().settled() for key in distinct}  # and each is gone: a nation's would fill the memory
    return [found[key] for key in keys]


def _choose(tags: list[Tag], passing: Settling | None) -> None:
    """Place, words and sizes. What a `passing` settling sought is let go of as soon as it is chosen from."""
    for group in _by_class(tags, exact=True).values():
        _choose_place(group)
    _choose_words(tags)
    if passing is not None:
        passing.keep([tag.forget() for tag in tags])
    for group in _by_class(tags).values():
        _choose_size(group)
    if passing is not None:
        passing.keep([])


def _key(problem: Problem) -> Hashable:
    """What the solution of a problem depends on: what may be said, not where the roster says it."""
    said: list[Hashable] = []
    for line in problem.matter:
        if isinstance(line, People):
            said.append(
                (line.at_line, tuple([(p.form, p.like, tuple([s.text for s in p.labels])) for p in line.persons]))
            )
        else:
            said.append((line.at_line, tuple([(i, s.text) for i, s in line.said]), tuple([s.text for s in line.parts])))
    return problem.grounds, tuple(said)


def _by_class(tags: list[Tag], exact: bool = False) -> dict[Hashable, list[Tag]]:
    """Tags that are set alike; with `exact` five numbers, six and more are told apart, since rows are then shared."""
    found: dict[Hashable, list[Tag]] = {}
    for tag in tags:
        many = max(4, count_of(tag.problem.matter)) if exact else 0
        found.setdefault((len(tag.problem.grounds[0].panels), tag.kind, many), []).append(tag)
    return found


def _choose_place(group: list[Tag]) -> None:
    """The first place of the label at which every tag of the class fits; and whether rows are shared.

    Where there is none it is the first of those at which most fit: only then they are counted.
    """
    total, places = sum(tag.weight for tag in group), range(len(group[0].problem.grounds))
    whole = (found for ground in places if (found := _best_at(group, ground, total)) is not None)
    best = next(whole, None)
    if best is None:
        counted = (found for ground in places if (found := _best_at(group, ground, 0)) is not None)
        best = max(counted, key=lambda found: found[0], default=(0, 0, False))
    for tag in group:
        _, tag.ground, tag.paired = best


def _best_at(group: list[Tag], ground: int, least: int) -> tuple[int, int, bool] | None:
    """How many tags fit at a place of the label, and whether rows are shared there; None where fewer than `least` do.

    Shared are they where more tags fit so, or have larger numbers.
    """
    ways = (False, True) if any(_pairs(tag) for tag in group) else (False,)
    fits = [(_fit_at(group, ground, share, len(ways) > 1, least), share) for share in ways]
    found = [(*fit, share) for fit, share in fits if fit is not None]
    fit, _, share = max(found, default=(-1, NO_SIZE, False))
    return (fit, ground, share) if found else None


def _fit_at(group: list[Tag], ground: int, share: bool, sized: bool, least: int) -> tuple[int, float] | None:
    """How many tags fit at a place of the label, and the least size of their numbers there, if that is asked for.

    None as soon as fewer than `least` can.
    """
    sizes: list[float] = []
    fit, left = 0, sum(tag.weight for tag in group)
    for tag in group:
        tag.ground, tag.paired = ground, share
        fits, size = tag.best() if sized else (tag.fits(), 0.0)
        left -= tag.weight
        if fits:
            fit += tag.weight
            sizes.append(size)
        if fit + left < least:
            return None
    return fit, min(sizes, default=NO_SIZE)


def _pairs(tag: Tag) -> bool:
    return any(isinstance(line, People) and line.pairs for line in tag.problem.matter)


def _choose_words(tags: list[Tag]) -> None:
    """For each line the first rung at which all tags fit with numbers that can be read.

    A list's numbers may come down to their least size for it, its first number's share kept; to its labels they lose at
    most 3 % of what they have with the shortest, and none of the white above and between them; a number that stands
    alone loses as much to any words. None push a block out of its middle that stands there with the shortest.
    """
    held: list[tuple[Tag, int]] = []
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
        asked = [(tag, *_asked_of(tag, line, bound)) for tag, bound in held]
        for rung in range(depth + 1):
            for tag in tags:
                tag.rungs = (*tag.rungs[:line], min(rung, tag.last[line]), *tag.rungs[line + 1 :])
            if rung == depth or (not forced and all(_holds_well(tag, step, level, line) for tag, step, level in asked)):
                break


def _asked_of(tag: Tag, line: int, bound: int) -> tuple[int, int]:
    """The least step and gaps that the words of a line must leave a tag, whose words are the shortest from there on."""
    if not tag.last[line] or not any(isinstance(m, People) and m.at_line == line for m in tag.problem.matter):
        return bound, LEVELS - 1
    step, solver = tag.bound_of_labels(bound), tag.solver()
    return step, next((level for level in range(LEVELS) if solver.holds(step, level)), LEVELS - 1)


def _holds_well(tag: Tag, step: int, level: int, line: int) -> bool:
    """Whether a tag fits with these words of a line, and as near to its middle as with the shortest."""
    solver, rungs = tag.solver(), tag.rungs
    if not solver.holds(step, level) or solver.near(step):
        return solver.holds(step, level)
    tag.rungs = (*rungs[:line], tag.last[line], *rungs[line + 1 :])
    better, tag.rungs = tag.solver().near(step), rungs
    return not better


def _choose_size(group: list[Tag]) -> None:
    """One size, one set of gaps for a class, but for tags that would cost the others more than 3 %."""
    fitting_tags: list[Tag] = []
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
            tag.step = tag.solver().step_of(least, tag.step or 0)
        _open(part)
        _centre(part)
        _even(part)
    usual = main[0].solver().first_size(main[0].step or 0) if main else 0.0
    for part in parts:
        if part is not main:
            for tag in part:
                size = tag.solver().first_size(tag.step or 0)
                tag.apart = Apart(size, usual) if abs(size - usual) > 1e-6 else None


def _centre(part: list[Tag]) -> None:
    """A size up to 3 % smaller, where a block would slip up or down for the largest and does not for that one."""
    if not any(tag.off() > _SLIPPED for tag in part):
        return
    before = [tag.step for tag in part]
    floor = DEAR * max(tag.alone for tag in part)
    while all(step > tag.solver().least and tag.solver().first_size(step - 1) >= floor for tag, step in _steps(part)):
        for tag, step in _steps(part):
            tag.step = step - 1
        _open(part)
        if all(tag.off() <= _SLIPPED for tag in part):
            return
    for tag, was in zip(part, before, strict=True):
        tag.step = was
    _open(part)


def _steps(part: list[Tag]) -> list[tuple[Tag, int]]:
    return [(tag, tag.step or 0) for tag in part]


def _alike(tags: list[Tag]) -> list[list[Tag]]:
    """Tags parted so that none is set more than 3 % smaller than it could be, from the largest down."""
    parts: list[list[Tag]] = []
    largest = 0.0
    for tag in sorted(tags, key=lambda tag: -tag.alone):
        if not parts or tag.alone < largest * DEAR - 1e-6:
            parts.append([])
            largest = tag.alone
        parts[-1].append(tag)
    return parts


def _open(part: list[Tag]) -> None:
    """The widest gaps that all tags of a part have room for.

    What holds at a size need not hold just under it, where rows come nearer to one another: then all go a step down.
    """
    level = _level(part)
    while level is None and all(tag.step is not None and tag.step > tag.solver().least for tag in part):
        for tag in part:
            tag.step = (tag.step or 0) - 1
        level = _level(part)
    for tag in part:
        tag.level = LEVELS - 1 if level is None else level


def _level(part: list[Tag]) -> int | None:
    """The first level of gaps that all tags of a part have room for; the tightest tag is asked first."""
    tightest = sorted(part, key=lambda tag: tag.alone)
    for level in range(LEVELS):
        failed = next((tag for tag in tightest if not tag.solver().holds(tag.step or 0, level, tag.soft)), None)
        if failed is None:
            return level
        tightest = [failed, *(tag for tag in tightest if tag is not failed)]
    return None


def _even(part: list[Tag]) -> None:
    """Lines that shrank are of one size too, as far as that costs no tag more than 3 %."""
    caps = [tag.shrunk() for tag in part]
    for line in sorted({line for sizes in caps for line in sizes}):
        ordered = sorted((sizes for sizes in caps if line in sizes), key=lambda sizes: -sizes[line])
        start = 0
        for at in range(1, len(ordered) + 1):
            if at == len(ordered) or ordered[at][line] < ordered[start][line] * DEAR - 1e-6:
                least = ordered[at - 1][line]
                for sizes in ordered[start:at]:
                    sizes[line] = least
                start = at
    for tag, sizes in zip(part, caps, strict=True):
        tag.cap(sizes)
