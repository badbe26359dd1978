"""What the roster's serials say, as numbers: one reading for numbering, papers and checks.

What is nonsense counts as not written; that it is, is the check `serials`' to say.
"""

from __future__ import annotations

from collections.abc import Mapping

from keytag.base.records import NamedTuple
from keytag.files.fields import whole
from keytag.files.source import Text
from keytag.roster.model import Job, Roster, Serials, Unit
from keytag.roster.reserve import reserve_of
from keytag.serial.form import DIGITS, MOST_DIGITS, Form, is_prefix

SERIAL = "{serial}"  # stands for the serial in the roster's link and in a template's words


class Claim(NamedTuple):
    """Numbers that a unit takes: `first` … `beyond - 1`, of which the first `size` are printed.

    `source` is the text that decides where they begin.
    """

    form: Form
    first: int
    size: int
    reserve: int
    source: Text | None

    @property
    def beyond(self) -> int:
        return self.first + self.size + self.reserve


def form_of(job: Job, serials: Serials | None = None) -> Form | None:
    """How serials are written, with a unit's own prefix where it has one; None where the job is not numbered."""
    if job.serials is None:
        return None
    digits = whole(job.serials.digits)
    own = serials.prefix if serials and serials.prefix else job.serials.prefix
    prefix = own.value.strip() if own and is_prefix(own.value.strip()) else ""
    return Form(prefix, digits if digits is not None and digits <= MOST_DIGITS else DIGITS)


def number(text: Text | None) -> int | None:
    """A number from nought up; None where there is none."""
    value = text.value.strip() if text else ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS else None


def claims(
    roster: Roster, units: tuple[Unit, ...], printed: Mapping[str, int], start: int | None = None
) -> dict[str, Claim]:
    """Each unit's numbers, in the order of the roster: behind those of the unit before, or where it says itself.

    `printed` are the tags that come off the press, by unit; `start` is where to begin in place of the roster's word.
    """
    job = roster.job.serials
    if job is None:
        return {}
    step = whole(job.round) or 1
    first = number(job.start) if start is None else start
    following: dict[str, int] = {}
    found = {}
    for unit in units:
        own = unit.serials
        form = form_of(roster.job, own)
        assert form is not None
        said = number(own.start) if own else None
        at = said if said is not None else following.get(form.prefix, first or 0)
        if said is None:
            at = -(-at // step) * step
        count = printed[unit.key]
        wanted = whole(own.size) if own else None
        size = count if wanted is None else min(wanted, count)
        kept = own.reserve if own and own.reserve else job.reserve
        reserve = (reserve_of(kept, size) or 0) + (max(0, wanted - count) if wanted is not None else 0)
        found[unit.key] = Claim(form, at, size, reserve, own.start if own and own.start else job.start)
        following[form.prefix] = found[unit.key].beyond
    return found
