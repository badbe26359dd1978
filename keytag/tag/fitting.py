"""Text is fitted into the outline: which size each line gets, and where it stands.

Each line has the width that the outline leaves at its height, the ring hole and the QR panel taken away. Numbers are
as large as fits and all of one size; the block is centred between top and bottom. The search is over three things: the
size of the numbers, how far the words grow, and how far the gaps open; for given values a layout either holds or does
not, and it holds less the larger they are, so bisection finds the largest. Always gives a layout; what does not fit at
its least size is set at that size and said so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from keytag.base.geometry import Rect
from keytag.base.outline import Outline
from keytag.base.units import MM_PER_PT
from keytag.tag.template import Range, Space
from keytag.tag.typeset import Run

_WORDS = (1.0, 0.5)  # how far words try to grow from their usual size to the largest
_TIGHT = (-0.5, -1.0)  # and, where nothing else holds, shrink from usual to least
_SPREAD = (0.3, 0.6, 1.0)
_PRECISION = 0.02  # of the numbers' growth: under a tenth of a point
_SHIFTS = (0.0, -0.4, 0.4, -0.8, 0.8)  # mm that a block may move off its middle to fit
_CLEAR = 0.1  # mm of ground between the ink of two rows
_SLACK = 1e-3  # a micrometre is not an overflow
_DEAR = 0.97  # words may grow while that costs the numbers no more than this
_SAME = 0.985  # and gaps open: white space between rows is legibility too
Band = tuple[float, float]


class Area:
    """Where a stack may stand: an outline less `inset`, less a round hole and panels, clearances included."""

    __slots__ = ("_band", "_hole", "_middle", "_panels")

    def __init__(
        self, outline: Outline, inset: float, hole: tuple[float, float, float] | None, panels: tuple[Rect, ...]
    ) -> None:
        self._band, self._middle = outline.chords(inset).band, outline.width / 2
        self._hole = hole
        self._panels = [(p.x, p.right, p.y, p.bottom) for p in panels]

    def band(self, top: float, bottom: float) -> Band:
        """The widest free x range from `top` to `bottom`; an empty one at the middle where there is none."""
        left, right = self._band(top, bottom) or (self._middle, self._middle)
        if self._hole is not None:
            x, y, radius = self._hole
            near = top - y if top > y else y - bottom if bottom < y else 0.0
            if near < radius:
                cut = (radius * radius - near * near) ** 0.5
                left, right = _wider(left, right, x - cut, x + cut)
        for x0, x1, y0, y1 in self._panels:
            if y0 < bottom and y1 > top:
                left, right = _wider(left, right, x0, x1)
        return left, right


def _wider(left: float, right: float, start: float, end: float) -> Band:
    """What is left of (left, right) without (start, end): the wider side."""
    if end <= left or start >= right:
        return left, right
    return (left, start) if start - left >= right - end else (end, right)


class Line(NamedTuple):
    """One line to fit. `height` is its cap, digit or x-height in em: what the eye takes as its height."""

    run: Run
    size: Range
    space: Space
    height: float
    number: bool = False


class Row(NamedTuple):
    """One row of a list: its label and one or two numbers."""

    label: Run
    numbers: tuple[Run, ...]


class Table(NamedTuple):
    """A role–number list to fit; never empty.

    `shared`: all numbers stand in one column; rows that hold two numbers are centred each for itself.
    """

    rows: tuple[Row, ...]
    size: Range
    label_size: Range
    label_ratio: float
    gap: float
    pair_gap: float
    space: Space
    row_space: Space
    height: float
    shared: bool

    def label_at(self, size: float) -> float:
        """The label size that goes with a number size."""
        return min(self.label_size.most, max(self.label_size.least, size * self.label_ratio))

    def pitch(self) -> float:
        """The em width of a first number in rows that have two: one for all, so that second numbers line up."""
        return max((n.ink_width for row in self.rows for n in row.numbers[:-1]), default=0.0)


class Block(NamedTuple):
    """What to fit, and how it stands: flush (`left`, `right`) or around `axis`; `middle` is the block's centre."""

    items: tuple[Line | Table, ...]
    align: str
    axis: float
    middle: float


class Placed(NamedTuple):
    """Where a run goes: its size in points, the left edge of its ink, its baseline; whether it fits there."""

    run: Run
    size: float
    x: float
    baseline: float
    fits: bool


class Layout(NamedTuple):
    """A solved stack: a tuple of placed runs for each line and each table row, in order.

    `score` is (lacking width, lacking size, number size, size of the words), larger is better, nought where all fits;
    `narrow` says for each item whether it is its width that keeps the block from growing: shorter words would help.
    """

    rows: tuple[tuple[Placed, ...], ...]
    score: tuple[float, float, float, float]
    narrow: tuple[bool, ...]


