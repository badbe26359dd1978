"""Numbers for an imposed order: each unit's range, the files of numbered sheets as works, the rows of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from keytag.base.errors import InputError, UsageError
from keytag.base.ink import DieNames
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.system import reason
from keytag.base.words import say
from keytag.job.work import Work
from keytag.roster.serials import Claim, claims, form_of
from keytag.roster.villages import shares
from keytag.serial.form import Form, specimen
from keytag.serial.ledger import COLUMNS, PRINTED, SPARE, Key, Printing, csv_line
from keytag.sheet.edition import Edition, edition, file_name, parts
from keytag.sheet.layout import PressSheet
from keytag.sheet.numbering import NumberingError, Pile, Plate, Range, overlapping, piles, printed

if TYPE_CHECKING:
    from keytag.job.ready import Order
    from keytag.job.setup import Setup

ROWS = "so-seri.csv"
SHEETS = "numbered sheets"
MOST_LINES = 4096  # of the table, made at once
SUFFIX = "-numbered"  # of a shipped template that is another one with a place for a serial


class Wanted(NamedTuple):
    """How to number: from `start` in place of the roster's word; `imprint`: numbers only, onto printed shells."""

    start: int | None = None
    imprint: bool = False


class Numbering(NamedTuple):
    """The numbers of one job: its plates and piles, and whose which numbers are."""

    claims: Mapping[str, Claim]
    plates: tuple[Plate, ...]
    piles: tuple[Pile, ...]
    editions: tuple[Edition, ...]
    imprint: bool

    @property
    def ranges(self) -> dict[str, Range]:
        return {key: range_of(claim) for key, claim in self.claims.items()}


def range_of(claim: Claim) -> Range:
    """A unit's range as numbering takes it."""
    return Range(claim.first, claim.size, claim.reserve)


def with_place(setup: Setup) -> Setup:
    """The setup itself where its template has a place for a serial; else with the shipped one that has it.

    `oval-50x20` then is `oval-50x20-numbered`; a template that has no such twin stays, and `checked` refuses it.
    """
    from keytag.files import shipped
    from keytag.files.source import Text
    from keytag.job.setup import DEFAULT_TEMPLATE, product_setup, setup_of
    from keytag.roster.products import folder_of

    job = setup.roster.job
    name = job.template.value if job.template else DEFAULT_TEMPLATE
    if has_place(setup) or job.serials is None or f"{name}{SUFFIX}" not in shipped.names(shipped.TAGS):
        return setup
    span = job.template.span if job.template else job.serials.span
    twin = Text(f"{name}{SUFFIX}", span)
    if setup.product is None:
        return setup_of(setup.roster._replace(job=job._replace(template=twin)), setup.project)
    called = Text(folder_of(setup.product), setup.product.span)  # its folder keeps its name
    return product_setup(setup.whole or setup.roster, setup.product._replace(template=twin, name=called), setup.project)


def has_place(setup: Setup) -> bool:
    """Whether the template says a serial anywhere."""
    elements = (*setup.template.front, *setup.template.back)
    said = [str(getattr(e, "text", "")) + str(getattr(e, "link", "")) for e in elements]
    return any("{serial}" in text for text in said)


def specimen_of(setup: Setup) -> str:
    """A serial as wide as any of the job's, for slugs."""
    form = form_of(setup.roster.job)
    return form.printed(specimen(form)) if form else ""


def plates_of(order: Order, presses: Sequence[PressSheet]) -> tuple[Plate, ...]:
    """The plate sets with the unit of each station."""
    keys = [artwork.key for artwork in order.artworks]
    found = []
    for press in presses:
        units = tuple(None if design is None else keys[design] for design in press.sheet.assignment)
        found.append(Plate(press.sheet.number, press.sheet.run, units))
    return tuple(found)


