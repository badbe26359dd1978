"""The pages that a tag leads to, made of a `Ready`, read back, and published whole.

`keytag site` is one call of `publish_site`. Facts that do not hold on the day are refused, as on a tag.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.base.errors import FindingsError, InputError, MissingToolError
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import joined, say
from keytag.files.beside import beside
from keytag.files.publish import staging
from keytag.files.source import Text, read
from keytag.job import manifest
from keytag.job.ready import Ready, admitted, findings_of
from keytag.job.setup import Setup
from keytag.job.work import Mapping, Work, one_by_one, publish
from keytag.roster.model import Roster, Unit
from keytag.roster.settings import papers
from keytag.roster.site import address_of, day_of
from keytag.site.facts import audio_name, authority_page, site_of, unit_page
from keytag.vietnam.emergency import SERVICES
from keytag.vietnam.phones import dialled

MANIFEST = "site.json"
_LARGEST_SOUND = 5_000_000  # bytes; a minute of speech is a tenth of it


class Published(NamedTuple):
    """What was made, as names in the folder, and the day that it was judged by."""

    folder: Path
    files: tuple[str, ...]
    on: str
    findings: tuple[Diagnostic, ...]


def judged(ready: Ready, on: str | None, what: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The day that counts and what is found on it; `FindingsError` where `what` is to be made would be wrong then."""
    setup = ready.setup
    date = day_of(setup.roster.site, on or "", setup.date)
    findings = ready.findings if date == setup.date else findings_of(setup, ready.artworks, date)
    if has_errors(findings):
        raise FindingsError(say("{what} would be wrong on {date}; nothing was made", what=what, date=date), findings)
    return date, findings


def publish_site(
    ready: Ready, target: Path, on: str | None = None, progress: Progress = unseen, mapping: Mapping = one_by_one
) -> Published:
    """Write the site's folder whole, or raise: `FindingsError` where the facts do not hold on the day.

    `mapping` makes the pages: the `map` of a process pool gives the same bytes. `InputError` where a template or a
    sound of the roster's cannot be read, `OutputError` where a page fails its own reading.
    """
    setup = admitted(ready).setup
    date, findings = judged(ready, on, say("the pages"))
    with staging(target, MANIFEST) as stage:
        made = publish(tuple(works(setup, date)), stage, mapping, progress)
        content = {**manifest.head(setup, "site"), "on": date, "address": address_of(setup.roster)}
        content["inputs"] = manifest.inputs(setup, scheme=False)
        stage.write(MANIFEST, manifest.write(content, made))
    return Published(target, (*(file.name for file in made), MANIFEST), date, findings)


def works(setup: Setup, on: str) -> Iterator[Work]:
    """Every file of the site."""
    try:
        from keytag.site.made import index_html, unit_html
        from keytag.site.pages import Place
    except ImportError as error:
        raise MissingToolError(
            say("pages need Jinja2, which is not installed"), hint=say("pip install 'keytag[site]'")
        ) from error
    from keytag.site.cards import cards
    from keytag.site.headers import sample

    roster = setup.roster
    own = tuple(sorted(_own_parts(setup).items()))
    pages = [(unit, unit_page(roster, unit, on)) for unit in roster.units]
    authorities = [a for a in roster.authorities if not a.own]
    head = authority_page(roster, authorities[0] if len(authorities) == 1 else None, on)
    places = tuple(Place(unit.full_title, page) for unit, page in pages)
    index = ("index.html", on, own, head, places, _dials(roster, roster.units))
    yield Work(index[0], "index", index_html, index)
    for unit, page in pages:
        name = f"{page.key}/index.html"
        yield Work(name, "page", unit_html, (name, on, own, page, _dials(roster, [unit])))
        if page.calls:
            yield Work(f"{page.key}/danh-ba.vcf", "cards", cards, (page,))
    for language in site_of(roster).languages:
        if language.signed and language.audio is not None:
            yield Work(audio_name(language), "sound", bytes, (_sound(language.audio),))
    yield Work("headers.txt", "sample headers", sample, (papers(roster.job),))


def _dials(roster: Roster, units: Sequence[Unit]) -> tuple[str, ...]:
    """Everything that a page of these units may dial: their numbers, those above them, and the emergency services."""
    people = [person for a in roster.authorities for person in (a.duty, a.chief) if person is not None]
    people += [person for unit in units for person in unit.contacts]
    dials = {dialled(person.number.value, person.role == "duty") for person in people}
    return tuple(sorted(dials | {f"tel:{number}" for number, _ in SERVICES}))


def _own_parts(setup: Setup) -> dict[str, str]:
    """A person's own templates, of the names that there are."""
    from keytag.site.pages import PARTS

    name = site_of(setup.roster).templates
    if name is None:
        return {}
    folder = _beside(name)
    found = {part: read(folder / part).text for part in PARTS if (folder / part).is_file()}
    if not found:
        raise InputError.at(name.span, say("{name} holds none of {parts}", name=name.value, parts=joined(", ", PARTS)))
    return found


def _sound(name: Text) -> bytes:
    path = _beside(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError.at(
            name.span, say("{name} cannot be read: {reason}", name=name.value, reason=reason(error))
        ) from error
    if len(data) > _LARGEST_SOUND:
        raise InputError.at(
            name.span,
            say(
                "{name} has {data:,} bytes (at most {largest_sound:,})",
                name=name.value,
                data=len(data),
                largest_sound=_LARGEST_SOUND,
            ),
        )
    return data


def _beside(name: Text) -> Path:
    """A file or folder beside the roster, or below."""
    try:
        return beside(Path(name.span.file).parent, name.value)
    except InputError as error:
        raise InputError.at(
            name.span, say("{name} leaves the roster's folder", name=name.value), hint=say("put it beside the roster")
        ) from error
