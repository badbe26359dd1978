"""A trial sheet: where scheme or template are a person's own, one full sheet is laid out and judged before any plan.

What comes with keytag is proven to fit by its tests; an own file shows here, and not first when the job is made, that a
mark finds no room or stands in a tag.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.diagnostics import Diagnostic, Span
from keytag.base.errors import InputError
from keytag.base.words import say
from keytag.files.folders import is_yaml
from keytag.job.setup import Setup
from keytag.tag.artwork import Artwork

# What a plan decides, and what is judged by counting already.
_LATER = frozenset(("run-length", "empty-station", "quantity-short", "bleed-overlap", "ink-on-neighbour"))


def trial_findings(setup: Setup, artworks: Sequence[Artwork]) -> list[Diagnostic]:
    """The findings of one sheet full of the first tag, each once, at the roster's word that names the scheme."""
    job = setup.roster.job
    own = [text for text in (job.scheme, job.template) if text is not None and is_yaml(text.value)]
    if not own or not artworks:
        return []
    from keytag.checks.sheet import check_sheet
    from keytag.job.slug import slug_facts
    from keytag.render.fingerprint import BLANK
    from keytag.sheet.imposition import impose, lay_out
    from keytag.sheet.page import press_sheet
    from keytag.tag.typeset import set_text

    outline, first = setup.template.outline, artworks[:1]
    try:
        layout = lay_out(setup.scheme, outline.width, outline.height, setup.template.bleed, outline)
    except InputError:
        return []  # `sheet-size` says so
    sheet = impose(layout, [0] * len(layout.stations), first)
    facts = slug_facts(setup, ((first[0].key, BLANK),))
    press = press_sheet(sheet, first, facts, set_text)
    return [_at(finding, own[0].span) for finding in check_sheet(press) if finding.id not in _LATER]


def _at(finding: Diagnostic, span: Span) -> Diagnostic:
    return finding._replace(
        span=finding.span or span, message=say("a full sheet: {message}", message=finding.message), unit=""
    )
