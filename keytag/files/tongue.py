"""In which words a paper speaks: Vietnamese with its English small beside it, or one of the two alone."""

from __future__ import annotations

from keytag.base.records import NamedTuple
from keytag.base.words import ENGLISH, Message, Words
from keytag.files.catalogues import words_of

BOTH = "both"


class Tongue(NamedTuple):
    """The language of a paper, and the one in which small glosses stand beside it, if any."""

    first: Words
    second: Words | None = None

    def said(self, text: str) -> str:
        """A text in the paper's language; data, which is no `Message`, as it is."""
        return self.first.of(text)

    def gloss(self, text: str) -> str:
        """The same in the second language; nothing where there is none, or where data would only stand twice."""
        return self.second.of(text) if self.second and isinstance(text, Message) else ""

    def both(self, text: str) -> tuple[str, str]:
        """What is said, and its gloss."""
        return self.said(text), self.gloss(text)

    def chosen(self, english: str, vietnamese: str) -> tuple[str, str]:
        """Of data that people wrote in two languages: what is said, and what is its gloss."""
        if self.first.language == "en":
            return english or vietnamese, ""
        return vietnamese or english, english if self.second and vietnamese else ""

    def number(self, text: str) -> str:
        """A number as the paper's language writes it: 0,06."""
        return self.first.number(text)

    def counted(self, value: int) -> str:
        """A count as the paper's language writes it: 15.000."""
        return self.first.number(f"{value:,}")


def tongue(languages: str) -> Tongue:
    """The tongue of "both", "vi" or "en"; `ValueError` for another word."""
    if languages == BOTH:
        return Tongue(words_of("vi"), ENGLISH)
    return Tongue(words_of(languages))
