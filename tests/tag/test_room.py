"""The room of text: bounds over many heights hold at each of them, and composing asks for little."""

from __future__ import annotations

import random
import time

import pytest

from benchmarks.roster import made_roster
from keytag.base.geometry import Rect, polygon
from keytag.base.outline import Ellipse, Outline, RoundedRectangle
from keytag.tag.compose import Composer
from keytag.tag.outlines.contour import Contour
from keytag.tag.room import CLEAR, Area, Ink, drop, outermost
from tests.conftest import roster_of, template_named

_OUTLINES = [
    Ellipse(50, 20),
    RoundedRectangle(50, 20, 10),
    RoundedRectangle(60, 25, 4),
    template_named("super-oval-50x20").outline,
]


def _areas(outline: Outline, dice: random.Random) -> list[Area]:
    def panel() -> Rect:
        return Rect(dice.uniform(2, 30), dice.uniform(0, 15), dice.uniform(0.5, 18), dice.uniform(0.5, 15))

    def hole() -> tuple[float, float, float]:
        return dice.choice([3.6, 25.0, 46.4]), dice.uniform(2, 18), dice.uniform(1, 4)

    found = [Area(outline, 1.5, hole(), tuple(panel() for _ in range(dice.randint(0, 3)))) for _ in range(8)]
    return [*found, Area(outline, 1.5, None, (panel(),), Rect(3, 2, 40, 15))]


@pytest.mark.parametrize("outline", _OUTLINES, ids=lambda outline: type(outline).__name__ + str(outline.height))
def test_a_bound_over_many_heights_holds_at_each(outline: Outline) -> None:
    dice = random.Random(7)
    told = 0
    for area in _areas(outline, dice):
        for _ in range(25):
            inks = tuple(
                Ink(x, x + dice.uniform(0.2, 20), dice.uniform(0.5, 3), dice.uniform(-0.3, 1))
                for x in (dice.uniform(-10, 3) for _ in range(3))
            )
            first, travel = dice.uniform(0, outline.height), dice.choice([0.0, 0.1, 1.0, 8.0])
            low, high = area.reach(inks, first, travel)
            own = [area.shifts(inks, first + travel * i / 16) for i in range(17)]
            room = [(a, b) for a, b in own if a <= b]
            assert all(low <= a + 1e-6 and b <= high + 1e-6 for a, b in room), (low, high, room)
            told += (low > high) if not room else low > min(a for a, _ in room) - 1.0
            if own[0] in room:
                assert area.shifts(outermost(inks), first) == pytest.approx(own[0])
    assert told > 100  # it says something


def _drawn(*points: tuple[float, float]) -> Outline:
    return Contour(polygon(points), 50.0, 20.0, symmetric=False)


_WAISTS = [
    *_OUTLINES,
    _drawn((0, 0), (50, 0), (40, 14), (25, 20), (10, 14)),  # a shield: widest at its top
    _drawn((25, 0), (50, 9), (50, 20), (0, 20), (0, 9)),  # a house: at its foot
    _drawn((0, 0), (50, 0), (30, 10), (50, 20), (0, 20), (20, 10)),  # an hourglass
]


@pytest.mark.parametrize("outline", _WAISTS, ids=range(len(_WAISTS)))
def test_what_has_no_room_at_a_height_is_given_up_only_where_there_is_none_beyond(outline: Outline) -> None:
    dice = random.Random(9)
    said = 0
    for area in [
        Area(outline, 1.5, None, ()),
        *_areas(outline, dice),
        Area(outline, 1.5, None, (), Rect(2, 11, 46, 8)),
    ]:
        for _ in range(60):
            x = dice.uniform(-15, 3)
            inks = (Ink(x, x + dice.uniform(5, 45), dice.uniform(0.5, 2), dice.uniform(0, 0.5)),)
            base, up, down = dice.uniform(0, outline.height), inks[0].up, inks[0].down
            low, high = area.shifts(inks, base)
            if low <= high:
                continue
            for given_up, beyond in (
                (area.narrows_up(base + down), [base * i / 40 for i in range(40)]),
                (area.narrows_down(base - up), [base + (outline.height - base) * i / 40 for i in range(1, 41)]),
            ):
                if given_up:
                    said += 1
                    assert all(a > b for a, b in (area.shifts(inks, height) for height in beyond)), (base, inks)
    assert said > 20 or not isinstance(outline, (Ellipse, RoundedRectangle))


def test_composing_asks_little_of_each_further_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often a row is held against the outline for one tag, where a list of its form is known already."""
    asked = 0
    plain = Area._between

    def counted(self: Area, inks: tuple[Ink, ...], baseline: float) -> tuple[float, float]:
        nonlocal asked
        asked += 1
        return plain(self, inks, baseline)

    monkeypatch.setattr(Area, "_between", counted)
    counts = []
    for units in (30, 60):
        asked = 0
        roster = roster_of(made_roster(units))
        Composer(template_named("oval-50x20"), draft=True).compose_job(roster.job, roster.units)
        counts.append(asked)
    assert counts[1] - counts[0] <= 30 * 22, counts  # 593, or some more where other tests filled the caches


def test_texts_of_thousands_of_letters_are_no_work_of_their_square() -> None:
    """What shields what, and what keeps two rows apart: as going through every pair finds it, in far less work."""
    dice = random.Random(8)
    for _ in range(300):
        rows = [
            tuple(
                Ink(x := float(dice.randint(0, 9)), x + dice.randint(0, 4), float(dice.randint(0, 3)), dice.random())
                for _ in range(dice.randint(0, 14))
            )
            for _ in range(2)
        ]
        assert outermost(rows[0]) == _unshielded(rows[0])
        apart = [a.down + b.up + CLEAR for a in rows[0] for b in rows[1] if a.x0 - CLEAR < b.x1 and b.x0 - CLEAR < a.x1]
        assert drop(*rows) == max([0.0, *apart])
    long = tuple(Ink(i, i + 0.9, 1.0 + i % 7, 0.2 * (i % 5)) for i in range(20_000))
    began = time.process_time()
    outermost(long)
    drop(long, long)
    assert time.process_time() - began < 5, "every pair would take minutes"


def _unshielded(inks: tuple[Ink, ...]) -> tuple[Ink, ...]:
    found = []
    for i, ink in enumerate(inks):
        others = [(j, o) for j, o in enumerate(inks) if j != i and o.up >= ink.up and o.down >= ink.down]
        alike = {j for j, o in others if (o.up, o.down) == (ink.up, ink.down) and j > i}
        left = any(o.x0 < ink.x0 or (o.x0 == ink.x0 and j not in alike) for j, o in others)
        right = any(o.x1 > ink.x1 or (o.x1 == ink.x1 and j not in alike) for j, o in others)
        if not (left and right):
            found.append(ink)
    return tuple(found)
