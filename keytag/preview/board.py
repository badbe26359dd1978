"""What the live page shows of a roster just now: the last state that could be read, and why a newer one could not.

Tags are finished artworks, never drafts, of each product of a roster that has several. A change is shown in two steps:
the pictures first, since people wait for them, then all that the checks find.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import InputError, KeytagError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.words import ENGLISH, Words, say
from keytag.files.catalogues import words_of
from keytag.files.stamps import is_there
from keytag.job import setup as jobs
from keytag.job.setup import Setup
from keytag.render.fingerprint import code_of, fingerprint
from keytag.roster.products import folder_of
from keytag.roster.site import day_of
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer


class Shown(NamedTuple):
    """One product: its setup, its tags with their fingerprints, and what was found; `whole` once the tags are checked.

    `name` is the product's, nothing of a job of one piece.
    """

    name: str
    setup: Setup
    artworks: tuple[Artwork, ...]
    digests: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    whole: bool


class Board:
    """The state of one preview; `version` grows with everything that a page should show anew.

    One thread writes it (`pictures`, `findings`), any may read: what is shown is set before its version is.
    """

    def __init__(self, paths: Sequence[Path], products: Sequence[str] = ()) -> None:
        self.paths, self.products = tuple(paths), tuple(products)
        self.version = 0
        self.shown: tuple[Shown, ...] = ()
        self.broken: str = ""
        self._composers: dict[str, tuple[object, Composer]] = {}
        self._seen: dict[tuple[str, str], tuple[Artwork, str]] = {}

    def pictures(self) -> None:
        """Read the files and compose the tags; what cannot be read leaves the tags of before under its reason.

        `UsageError` where that was never said right: at the start, such as where there is no roster at all.
        """
        try:
            shown = tuple(self._composed(setup) for setup in jobs.products(jobs.open(self.paths), self.products))
        except KeytagError as error:
            if not self.version:
                _refuse(error)
            self.broken = _reason(error)
        else:
            self.shown = shown
            self._seen = {
                (each.name, artwork.key): (artwork, digest)
                for each in shown
                for artwork, digest in zip(each.artworks, each.digests, strict=True)
            }
            self.broken = ""
        self.version += 1

    def _composed(self, setup: Setup) -> Shown:
        """The tags of one product; where it was composed before, only what changed since is sought anew."""
        from keytag.job.ready import composed, findings_of

        name = folder_of(setup.product) if setup.product is not None else ""
        design = setup.template, setup.scheme.dies
        before, composer = self._composers.get(name, (None, None))
        if composer is None or before != design:
            composer = Composer(setup.template, dies=setup.scheme.dies, lasting=True)
            self._composers[name] = design, composer
        artworks = composed(setup, composer)
        digests = tuple(self._digest(name, artwork) for artwork in artworks)
        return Shown(name, setup, artworks, digests, findings_of(setup, None), False)

    def findings(self) -> None:
        """Check the tags that are shown."""
        from keytag.job.ready import findings_of

        if self.broken or all(each.whole for each in self.shown):
            return
        self.shown = tuple(
            each._replace(findings=findings_of(each.setup, each.artworks), whole=True) for each in self.shown
        )
        self.version += 1

    def _digest(self, product: str, artwork: Artwork) -> str:
        """The fingerprint; of a tag that was not touched, the one of before."""
        before = self._seen.get((product, artwork.key))
        if before is not None and before[0] == artwork:
            return before[1]
        return fingerprint(artwork)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that the page depends on; those that were named where none could be read."""
        named = [Path(path) for path in self.paths] or [jobs.default_roster()]
        sources = (source.name for each in self.shown for source in each.setup.sources)
        return tuple(dict.fromkeys((*named, *map(Path, sources))))

    def state(self, words: Words = ENGLISH) -> dict[str, Any]:
        """All that the page shows besides the pictures, as JSON holds it, in a language."""
        version, broken, shown = self.version, self.broken, self.shown
        job = shown[0].setup.name if shown else ""
        return {
            "version": version,
            "broken": words.of(broken),
            "job": job,
            "products": [_told(each, words) for each in shown],
        }

    def _shown(self, product: str, key: str) -> tuple[Shown, Artwork] | None:
        found = ((each, art) for each in self.shown if each.name == product for art in each.artworks)
        return next((pair for pair in found if pair[1].key == key), None)

    def picture(self, key: str, product: str = "") -> str | None:
        """The printed faces of a unit's tag as SVG; None where there is no such unit."""
        from keytag.render.seen import proof_of
        from keytag.render.svg import svg

        found = self._shown(product, key)
        return svg([face.form for _, face in proof_of(found[1]).sides], found[1].title) if found else None

    def phone_page(self, key: str, words: Words = ENGLISH) -> bytes | str | None:
        """The page behind a unit's code, or why it cannot be made; None where there is no such unit."""
        from keytag.job import site

        setup = self.shown[0].setup if self.shown else None
        if setup is None or all(unit.key != key for unit in setup.roster.units):
            return None
        try:
            for work in site.works(setup, day_of(setup.roster.site, "", setup.date)):
                if work.name == f"{key}/index.html":
                    return work.make(*work.given)
        except KeytagError as error:
            return words.of(_reason(error))
        return None


def _refuse(error: KeytagError) -> None:
    """Raise what cannot come right while the page is open: wrong words, or a roster that is not there."""
    if isinstance(error, UsageError):
        raise error
    span = error.span if isinstance(error, InputError) else None
    if span is None or not is_there(Path(span.file)):
        hint = say("name the roster's file or folder, or begin a roster: keytag init")
        raise UsageError(error.message, hint=hint) from error


def _reason(error: KeytagError) -> str:
    return say("{message} ({hint})", message=error.message, hint=error.hint) if error.hint else error.message


def _told(shown: Shown, words: Words) -> dict[str, Any]:
    """One product as the page takes it."""
    from keytag.render.svg import width_of

    setup = shown.setup
    by_unit: dict[str, list[dict[str, str]]] = {}
    for finding in shown.findings:
        by_unit.setdefault(finding.unit, []).append(_entry(finding, words))
    general = by_unit.pop("", [])
    units = [
        {
            "key": artwork.key,
            "title": artwork.title,
            "tags": unit.tags,
            "digest": digest[:16],
            "fingerprint": code_of(digest),
            "width": width_of([face.form for _, face in artwork.sides]),
            "findings": by_unit.pop(artwork.key, []),
        }
        for unit, artwork, digest in zip(setup.printed.units, shown.artworks, shown.digests, strict=True)
    ]
    elsewhere = [entry for entries in by_unit.values() for entry in entries]  # of units with pieces for villages
    return {
        "name": shown.name,
        "template": setup.template.name,
        "checked": shown.whole,
        "general": [*general, *elsewhere],
        "units": units,
        "pages": [{"key": unit.key, "title": unit.full_title} for unit in setup.roster.units],
    }


@cache
def _rationales(language: str) -> dict[str, str]:
    """What each check is for, by its id."""
    from keytag import checks
    from keytag.checks.document import paragraphs

    words = words_of(language)
    return {check.id: paragraphs(check.rationale, words) for group in checks.groups() for check in group.checks}


def _entry(finding: Diagnostic, words: Words) -> dict[str, str]:
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "message": words.of(finding.message),
        "place": f"{Path(finding.span.file).name}:{finding.span.line}" if finding.span else "",
        "why": _rationales(words.language).get(finding.id, ""),
    }
