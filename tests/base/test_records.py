"""Named tuples made here are what the standard library's are."""

from __future__ import annotations

import copy
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest

from keytag.base import records


class Ours(records.NamedTuple):
    """A value."""

    left: int
    right: str = "r"

    @property
    def both(self) -> str:
        return f"{self.left}{self.right}"


class Theirs(typing.NamedTuple):
    """A value."""

    left: int
    right: str = "r"

    @property
    def both(self) -> str:
        return f"{self.left}{self.right}"


@pytest.mark.parametrize(
    "told",
    [
        lambda kind: (tuple(kind(1)), kind(1, right="x").both, repr(kind(2)).partition("(")[2], kind.__doc__),
        lambda kind: (kind(1) == (1, "r"), hash(kind(1)), kind(1)._asdict(), tuple(kind(1)._replace(left=3))),
        lambda kind: (kind._fields, kind.__match_args__, kind._field_defaults, tuple(kind._make((4, "y")))),
        lambda kind: (tuple(pickle.loads(pickle.dumps(kind(5)))), type(copy.deepcopy(kind(5))) is kind),
        lambda kind: (typing.get_type_hints(kind), hasattr(kind(1), "__dict__"), isinstance(kind(1), tuple)),
    ],
)
def test_they_behave_as_those_of_typing(told: Callable[[Any], object]) -> None:
    assert told(Ours) == told(Theirs)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda kind: kind(), TypeError),
        (lambda kind: kind(1, "r", 2), TypeError),
        (lambda kind: kind(1)._replace(middle=2), ValueError),
        (lambda kind: kind._make((1,)), TypeError),
        (lambda kind: setattr(kind(1), "left", 2), AttributeError),
    ],
)
def test_they_refuse_what_those_refuse(wrong: Callable[[Any], object], error: type[Exception]) -> None:
    for kind in (Ours, Theirs):
        with pytest.raises(error):
            wrong(kind)


def test_a_field_without_a_default_stands_before_those_with_one() -> None:
    with pytest.raises(TypeError, match="without a default"):
        type(records.NamedTuple)("Wrong", (records.NamedTuple,), {"__annotations__": {"a": int, "b": int}, "a": 1})


def test_a_maker_makes_what_the_class_makes() -> None:
    made = records.maker(Ours)((1, "b"))
    assert made == Ours(1, "b") and type(made) is Ours and made.both == "1b"


def test_a_replaced_record_is_one_of_its_class_and_knows_its_fields() -> None:
    changed = Ours(1)._replace(right="x")
    assert type(changed) is Ours and changed == (1, "x")
    with pytest.raises(ValueError, match="wrong"):
        Ours(1)._replace(wrong=2)
