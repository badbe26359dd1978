"""The letters that a tag's font lacks, as composing it found: in words of the template, and in fonts of its own.

What the roster says in letters that no shipped font has is said where it stands (letter-not-in-font on contacts).
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Subject
from keytag.checks.roster import letter_not_in_font as letters
from keytag.vietnam.spelling import is_hidden


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each face and character, under the id of the check on contacts."""
    for side, face in tag.faces():
        for field, character in dict.fromkeys(face.missing):
            if is_hidden(character) or (field and not letters.has(ord(character))):
                continue
            fit = next((fit for fit in face.fits if fit.field == field and character in fit.text), None)
            said = say(" in '{fit}'", fit=fit.text) if fit else ""
            source = fit.source if fit else None
            yield tag.find(
                letters.ID,
                Severity.ERROR,
                source,
                say("{side}: no font for {named}{said}", side=side, named=letters.named([character]), said=said),
            )
