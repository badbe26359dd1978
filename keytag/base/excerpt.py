"""A text or a list in a message: what is long is cut, and it shows that it was."""

from collections.abc import Iterable

MOST = 40


def excerpt(text: str, most: int = MOST) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def some(parts: Iterable[str], most: int) -> list[str]:
    """The parts, or the first of them and an ellipsis."""
    found = list(parts)
    return found if len(found) <= most else [*found[:most], "…"]
