"""A text in a message: what is long is cut, and it shows that it was."""

MOST = 40


def excerpt(text: str, most: int = MOST) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"