class _Strip:
    """One row of the stack in plain numbers, millimetres per point: what the search touches thousands of times.

    `figures` is what `_attempt` reads of it, in the order in which it unpacks it.
    """

    __slots__ = ("figures", "fixed", "index", "item", "label_width", "number", "row", "width")

    def __init__(self, index: int, item: Line | Table, row: Row | None, space: Space) -> None:
        self.index, self.item, self.row = index, item, row
        self.label_width = self.fixed = 0.0
        label_up = label_down = label_ratio = label_least = label_most = gap = 0.0
        if isinstance(item, Line):
            up, down = item.run.ascent, item.run.descent
            self.width = item.run.ink_width * MM_PER_PT
            self.number = item.number
        else:
            assert row is not None
            numbers = row.numbers
            up, down = max(run.ascent for run in numbers), max(run.descent for run in numbers)
            self.number = True
            pitch = item.pitch() if len(numbers) > 1 else 0.0
            self.width = (numbers[-1].ink_width + pitch * (len(numbers) - 1)) * MM_PER_PT
            self.label_width, self.fixed = row.label.ink_width * MM_PER_PT, item.pair_gap * (len(numbers) - 1)
            label_up, label_down = row.label.ascent * MM_PER_PT, row.label.descent * MM_PER_PT
            (label_least, _, label_most), label_ratio, gap = item.label_size, item.label_ratio, item.gap
        least, usual, most = item.size
        self.figures = (
            *(isinstance(item, Table), self.number, usual, most - usual, usual - least),
            *(item.height * MM_PER_PT, up * MM_PER_PT, down * MM_PER_PT, space.least, space.most - space.least),
            *(label_ratio, label_least, label_most, label_up, label_down, gap),
        )


def fit(block: Block, area: Area) -> Layout:
    """The best layout of `block` in `area`: everything fits, then large numbers, then large words, then open gaps.

    The block stands around `middle`; only where it does not fit there does it move up or down.
    """
    strips = _strips(block)
    floors: list[tuple[Block, _Attempt]] = []
    for shift in _SHIFTS:
        moved = block._replace(middle=block.middle + shift)
        floor = _attempt(moved, strips, area, -1.0, -1.0, 0.0)
        if not floor.failed:
            return _fit(moved, strips, area, floor)
        floors.append((moved, floor))
    # What does not hold at the least sizes holds at none.
    places = [_stand(moved, strips, floor) for moved, floor in floors]
    best = max(range(len(floors)), key=lambda i: (-_lacking(places[i]), floors[i][1].comfort))
    moved, floor = floors[best]
    return _placed(moved, strips, floor, floor.failed)


def holds(block: Block, area: Area, numbers: float) -> bool:
    """Whether `block` fits with its numbers at `numbers` points and its words at their usual size: one cheap try."""
    strips = _strips(block)
    size = next((s.item.size for s in strips if s.number), None)
    if size is None or numbers > size.most:
        return False
    spread = size.most - size.usual if numbers >= size.usual else size.usual - size.least
    grow = (numbers - size.usual) / spread if spread else 0.0
    return any(not _attempt(block, strips, area, 0.0, grow, 0.0, block.middle + shift).failed for shift in _SHIFTS)


def _fit(block: Block, strips: list[_Strip], area: Area, floor: _Attempt) -> Layout:
    """The best layout around this middle, given that `floor`, the try with the least sizes, holds."""

    def attempt(words: float, numbers: float, spread: float) -> _Attempt:
        return _attempt(block, strips, area, words, numbers, spread)

    best = _largest(attempt, 0.0, 1.0)
    for words in _TIGHT if best.failed else ():
        best = _largest(attempt, words, 1.0, floor if words == -1.0 else None)
        if not best.failed:
            break
    if best.words == 0.0:
        dear = _shrunk(strips, best.numbers, _DEAR)
        for words in _WORDS:
            found = attempt(words, dear, 0.0)
            if not found.failed:
                best = _largest(attempt, words, best.numbers, found, 2 * _PRECISION)
                break
    wall = attempt(best.words, best.numbers + 0.06, 0.0).failed
    same = _shrunk(strips, best.numbers, _SAME)
    comfort = best.comfort
    for spread in _SPREAD:  # what does not hold with small gaps does not hold with large ones
        found = attempt(best.words, same, spread)
        if found.failed or found.comfort < comfort:
            break
        best = found
    return _placed(block, strips, best, wall)


class _Attempt(NamedTuple):
    """One try: what was asked for, the sizes, baselines and free bands it gives, and the items that do not hold."""

    words: float
    numbers: float
    sizes: list[float]
    baselines: list[float]
    bands: list[Band]
    failed: set[int]
    comfort: float


