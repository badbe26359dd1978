"""Approval that binds: what is imposed is what stood in the proofs, tag by tag, by the fingerprints of the drawings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from keytag.base.errors import InputError
from keytag.files import seal
from keytag.job.manifest import Change
from keytag.job.reprint import Was, changes, read_units
from keytag.tag.artwork import Artwork

NEVER = "was never in these proofs"


def read_approved(path: Path) -> dict[str, Was]:
    """The tags of a proofs.json by their units' keys; an `InputError` where it is none, or not as keytag wrote it."""
    units = read_units(path, "render")
    try:
        sound = seal.holds(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if not sound:
        raise InputError(f"{path}: is not as keytag wrote it", hint="make the proofs anew, and have them signed")
    return units


def unapproved(approved: dict[str, Was], artworks: Sequence[Artwork]) -> tuple[Change, ...]:
    """The tags that are not those of the proofs, each with what changed since: the old words and the new."""
    return tuple(
        change if change.key in approved else change._replace(reasons=(NEVER,))
        for change in changes(approved, artworks)
    )
