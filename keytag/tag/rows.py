"""The rows of a stack in millimetres at their sizes: what each takes beside the outline and beside the other rows.

Numbers grow in steps of 0.05 pt; the first of a list is larger than the others by the list's ratio.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from keytag.base.records import NamedTuple
from keytag.base.units import MM_PER_PT
from keytag.tag.room import CLEAR, Ink, at_size, drop, figures, hull, letters, outermost, scaled
from keytag.tag.template import Range, Space
from keytag.tag.typeset import Run

STEP = 0.05  # pt
_LEVELS = (1.0, 0.75, 0.5, 0.25, 0.0)  # by how much gaps are opened
LEVELS = len(_LEVELS)


class Line(NamedTuple):
    """One line to fit: runs side by side, each `shares` of the first one's size; `height` is the first's, in em.

    A `firm` line does not go under its usual size: shorter words come first.
    """

    runs: tuple[Run, ...]
    shares: tuple[float, ...]
    gap: float
    size: Range
    space: Space
    height: float
    number: bool
    firm: bool


class Row(NamedTuple):
    """One row of a list: its label, if any, and one or more numbers."""

    label: Run | None
    numbers: tuple[Run, ...]


class Table(NamedTuple):
    """A role–number list to fit; never empty. The first row's numbers are `ratio` times as large as the others'.

    `pitch` is the white between the digits of two rows. Where rows hold two numbers, the first stands for itself.
    """

    rows: tuple[Row, ...]
    ratio: float
    size: Range
    label_size: float
    gap: float
    pair_gap: float
    space: Space
    pitch: float
    height: float

    @property
    def paired(self) -> bool:
        return any(len(row.numbers) > 1 for row in self.rows)


class Placed(NamedTuple):
    """Where a run goes: its size in points, the left edge of its ink, its baseline; whether it fits there."""

    run: Run
    size: float
    x: float
    baseline: float
    fits: bool


class Part(NamedTuple):
    """A run in a row: at so many points, so far from the reference (mm), as `figures` or letter by letter."""

    run: Run
    figures: bool
    size: float
    x: float


class Strip(NamedTuple):
    """One row in millimetres at its size: `inks` from the reference of its frame, which is placed as a whole.

    A `rigid` row is never set smaller; a `firm` one only where nothing else helps, and none under `least` points.
    """

    item: int
    row: int  # of a table; 0
    frame: str
    inks: tuple[Ink, ...]  # for the outline
    parts: tuple[Part, ...]
    height: float
    gap: float
    open: float  # how much the gap may grow
    size: float
    least: float
    rigid: bool
    firm: bool
    up: float  # of the glyphs, above and below the baseline
    down: float
    outer: tuple[Ink, ...]  # of `inks` those that reach farthest to the left and to the right

    @property
    def glyphs(self) -> tuple[Ink, ...]:
        """All ink, for the rows above and below: most rows are too far off for it to matter."""
        return _glyphs(self.parts)


@lru_cache(maxsize=1024)
def _glyphs(parts: tuple[Part, ...]) -> tuple[Ink, ...]:
    found: list[Ink] = []
    for run, as_figures, size, x in parts:
        found += at_size(figures(run) if as_figures else letters(run), size, x)
    return tuple(found)


class Frame(NamedTuple):
    """Rows that share an edge or an axis. `middle` of their ink, from the reference; `listed`: they are of a table."""

    name: str
    strips: tuple[Strip, ...]
    middle: float
    listed: bool


def frame_of(name: str, strips: tuple[Strip, ...], listed: bool) -> Frame:
    inks = [ink for strip in strips for ink in strip.inks]
    left, right = min([ink.x0 for ink in inks], default=0.0), max([ink.x1 for ink in inks], default=0.0)
    return Frame(name, strips, (left + right) / 2, listed)


class Rows:
    """The rows of one step: all of them in order, and their frames, each with the places of its rows."""

    def __init__(self, strips: tuple[Strip, ...], frames: tuple[tuple[Frame, tuple[int, ...]], ...]) -> None:
        self.strips, self.frames = strips, frames
        listed = tuple(pair for pair in frames if pair[0].listed)
        self.shared = listed or frames  # what is sought first; lists stand first among the frames
        self.key = tuple([id(frame) for frame, _ in self.shared])
        top, bottom = (
            next((at for at, (_, where) in enumerate(self.shared) if i in where), None) for i in (0, len(strips) - 1)
        )
        self.ends = top, bottom  # which of these has the first row, and which the last
        self._drops: dict[int, list[float]] = {}

    def drops(self, level: int) -> list[float]:
        """From each baseline to the next: the gap and the height, or more where ink of one frame would meet."""
        if level not in self._drops:
            opened = _LEVELS[level]
            found: list[float] = []
            for above, strip in pairwise(self.strips):
                natural = strip.gap + opened * strip.open + strip.height
                if above.frame == strip.frame and above.down + strip.up + CLEAR > natural:
                    natural = max(natural, _drop(above.glyphs, strip.glyphs))
                found.append(natural)
            self._drops[level] = found
        return self._drops[level]

    def baselines(self, level: int, first: float, extra: dict[int, float] | None = None) -> tuple[float, ...]:
        """The baselines from the first one; `extra` are distances that rows ask of those above them."""
        found = [first]
        for i, by in enumerate(self.drops(level), 1):
            first += max(by, extra.get(i, 0.0)) if extra else by
            found.append(first)
        return tuple(found)


@lru_cache(maxsize=8192)
def _drop(above: tuple[Ink, ...], below: tuple[Ink, ...]) -> float:
    return drop(above, below)


def floored(size: float) -> float:
    """`size` floored to a step."""
    return int(size / STEP + 1e-6) * STEP


def sizes(table: Table, step: int) -> tuple[float, float]:
    """The first row's size and the others' at a step; under nought only the first row's gets smaller."""
    least, _, most = table.size
    if len(table.rows) == 1:
        return min(most, least + max(0, step) * STEP), least
    rest = max(least, min(floored(most / table.ratio), least + max(0, step) * STEP))
    lead = min(most, round(rest * table.ratio / STEP) * STEP)
    return max(rest, lead + min(0, step) * STEP), rest


