"""The letters that the papers' font lacks in what a template or a scheme says of itself: material, title, notes."""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.checks.order.ordered import Ordered
from keytag.checks.roster import letter_not_in_font as letters


def check(order: Ordered) -> Iterator[Diagnostic]:
    """One finding for each such text, under the id of the check on contacts; they have no place in the roster."""
    template, scheme = order.template, order.scheme
    said = {
        f"template {template.name}": (*template.title, *template.substrate.material, *template.substrate.finishing),
        f"scheme {scheme.name}": (scheme.name, *scheme.title, *scheme.notes),
    }
    for where, texts in said.items():
        for text in dict.fromkeys(texts):
            lacking = letters.lacking(text)
            if lacking:
                message = say(
                    "{where}, on papers: no font for {named} in '{text}'",
                    where=where,
                    named=letters.named(lacking),
                    text=excerpt(text, 60),
                )
                yield Diagnostic(letters.ID, Severity.WARNING, None, message)
