"""Reprints: which units' tags differ from those of an earlier job, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keytag.base.words import say
from keytag.job.earlier import Was
from keytag.job.manifest import Change, Word, printed
from keytag.render.fingerprint import fingerprint
from keytag.tag.artwork import Artwork

_WORDS = {
    "authority.name": say("the authority's name"),
    "authority.duty": say("authority's duty number"),
    "unit.name": say("the unit's name"),
    "unit.duty": say("duty number"),
    "unit.chief": say("chief's number"),
    "edition": say("edition"),
    "emergency": say("emergency number"),
    "slogan": say("slogan"),
}


def changes(before: Mapping[str, Was], artworks: Sequence[Artwork]) -> tuple[Change, ...]:
    """The artworks that differ from those of the earlier job, in their order."""
    found = []
    printed_before = {was.artwork for was in before.values()}
    for artwork in artworks:
        if fingerprint(artwork) in printed_before:  # the same tag, whatever its unit's key was
            continue
        old = before.get(artwork.key)
        if old is None:
            found.append(Change(artwork.key, artwork.title, (say("is new"),)))
        else:
            found.append(Change(artwork.key, artwork.title, _reasons(old, artwork)))
    return tuple(found)


def _reasons(old: Was, artwork: Artwork) -> tuple[str, ...]:
    reasons = []
    for side in ("front", "back"):
        was = {_key(i, w): w for i, w in enumerate(old.words[side])}
        now = {_key(i, w): w for i, w in enumerate(printed(artwork, side))}
        for key, word in now.items():
            before = was.get(key)
            if before is None:
                reasons.append(say("{name}: {word} is new", name=_name(word.field), word=word.text))
            elif before.text != word.text:
                reasons.append(
                    say("{name}: {before} is now {word}", name=_name(word.field), before=before.text, word=word.text)
                )
        reasons += [
            say("{name}: {w} is gone", name=_name(w.field), w=w.text) for key, w in was.items() if key not in now
        ]
    return tuple(reasons) or (say("its design changed"),)


def _key(index: int, word: Word) -> str:
    """What a word is: its field; labels and fixed words, which may stand several times, by their place, too."""
    field = word.field
    return field if field.startswith(("unit.", "authority.")) or field in _WORDS else f"{field}#{index}"


def _name(field: str) -> str:
    if field.startswith("unit.deputies."):
        return say("deputy {rpartition}", rpartition=field.rpartition(".")[2])
    if field.startswith("unit.others."):
        return say("further number {rpartition}", rpartition=field.rpartition(".")[2])
    return _WORDS.get(field, say("label") if field.startswith("label.") else field or say("fixed words"))
