"""Numbered jobs and the lasting ledger: what was issued is refused, what is made is booked, or neither happens."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keytag.base.errors import InputError
from keytag.base.words import say
from keytag.files.fields import whole
from keytag.job.numbering import Wanted, rows
from keytag.job.setup import Setup
from keytag.roster.serials import form_of
from keytag.serial.ledger import Book

if TYPE_CHECKING:
    from keytag.job.imposition import Imposed


def wanted_of(setup: Setup, imprint: bool = False, book: Book | None = None) -> Wanted:
    """How to number: from the roster's start, or where the ledger ends if the roster names none."""
    serials, form = setup.roster.job.serials, form_of(setup.roster.job)
    if book is None or serials is None or form is None or serials.start is not None:
        return Wanted(None, imprint)
    step = whole(serials.round) or 1
    after = book.ledger.next(form.prefix, form.digits) or 1  # the first serial of all is number 1
    return Wanted(-(-after // step) * step, imprint)


class Numbers:
    """Whether and how an order is numbered, and the ledger that books it, if there is one."""

    def __init__(self, wanted: Wanted | None = None, book: Book | None = None) -> None:
        self.wanted, self._book = wanted, book

    def admit(self, job: Imposed) -> None:
        """Raise an `InputError` at its place where a number was issued before."""
        if self._book is None or job.numbering is None:
            return
        ledger = self._book.ledger
        titles = {unit.key: unit.full_title for unit in job.order.units}
        for key, claim in job.numbering.claims.items():
            form, last = claim.form, claim.beyond - 1
            taken = ledger.issued(form.prefix, form.digits, claim.first, last)
            if taken is not None:
                what = say(
                    "{titles}: {printed} is issued already: {path} has it",
                    titles=titles[key],
                    printed=form.printed(taken),
                    path=self._book.path,
                )
                after = ledger.next(form.prefix, form.digits)
                hint = say(
                    "start at {after} or later, or leave start out and the ledger's end is gone on from", after=after
                )
                raise InputError.at(claim.source.span, what, hint=hint) if claim.source else InputError(what, hint=hint)

    def book(self, job: Imposed) -> None:
        """Book every serial of the job: the last step before the folder gets its name."""
        if self._book is not None and job.numbering is not None:
            ordered = {unit.key: unit.tags for unit in job.order.units}
            self._book.append(rows(job.numbering.piles, job.numbering.claims, ordered, job.order.setup.name))

    @contextlib.contextmanager
    def booked(self, job: Imposed) -> Iterator[None]:
        """Admitted, and what was booked inside is taken back where the folder did not come to be."""
        self.admit(job)
        with self._book.undone_on_error() if self._book is not None else contextlib.nullcontext():
            yield
