"""A drawing as an eye sees it: process inks on the colour of the plastic, with no White, no spot and no overprint.

Viewers that do not simulate overprint (browsers, Preview, Poppler) show a White that is painted last, or white words on
a red plastic that they do not know of, as a blank shape. What people look at is therefore mapped to what they would see
in the hand; only colours change, never a shape. For proofs and view copies, never for the press.
"""

from __future__ import annotations

from keytag.base.drawing import DIE_LINES, Fill, Form, Group, Layer, Mark, Picture
from keytag.base.ink import BLACK, PAPER, REGISTRATION, Cmyk, Ink
from keytag.tag.artwork import Artwork, Face

_MOST_INK = 3.0  # total ink of a mixture, as the press rules allow it


def seen_ink(ink: Ink, plastic: Cmyk = PAPER.cmyk) -> Ink:
    """The ink on that plastic as a process colour.

    Process inks are transparent, so that the plastic's own colour adds to them, and bare paper is the plastic. Spots
    are opaque in full tone (they are what is printed on coloured plastic) and lie over it in part as a tint.
    """
    if ink.name == REGISTRATION.name and ink.spot:
        return BLACK
    if ink.spot:
        mixed = (ink.tint * own + (1 - ink.tint) * below for own, below in zip(ink.cmyk, plastic, strict=True))
    else:
        mixed = (min(1.0, own + below) for own, below in zip(ink.cmyk, plastic, strict=True))
    return Ink(ink.name, _limited(Cmyk(*mixed)))


def seen_mark(mark: Mark, plastic: Cmyk = PAPER.cmyk) -> Mark:
    """The mark in process colours; a picture stays as it is."""
    return mark if isinstance(mark, Picture) else mark._replace(ink=seen_ink(mark.ink, plastic))


def seen_art(artwork: Artwork, face: Face) -> tuple[Mark, ...]:
    """What is printed on one face, the plastic's own colour under it unless that is white."""
    plastic = artwork.plastic.cmyk
    art = (mark for group in face.form.groups if group.layer is Layer.ARTWORK for mark in group.marks)
    ground = (Fill(artwork.outline_of(face).path(), artwork.plastic),) if plastic.total > 0 else ()
    return (*ground, *(seen_mark(mark, plastic) for mark in art))


def proof_of(artwork: Artwork) -> Artwork:
    """The tag for people: its art as it is seen, and its cut line and ring hole; no White."""
    front, back = (face._replace(form=_seen_form(artwork, face)) for face in artwork.faces)
    return artwork._replace(front=front, back=back)


def _seen_form(artwork: Artwork, face: Face) -> Form:
    lines = (group for group in face.form.groups if group.layer in DIE_LINES)
    art = Group(Layer.ARTWORK, seen_art(artwork, face))
    return face.form._replace(groups=(art, *lines))


def _limited(colour: Cmyk) -> Cmyk:
    """A mixture with no more ink than the press rules allow, its black kept."""
    if colour.total <= _MOST_INK:
        return colour
    share = (_MOST_INK - colour.k) / (colour.total - colour.k)
    return Cmyk(colour.c * share, colour.m * share, colour.y * share, colour.k)
