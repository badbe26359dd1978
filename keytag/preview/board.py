"""What the live page shows of a roster just now: the last state that could be read, and why a newer one could not.

Tags are finished artworks, never drafts. A change is shown in two steps: the pictures first, since people wait for
them, then all that the checks find.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import KeytagError
from keytag.base.records import NamedTuple
from keytag.job import setup as jobs
from keytag.job.setup import Setup
from keytag.render.fingerprint import code_of, fingerprint
from keytag.tag.artwork import Artwork


class Shown(NamedTuple):
    """One state: the setup, its tags with their fingerprints, and what was found; `whole` once the tags are checked."""

    setup: Setup
    artworks: tuple[Artwork, ...]
    digests: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    whole: bool


class Board:
    """The state of one preview; `version` grows with everything that a page should show anew."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = tuple(paths)
        self.version = 0
        self.shown: Shown | None = None
        self.broken = ""
        self._seen: dict[str, tuple[Artwork, str]] = {}

    def pictures(self) -> None:
        """Read the files and compose the tags; what cannot be read leaves the tags of before under its reason."""
        from keytag.job.ready import compose, findings_of

        try:
            setup = jobs.open(self.paths)
            artworks = compose(setup)
            findings = findings_of(setup, None)
        except KeytagError as error:
            self.broken = f"{error.message} ({error.hint})" if error.hint else error.message
        else:
            self.shown = Shown(setup, artworks, tuple(map(self._digest, artworks)), findings, False)
            self._seen = {a.key: (a, d) for a, d in zip(artworks, self.shown.digests, strict=True)}
            self.broken = ""
        self.version += 1

    def findings(self) -> None:
        """Check the tags that are shown."""
        from keytag.job.ready import findings_of

        shown = self.shown
        if shown is None or shown.whole or self.broken:
            return
        self.shown = shown._replace(findings=findings_of(shown.setup, shown.artworks), whole=True)
        self.version += 1

    def _digest(self, artwork: Artwork) -> str:
        """The fingerprint; of a tag that was not touched, the one of before."""
        before = self._seen.get(artwork.key)
        if before is not None and before[0] == artwork:
            return before[1]
        return fingerprint(artwork)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that the page depends on; those that were named where none could be read."""
        named = [Path(path) for path in self.paths] or [jobs.default_roster()]
        if self.shown is None:
            return tuple(named)
        return tuple(dict.fromkeys((*named, *(Path(source.name) for source in self.shown.setup.sources))))

    def state(self) -> dict[str, Any]:
        """All that the page shows besides the pictures, as JSON holds it."""
        shown = self.shown
        found: dict[str, Any] = {"version": self.version, "broken": self.broken, "units": [], "general": []}
        if shown is None:
            return found
        from keytag.render.svg import width_of

        by_unit: dict[str, list[dict[str, str]]] = {}
        for finding in shown.findings:
            by_unit.setdefault(finding.unit, []).append(_entry(finding))
        units = {unit.key: unit for unit in shown.setup.roster.units}
        found |= {
            "job": shown.setup.name,
            "template": shown.setup.template.name,
            "checked": shown.whole,
            "general": by_unit.pop("", []),
            "units": [
                {
                    "key": artwork.key,
                    "title": units[artwork.key].full_title,
                    "tags": units[artwork.key].tags,
                    "digest": digest[:16],
                    "fingerprint": code_of(digest),
                    "width": width_of([face.form for _, face in artwork.sides]),
                    "findings": by_unit.get(artwork.key, []),
                }
                for artwork, digest in zip(shown.artworks, shown.digests, strict=True)
            ],
        }
        return found

    def picture(self, key: str) -> str | None:
        """The printed faces of a unit's tag as SVG; None where there is no such unit."""
        from keytag.render.seen import proof_of
        from keytag.render.svg import svg

        artwork = next((a for a in self.shown.artworks if a.key == key), None) if self.shown else None
        return svg([face.form for _, face in proof_of(artwork).sides], artwork.title) if artwork else None

    def phone_page(self, key: str) -> bytes | str | None:
        """The page behind a unit's code, or why it cannot be made; None where there is no such unit."""
        from keytag.job import site

        shown = self.shown
        if shown is None or all(artwork.key != key for artwork in shown.artworks):
            return None
        try:
            for work in site.works(shown.setup, site.day_of(shown.setup, None)):
                if work.name == f"{key}/index.html":
                    return work.make(*work.given)
        except KeytagError as error:
            return f"{error.message} ({error.hint})" if error.hint else error.message
        return None


@cache
def _rationales() -> dict[str, str]:
    """What each check is for, by its id."""
    from keytag import checks

    return {check.id: check.rationale for group in checks.groups() for check in group.checks}


def _entry(finding: Diagnostic) -> dict[str, str]:
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": f"{Path(finding.span.file).name}:{finding.span.line}" if finding.span else "",
        "why": _rationales().get(finding.id, ""),
    }
