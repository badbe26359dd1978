"""What a design adds to the contacts: the telephone numbers in its own words, at their places in its file."""

from __future__ import annotations

from keytag.base.diagnostics import Span
from keytag.files.source import Text
from keytag.job.setup import Setup
from keytag.tag.wording import printed_texts


def literals(setup: Setup) -> list[Text]:
    """The telephone numbers in the design's own words, at their lines in the template's file."""
    source = setup.template_source
    said = (text for text in printed_texts(setup.template) if "://" not in text)  # digits of an address are no number
    words = [text for text in said if any(c.isdigit() for c in text)]
    if not words:
        return []
    from keytag.vietnam.texts import numbers_in  # most designs have no such words: start-up is a feature

    texts = [mention.text for text in words for mention in numbers_in(text)]
    return [Text(text, _place(text, source.name, source.lines)) for text in dict.fromkeys(texts)]


def _place(text: str, file: str, lines: list[str]) -> Span:
    """Where `text` first stands in a file; its beginning where it is written there in another way."""
    for row, line in enumerate(lines, 1):
        column = line.find(text) + 1
        if column:
            return Span(file, row, column, row, column + len(text))
    return Span(file, 1, 1, 1, 1)
