"""`job.json`: what a folder was made from and what is in it, so that anyone can tell whether it is still that.

Names are file names and never paths, times are the job's own date: the same job gives the same bytes anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from keytag._version import __version__
from keytag.base.diagnostics import Diagnostic
from keytag.base.drawing import Words
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.files import seal
from keytag.files.source import Source
from keytag.job.setup import Setup
from keytag.job.work import Made
from keytag.render.fingerprint import code_of, fingerprint
from keytag.roster.products import folder_of, per_of
from keytag.roster.settings import spoilage
from keytag.tag.artwork import Artwork, Face
from keytag.tag.measure import measured

if TYPE_CHECKING:
    from keytag.job.ready import Order
    from keytag.sheet.layout import PressSheet
    from keytag.solver import Plan

FORMAT = 1


class Word(NamedTuple):
    """One line on a face, and the fact of the roster that it is; no field for fixed words."""

    field: str
    text: str


class Change(NamedTuple):
    """One unit that a reprint makes again, and why."""

    key: str
    title: str
    reasons: tuple[str, ...]


Content: TypeAlias = dict[str, object]  # what JSON holds


def input_entry(source: Source, what: str) -> dict[str, str]:
    """One file that the job was made from, by its text (line ends do not count)."""
    return {"name": PurePath(source.name).name, "what": what, "sha256": seal.digest(source.text.encode())}


def inputs(setup: Setup, *, scheme: bool = True) -> list[dict[str, str]]:
    """Everything that the job was made from; proofs are made without the scheme."""
    rosters = [input_entry(source, "roster") for source in setup.roster.files]
    sheets = [input_entry(setup.scheme_source, "scheme")] if scheme else []
    bases = [input_entry(source, say("base of the template")) for source in setup.template.bases]
    return [*rosters, input_entry(setup.template_source, "template"), *bases, *sheets]


class Units(Iterable[Content]):
    """The units of a job, each told when it is asked for: those of a nation fill more memory than their tags."""

    def __init__(self, order: Order, presses: Sequence[PressSheet]) -> None:
        self._order, self._presses = order, presses

    def __iter__(self) -> Iterator[Content]:
        order = self._order
        made = {artwork.key: 0 for artwork in order.artworks}
        for press in self._presses:
            for key, count in press.sheet.slots:
                made[key] += count * press.sheet.run
        for unit, artwork, wanted in zip(order.units, order.artworks, order.demands, strict=True):
            yield {**unit_entry(artwork, unit.tags, wanted), "printed": made[artwork.key]}


def content(
    order: Order,
    presses: Sequence[PressSheet],
    plan: Plan,
    standard: Standard,
    findings: Sequence[Diagnostic],
    since: Sequence[Change] | None = None,
) -> Content:
    """Everything that the manifest of an imposed job says besides its files; `since` is what a reprint changes."""
    setup = order.setup
    found: Content = {
        **head(setup, "impose"),
        "standard": standard.title,
        "scheme": setup.scheme.name,
        "spoilage": spoilage(setup.roster),
        "plan": plan_entry(plan),
        "inputs": inputs(setup),
        "plates": [plate_entry(press) for press in presses],
        "units": Units(order, presses),
        "findings": [finding_entry(finding) for finding in findings],
    }
    if since is not None:
        found["since"] = [{"key": c.key, "title": c.title, "reasons": list(c.reasons)} for c in since]
    return found


def plan_entry(plan: Plan) -> Content:
    """How good the plan is, and how it was found."""
    return {"method": plan.method, "cost": plan.cost, "bound": plan.bound, "optimal": plan.optimal}


def plate_entry(press: PressSheet) -> Content:
    """One plate set: its file, its run, and how many tags of each unit stand on a sheet of it."""
    sheet = press.sheet
    return {
        "number": sheet.number,
        "file": sheet.file,
        "run": sheet.run,
        "stations": len(sheet.layout.stations),
        "slots": [{"key": key, "tags": count} for key, count in sheet.slots],
    }


def finding_entry(finding: Diagnostic) -> dict[str, str]:
    """One finding that the job was made with; its place without folders."""
    span = finding.span
    place = f"{PurePath(span.file).name}:{span.line}:{span.column}" if span else ""
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": place,
        "unit": finding.unit,
    }


def tag_entry(artwork: Artwork) -> Content:
    """A tag: the fingerprint of its drawing, and what is printed on it, word by word."""
    faces = {side: [word._asdict() for word in printed(artwork, side)] for side in ("front", "back")}
    digest = fingerprint(artwork)
    return {"artwork": digest, "fingerprint": code_of(digest), **faces}


def unit_entry(artwork: Artwork, ordered: int, demand: int) -> Content:
    """One unit: what is ordered, its tag, and what that reached."""
    return {
        "key": artwork.key,
        "title": artwork.title,
        "ordered": ordered,
        "demand": demand,
        **tag_entry(artwork),
        "measures": {side: measures_entry(artwork, face) for side, face in artwork.sides},
    }


def measures_entry(artwork: Artwork, face: Face) -> Content:
    """What a face reached: sizes in points, millimetres and arc minutes at 40 cm, its module, its least distances."""
    found = measured(artwork, face)
    return {**found._asdict(), "sizes": [size._asdict() for size in found.sizes]}


def printed(artwork: Artwork, side: str) -> tuple[Word, ...]:
    """The words of one face in painting order."""
    face = artwork.front if side == "front" else artwork.back
    marks = [mark for group in face.form.groups for mark in group.marks]
    return tuple(Word(m.field, m.text) for m in marks if isinstance(m, Words))


def head(setup: Setup, kind: str) -> Content:
    """The first keys of every manifest."""
    product: Content = {"product": folder_of(setup.product), "per": per_of(setup.product)} if setup.product else {}
    return {
        "format": FORMAT,
        "kind": kind,
        "keytag": __version__,
        "job": setup.name,
        **product,
        "date": setup.date,
        "template": setup.template.name,
    }


def write(content: Content, files: Sequence[Made], kept: Sequence[Content] = ()) -> Iterator[bytes]:
    """The manifest's bytes piece by piece, sealed; keys in the order given, letters as they are.

    `kept` are entries of files that an earlier run made and this one leaves as they are.
    """
    entries = sorted([*(file.entry for file in files), *kept], key=lambda entry: str(entry["name"]))
    return seal.sealed_pieces(_pieces({**content, "files": entries, seal.KEY: seal.BLANK}))


def _pieces(whole: Content) -> Iterator[bytes]:
    """What `json.dumps(whole, indent=1)` gives, the lists at its top entry by entry: fifteen megabytes of a nation."""
    before = "{"
    for key, value in whole.items():
        head = f"{before}\n {json.dumps(key)}: "
        if isinstance(value, list | Units):
            empty = True
            for entry in value:
                yield _encoded(f"{head}[\n  " if empty else ",\n  ", entry, 2)
                empty = False
            yield f"{head}[]".encode() if empty else b"\n ]"
        else:
            yield _encoded(head, value, 1)
        before = ","
    yield b"\n}\n"


def _encoded(head: str, value: object, level: int) -> bytes:
    """A value that stands so many levels deep."""
    return (head + _text(value, "\n" + " " * level)).encode("utf-8", "backslashreplace")  # a file's name may be no text


def _text(value: object, line: str) -> str:
    """As `json.dumps(value, indent=1, ensure_ascii=False)` writes it, whose own code is three times as slow."""
    if isinstance(value, str):
        return encode_basestring(value)
    inner = line + " "
    if isinstance(value, dict):
        entries = [f"{inner}{encode_basestring(key)}: {_text(each, inner)}" for key, each in value.items()]
        return f"{{{','.join(entries)}{line}}}" if entries else "{}"
    if isinstance(value, list | tuple):
        listed = [inner + _text(each, inner) for each in value]
        return f"[{','.join(listed)}{line}]" if listed else "[]"
    return json.dumps(value)