def _offsets(line: Line, size: float, align: str) -> list[float]:
    """The left edge of each run from the line's reference."""
    widths = [run.ink_width * size * share * MM_PER_PT for run, share in zip(line.runs, line.shares, strict=True)]
    whole = sum(widths) + line.gap * (len(widths) - 1)
    x = 0.0 if align == "left" else -whole if align == "right" else -whole / 2
    found = []
    for width in widths:
        found.append(x)
        x += width + line.gap
    return found


@lru_cache(maxsize=1024)
def line_strip(index: int, line: Line, size: float, align: str) -> Strip:
    inks: list[Ink] = []
    parts: list[Part] = []
    up = down = -math.inf
    for run, share, x in zip(line.runs, line.shares, _offsets(line, size, align), strict=True):
        inks += at_size(figures(run) if line.number and align == "left" else hull(run), size * share, x)
        if run.glyphs:
            parts.append(Part(run, False, size * share, x))
            em = size * share * MM_PER_PT
            up, down = max(up, run.ascent * em), max(down, run.descent * em)
    height = line.height * size * MM_PER_PT
    space = line.space
    return Strip(
        index,
        0,
        align,
        tuple(inks),
        tuple(parts),
        height,
        space.least,
        space.most - space.least,
        size,
        line.size.least,
        line.number,
        line.firm,
        up if parts else 0.0,
        down if parts else 0.0,
        _outer(inks),
    )


def _outer(inks: Sequence[Ink]) -> tuple[Ink, ...]:
    if len(inks) < 2:
        return tuple(inks)
    left, right = min(inks, key=lambda ink: ink.x0), max(inks, key=lambda ink: ink.x1)
    return (left,) if left is right else (left, right)


@lru_cache(maxsize=1024)
def _row_inks(
    label: Run | None, numbers: tuple[tuple[Ink, ...], ...], size: float, label_size: float, gap: float, pitch: float
) -> tuple[Ink, ...]:
    inks = scaled(hull(label), label_size, _left(label, label_size, gap)) if label else ()
    for i, number in enumerate(numbers):
        inks += scaled(number, size, i * pitch)
    return outermost(inks)


