"""The proof book: every unit's tag at 1:1 and enlarged, each fact that it prints, and a place to sign for them.

What stands in its tables is read from the finished artwork, not from the roster, and held against the roster beside it.
Finding faults is the checks' business, decoding the symbol the caller's; here both are shown in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import joined, say, say_n
from keytag.documents.base import Book, Pen
from keytag.documents.boxes import SIDES, bar, right_or_wrong, section, signature, ticks, titled
from keytag.documents.faces import enlargement, pictures
from keytag.documents.facts import Code, Head
from keytag.documents.findings import findings_table
from keytag.documents.overview import call_sheet, overview
from keytag.documents.printed import Fact, facts_of, lacking
from keytag.documents.style import MEASURE
from keytag.documents.typesetting import width_of
from keytag.documents.words import capital
from keytag.render.fingerprint import codes
from keytag.roster.model import Roster, Unit
from keytag.tag.artwork import Artwork
from keytag.tag.measure import measured
from keytag.tag.payload import payloads
from keytag.tag.template import Template

_TITLE = say("Proof book")
_FURNITURE = 60.0  # mm of a unit's page besides pictures, facts and findings
_FINDING = 10.0  # a finding on two lines, and its gloss
_VERDICT = (
    say("approved"),
    say("approved with corrections"),
    say("new proof wanted"),
)
_PAGE_VERDICT = (say("approved"), say("to be corrected"))


def proof_book(
    head: Head,
    roster: Roster,
    artworks: Sequence[Artwork],
    template: Template,
    findings: Sequence[Diagnostic],
    links: Mapping[str, str | None],
) -> bytes:
    """The book as PDF/X-4: a cover, a page a unit in the order of `artworks`, all backs, and a sheet to call from.

    `links` is what was read back from each rendered tag, by unit key: None where nothing could be read. Each drawing's
    fingerprint stands with it, which the signature is for.
    """
    drawn = codes(artworks)
    book = Book(head, _TITLE)
    units = {unit.key: unit for unit in roster.units}
    pairs = [(units[artwork.key], artwork) for artwork in artworks]
    facts = [facts_of(roster.job, unit, artwork) for unit, artwork in pairs]
    found = {finding.unit for finding in findings}
    scale = enlargement(
        template, [_height(page, unit.key in found) for (unit, _), page in zip(pairs, facts, strict=True)]
    )
    story = _cover(book, head, template, pairs, findings, drawn)
    for number, ((unit, artwork), printed) in enumerate(zip(pairs, facts, strict=True), 1):
        own = [finding for finding in findings if finding.unit == unit.key]
        story.append(book.new_page())
        due = payloads(template, roster.job, unit)
        code = Code(due[0] if due else None, links.get(unit.key))
        heading = _heading(book, unit, (number, len(pairs)), drawn[artwork.key])
        story += [heading, *_page(book, template, unit, artwork, printed, own, scale, code)]
    if pairs:
        numbered = [(unit, printed) for (unit, _), printed in zip(pairs, facts, strict=True)]
        story += [book.new_page(), *overview(book, pairs, drawn), book.new_page(), *call_sheet(book, numbered)]
    return book.made(story)


def _cover(
    book: Book,
    head: Head,
    template: Template,
    pairs: Sequence[tuple[Unit, Artwork]],
    findings: Sequence[Diagnostic],
    drawn: Mapping[str, str],
) -> list[Any]:
    total = sum(unit.tags for unit, _ in pairs)
    rows = [
        (say("customer"), head.customer),
        (say("edition"), head.edition),
        (say("date"), head.day),
        (say("tag design"), book.tongue.chosen(*template.title)[0]),
        (say("quantity"), book.tongue.said(say("{tags:,} tags, {units:,} units", tags=total, units=len(pairs)))),
    ]
    facts = [[book.both(what), book.text(value, "strong")] for what, value in rows if value]
    general = [finding for finding in findings if not finding.unit]
    story = [
        *titled(book, say("Proof book for signing off")),
        book.space(6),
        book.text(head.job, "title"),
        book.space(4),
        book.table(facts, [45, MEASURE - 45]),
        book.space(7),
        section(book, say("units")),
        _contents(book, pairs, findings, drawn),
        book.space(4),
    ]
    if general:
        story += [section(book, say("general findings")), findings_table(book, general), book.space(4)]
    pledge = book.both(
        say("I have compared each digit and each QR code on the following pages with the roster."),
        "strong",
        below=True,
    )
    return [*story, _to_sign(book, [pledge, book.space(2.5), ticks(book, _VERDICT), book.space(4)], ())]


def _to_sign(book: Book, words: Sequence[Any], choices: Sequence[str]) -> Any:
    """What is signed, at the foot of the page."""
    parts = [bar(book), book.space(2), *words, signature(book, choices)]
    return book.at_foot(book.table([[parts]], [MEASURE], lines=False, pad=0))


def _contents(
    book: Book, pairs: Sequence[tuple[Unit, Artwork]], findings: Sequence[Diagnostic], drawn: Mapping[str, str]
) -> Any:
    """The units, their drawings' fingerprints, how many tags each, what was found, and on which page they stand."""
    titles = (say("fingerprint"), say("tags"), say("findings"), say("page"))
    heads = [book.runs(book.glossed(title, "caption"), "right") for title in titles]
    rows: list[list[Any]] = [["", book.both(say("unit"), "caption"), *heads]]
    for number, (unit, artwork) in enumerate(pairs, 1):
        own = [finding for finding in findings if finding.unit == unit.key]
        errors = sum(finding.severity is Severity.ERROR for finding in own)
        rows.append(
            [
                book.text(str(number), "body"),
                book.text(capital(unit.full_title), "strong"),
                book.text(drawn[artwork.key], "figure", "right"),
                book.text(book.tongue.counted(unit.tags), "figure", "right"),
                book.text(str(len(own)) if own else "–", "alarm" if errors else "body", "right"),
                _page_number(book, unit.key),
            ]
        )
    return book.table(rows, [9, MEASURE - 127, 38, 26, 30, 24], head=1, pad=0.75)


