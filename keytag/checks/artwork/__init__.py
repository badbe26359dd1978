"""Checks on composed tags: one module a check, on what is really drawn and where."""

from __future__ import annotations

from keytag.base.diagnostics import Diagnostic, Span
from keytag.checks.artwork import (
    emblem_resolution,
    in_ring_hole,
    ink_limit,
    live_overlap,
    outside_safe_area,
    qr_contrast,
    qr_missing,
    qr_module,
    text_contrast,
    text_overflow,
    text_small,
    thin_line,
)
from keytag.checks.artwork.subject import subject
from keytag.tag.artwork import Artwork
from keytag.tag.template import Template

ARTWORK_CHECKS = (
    text_overflow,
    text_small,
    outside_safe_area,
    in_ring_hole,
    live_overlap,
    qr_missing,
    qr_module,
    qr_contrast,
    text_contrast,
    ink_limit,
    emblem_resolution,
    thin_line,
)


def check_artwork(artwork: Artwork, template: Template, span: Span | None) -> list[Diagnostic]:
    """What all artwork checks find on one tag; `span` is its unit's place in the roster."""
    tag = subject(artwork, template, span)
    return [finding for check in ARTWORK_CHECKS for finding in check.check(tag)]
