"""Pages read back before they are published: by a parser of HTML that did not write them.

Whatever made them, a person's own templates too: no script, nothing fetched from elsewhere, nothing larger than a slow
line carries; every number that a telephone dials is one of the roster's, and stands there to be read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

from keytag.base.excerpt import excerpt
from keytag.base.words import say

UNIT_BYTES = 20_000
INDEX_BYTES, EACH_BYTES = 10_000, 600
_FETCHING = ("src", "srcset", "data", "poster", "background", "formaction", "action", "ping")
_NO = ("script", "iframe", "object", "embed", "form", "base", "frame", "img")
_RUN = re.compile(r"\d(?:[\d .()-]*\d)?")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.dials: list[str] = []
        self.text: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NO:
            self.faults.append(say("it has <{tag}>", tag=tag))
        if tag in ("style", "title"):
            self._silent += 1
        for name, value in attrs:
            said = (value or "").strip()
            if name.startswith("on") or name == "style":
                self.faults.append(say("<{tag}> has {name}=, which the page's own policy forbids", tag=tag, name=name))
            if name in _FETCHING and (":" in said or said.startswith("/")):
                self.faults.append(say("<{tag}> fetches {address}", tag=tag, address=excerpt(said, 60)))
            if name == "href":
                self._link(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "title"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)

    def _link(self, tag: str, said: str) -> None:
        scheme, colon, _ = said.partition(":")
        if said.startswith("tel:"):
            self.dials.append(said)
        elif tag == "link" and said != "data:,":
            self.faults.append(say("<{tag}> fetches {address}", tag=tag, address=excerpt(said, 60)))
        elif colon and scheme not in ("https",) and said != "data:,":
            self.faults.append(say("a link has the scheme {scheme}:", scheme=excerpt(scheme, 20)))


def faults(page: bytes, most: int, numbers: Collection[str]) -> Iterator[str]:
    """What is wrong with a page; `numbers` are what its telephones may dial (`tel:…`), `most` its bytes."""
    if len(page) > most:
        yield say("it has {size:,} bytes, more than {most:,}", size=len(page), most=most)
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    yield from reader.faults
    readable = {re.sub(r"\D", "", run) for run in _RUN.findall("\n".join(reader.text))}
    for dial in dict.fromkeys(reader.dials):
        digits = dial.removeprefix("tel:").replace("+84", "0")
        if dial not in numbers:
            yield say("{dial} is no number of the roster", dial=dial)
        elif digits not in readable:
            yield say("{dial} stands nowhere to be read", dial=dial)
