"""How numbers and names are written in the documents: Vietnamese first, whatever the locale of the machine."""

from __future__ import annotations


def count(value: int) -> str:
    """A count as Vietnamese writes it: 15.000."""
    return f"{value:,}".replace(",", ".")


def count_en(value: int) -> str:
    """A count as English writes it: 15,000."""
    return f"{value:,}"


def comma(text: str) -> str:
    """Decimal points as the commas that Vietnamese uses."""
    return text.replace(".", ",")


def capital(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