def _page_number(book: Book, key: str) -> Any:
    width = 24.0
    return book.box(
        width, 4.0, lambda pen: pen.late(width, 3.1, lambda _, pages: str(pages.get(key, "–")), "figure"), "RIGHT"
    )


def _page(
    book: Book,
    template: Template,
    unit: Unit,
    artwork: Artwork,
    printed: tuple[Fact, ...],
    findings: Sequence[Diagnostic],
    scale: float,
    code: Code,
) -> list[Any]:
    story = [book.space(4)]
    story += pictures(book, template, artwork, scale, code)
    story += [book.space(3), _facts(book, printed), *_reached(book, artwork), book.space(3)]
    if findings:
        story += [section(book, say("findings of the checks")), findings_table(book, findings)]
    else:
        story.append(book.both(say("The automatic checks found nothing.")))
    if missing := lacking(unit, printed):
        told = say("In the roster, but not on the tag: {numbers}", numbers=missing)
        story.append(book.both(told, "alarm", below=True))
    return [*story, _to_sign(book, [], _PAGE_VERDICT)]


def _reached(book: Book, artwork: Artwork) -> list[Any]:
    """What each face reached, in one line: the sizes of its numbers, its module, its least distances."""
    lines = []
    for side, (_, face) in zip(SIDES.values(), artwork.sides, strict=False):
        found = measured(artwork, face)
        numbers = dict.fromkeys((size.pt, size.mm, size.arcmin) for size in found.sizes if size.alone)
        parts = [say("{pt:g} pt ({mm:.2f} mm, {arc:g}' / 40 cm)", pt=pt, mm=mm, arc=arc) for pt, mm, arc in numbers]
        parts += [say("module {mm:g} mm", mm=found.module)] if found.module is not None else []
        parts += [say("{mm:g} mm from the edge", mm=found.edge)] if found.edge is not None else []
        parts += [say("{mm:g} mm from the hole", mm=found.hole)] if found.hole is not None else []
        if parts:
            reached = say("{side}: {measures}", side=side, measures=joined("; ", parts))
            lines.append(book.text(capital(book.tongue.said(reached)), "small"))
    return [book.space(1), *lines] if lines else []


