"""All pages of the files for the press looked at, by two threads of this process or by an engine of works.

One side at a time, two at once at the most, band by band: memory does not grow with the number of sheets.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from keytag.base.records import NamedTuple
from keytag.files.programs import TESSERACT, why_not
from keytag.qr import decode
from keytag.verification import raster, separations
from keytag.verification.elsewhere import Elsewhere
from keytag.verification.expected import FORME, SHEET, Drawn, Expected
from keytag.verification.sides import Look, Seen, Told, seen_bytes, seen_of
from keytag.verification.words import numbers_of

_TOGETHER = 20  # small pages that one run of Ghostscript separates


class Looks(NamedTuple):
    """What becomes of each look: whether it is of a sheet, and its pages once they are seen."""

    begun: tuple[tuple[bool, Future[list[Seen]]], ...]

    def pages(self) -> Iterator[Seen]:
        """All pages in order, each as soon as it and those before it are seen."""
        return (seen for _, one in self.begun for seen in one.result())

    def sheets(self) -> Iterator[Seen]:
        """The pages of all sheets, as soon as they are seen: eyes look at these only."""
        return (seen for on_sheet, one in self.begun if on_sheet for seen in one.result())


def looks_of(expected: Expected, files: Mapping[str, bytes], whole: Mapping[str, Sequence[int]]) -> list[Look]:
    """What is separated: the sheets first, side by side, then small pages together; only pages of the right size."""
    found = []
    for drawn in expected.drawn:
        pages = list(whole.get(drawn.name, ()))
        if drawn.name not in files:
            continue
        data = files[drawn.name]
        together = _TOGETHER if drawn.what not in (SHEET, FORME) and drawn.document.pages[0].media.width < 250 else 1
        together = math.ceil(len(pages) / math.ceil(len(pages) / together)) if pages else 1  # alike: they run abreast
        runs: list[list[int]] = []
        for page in pages:
            if runs and len(runs[-1]) < together and runs[-1][-1] == page - 1:
                runs[-1].append(page)
            else:
                runs.append([page])
        found += [_look(expected, drawn, data, tuple(run)) for run in runs]
    for sample in expected.samples:
        for page in whole.get(sample.drawn.name, ()):
            one = _look(expected, sample.drawn, files[sample.drawn.name], (page,))
            found.append(one._replace(at=sample.at[page], sheet=sample.sheets[page]))
    return _with_first(sorted(found, key=lambda look: look.drawn.what != SHEET))


def _look(expected: Expected, drawn: Drawn, data: bytes, pages: tuple[int, ...]) -> Look:
    """A look with what its own pages need of all that is expected."""
    used = {place.form for number in pages for place in drawn.document.pages[number].placements}
    document = drawn.document._replace(forms=tuple(form for form in drawn.document.forms if form.key in used))
    keys = {form.rpartition("/")[0] for form in used} & expected.artworks.keys()
    artworks = {key: expected.artworks[key] for key in sorted(keys) or [next(iter(expected.artworks))]}
    told = {
        key: Told(numbers_of(expected.units[key]), tuple((p.side, p.text) for p in expected.payloads[key]))
        for key in artworks
    }
    mine = drawn._replace(document=document)
    ocr, zbar = not why_not(TESSERACT), not decode.why_not_zbar()
    return Look(mine, data, pages, expected.template, expected.scheme, artworks, told, ocr=ocr, zbar=zbar)


def _with_first(looks: Sequence[Look]) -> list[Look]:
    """The looks with where each face stands first: eyes read it there."""
    known: set[str] = set()
    found = []
    for look in looks:
        first: set[tuple[int, int]] = set()
        for number in look.pages if look.drawn.what == SHEET else ():
            for i, place in enumerate(look.drawn.document.pages[number].placements):
                if place.form not in known:
                    known.add(place.form)
                    first.add((number, i))
        found.append(look._replace(first=frozenset(first)))
    return found


@contextmanager
def looking(looks: Sequence[Look], elsewhere: Elsewhere | None = None) -> Iterator[Looks]:
    """All looks by two threads while the caller goes on; at its end what is not begun is left.

    Those taken elsewhere are all there before the caller goes on: this process is then one of many, and an interrupt
    ends the waiting at once.
    """
    if elsewhere is not None:
        yield Looks(tuple(_taken(looks, elsewhere)))
        return
    painter, over = raster.Painter(separations.DOTS), Event()
    with ThreadPoolExecutor(max_workers=2) as pool:
        begun = [pool.submit(seen_of, look, painter, over.is_set) for look in looks]
        try:
            yield Looks(tuple((look.drawn.what == SHEET, one) for look, one in zip(looks, begun, strict=True)))
        finally:
            over.set()
            for one in begun:
                one.cancel()


def _taken(looks: Sequence[Look], elsewhere: Elsewhere) -> Iterator[tuple[bool, Future[list[Seen]]]]:
    for look, data in zip(looks, elsewhere(seen_bytes, [(look,) for look in looks]), strict=True):
        done: Future[list[Seen]] = Future()
        done.set_result(pickle.loads(data))  # of our own workers
        yield look.drawn.what == SHEET, done
