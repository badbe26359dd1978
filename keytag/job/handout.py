"""The hand-out, made of a `Ready`: lists, labels, receipts and a table; and the returns read back.

`keytag handout` is one call of `publish_handout`, `--returns` of `returns_of`. No villager's name is in any file, but
on the lists where a list of names was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.base.errors import FindingsError, InputError, UsageError
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import joined, say
from keytag.documents.handout_facts import HandoutFacts, UnitFacts, VillageFacts
from keytag.files.catalogues import words_of
from keytag.files.publish import staging
from keytag.files.tables import csv_text
from keytag.handout.balance import judged
from keytag.handout.households import Lists, read_households
from keytag.handout.returns import COUNTS, HEADINGS, Returns, read_returns
from keytag.job import manifest
from keytag.job.head import head_of
from keytag.job.ready import Ready, admitted
from keytag.job.setup import Setup
from keytag.job.work import Made, Mapping, Work, one_by_one, publish
from keytag.roster.model import Contact, Roster, Unit
from keytag.roster.villages import Share, shares, store
from keytag.tag.wording import number
from keytag.verification.listing import read_listing
from keytag.vietnam.languages import NAMES

MANIFEST = "handout.json"
Ranges: TypeAlias = dict[tuple[str, str], tuple[str, str]]  # unit and village keys → first and last serial
_KEPT_YEARS = 1  # how long signed lists are kept
_COLUMNS = (
    "unit_key (mã đơn vị)",
    "unit (đơn vị)",
    "village_key (mã làng)",
    "village (làng)",
    "households (số hộ)",
    "tags (số thẻ)",
    "language (tiếng)",
    "officer (cán bộ phát)",
    "head (trưởng thôn, làng)",
)
STORE = "kho"


class HandedOut(NamedTuple):
    """What was made, as names in the folder."""

    folder: Path
    files: tuple[str, ...]
    villages: int
    tags: int


def publish_handout(
    ready: Ready,
    target: Path,
    households: Path | None = None,
    progress: Progress = unseen,
    numbered: Path | None = None,
    mapping: Mapping = one_by_one,
) -> HandedOut:
    """Write the hand-out's folder whole, or raise: `UsageError` where no unit has villages, `FindingsError` where the
    list of `households` does not fit the roster; `numbered` is the folder of a numbered job, whose ranges are told.
    `mapping` makes the papers: the `map` of a process pool gives the same bytes.
    """
    setup = admitted(ready).setup
    lists = _lists(setup.roster, households)
    facts = facts_of(setup, lists, _serials(numbered))
    if not any(unit.villages for unit in facts.units):
        raise UsageError(say("no unit has villages"), hint=say("write them under villages: (docs/roster.md)"))
    with staging(target, MANIFEST) as stage:
        made: tuple[Made, ...] = publish(tuple(works(setup, facts)), stage, mapping, progress)
        content = {**manifest.head(setup, "handout"), "inputs": manifest.inputs(setup, scheme=False)}
        stage.write(MANIFEST, manifest.write(content, made))
    villages = sum(len(unit.villages) for unit in facts.units)
    return HandedOut(target, (*(file.name for file in made), MANIFEST), villages, facts.tags)


def works(setup: Setup, facts: HandoutFacts) -> Iterator[Work]:
    """Every file of the folder."""
    from keytag.documents.handout_list import handout_list
    from keytag.documents.handout_papers import bag_labels, receipt_book

    paper = Standard.X4
    shared = facts._replace(units=())  # a list is told of nobody else: works of a nation stay small
    for unit in facts.units:
        alone = unit._replace(villages=())
        for village in unit.villages:
            name = f"{unit.key}/{village.key}.pdf"
            yield Work(name, "hand-out list", handout_list, (shared, alone, village), paper, fonts=True)
    yield Work("bag-labels.pdf", "bag labels", bag_labels, (facts,), paper, fonts=True)
    yield Work("receipts.pdf", "receipts", receipt_book, (facts,), paper, fonts=True)
    yield Work("handout.csv", "hand-out table", _table, (setup.roster,))
    yield Work("so-phat.csv", "form for the returns", _form, (setup.roster,))


def facts_of(setup: Setup, lists: Lists | None = None, serials: Ranges | None = None) -> HandoutFacts:
    """What the papers are told."""
    roster = setup.roster
    authorities = [a.name.value for a in roster.authorities if a.name and not a.own]
    customer = roster.job.customer.value if roster.job.customer else ""
    authority = customer or (f"Công an {authorities[0]}" if len(authorities) == 1 else "Cơ quan phát hành")
    units = tuple(_unit(unit, lists or {}, serials or {}) for unit in roster.units if unit.tags)
    return HandoutFacts(head_of(setup), authority, _destroyed(setup.date), units)


def _unit(unit: Unit, lists: Lists, serials: Ranges) -> UnitFacts:
    villages = tuple(_village(unit, share, lists, serials) for share in shares(unit))
    return UnitFacts(unit.key, unit.full_title, unit.tags, store(unit) if villages else 0, villages)


def _village(unit: Unit, share: Share, lists: Lists, serials: Ranges) -> VillageFacts:
    village = share.village
    names = tuple(lists.get((unit.key, share.key), ()))
    code = village.code.value if village.code else ""
    people = _number(village.officer), _number(village.head)
    return VillageFacts(share.key, village.title, code, share.tags, *people, serials.get((unit.key, share.key)), names)


def _serials(folder: Path | None) -> Ranges:
    """The first and the last serial of each village, as the job.json of a numbered job tells them."""
    if folder is None:
        return {}
    said = read_listing(folder).raw.get("serials")
    if not isinstance(said, dict):
        raise UsageError(
            say("{folder}: is no numbered job", folder=folder), hint=say("keytag impose --numbered makes one")
        )
    return {
        (str(unit["key"]), str(village["key"])): (str(village["first"]), str(village["last"]))
        for unit in said.get("ranges", ())
        for village in unit.get("villages", ())
    }


def _number(contact: Contact | None) -> str:
    return number(contact).text if contact else ""


def _destroyed(date: str) -> str:
    year, month, day = date.split("-")
    return f"{'28' if (month, day) == ('02', '29') else day}/{month}/{int(year) + _KEPT_YEARS}"


def _table(roster: Roster) -> bytes:
    """One row a village and one for each unit's store; the tags of a unit's rows add up to its order."""
    rows: list[tuple[str | int, ...]] = [_COLUMNS]
    for unit in roster.units:
        if not unit.tags:
            continue
        for share in shares(unit):
            village = share.village
            language = NAMES.get(village.language.value, "") if village.language else ""
            people = (_number(village.officer), _number(village.head))
            rows.append(
                (unit.key, unit.full_title, share.key, village.title, share.tags, share.tags, language, *people)
            )
        rows.append((unit.key, unit.full_title, "", STORE, 0, store(unit), "", "", ""))
    return csv_text(rows).encode()


def _form(roster: Roster) -> bytes:
    """An empty form for the returns, one line a village and one for each store, in Vietnamese."""
    edition = roster.job.edition.value if roster.job.edition else ""
    rows: list[tuple[str | int, ...]] = [tuple(words_of("vi").of(HEADINGS).split(", "))]
    blank = ("",) * (len(COUNTS) + 2)
    for unit in roster.units:
        places = [share.village.title for share in shares(unit)] if unit.tags else []
        rows += [("", unit.full_title, place, *blank, edition) for place in (*places, *([STORE] if places else []))]
    return csv_text(rows).encode()


def _lists(roster: Roster, path: Path | None) -> Lists:
    if path is None:
        return {}
    lists, findings = read_households(_rows(path), str(path), roster)
    if has_errors(findings):
        raise FindingsError(say("{path} does not fit the roster; nothing was made", path=path), findings)
    return lists


def returns_of(ready: Ready, path: Path) -> tuple[Returns, tuple[Diagnostic, ...]]:
    """The returns in a table, and all that is to be said of them, by line."""
    roster = admitted(ready).setup.roster
    read = read_returns(_rows(path), str(path), roster)
    found = [*read.findings, *judged(roster, read.rows)]
    return read, tuple(sorted(found, key=lambda each: (each.span.line if each.span else 0, each.id, each.message)))


def _rows(path: Path) -> Sequence[Sequence[object]]:
    """The one sheet of a spreadsheet, or a text table; words of a merged range stand in each of its rows.

    `InputError` where it is not clear what counts: several sheets with something in them, cells that are struck
    through or in error, rows and columns that are hidden.
    """
    from keytag.office.book import read_book
    from keytag.office.model import letters

    book = read_book(path)
    grids = [grid for grid in book.grids if any(str(cell).strip() for row in grid.rows for cell in row)]
    if not grids:
        return []
    if len(grids) > 1:
        names = joined(", ", (repr(grid.name) for grid in grids))
        raise InputError.of(
            str(path),
            say("has several sheets with something in them: {names}", names=names),
            hint=say("leave one, and give each other one a file of its own"),
        )
    (grid,) = grids
    filled = [[*row] for row in grid.rows]
    for (row, column), first in sorted(grid.merged.items()):
        value = grid.raw(*first)
        if isinstance(value, str) and row < len(filled) and column < len(filled[row]):
            filled[row][column] = value
    odd = {*grid.struck, *grid.partly, *grid.errors}
    odd |= {
        (row, column)
        for row, cells in enumerate(filled)
        for column, cell in enumerate(cells)
        if str(cell).strip() and (row in grid.hidden_rows or column in grid.hidden_columns)
    }
    if odd:
        row, column = min(odd)
        what = say(
            "{cell} is struck through, hidden or in error: it is not clear whether it counts",
            cell=f"{letters(column)}{row + 1}",
        )
        raise InputError.of(str(path), what, hint=say("show the row, or take away what does not count"))
    return filled
