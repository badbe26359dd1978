"""Something is transparent.

Transparency is flattened somewhere before the plate, in a way that nobody has proofed; here nothing needs it. PDF/X-1a
forbids it, and keytag does in PDF/X-4 as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

if TYPE_CHECKING:
    from pikepdf import Object

ID = "pdf-transparency"
SEVERITY = Severity.ERROR
TITLE = "transparency"
_KEYS = frozenset(("/SMask", "/SMaskInData", "/ca", "/CA", "/BM"))


def check(press: Press) -> Iterator[Diagnostic]:
    """Graphics states, soft masks and transparency groups, wherever they are."""
    for number, item, keys, _ in press.dictionaries:
        for word in _words(item, keys):
            yield error(ID, say("object {number}: is transparent ({word})", number=number, word=word))


def _words(item: Object, keys: Set[str]) -> Iterator[str]:
    if "/S" in keys and item["/S"] == "/Transparency":
        yield say("a transparency group")
    if keys.isdisjoint(_KEYS):
        return
    if "/SMask" in keys and item["/SMask"] != "/None":
        yield say("a soft mask")
    if "/SMaskInData" in keys and item["/SMaskInData"] != 0:
        yield say("a soft mask in the picture's data")
    for key in ("/ca", "/CA"):
        value = item.get(key)
        if value is not None and _is_number(value) and float(value) != 1:
            yield f"{key} {float(value):g}"
    if "/BM" in keys and str(item["/BM"]) not in ("/Normal", "/Compatible"):
        yield say("blend mode {item}", item=item["/BM"])


def _is_number(value: object) -> bool:
    from decimal import Decimal

    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
