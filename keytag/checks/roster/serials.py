"""The serials of numbered tags cannot be as the roster has them.

A prefix is one to four capital letters; numbers are whole. A range must hold the tags on
order, and no number may be in two ranges: two tags with one serial cannot be told apart. The link of a code of each
tag's own says where the serial stands in it, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.files.fields import whole
from keytag.files.source import Text
from keytag.roster.model import Serials
from keytag.roster.reserve import reserve_of
from keytag.roster.serials import SERIAL, Claim, claims, number
from keytag.roster.settings import demand, spoilage
from keytag.roster.site import allowed_hosts
from keytag.serial.form import MOST_DIGITS, is_prefix
from keytag.vietnam.links import judge

ID = "serials"
SEVERITY = Severity.ERROR
TITLE = "serials that cannot be"
BAD = """\
job:
  serials: {prefix: g-, start: 1}  # ✗
"""
GOOD = """\
job:
  serials: {prefix: G, start: 1, reserve: 2%}
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each value that cannot be, and for each range that is too short or shares a number."""
    job = context.roster.job.serials
    if job is None:
        for unit in context.roster.units:
            if unit.serials is not None:
                why = say("has serials, and the job none: write serials: under job:")
                yield Diagnostic(
                    ID, SEVERITY, unit.serials.span, say("{unit} {why}", unit=unit.title, why=why), (), unit.key
                )
        return
    bad = list(_values(job, "serials"))
    digits = whole(job.digits)
    if job.digits is not None and (digits is None or digits > MOST_DIGITS):
        bad.append(
            _bad(
                job.digits,
                "serials.digits",
                say("is not a whole number from 1 to {most_digits}", most_digits=MOST_DIGITS),
            )
        )
    if job.round is not None and whole(job.round) is None:
        bad.append(_bad(job.round, "serials.round", say("is not a whole number above zero")))
    bad += _link(context, job)
    for unit in context.roster.units:
        if unit.serials is not None:
            bad += [f._replace(unit=unit.key) for f in _values(unit.serials, say("{unit}: serials", unit=unit.title))]
    yield from bad
    if not bad:
        yield from _ranges(context, job)


def _values(serials: Serials, what: str) -> Iterator[Diagnostic]:
    if serials.prefix is not None and not is_prefix(serials.prefix.value.strip()):
        why = say("is not one to four capital letters")
        yield _bad(serials.prefix, f"{what}.prefix", why)
    if serials.start is not None and number(serials.start) is None:
        yield _bad(serials.start, f"{what}.start", say("is not a whole number"))
    if serials.size is not None and whole(serials.size) is None:
        yield _bad(serials.size, f"{what}.size", say("is not a whole number above zero"))
    if reserve_of(serials.reserve, 1) is None and serials.reserve is not None:
        yield _bad(serials.reserve, f"{what}.reserve", say("is neither a whole number nor a share such as 2%"))


def _link(context: Context, job: Serials) -> Iterator[Diagnostic]:
    if job.link is None:
        return
    if job.link.value.count(SERIAL) != 1:
        yield _bad(job.link, "serials.link", say("must say once where the serial stands: {serial}", serial=SERIAL))
        return
    verdict = judge(job.link.value.replace(SERIAL, "0"), allowed_hosts(context.roster))
    if verdict is not None:
        yield Diagnostic(ID, SEVERITY, job.link.span, say("serials.link: {why}", why=verdict.why))


def _ranges(context: Context, job: Serials) -> Iterator[Diagnostic]:
    """Ranges by what is on order with spoilage: the least that will be printed."""
    roster = context.roster
    share = spoilage(roster)
    units = tuple(unit for unit in roster.units if unit.tags > 0)
    found = claims(roster, units, {unit.key: demand(unit, share) for unit in units})
    titles = {unit.key: unit.title for unit in units}
    for unit in units:
        claim = found[unit.key]
        if claim.size < unit.tags and unit.serials is not None and unit.serials.size is not None:
            why = say("holds {size:,} serials, and {tags:,} tags are on order", size=claim.size, tags=unit.tags)
            yield _bad(unit.serials.size, f"{unit.title}: serials.size", why)._replace(unit=unit.key)
        place = claim.source
        if claim.beyond - 1 > claim.form.last and place is not None:
            why = say(
                "the range is used up: {digits} digits end at {last:,}", digits=claim.form.digits, last=claim.form.last
            )
            yield Diagnostic(ID, SEVERITY, place.span, say("{unit}: {why}", unit=unit.title, why=why), (), unit.key)
    taken = sum(claim.size + claim.reserve for claim in found.values())
    most = whole(job.size)
    if most is not None and taken > most and job.size is not None:
        yield _bad(job.size, "serials.size", say("is used up: the units take {taken:,} numbers", taken=taken))
    yield from _overlaps(found, titles)


def _overlaps(found: dict[str, Claim], titles: dict[str, str]) -> Iterator[Diagnostic]:
    ordered = sorted(found.items(), key=lambda item: (item[1].form.prefix, item[1].first))
    for (one, a), (other, b) in pairwise(ordered):
        if a.form.prefix == b.form.prefix and b.first < a.beyond:
            later = b if b.source is not None and (a.source is None or b.source.span >= a.source.span) else a
            shared = say(
                "from {printed} to {printed2}",
                printed=b.form.printed(b.first),
                printed2=b.form.printed(min(a.beyond, b.beyond) - 1),
            )
            message = say(
                "{titles} and {titles2} share serials, {shared}",
                titles=titles[one],
                titles2=titles[other],
                shared=shared,
            )
            if later.source is not None:
                yield Diagnostic(ID, SEVERITY, later.source.span, message, (), other)


def _bad(text: Text, what: str, why: str) -> Diagnostic:
    said = say("{what}: '{text}' {why}", what=what, text=excerpt(text.value), why=why)
    return Diagnostic(ID, SEVERITY, text.span, said)