def _largest(
    attempt: Callable[[float, float, float], _Attempt],
    words: float,
    most: float,
    least: _Attempt | None = None,
    precision: float = _PRECISION,
) -> _Attempt:
    """The try with the largest numbers, up to `most`, that holds for `words`; where none does, the least one."""
    best = least or attempt(words, 0.0 if words >= 0 else -1.0, 0.0)
    if best.failed:
        return best
    low, high, held = best.numbers, most, True
    while high - low > precision:
        middle = (low + high) / 2
        found = attempt(words, middle, 0.0)
        if found.failed:
            high, held = middle, False
        else:
            low, best = middle, found
    if held:  # nothing has failed: mostly something has, and the most itself need not be tried
        found = attempt(words, most, 0.0)
        best = best if found.failed else found
    return best


def _shrunk(strips: list[_Strip], grow: float, share: float) -> float:
    """The growth at which numbers are `share` of what they are at `grow`, never under their usual size."""
    size = next((s.item.size for s in strips if s.number), None)
    if size is None or grow < 0 or size.most <= size.usual:
        return grow
    return max(0.0, (_wish(size, grow) * share - size.usual) / (size.most - size.usual))


def _strips(block: Block) -> list[_Strip]:
    strips: list[_Strip] = []
    for index, item in enumerate(block.items):
        if isinstance(item, Line):
            strips.append(_Strip(index, item, None, item.space))
        else:
            spaces = [item.space] + [item.row_space] * (len(item.rows) - 1)
            strips += [_Strip(index, item, row, space) for row, space in zip(item.rows, spaces, strict=True)]
    return strips


def _wish(size: Range, grow: float) -> float:
    """The type size for a growth of −1 (least) over 0 (usual) to 1 (most)."""
    if grow >= 0:
        return size.usual + grow * (size.most - size.usual)
    return size.usual + grow * (size.usual - size.least)


def _attempt(
    block: Block,
    strips: list[_Strip],
    area: Area,
    words: float,
    numbers: float,
    spread: float,
    middle: float | None = None,
) -> _Attempt:
    """Stack the rows at these sizes around `middle` (else the block's), and see what the outline has no room for.

    Written flat: a tag takes some fifty tries, and calls for each row would be most of the time.
    """
    sizes: list[float] = []
    inks: list[tuple[float, float, float, float]] = []  # of each row: drop from the last, ink up and down, label
    total, before, first = 0.0, 0.0, 0.0
    for strip in strips:
        table, number, usual, wide, slim, em, up, down, gap, open_, ratio, small, big, over, under, _ = strip.figures
        grow = numbers if number else words
        size = usual + grow * (wide if grow >= 0 else slim)
        height, up, down, label = em * size, up * size, down * size, 0.0
        if table:
            label = size * ratio
            label = big if label > big else small if label < small else label
            over, under = over * label, under * label
            up, down = up if up > over else over, down if down > under else under
        gap += spread * open_
        if sizes:  # a descender above must not touch an accent below
            least = before + (up - height if up > height else 0.0) + _CLEAR
            gap = gap if gap > least else least
            total += gap
        else:
            first = gap
        sizes.append(size)
        inks.append((gap + height, up, down, label))
        total += height
        before = down
    y = (block.middle if middle is None else middle) - total / 2 - first
    baselines: list[float] = []
    bands: list[Band] = []
    band_of = area.band
    for drop, up, down, _ in inks:
        y += drop
        baselines.append(y)
        bands.append(band_of(y - up, y + down))
    flush = _flush(block, bands)
    failed: set[int] = set()
    lows: dict[int, Band] = {}  # of each list: the tightest bounds of its column edge so far
    comfort = 0.0
    for i, strip in enumerate(strips):
        item, size, band = strip.item, sizes[i], bands[i]
        if isinstance(item, Table):
            low = band[0] + strip.label_width * inks[i][3] + item.gap
            high = band[1] - strip.width * size - strip.fixed
            if item.shared:
                tightest = lows.get(strip.index)
                if tightest is not None:
                    low = low if low > tightest[0] else tightest[0]
                    high = high if high < tightest[1] else tightest[1]
                lows[strip.index] = low, high
            if low > high:
                failed.add(strip.index)
        else:
            free = _free(block, band, flush)
            if strip.width * size > free + 1e-6:
                narrowed = free / strip.width
                if strip.number or narrowed < (item.size.usual if words >= 0 else item.size.least):
                    failed.add(strip.index)
                size = sizes[i] = max(item.size.least, narrowed)
        if item.size.usual > size:
            comfort += item.size.usual - size
    return _Attempt(words, numbers, sizes, baselines, bands, failed, -round(comfort, 3))


