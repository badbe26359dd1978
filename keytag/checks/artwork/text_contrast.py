"""Words or numbers hardly stand out from what they are printed on.

Measured by WCAG 2.2 on the colour that is really under them, an ink or the plastic: 4.5 : 1 for numbers, 4.0 for other
words under 9 pt (3.0 for larger ones), and 3.0 as a person sees it who hardly tells red from green. Under 3.0 it is an
error. A template's older bound, a difference of reflectance (`text: 25%`), is held to in place of the first two.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Live, Sample, Subject, Words, seen
from keytag.tag.contrast import ratios
from keytag.tag.reflectance import text_contrast
from keytag.tag.template import Limits

ID = "text-contrast"
SEVERITY = Severity.WARNING
TITLE = "text contrast too low"
BAD = Sample(template=("yellow: {cmyk: 0/5/90/0}", "yellow: {cmyk: 0/90/90/20}"))
_LEAST = 3.0
_LARGE = 9.0  # pt


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each ink on each ground of a face, however many lines it sets."""
    told: set[object] = set()
    for live in tag.live:
        if not isinstance(live.mark, Words):
            continue
        ink, number = seen(live.mark.ink, tag.artwork), _is_number(live.mark)
        large = live.mark.size >= _LARGE
        key = live.side, ink, live.ground, number, large
        if key in told:
            continue
        told.add(key)
        yield from _judge(tag, live, live.mark, number, large)


def _is_number(words: Words) -> bool:
    """Whether the words are a telephone number: digits in groups, more than an emergency number has."""
    digits = words.text.replace(".", "").replace(" ", "").removeprefix("+")
    return digits.isdecimal() and len(digits) > 3


def _judge(tag: Subject, live: Live, words: Words, number: bool, large: bool) -> Iterator[Diagnostic]:
    limits, ink = tag.template.limits, seen(words.ink, tag.artwork)
    ratio, blind = ratios(ink.cmyk, live.ground.cmyk)
    where = say(
        "{side}: '{words}' in {ink} on {ground}",
        side=live.side,
        words=words.text,
        ink=ink.name,
        ground=live.ground.name,
    )
    if limits.text_difference is not None:
        difference = text_contrast(ink, live.ground)
        if difference < limits.text_difference:
            message = say(
                "{where} has contrast {difference:.0%} (at least {text_difference:.0%})",
                where=where,
                difference=difference,
                text_difference=limits.text_difference,
            )
            yield tag.find(ID, SEVERITY, None, message)
            return
    least = _least(limits, number, large)
    if ratio < least:
        severity = Severity.ERROR if ratio < _LEAST else SEVERITY
        yield tag.find(
            ID,
            severity,
            None,
            say("{where} has contrast {ratio:.1f} : 1 (at least {least:g} : 1)", where=where, ratio=ratio, least=least),
        )
    elif limits.text_difference is None and blind < limits.blind_contrast_least:
        bound = say("at least {least:g} : 1", least=limits.blind_contrast_least)
        message = say(
            "{where} has contrast {blind:.1f} : 1 for whoever hardly tells red from green ({bound})",
            where=where,
            blind=blind,
            bound=bound,
        )
        yield tag.find(ID, SEVERITY, None, message)


def _least(limits: Limits, number: bool, large: bool) -> float:
    if limits.text_difference is not None:
        return _LEAST
    if number:
        return limits.number_contrast_least
    return min(_LEAST, limits.text_contrast_least) if large else limits.text_contrast_least
