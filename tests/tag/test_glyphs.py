"""No letter is ever half drawn: nothing that a pen raises is lost, and an outline is held against the font."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator

import pytest

from keytag.base.callbacks import NothingLost
from keytag.base.errors import OutputError
from keytag.base.geometry import Path
from keytag.tag import typeset
from keytag.tag.glyphs import Outlines, Pen


@pytest.fixture
def font() -> typeset.Font:
    """A font that remembers nothing yet."""
    return typeset.Font("bold")


def at_call(number: int, act: Callable[[], object]) -> Callable[..., None]:
    """A `curveTo` or other method that acts at its n-th call, and does its work at the others."""
    count = iter(range(1, 10_000))

    def method(self: Pen, *points: tuple[float, float]) -> None:
        if next(count) == number:
            act()
        self.ops.append("l")
        self.coords += points[-1]

    return method


def out_of_memory() -> None:
    raise MemoryError


@pytest.mark.parametrize("number", [1, 2, 5])
@pytest.mark.parametrize(
    ("act", "kind"), [(lambda: signal.raise_signal(signal.SIGINT), KeyboardInterrupt), (out_of_memory, MemoryError)]
)
def test_what_is_raised_while_a_letter_is_drawn_is_raised_and_the_letter_not_remembered(
    font: typeset.Font, number: int, act: Callable[[], None], kind: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    (glyph, _, _) = font.shape("5").glyphs[0]
    whole = typeset.load("bold").outline(glyph)
    hook = sys.unraisablehook
    with monkeypatch.context() as patch:
        patch.setattr(Pen, "lineTo", at_call(number, act))
        with pytest.raises(kind):
            font.outline(glyph)
    assert sys.unraisablehook == hook
    assert font.outline(glyph) == whole


def without_last_contour(path: Path) -> Path:
    cut = path.ops.rindex("m")
    return Path(path.ops[:cut], path.coords[: _coords(path.ops[:cut])])


def _coords(ops: str) -> int:
    return sum({"m": 2, "l": 2, "c": 6, "z": 0}[op] for op in ops)


BROKEN: dict[str, tuple[Callable[[Path], Path], str]] = {
    "an open contour": (lambda p: Path(p.ops[:-1], p.coords), "a contour is open"),
    "no beginning": (lambda p: Path(p.ops[1:], p.coords[2:]), "a contour is open"),
    "a lost counter": (without_last_contour, "1 contours of 2"),
    "nothing": (lambda p: Path("", ()), "0 contours of 2"),
    "a lost corner": (lambda p: Path(p.ops, tuple(0.9 * c for c in p.coords)), "does not fill"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_outline_that_is_not_the_fonts_is_an_error(
    font: typeset.Font, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking, message = BROKEN[what]
    (glyph, _, _) = font.shape("0").glyphs[0]
    broken = breaking(font.outline(glyph))
    outlines = Outlines(font._font)
    with monkeypatch.context() as patch:
        for name in ("moveTo", "lineTo", "curveTo", "qCurveTo"):
            patch.setattr(Pen, name, lambda self, *points: None)
        patch.setattr(Pen, "closePath", lambda self: self.__dict__.update(ops=list(broken.ops), coords=broken.coords))
        with pytest.raises(OutputError, match=message) as caught:
            outlines.draw(glyph)
    assert "is not whole" in caught.value.message


@pytest.mark.parametrize("weight", sorted(typeset.FONTS))
def test_every_glyph_of_the_fonts_holds(weight: str) -> None:
    outlines = Outlines(typeset.load(weight)._font)
    for glyph in range(0, 2708, 9):
        outlines.draw(glyph)


def test_watches_nest_and_leave_the_hook_as_it_was() -> None:
    class Careless:
        def __del__(self) -> None:
            raise ValueError("lost")

    def drop() -> Iterator[None]:
        Careless()
        yield

    before = sys.unraisablehook
    with pytest.raises(ValueError, match="lost"), NothingLost() as outer:
        with pytest.raises(ValueError, match="lost"), NothingLost():
            next(drop())
        with pytest.raises(ValueError, match="lost"):
            outer.check()
        with pytest.raises(ValueError, match="lost"), NothingLost() as inner:
            inner.check()
    assert sys.unraisablehook == before
    with pytest.raises(KeyError), NothingLost():  # what goes on already goes on
        Careless()
        raise KeyError
