"""What is special in one sheet besides its values: struck through, in error, hidden, merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from keytag.base.records import NamedTuple
from keytag.base.words import say

Spot: TypeAlias = tuple[int, int]  # row and column from 0
WIDEST = 300  # columns that are looked at
GET = say("pip install 'keytag[office]'")


class Marks(NamedTuple):
    """What is special in one sheet, by row and column from 0; `merged` is None where the reader of cells tells it."""

    struck: frozenset[Spot]
    partly: frozenset[Spot]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    errors: frozenset[Spot] = frozenset()
    merged: tuple[tuple[Spot, Spot], ...] | None = None


@dataclass(slots=True)
class Collected:
    """Marks while they are found."""

    struck: set[Spot] = field(default_factory=set)
    partly: set[Spot] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: set[Spot] = field(default_factory=set)
    merged: list[tuple[Spot, Spot]] = field(default_factory=list)

    def cell(self, spot: Spot, struck: bool | None) -> None:
        """A cell that is struck through, in part (None), or not."""
        if struck:
            self.struck.add(spot)
        elif struck is None:
            self.partly.add(spot)

    def marks(self) -> Marks:
        return Marks(
            frozenset(self.struck),
            frozenset(self.partly),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            frozenset(self.errors),
            tuple(self.merged),
        )