def _left(label: Run, size: float, gap: float) -> float:
    """Where a label begins, from the column's edge."""
    return -gap - label.ink_width * size * MM_PER_PT


@lru_cache(maxsize=8192)
def table_frames(index: int, table: Table, step: int) -> tuple[Frame, ...]:
    """The rows of a table in their order: one frame, or the first row in one and the others in another."""
    strips = _table_strips(index, table, step)
    first = 1 if table.paired else 0
    found = [frame_of("column", strips[first:], listed=True)] if len(strips) > first else []
    return (frame_of("lead", strips[:1], listed=True), *found) if first else tuple(found)


def _table_strips(index: int, table: Table, step: int) -> tuple[Strip, ...]:
    lead, rest = sizes(table, step)
    pitch = second_column(table, rest)
    found = []
    for i, row in enumerate(table.rows):
        size = lead if i == 0 else rest
        numbers = tuple([figures(run) for run in row.numbers])
        inks = _row_inks(row.label, numbers, size, table.label_size, table.gap, pitch)
        parts = tuple([Part(run, True, size, n * pitch) for n, run in enumerate(row.numbers)])
        if row.label:
            x = _left(row.label, table.label_size, table.gap)
            parts = (Part(row.label, False, table.label_size, x), *parts)
        glyphs = _glyphs(parts)
        gap, opening = (table.space.least, table.space.most - table.space.least) if i == 0 else (table.pitch, 0.0)
        frame = "lead" if i == 0 and table.paired else "column"
        up, down = max([ink.up for ink in glyphs]), max([ink.down for ink in glyphs])
        height = table.height * size * MM_PER_PT
        sure = size, size, True, True, up, down, _outer(inks)
        found.append(Strip(index, i, frame, inks, parts, height, gap, opening, *sure))
    return tuple(found)


def rows_at(items: Sequence[Line | Table], align: str, step: int, sized: Sequence[float], before: Rows | None) -> Rows:
    """The rows of a stack at a step, its lines in these sizes; `before` are those at another one, of the same words."""
    frames: list[tuple[Frame, tuple[int, ...]]] = []
    strips: list[Strip] = []
    lines: list[int] = []
    for index, (item, size) in enumerate(zip(items, sized, strict=True)):
        if isinstance(item, Line):
            known = None if before is None or item.number else before.strips[len(strips)]
            lines.append(len(strips))
            strips.append(known or line_strip(index, item, size, align))
            continue
        for frame in table_frames(index, item, step):
            frames.append((frame, tuple(range(len(strips), len(strips) + len(frame.strips)))))
            strips += frame.strips
    own = [strips[i] for i in lines]
    if before is not None and own and not any(strip.rigid for strip in own):
        frames.append(before.frames[-1])
    elif own:
        frames.append((frame_of(align, tuple(own), listed=False), tuple(lines)))
    return Rows(tuple(strips), tuple(frames))


def second_column(table: Table, size: float) -> float:
    """From the left edge of a first number to that of a second one: one for all rows, so that they line up."""
    widths = [figures(run)[0].x1 for row in table.rows if len(row.numbers) > 1 for run in row.numbers[:-1]]
    return max(widths, default=0.0) * size * MM_PER_PT + table.pair_gap


def placed_line(line: Line, size: float, align: str, ref: float, base: float, fits: bool) -> tuple[Placed, ...]:
    places = zip(line.runs, line.shares, _offsets(line, size, align), strict=True)
    return tuple(Placed(run, size * share, ref + x, base, fits) for run, share, x in places)


def placed_row(table: Table, strip: Strip, ref: float, base: float, fits: bool) -> tuple[Placed, ...]:
    row = table.rows[strip.row]
    found = []
    if row.label is not None:
        width = row.label.ink_width * table.label_size * MM_PER_PT
        found.append(Placed(row.label, table.label_size, ref - table.gap - width, base, fits))
    pitch = second_column(table, strip.size)
    return (*found, *(Placed(run, strip.size, ref + i * pitch, base, fits) for i, run in enumerate(row.numbers)))