def _height(facts: tuple[Fact, ...], found: bool) -> float:
    """About how much of a page everything but the pictures takes, with a finding where one was `found`."""
    return _FURNITURE + sum(7.4 if fact.number else 5.6 for fact in facts) + (_FINDING if found else 0.0)


def _heading(book: Book, unit: Unit, place_in: tuple[int, int], code: str) -> Any:
    """The unit, its quantity, and the fingerprint of the drawing that is signed for."""
    number, of = place_in
    place = book.tongue.said(say("Unit {number} / {of}", number=number, of=of))
    name = [book.text(place, "small"), book.text(capital(unit.full_title), "title")]
    of_tags = book.tongue.said(say_n("tag", "tags", unit.tags))
    quantity = [
        book.runs(book.glossed(say("quantity"), "caption"), "right"),
        book.runs([(book.tongue.counted(unit.tags), "title"), (f" {of_tags}", "strong")], "right"),
    ]

    def anchor(pen: Pen) -> None:
        pen.anchor(unit.key)

    drawing = [
        book.runs(book.glossed(say("fingerprint"), "caption"), "right"),
        book.text(code, "title", "right"),
    ]
    cells = [[[book.box(1, 0.01, anchor), *name], drawing, quantity]]
    return book.table(cells, [MEASURE - 90, 50, 40], lines=False, pad=0, align="BOTTOM")


def _place(book: Book, place: str, room: float) -> Any:
    """Where a fact stands in the roster, on one line: of a long name the end, and always line and column."""
    shown = place
    while width_of(shown, "small") > room and len(shown) > 2:
        shown = f"…{shown.removeprefix('…')[1:]}"
    return book.box(room, 3.1, lambda pen: pen.text(0, 2.4, shown, "small"))


def _facts(book: Book, printed: tuple[Fact, ...]) -> Any:
    """Every fact on the tag, in the order in which it stands there."""
    named = any(fact.person for fact in printed)
    widths = [14, 46, 40, 26, 34, 20] if named else [16, 60, 46, 36, 22]
    room = widths[-2] - 3.0
    titles = [
        say("side"),
        say("what"),
        say("on the tag"),
        say("roster"),
        say("check"),
    ]
    rows: list[list[Any]] = [[book.both(title, "caption") for title in titles]]
    if named:
        rows[0].insert(3, book.both(say("person"), "caption"))
    spans = []
    for i, fact in enumerate(printed, 1):
        side = "" if not fact.field else say("behind") if fact.back else say("in front")
        gloss = book.tongue.gloss(fact.kind)
        role = book.runs(
            [
                (capital(book.tongue.said(fact.role)), "strong" if fact.number else "body"),
                *([("  ", "small"), (gloss, "small")] if gloss else []),
            ]
        )
        where: list[Any] = [_place(book, fact.place, room)]
        if fact.differs:
            where += [book.text(book.tongue.said(say("NOT AS IN THE ROSTER")), "alarm"), book.text(fact.typed, "alarm")]
        elif fact.regrouped:
            where.append(book.text(book.tongue.said(say("written {text}", text=fact.typed)), "caption"))
        row = [
            book.text(book.tongue.said(side)),
            role,
            book.text(fact.text, "number" if fact.number else "strong"),
            where,
        ]
        if named:
            row.insert(3, book.text(fact.person))
        rows.append([*row, right_or_wrong(book)])
        if not fact.number:  # words have no person, and the design's own no place either: room to wrap
            spans.append(("SPAN", (2, i), (len(row) - 1 - bool(fact.place), i)))
    return book.table(rows, widths, head=1, pad=0.7, more=spans)
