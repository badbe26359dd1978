"""What a library makes of an interrupt is an interrupt."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

from keytag.base.callbacks import NothingLost
from keytag.cli.interrupts import _interrupt


def swallowed() -> None:
    with contextlib.suppress(BaseException):
        _interrupt(2, None)


def made_another() -> None:
    try:
        _interrupt(2, None)
    except BaseException:
        raise ValueError("cannot open the font") from None


@pytest.mark.parametrize("library", [swallowed, made_another])
@pytest.mark.parametrize("depth", [1, 2])
def test_an_interrupt_is_raised_whatever_a_library_makes_of_it(library: Callable[[], None], depth: int) -> None:
    with pytest.raises(KeyboardInterrupt), NothingLost():
        if depth == 1:
            library()
        else:
            with pytest.raises(KeyboardInterrupt), NothingLost():
                library()


def test_what_is_no_interrupt_stays_what_it_is() -> None:
    with pytest.raises(ValueError, match="cannot open"), NothingLost():
        raise ValueError("cannot open the font")
