"""A code that calls (`tel:`) stands alone, or says nowhere what it does.

A camera turns such a code into a call, and nothing tells a person so: it needs its own caption ("quét để gọi"), and it
may only be the second code of a tag, since the number dies when it is changed and the office's page does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject, Symbol, Words
from keytag.tag.payload import CALL

ID = "qr-call"
SEVERITY = Severity.ERROR
TITLE = "a call code without its rule"
BAD = Sample(template=('link: "{link}"', 'link: "tel:{authority.duty}"'))
_NUMBER = r"(?a)tel:(\+84\d{9,10}|\d{3,11})\Z"
_CAPTION = ("gọi", "call")


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each such code."""
    symbols = [(side, mark) for side in SIDES for mark in tag.marks(side) if isinstance(mark, Symbol)]
    for side, mark in symbols:
        if not mark.payload.startswith(CALL):
            continue
        if not re.match(_NUMBER, mark.payload):
            yield tag.find(
                ID,
                SEVERITY,
                mark.source,
                say("{side}: {payload} is no number that can be called", side=side, payload=mark.payload),
            )
        elif all(other.payload.startswith(CALL) for _, other in symbols):
            yield tag.find(
                ID, SEVERITY, mark.source, say("{side}: the call code is the only code of the tag", side=side)
            )
        words = [m.text.casefold() for m in tag.marks(side) if isinstance(m, Words)]
        if not any(word in text for text in words for word in _CAPTION):
            yield tag.find(
                ID, SEVERITY, mark.source, say("{side}: nothing beside the call code says that it calls", side=side)
            )