def _edge_bounds(table: Table, strip: _Strip, size: float, band: Band) -> Band:
    """Between which x the left edge of a row's numbers may stand, its label to the left of it."""
    label = strip.label_width * table.label_at(size) + table.gap
    return band[0] + label, band[1] - strip.width * size - strip.fixed


def _flush(block: Block, bands: list[Band]) -> float:
    """The x of the flush edge that every line can reach."""
    if block.align == "right":
        return min(band[1] for band in bands)
    return max(band[0] for band in bands)


def _free(block: Block, band: Band, flush: float) -> float:
    """The width that a line has in `band`."""
    if block.align == "centre":
        return 2 * max(0.0, min(block.axis - band[0], band[1] - block.axis))
    return max(0.0, flush - band[0] if block.align == "right" else band[1] - flush)


def _stand(block: Block, strips: list[_Strip], found: _Attempt) -> list[tuple[float, float]]:
    """For each row where it stands (the left edge of a line's ink, or of a row's numbers) and the width it lacks."""
    flush = _flush(block, found.bands)
    columns: dict[int, list[tuple[float, float]]] = {}
    places: list[tuple[float, float]] = []
    for strip, size, band in zip(strips, found.sizes, found.bands, strict=True):
        item = strip.item
        if isinstance(item, Line):
            width = strip.width * size
            x = (
                block.axis - width / 2
                if block.align == "centre"
                else flush - width
                if block.align == "right"
                else flush
            )
            places.append((x, max(0.0, width - _free(block, band, flush))))
        else:
            if strip.index not in columns:
                columns[strip.index] = _edges(block, item, strips, strip.index, size, found.bands)
            places.append(columns[strip.index].pop(0))
    return places


def _lacking(places: list[tuple[float, float]]) -> float:
    """The width that all rows together lack, to a micrometre."""
    return round(sum([lack for _, lack in places if lack >= _SLACK]), 3)


def _placed(block: Block, strips: list[_Strip], found: _Attempt, wall: set[int]) -> Layout:
    places = _stand(block, strips, found)
    rows: list[tuple[Placed, ...]] = []
    words, largest = 0.0, 0.0
    narrow = [index in wall or index in found.failed for index in range(len(block.items))]
    for strip, size, base, (x, lack) in zip(strips, found.sizes, found.baselines, places, strict=True):
        item = strip.item
        if isinstance(item, Line):
            rows.append((Placed(item.run, size, x, base, lack < _SLACK),))
        else:
            assert strip.row is not None
            rows.append(_placed_row(item, strip.row, size, x, base, lack < _SLACK))
        if strip.number:
            largest = max(largest, size)
        else:
            words += size
            narrow[strip.index] |= size < _wish(item.size, found.words) - 0.05
    score = (-_lacking(places), found.comfort, round(largest, 3), round(words, 3))
    return Layout(tuple(rows), score, tuple(narrow))


def _edges(
    block: Block, table: Table, strips: list[_Strip], index: int, size: float, bands: list[Band]
) -> list[tuple[float, float]]:
    """For each row the x of its numbers' left edge, and by how many millimetres it does not fit there.

    One edge for all where the numbers stand in one column (the list is then centred as one block).
    """
    spans: list[tuple[float, float, float, float]] = []  # least and greatest x of the edge, label and number widths
    for strip, band in zip(strips, bands, strict=True):
        if strip.index == index:
            label = strip.label_width * table.label_at(size) + table.gap
            spans.append((*_edge_bounds(table, strip, size, band), label, strip.width * size + strip.fixed))
    if table.shared:
        low, high = max(s[0] for s in spans), min(s[1] for s in spans)
        label, width = max(s[2] for s in spans), max(s[3] for s in spans)
        return [_between(low, high, block.axis + (label - width) / 2)] * len(spans)
    return [_between(low, high, block.axis + (label - width) / 2) for low, high, label, width in spans]


def _between(low: float, high: float, wish: float) -> tuple[float, float]:
    """`wish` moved between the bounds, and how far these are apart the wrong way round."""
    return (min(max(wish, low), high), 0.0) if low <= high else ((low + high) / 2, low - high)


def _placed_row(table: Table, row: Row, size: float, edge: float, base: float, fits: bool) -> tuple[Placed, ...]:
    label = table.label_at(size)
    width = row.label.ink_width * label * MM_PER_PT
    found = [Placed(row.label, label, edge - table.gap - width, base, fits)]
    pitch = table.pitch() * size * MM_PER_PT + table.pair_gap if len(row.numbers) > 1 else 0.0
    found += [Placed(number, size, edge + i * pitch, base, fits) for i, number in enumerate(row.numbers)]
    return tuple(found)