def numbered(order: Order, presses: Sequence[PressSheet], wanted: Wanted) -> Numbering:
    """The numbers of an order on its sheets.

    `UsageError` where the roster or the template has no serials, `InputError` at its place where a range is used up or
    two share a number.
    """
    checked(order.setup, wanted)
    plates = plates_of(order, presses)
    found = claims(order.setup.roster, order.units, printed(plates), wanted.start)
    _check(found, {u.key: u.full_title for u in order.units})
    try:
        laid = piles(plates, {key: range_of(claim) for key, claim in found.items()})
    except NumberingError as error:
        raise UsageError(reason(error)) from error
    originals = {artwork.key: artwork for artwork in order.ready.artworks}
    writings = {key: claim.form for key, claim in found.items()}
    name, moment = order.setup.name, order.setup.moment
    editions = tuple(
        edition(
            press,
            originals,
            tuple(pile for pile in laid if pile.plate == press.sheet.number),
            writings,
            say("{name}: plate {number} of {of}, numbered", name=name, number=press.sheet.number, of=press.sheet.of),
            moment,
        )
        for press in presses
    )
    return Numbering(found, plates, laid, editions, wanted.imprint)


def checked(setup: Setup, wanted: Wanted) -> None:
    """Raise where roster or template have no place for serials."""
    serials = setup.roster.job.serials
    if serials is None:
        raise UsageError(say("the roster has no serials"), hint=say("write under job: serials: {prefix: G, start: 1}"))
    if serials.start is None and wanted.start is None:
        what = say("serials: has no start")
        raise UsageError(
            say("{serials}: {what}", serials=serials.span, what=what),
            hint=say("write start: 1, or name the --ledger to go on with"),
        )
    if not has_place(setup):
        raise UsageError(
            say("the template {template} has no place for a serial", template=setup.template.name),
            hint=say("take oval-50x20-numbered, or give it a label with {serial}"),
        )


def _check(found: Mapping[str, Claim], titles: Mapping[str, str]) -> None:
    """Ranges by what is printed: none beyond its digits, and no number twice."""
    by_prefix: dict[str, dict[str, Range]] = {}
    for key, claim in found.items():
        by_prefix.setdefault(claim.form.prefix, {})[key] = range_of(claim)
        if claim.beyond - 1 > claim.form.last:
            what = say(
                "{titles}: the range is used up: {digits} digits end at {last:,}",
                titles=titles[key],
                digits=claim.form.digits,
                last=claim.form.last,
            )
            raise _at(claim, what, say("give the serials more digits, or another prefix"))
    for prefix, ranges in by_prefix.items():
        both = overlapping(ranges)
        if both:
            later = found[both[1]]
            what = say(
                "{titles} and {titles2} share serials, from {printed}",
                titles=titles[both[0]],
                titles2=titles[both[1]],
                printed=later.form.printed(later.first),
            )
            raise _at(later, f"{what}{f' ({prefix})' if prefix else ''}", say("move the start of one of them"))


def _at(claim: Claim, message: str, hint: str) -> InputError:
    if claim.source is None:
        return InputError(message, hint=hint)
    return InputError.at(claim.source.span, message, hint=hint)


def sheet_works(job: Numbering, standard: Standard, dies: DieNames) -> tuple[Work, ...]:
    """The files of numbered sheets, plate by plate, each of some hundred sheets at most; `dies` as in a `Work`."""
    found = []
    for plate, made in zip(job.plates, job.editions, strict=True):
        for first, last in parts(plate.run, len(plate.units)):
            name = file_name(plate.number, first, last, plate.run)
            given = (made, standard, first, last, job.imprint)
            found.append(Work(name, SHEETS, numbered_sheets, given, standard, edition=True, dies=dies))
    return tuple(found)


def numbered_sheets(made: Edition, standard: Standard, first: int, last: int, imprint: bool) -> bytes:
    """Sheets `first` to `last` of a plate's run, counted from 1."""
    import numpy as np

    from keytag.render.pdf.edition import written

    stations = max(spot.station for side in made.sides for spot in side.spots) + 1
    stations = max(stations, max(pile.station for pile in made.piles) + 1)
    numbers = np.full((last - first + 1, stations), -1, np.int64)
    for pile in made.piles:
        count = min(max(pile.tags - first + 1, 0), len(numbers))
        numbers[:count, pile.station] = pile.first + first - 1 + np.arange(count)
    return written(made, standard, numbers, first, imprint=imprint)


