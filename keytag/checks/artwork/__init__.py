"""Checks on composed tags: one module a check, on what is really drawn and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Span
from keytag.base.words import say
from keytag.checks.artwork import (
    covered,
    emblem_resolution,
    in_ring_hole,
    ink_limit,
    left_out,
    letters,
    live_overlap,
    numbers_many,
    outside_safe_area,
    payloads,
    process_limit,
    qr_call,
    qr_contrast,
    qr_missing,
    qr_module,
    set_apart,
    text_contrast,
    text_overflow,
    text_small,
    thin_line,
)
from keytag.checks.artwork.subject import NO_LINKS, Asked, Links, subject
from keytag.roster.model import Job, Roster, Unit
from keytag.roster.site import allowed_hosts
from keytag.tag.artwork import Artwork
from keytag.tag.template import Template
from keytag.tag.wording import fields

if TYPE_CHECKING:
    from keytag.tag.elsewhere import Elsewhere

ARTWORK_CHECKS = (
    text_overflow,
    text_small,
    set_apart,
    left_out,
    numbers_many,
    outside_safe_area,
    in_ring_hole,
    live_overlap,
    covered,
    qr_missing,
    qr_module,
    qr_call,
    qr_contrast,
    text_contrast,
    ink_limit,
    emblem_resolution,
    thin_line,
    process_limit,
)


def links_of(roster: Roster) -> Links:
    """The roster's links, which the contact checks judge where they stand, and the hosts that it allows."""
    written = [a.link for a in roster.authorities] + [u.link for u in roster.units]
    return Links(allowed_hosts(roster), frozenset((link.value, link.span) for link in written if link is not None))


def asked_of(job: Job, unit: Unit) -> tuple[Asked, ...]:
    """What the roster wants to have on a unit's tag besides names and numbers."""
    values = fields(job, unit)
    named = {"slogan": say("the slogan"), "emergency": say("the emergency number"), "edition": say("the edition")}
    return tuple(
        Asked(name, field, values[field].text, values[field].source)
        for field, name in named.items()
        if values[field].text.strip()
    )


def check_artwork(
    artwork: Artwork,
    template: Template,
    span: Span | None,
    allowed: Links = NO_LINKS,
    elsewhere: Elsewhere | None = None,
    asked: tuple[Asked, ...] = (),
) -> list[Diagnostic]:
    """What all artwork checks find on one tag; `span` is its unit's place in the roster, `allowed` its links.

    With `elsewhere` a finding about room says which other template holds the unit; `asked` is what the roster wants to
    have printed. The link checks judge once more what the symbols say: a template may put words around the link.
    """
    tag = subject(artwork, template, span, allowed, elsewhere, asked)
    found = [finding for check in ARTWORK_CHECKS for finding in check.check(tag)]
    return [*found, *payloads.check(tag), *letters.check(tag)]
