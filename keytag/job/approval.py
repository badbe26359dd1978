"""Approval that binds: what is imposed is what stood in the proofs, tag by tag, by the fingerprints of the drawings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keytag.base.words import say
from keytag.job.earlier import Was
from keytag.job.manifest import Change
from keytag.job.reprint import changes
from keytag.tag.artwork import Artwork

NEVER = say("was never in these proofs")


def unapproved(approved: Mapping[str, Was], artworks: Sequence[Artwork]) -> tuple[Change, ...]:
    """The tags that are not those of the proofs, each with what changed since: the old words and the new."""
    return tuple(
        change if change.key in approved else change._replace(reasons=(NEVER,))
        for change in changes(approved, artworks)
    )