def rows_work(job: Numbering, order: Order) -> Work:
    """The table of all serials, each with its place and state."""
    ordered = {unit.key: unit.tags for unit in order.units}
    return Work(
        ROWS, "serials", rows_file, (tuple(job.piles), dict(job.claims), ordered, order.setup.name), parts=rows_csv
    )


def rows(laid: Sequence[Pile], found: Mapping[str, Claim], ordered: Mapping[str, int], name: str) -> Iterator[Printing]:
    """A line for each printed serial: units in order, piles in order, from the top sheet down.

    What is printed beyond the order is spare: the last numbers of each unit.
    """
    for key, claim in found.items():
        mine = sorted((pile for pile in laid if pile.unit == key), key=lambda pile: pile.first)
        serials = texts(claim.form, mine[0].first, sum(pile.tags for pile in mine)) if mine else iter(())
        for pile in mine:  # one after another they are the unit's range
            ends = pile.first + pile.tags
            spare = min(max(claim.first + ordered[key], pile.first), ends)
            # A line's words but its serial and sheet, which are written without quotes.
            before = csv_line(("", key, str(pile.plate), ""))
            for first, beyond, state in ((pile.first, spare, PRINTED), (spare, ends, SPARE)):
                after = csv_line(("", str(pile.station + 1), str(pile.pile), state, name))
                for at in range(first, beyond, MOST_LINES):
                    some = islice(serials, min(MOST_LINES, beyond - at))
                    lines = [f"{s}{before}{sheet}{after}" for sheet, s in enumerate(some, at - pile.first + 1)]
                    yield Printing(Key(claim.form.prefix, claim.form.digits, at), lines)


def texts(form: Form, first: int, count: int) -> Iterator[str]:
    """Serials one after another, made some thousands at a time."""
    import numpy as np

    size = form.length
    for at in range(first, first + count, MOST_LINES):
        numbers = np.arange(at, min(at + MOST_LINES, first + count), dtype=np.int64)
        made = form.rows(numbers).tobytes().decode("ascii")
        yield from [made[i : i + size] for i in range(0, len(made), size)]


def rows_csv(
    laid: Sequence[Pile], found: Mapping[str, Claim], ordered: Mapping[str, int], name: str
) -> Iterator[bytes]:
    """The table in pieces of some thousand rows."""
    yield f"{csv_line(COLUMNS)}\n".encode()
    for printing in rows(laid, found, ordered, name):
        yield ("\n".join(printing.lines) + "\n").encode()


def rows_file(laid: Sequence[Pile], found: Mapping[str, Claim], ordered: Mapping[str, int], name: str) -> bytes:
    """The whole table."""
    return b"".join(rows_csv(laid, found, ordered, name))


def entries(job: Numbering, order: Order) -> dict[str, object]:
    """What job.json says of the numbers."""
    found = []
    for unit in order.units:
        claim = job.claims[unit.key]
        form, villages = claim.form, []
        for share in shares(unit):
            if share.tags:
                first = claim.first + share.first - 1
                villages.append(
                    {
                        "key": share.key,
                        "title": share.village.title,
                        "first": form.text(first),
                        "last": form.text(first + share.tags - 1),
                    }
                )
        entry: dict[str, object] = {
            "key": unit.key,
            "first": form.text(claim.first),
            "last": form.text(claim.first + claim.size - 1),
            "spare": max(0, claim.size - unit.tags),
            "reserve": claim.reserve,
        }
        found.append(entry | ({"villages": villages} if villages else {}))
    start = min((claim.first for claim in job.claims.values()), default=0)
    return {"start": start, "imprint": job.imprint, "rows": ROWS, "ranges": found}
