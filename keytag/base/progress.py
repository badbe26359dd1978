"""How far work has come: a function that is called with the name of each step that is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str], None]


def unseen(_: str) -> None:
    """Progress that nobody watches."""
