"""The cut line or the ring hole has the name of an ink that the tag is printed in.

Both would come out on one plate, and the cutter would cut the art. The scheme names the die-lines (`cut`, `hole`, else
CutContour and Drill), the template its inks: give one of them another name.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.words import say
from keytag.checks.order.ordered import Ordered
from keytag.sheet.scheme import Scheme
from keytag.tag.template import Template

ID = "die-name"
SEVERITY = Severity.ERROR
TITLE = "a die-line named as an ink"


def check(order: Ordered) -> Iterator[Diagnostic]:
    """One finding for each of both names, where the scheme writes it."""
    return clashes(order.scheme, order.template, order.span)


def clashes(scheme: Scheme, template: Template, elsewhere: Span | None) -> Iterator[Diagnostic]:
    """The same for a scheme and a template alone; a name that the scheme leaves as it is usual is said `elsewhere`."""
    spots = {ink.name.casefold(): ink.name for _, ink in template.inks if ink.spot}
    for key, name, span in zip(("cut", "hole"), scheme.dies, scheme.die_spans, strict=True):
        ink = spots.get(name.casefold())
        if ink is not None:
            message = say(
                "{key}: {name!r} is also an ink of {template} ({ink}): both would be one plate; ",
                key=key,
                name=name,
                template=template.name,
                ink=ink,
            )
            message += say("write another {key} in the scheme, such as {name}-line", key=key, name=name)
            yield Diagnostic(ID, SEVERITY, span or elsewhere, message)
