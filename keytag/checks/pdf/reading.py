"""A finished PDF as the preflight sees it: read back from its bytes, with nothing taken from the code that wrote it.

Each content stream is read once, however often it is placed: what it paints, in which colour, under which layer and
state. `Press.uses` says where and how large it then stands. What is right or wrong is the checks' business.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from keytag.base.geometry import Affine
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.checks.pdf.finding import Expectation
from keytag.checks.pdf.painting import Paint, Place, Reader, least_scale
from keytag.checks.pdf.resources import DEEPEST, Entry, Meanings, dictionaries, is_form, places_matrix

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


class Stream(NamedTuple):
    """What one content stream does: its distinct paints, the forms it places in order, and what is odd about it."""

    paints: tuple[Paint, ...]
    places: tuple[Place, ...]
    odd: tuple[str, ...]


class Use(NamedTuple):
    """One use of a stream on a page: its map to points, y up, and the layer that it inherits."""

    page: int
    where: str
    stream: Stream
    at: Affine
    layer: str

    @property
    def scale(self) -> float:
        return least_scale(self.at)


# What the forms read last do, by the hash of all that decides it: the faces on a plate stand in the masters, too.
_LAST: dict[bytes, Stream] = {}
_KEPT = 64


def _keep(key: bytes, stream: Stream) -> None:
    _LAST[key] = stream  # the youngest stands last
    if len(_LAST) > _KEPT:
        del _LAST[next(iter(_LAST))]


class Press:
    """An open file and what its streams do. Use as a context manager."""

    def __init__(self, data: bytes, standard: Standard, expect: Expectation | None = None) -> None:
        import pikepdf

        self.data = data
        self.standard = standard
        self.expect = expect or Expectation()
        self.pdf: Pdf = pikepdf.open(BytesIO(data), inherit_page_attributes=False)
        self._streams: dict[tuple[int, int], Stream] = {}
        self._placed: dict[int, tuple[Object, Stream, Affine]] = {}  # by identity, which is told without the library

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        self.pdf.close()

    @cached_property
    def objects(self) -> tuple[Object, ...]:
        """Every object of the file."""
        return tuple(self.pdf.objects)

    @cached_property
    def dictionaries(self) -> tuple[Entry, ...]:
        """Every dictionary of the file, also those inside others."""
        return tuple([entry for item in self.objects for entry in dictionaries(item)])

    @cached_property
    def layers(self) -> dict[tuple[int, int], str]:
        """The names of the file's optional content groups by object number."""
        properties = self.pdf.Root.get("/OCProperties")
        found = () if properties is None else properties.get("/OCGs", ())
        return {group.objgen: str(group.get("/Name", "")) for group in found}

    @cached_property
    def _meanings(self) -> Meanings:
        return Meanings(self.layers)

    def stream(self, holder: Object) -> Stream:
        """What a page or form does, read once."""
        known = self._streams.get(holder.objgen)
        if known is None:
            key = self._meanings.told(holder) if is_form(holder) else None
            known = _LAST.pop(key, None) if key is not None else None
            if known is None:
                reader = Reader(holder, self._meanings)
                reader.run()
                paints, odd = tuple(dict.fromkeys(reader.paints)), tuple(dict.fromkeys(reader.odd))
                known = Stream(paints, tuple(reader.places), odd)
            if key is not None:
                _keep(key, known)
            self._streams[holder.objgen] = known
        return known

    @cached_property
    def holders(self) -> tuple[tuple[str, Object], ...]:
        """Every page and every form once, with a name for messages."""
        pages = [(say("page {number}", number=number), page.obj) for number, page in enumerate(self.pdf.pages, 1)]
        forms = [(say("form {objgen}", objgen=item.objgen[0]), item) for item in self.objects if is_form(item)]
        return (*pages, *forms)

    def streams(self) -> Iterator[tuple[str, Object, Stream]]:
        """Every page and every form once, and what it does."""
        for where, holder in self.holders:
            yield where, holder, self.stream(holder)

    def paints(self) -> Iterator[tuple[str, Paint]]:
        """Every distinct paint of the file, with where it is."""
        for where, _, stream in self.streams():
            for paint in stream.paints:
                yield where, paint

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every use of every stream, in painting order, page by page; forms in forms resolved."""
        found: list[Use] = []
        for number, page in enumerate(self.pdf.pages, 1):
            self._use(
                page.obj,
                Use(number, say("page {number}", number=number), self.stream(page.obj), Affine(), ""),
                found,
                0,
            )
        return tuple(found)

    def _use(self, holder: Object, use: Use, found: list[Use], depth: int) -> None:
        found.append(use)
        if depth == DEEPEST:
            raise ValueError(say("{where}: forms are nested deeper than {deepest}", where=use.where, deepest=DEEPEST))
        for name, form, at, layer in use.stream.places:
            where = say("page {page}, {name}", page=use.page, name=name)
            known = self._placed.get(id(form))
            if known is None:
                known = self._placed[id(form)] = form, self.stream(form), places_matrix(form)
            inner = known[2].then(at).then(use.at)
            self._use(form, Use(use.page, where, known[1], inner, layer or use.layer), found, depth + 1)

    @cached_property
    def distinct_uses(self) -> tuple[Use, ...]:
        """One of all uses of a stream that are of one size and layer on a page."""
        seen: dict[tuple[int, int, float, str], Use] = {}
        for use in self.uses:
            seen.setdefault((use.page, id(use.stream), round(use.scale, 6), use.layer), use)
        return tuple(seen.values())
