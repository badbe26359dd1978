"""Cards for a telephone's address book: vCard 3.0 (RFC 2426), UTF-8, CRLF, lines of at most 75 octets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from keytag.site.facts import Call, Page

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def cards(page: Page) -> bytes:
    """One card for each number of the page, the duty desk's first; names of people are on none."""
    seen: Counter[str] = Counter()
    lines: list[str] = []
    for call in page.calls:
        name = call.title_at(page.title)
        seen[name] += 1
        lines += _card(page, call, f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _card(page: Page, call: Call, title: str) -> Iterator[str]:
    name = _text(title)
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"N:{name};;;;"
    yield f"FN:{name}"
    yield f"ORG:{_text(page.title)}"
    yield f"TEL;TYPE=WORK,{'VOICE' if call.role == 'duty' else 'CELL'}:{call.dial.removeprefix('tel:')}"
    if page.valid:
        yield f"NOTE:{_text(page.valid)}"
    yield "END:VCARD"


def _text(words: str) -> str:
    """A value in which nothing parts or ends it."""
    return words.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, no letter parted; each after the first begins with a blank."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
