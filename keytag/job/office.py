"""A spreadsheet brought into a roster, and one value of a roster set: the report, and what is written or shown.

`keytag import` is one call of `import_workbook`, `keytag set` of `set_value`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from keytag.base import errors
from keytag.base.counts import NAMES, counted
from keytag.base.diagnostics import Severity
from keytag.base.errors import InputError, OutputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.words import ENGLISH, Words, say
from keytag.files.folders import is_yaml
from keytag.files.replace import replace_file
from keytag.files.source import Source, parse
from keytag.files.tongue import BOTH
from keytag.office import told
from keytag.office.book import read_book
from keytag.office.carried import FIELD, carried, read
from keytag.office.comparing import Compared, compare, entry_facts
from keytag.office.emit import roster_text, unit_lines
from keytag.office.model import Imported
from keytag.office.reading import read_units
from keytag.report.visible import visible
from keytag.roster.editing import Rewritten, Wanted, rewritten, write
from keytag.roster.facts import authority_facts, facts
from keytag.roster.facts import said as words
from keytag.roster.load import assemble, load
from keytag.roster.model import Roster


class Outcome(NamedTuple):
    """Lines of the report for standard output, what is said on standard error, and the exit code."""

    lines: tuple[str, ...]
    said: tuple[str, ...]
    code: int


def import_workbook(
    workbook: Path,
    target: Path,
    maps: Sequence[str],
    sheets: Sequence[str],
    *,
    apply: bool,
    backup: bool,
    language: Words = ENGLISH,
) -> Outcome:
    """Read `workbook`, write the report, and make or change the roster `target`."""
    if not is_yaml(target.name):
        raise UsageError(say("{target}: is no name for a roster", target=target), hint=say("give it the ending .yaml"))
    if target.resolve() == workbook.resolve():
        raise UsageError(say("{target}: is the workbook itself", target=target))
    if apply and not target.exists():
        raise UsageError(
            say("{target}: is not there, so that --apply has nothing to change", target=target),
            hint=say("leave --apply out"),
        )
    found = read_units(read_book(workbook), maps, sheets)
    report, all_cells = target.with_name(f"{target.stem}.report.html"), told.report(found)
    replace_file(report, told.page(all_cells, BOTH if language.language == "en" else language.language).encode("utf-8"))
    lines = tuple([line if line.isprintable() else visible(line) for line in told.lines(all_cells, language)])
    if found.refused:
        count = len(found.refused)
        cells = say("1 cell is") if count == 1 else say("{count} cells are", count=count)
        return Outcome(
            lines,
            (
                say(
                    "{report}: {cells} refused, nothing was written: mend the workbook, or use --map",
                    report=report,
                    cells=cells,
                ),
            ),
            1,
        )
    if not found.units:
        return Outcome(
            lines, (say("{workbook}: names no unit, nothing was written", workbook=workbook),), errors.FINDINGS
        )
    if not target.exists():
        return _new(found, target, report, lines)
    return _onto(found, target, lines, apply=apply, backup=backup)


def _new(found: Imported, target: Path, report: Path, lines: tuple[str, ...]) -> Outcome:
    text = roster_text(found)
    source = Source(str(target), text)
    try:
        tree = parse(source)
        roster = assemble([source], [tree])
    except InputError as error:
        raise OutputError(
            say(
                "{target}: would not read as written: {message}; nothing was written",
                target=target,
                message=error.message,
            )
        ) from error
    cells = [entry.facts.get(FIELD) for entry in found.units]
    sound = [facts(unit) for unit in roster.units] == [entry_facts(entry) for entry in found.units]
    sound = sound and list(carried(roster, [tree[0]]).units) == [read(value.text) if value else {} for value in cells]
    if not sound:
        raise OutputError(say("{target}: would not read as written; nothing was written", target=target))
    replace_file(target, text.encode("utf-8"))
    gaps = text.count("# cần điền")
    more = say(", {gaps} gaps to fill in (cần điền): keytag check shows them", gaps=gaps) if gaps else ""
    return Outcome(
        lines,
        (
            say("{target}: {units}{more}", target=target, units=counted(len(found.units), "unit"), more=more),
            say("{report}: every cell", report=report),
        ),
        errors.OK,
    )


def _onto(found: Imported, target: Path, lines: tuple[str, ...], *, apply: bool, backup: bool) -> Outcome:
    roster = load([target])
    compared = compare(roster, found)
    if compared.torn:
        mend = say("{target}: nothing was changed: mend the workbook", target=target)
        return Outcome(lines, (*(visible(line) for line in compared.torn), mend), errors.FINDINGS)
    shown = (*lines, "", *(visible(line) for line in _changes(compared)))
    kept = tuple(say("kept: {line}", line=line) for line in compared.kept)
    if not (compared.wanted or compared.new):
        return Outcome(shown, (*kept, say("{target}: says all that already", target=target)), errors.OK)
    done = _edited(roster, compared, target)
    if not apply:
        told_diff = tuple(line for each in done for line in diff_of(each))
        said = (*kept, say("{target}: nothing was changed; --apply makes these changes", target=target))
        return Outcome((*shown, "", *told_diff), said, errors.FINDINGS)
    write(done, backup=backup)
    changes = len(compared.wanted) + len(compared.new)
    return Outcome(shown, (*kept, say("{target}: {changes} changes made", target=target, changes=changes)), errors.OK)


def _edited(roster: Roster, compared: Compared, target: Path) -> list[Rewritten]:
    more = "\n\n".join("\n".join(unit_lines(entry)) for entry in compared.new)
    name = roster.files[-1].name if roster.files else str(target)
    return rewritten(roster, compared.wanted, {name: more} if more else {})


def _changes(compared: Compared) -> list[str]:
    """Every change in words: `xã Glar, chief: 0900.000.132 → 0900.000.232`."""
    changed = [f"{d.title}, {d.key}: {words(d.old)} → {words(d.new)}" for d in compared.differences]
    return [*changed, *(say("{entry}: is new", entry=entry.title) for entry in compared.new)]


class Set(NamedTuple):
    """One value changed: of whom, the lines that differ, the change in words, and the errors that it brings."""

    title: str
    edits: list[Rewritten]
    lines: tuple[str, ...]
    said: str
    worse: tuple[str, ...]


def set_value(paths: Sequence[Path], unit: str, key: str, value: str) -> Set:
    """The edits that give `key` of a unit the value; a `UsageError` where unit or key are none."""
    from keytag.checks import run_contact_checks
    from keytag.job.setup import default_roster
    from keytag.roster.fact_words import changed
    from keytag.roster.names import Names

    roster = load(list(paths) or [default_roster()])
    of_authority = unit.strip().casefold() == "authority"
    if of_authority:
        if len(roster.authorities) != 1:
            raise UsageError(say("the roster has {authorities} authorities", authorities=len(roster.authorities)))
        index, title, before = -1, "authority", authority_facts(roster.authorities[0])
    else:
        found = Names(roster.units).one(unit)
        index = next(i for i, each in enumerate(roster.units) if each.key == found.key)
        title, before = found.full_title, facts(found)
    name, fact = changed(before, key, value, authority=of_authority)
    if before.get(name) == fact:
        return Set(title, [], (), "", ())
    done = rewritten(roster, [Wanted(index, name, fact)])
    lines = tuple(line for each in done for line in diff_of(each))
    now = assemble([Source(s.name, {d.source.name: d.text for d in done}.get(s.name, s.text)) for s in roster.files])
    was = {(f.id, f.message) for f in run_contact_checks(roster)}
    odd = [f for f in run_contact_checks(now) if f.severity is Severity.ERROR and (f.id, f.message) not in was]
    worse = tuple(
        visible(
            say(
                "{place}: {severity}: {message} [{id}]",
                place=f.span,
                severity=NAMES[f.severity],
                message=f.message,
                id=f.id,
            )
        )
        for f in odd
    )
    return Set(title, done, lines, f"{title}, {name}: {words(before.get(name))} → {words(fact)}", worse)


def diff_of(done: Rewritten) -> list[str]:
    """The edits of a file as a unified diff."""
    import difflib

    old, new = done.source.text.splitlines(), done.text.splitlines()
    name = done.source.name
    return [visible(line.rstrip("\n")) for line in difflib.unified_diff(old, new, name, name, lineterm="", n=1)]
