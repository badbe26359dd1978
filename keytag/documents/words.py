"""How words are written in the documents."""

from __future__ import annotations


def capital(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
