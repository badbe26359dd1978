"""The link checks on what the symbols of a composed tag say, whoever wrote it: the roster or the template."""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.checks.artwork.subject import Subject, Symbol
from keytag.tag.payload import CALL
from keytag.tag.template import QrPanel
from keytag.vietnam.links import judge


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each symbol whose payload is refused, under the id of the link check that refuses it.

    At the template's line where it says the link alone: then it is the same finding for all units.
    """
    panels = [e for e in (*tag.template.front, *tag.template.back) if isinstance(e, QrPanel)]
    for side in SIDES:
        for mark in tag.marks(side):
            if not isinstance(mark, Symbol) or mark.payload.startswith(CALL):  # a call is qr-call's
                continue
            verdict = judge(mark.payload, tag.allowed.hosts)
            if verdict is None:
                continue
            if (mark.payload, mark.source) in tag.allowed.judged:
                continue
            if any(mark.source == panel.source for panel in panels):
                message = say("the template's QR link: {why}", why=verdict.why)
                yield Diagnostic(verdict.check, Severity.ERROR, mark.source, message)
            else:
                yield tag.find(
                    verdict.check,
                    Severity.ERROR,
                    mark.source,
                    say("{side}: {payload}: {why}", side=side, payload=mark.payload, why=verdict.why),
                )
