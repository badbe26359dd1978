"""From all findings to what a person should read first: causes without their consequences, and equal ones once.

Nothing is lost: what waits comes back when its cause is mended, and what is merged says how many units it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.sides import SIDES
from keytag.base.words import Message, say
from keytag.checks.model import FIRM

_OVERFLOW = "text-overflow"
# What follows where words are drawn that do not fit: they reach over edges and over each other, and squeeze the rest.
_FOLLOWS = frozenset(("text-small", "outside-safe-area", "in-ring-hole", "live-overlap", "set-apart", "left-out"))
_SHARED = frozenset(("set-apart",))
_SIDES = tuple(say("{side}: ", side=side) for side in SIDES)
_TELLING = ("(unit.name)", "(unit.", "(slogan)", "(authority.", "(edition)", "")  # the best place for a face's finding
_CROWD = 3  # lines of one face that do not fit: it is not one of them, but their number
_MOST_NAMED = 3
_MOST_LINES = 12


# What is said of a section that lacks a key, besides `missing-KEY`.
_LACKING = {"kind": "unknown-kind", "level": "unknown-level"}
# What is said elsewhere, of all that would have had it from there.
_LACKING_ELSEWHERE = {
    "job": ("missing-date",),
    "authority": ("authority-missing", "qr-missing"),
    "units": ("no-units",),
    "zalo": ("qr-missing",),
}


def told_by_key(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings without those of a key that is lacking only because it is misspelt, which is said where it stands."""
    meant: dict[str, list[Span]] = {}
    elsewhere: set[str] = set()
    for finding in findings:
        if finding.meant is not None and finding.severity is Severity.ERROR:
            key, section = finding.meant
            meant.setdefault(_LACKING.get(key, f"missing-{key}"), []).append(section)
            elsewhere.update(_LACKING_ELSEWHERE.get(key, ()))
    if not meant:
        return list(findings)
    kept = (f for f in findings if f.id not in elsewhere)
    return [f for f in kept if not any(_inside(f.span, section) for section in meant.get(f.id, ()))]


def _inside(span: Span | None, section: Span) -> bool:
    """Whether `span` begins in a section, whose end may be the first column of the next."""
    if span is None or span.file != section.file:
        return False
    return (section.line, section.column) <= (span.line, span.column) < (section.end_line, section.end_column)


def causes(findings: Sequence[Diagnostic], titles: Mapping[str, str]) -> list[Diagnostic]:
    """Findings without what only follows from another: one for each face on which text does not fit."""
    full: dict[tuple[str, str], list[Diagnostic]] = {}
    for finding in findings:
        if finding.id == _OVERFLOW:
            full.setdefault((finding.unit, _side(finding, titles)), []).append(finding)
    if not full:
        return list(findings)
    kept = [f for f in findings if f.id != _OVERFLOW]
    kept = [f for f in kept if f.id not in _FOLLOWS or (f.unit, _side(f, titles)) not in full]
    return [*kept, *(_crowded(found, titles) for found in full.values())]


def _crowded(found: Sequence[Diagnostic], titles: Mapping[str, str]) -> Diagnostic:
    """One finding for a face: the text that does not fit, or that several lines do not."""
    first = min(found, key=lambda f: next(rank for rank, word in enumerate(_TELLING) if word in f.message))
    if len({f.span for f in found}) < _CROWD:
        return first
    inner = _rest(first, titles)
    message = say(
        "{unit}: {side}{count} lines do not fit at their least sizes{hint}",
        unit=titles[first.unit],
        side=_side(first, titles),
        count=len(found),
        hint=inner.fields.get("hint", "") if isinstance(inner, Message) else "",
    )
    return first._replace(message=message)


def waiting(
    findings: Sequence[Diagnostic], artwork: Sequence[Diagnostic], titles: Mapping[str, str]
) -> list[Diagnostic]:
    """`findings` without those of `artwork` that stand on a line whose data is in error: they are judged afterwards.

    What is drawn there may squeeze all that stands on its face, so that the fit of the face waits with it; sizes are
    shared by the tags of a job, so that what is said of them waits, too.
    """
    drawn = set(artwork)
    wrong = {(f.span.file, f.span.line) for f in findings if f.severity is Severity.ERROR and f.span and f not in drawn}
    late = {f for f in drawn if f.span and (f.span.file, f.span.line) in wrong}
    faces = {(f.unit, _side(f, titles)) for f in late}
    fit = {f for f in drawn if f.id in (_OVERFLOW, *_FOLLOWS) and (f.unit, _side(f, titles)) in faces}
    if drawn:
        fit |= {f for f in drawn if f.id in _SHARED}
    return [f for f in findings if f not in late and f not in fit]


def merged(findings: Sequence[Diagnostic], titles: Mapping[str, str], *, lines: bool = False) -> list[Diagnostic]:
    """Equal findings of several units as one, at their place; with `lines`, those on different lines, too."""
    groups: dict[tuple[object, ...], list[Diagnostic]] = {}
    for finding in findings:
        rest = _rest(finding, titles)
        if rest is None:
            groups[(id(finding),)] = [finding]
            continue
        groups.setdefault((finding.id, finding.severity, rest, None if lines else finding.span), []).append(finding)
    return [group[0] if len(group) == 1 else _one(group, titles) for group in groups.values()]


def _one(group: Sequence[Diagnostic], titles: Mapping[str, str]) -> Diagnostic:
    first = group[0]
    units = list(dict.fromkeys(finding.unit for finding in group))
    if len(units) == 1:
        return first
    named = ", ".join(titles[key] for key in units[:_MOST_NAMED]) + (", …" if len(units) > _MOST_NAMED else "")
    message = say("{units} units ({named}): {rest}", units=len(units), named=named, rest=_rest(first, titles))
    places = dict.fromkeys(f.span.line for f in group if f.span and first.span and f.span.file == first.span.file)
    if len(places) > 1:
        listed = ", ".join(str(line) for line in list(places)[:_MOST_LINES]) + (
            ", …" if len(places) > _MOST_LINES else ""
        )
        message = say("{message} (lines {listed})", message=message, listed=listed)
    return first._replace(message=message, also=tuple(units[1:]))


def _rest(finding: Diagnostic, titles: Mapping[str, str]) -> str | None:
    """A message without its unit's title before it; None where it does not begin so."""
    title = titles.get(finding.unit)
    if title is None or finding.fix or not finding.message.startswith(f"{title}: "):
        return None
    message = finding.message
    return message.after(title) if isinstance(message, Message) else message[len(title) + 2 :]


def with_numbers(finding: Diagnostic, titles: Mapping[str, str]) -> Diagnostic:
    """A finding that says of itself that it is of numbered tags, its unit's title still before it."""
    rest = _rest(finding, titles)
    noted = say("{message} (with --numbered)", message=finding.message if rest is None else rest)
    if rest is not None:
        noted = say("{unit}: {rest}", unit=titles[finding.unit], rest=noted)
    return finding._replace(message=noted)


def _side(finding: Diagnostic, titles: Mapping[str, str]) -> str:
    rest = _rest(finding, titles) or ""
    return next((side for side in _SIDES if rest.startswith(side)), "")


def regraded(findings: Sequence[Diagnostic], severities: Mapping[str, Severity]) -> list[Diagnostic]:
    """Findings with the severities of the project's own; those of `FIRM` checks stay what they are."""
    own = {check: severity for check, severity in severities.items() if check not in FIRM}
    if not own:
        return list(findings)
    return [f._replace(severity=own[f.id]) if f.id in own else f for f in findings]
