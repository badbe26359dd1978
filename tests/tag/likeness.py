"""Arbitrary rosters, and what the tags of a job in any shipped design have in common: wording, sizes, pitch, places."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from itertools import pairwise

from hypothesis import strategies as st

from keytag.base.drawing import Layer, Words
from keytag.checks.artwork import check_artwork
from keytag.roster.model import Roster
from keytag.tag.artwork import Artwork, Face
from keytag.tag.compose import Composer
from keytag.tag.template import ContactList, Element, Stack, Template, TextLine
from keytag.tag.wording import fields, mentioned, say
from tests.conftest import roster_of, template_named

_WORDS = "Đak Ia Hà Kon Tân Nghĩa Lộ Thượng Yang Glar Pết Nông Trường Mộc Châu A Dơk H'Neng"
_NAMES = st.lists(st.sampled_from(_WORDS.split(" ")), min_size=1, max_size=5).map(" ".join)
_UNIT = st.tuples(
    st.sampled_from(["xã", "xã", "phường", "thị trấn", "đặc khu"]),
    _NAMES,
    st.integers(0, 4),
    st.sampled_from(["", "Chủ tịch xã", "Tổ trưởng an ninh"]),
    st.booleans(),
)
_PERSON = re.compile(r"unit\.(duty|chief|deputies|others)")
_COVERING = {"outside-safe-area", "in-ring-hole", "live-overlap"}


@st.composite
def jobs(draw: st.DrawFn, numbered: bool = False) -> Roster:
    units = draw(st.lists(_UNIT, min_size=1, max_size=6))
    slogan = draw(st.sampled_from(["", "slogan: Gọi ngay khi cần,", "slogan: Vì nước quên thân vì dân phục vụ,"]))
    link = draw(st.sampled_from(["", 'zalo: "https://zalo.me/1234567890123456789",']))
    lines = []
    for i, (kind, name, deputies, other, duty) in enumerate(units):
        people = ", ".join(f"0900.{i:03}.{200 + j}" for j in range(deputies))
        others = f"others: [{{role: {other}, number: 0900.000.{300 + i}}}]," if other else ""
        desk = f"duty: 0269.3000.{200 + i}," if duty else ""
        lines.append(
            f'  - {{kind: {kind}, name: "{name}", code: "{20000 + i}", {desk} chief: 0900.{i:03}.101,'
            f" deputies: [{people}], {others} quantity: 10}}\n"
        )
    serials = "serials: {prefix: G, start: 1}," * numbered
    return roster_of(
        f"job: {{edition: 05/2020, {slogan} {serials} show_113: yes}}\n"
        f"authority: {{name: Đak Đoa, level: district, {link} duty: 0269.3000.113}}\nunits:\n" + "".join(lines)
    )


def jobs_for(name: str) -> st.SearchStrategy[Roster]:
    """Jobs that have what a design prints."""
    return jobs("serial" in mentioned(template_named(name)))


def words(face: Face) -> list[Words]:
    return [m for g in face.form.groups if g.layer is Layer.ARTWORK for m in g.marks if isinstance(m, Words)]


def numbers(face: Face) -> list[Words]:
    return [w for w in words(face) if _PERSON.match(w.field)]


def _elements(template: Template) -> tuple[tuple[Element, ...], ...]:
    return template.front, template.back


def _lists(elements: tuple[Element, ...]) -> list[ContactList]:
    return [line for e in elements if isinstance(e, Stack) for line in e.lines if isinstance(line, ContactList)]


def likeness(face: Face, listed: bool) -> tuple[object, ...]:
    """What tags of a class have in common: sizes of numbers; of a list of four or more its pitch, the edition's place.

    Of up to three rows the first number's size: with fewer rows there is no other, or more room.
    """
    found = numbers(face)
    if not listed:
        return tuple(sorted((w.field, round(w.size, 3)) for w in words(face) if w.field in _ALONE or w in found))
    lead = round(max(w.size for w in found), 3)
    if len(found) <= 3:
        return (lead,)
    rows = sorted({round(w.box.bottom, 3) for w in found})
    edition = [tuple(round(v, 3) for v in w.box) for w in words(face) if w.field == "edition"]
    pitches = {round(b - a, 1) for a, b in pairwise(rows[1:])}
    return round(min(w.size for w in found), 3), lead, frozenset(pitches), tuple(edition)


_ALONE = ("authority.duty", "tel")


def assert_alike(roster: Roster, name: str) -> None:
    """Compose a job in a design: nothing leaves the safe area, tags of a class differ in nothing that is not said."""
    template = template_named(name)
    artworks = Composer(template, draft=True).compose_job(roster.job, roster.units)
    classes: dict[object, set[tuple[object, ...]]] = defaultdict(set)
    for artwork in artworks:
        fits = [fit for _, face in artwork.sides for fit in face.fits]
        found = {f.id for f in check_artwork(artwork, template, None)}
        if all(fit.fits for fit in fits):  # nothing leaves the safe area, nothing lies over anything
            assert not found & _COVERING, (artwork.title, found)
        assert any(fit.usual for fit in fits) == ("set-apart" in found), artwork.title
        for fit in fits:
            assert math.isfinite(fit.size) and (not fit.alone or fit.size >= 0.97 * fit.alone - 1e-6)
        for (side, face), elements in zip(artwork.sides, _elements(template), strict=False):
            whole = all(fit.fits and not fit.usual for fit in face.fits)
            listed = bool(_lists(elements))
            if whole and (numbers(face) or not listed):
                shown = frozenset(f.field for f in face.fits if not (listed and _PERSON.match(f.field)))
                count = max(3, len(numbers(face))) if listed else 0
                classes[side, shown, count].add(likeness(face, listed))
    assert all(len(kinds) == 1 for kinds in classes.values()), classes
    _assert_one_wording(roster, template, artworks)


def _assert_one_wording(roster: Roster, template: Template, artworks: tuple[Artwork, ...]) -> None:
    """Of each line that has more than one way to be said, all tags say the same one; and of each role's labels."""
    for at, elements in enumerate(_elements(template)):
        faces = [artwork.sides[at][1] for artwork in artworks if at < len(artwork.sides)]
        lines = [line for e in elements if isinstance(e, Stack) for line in e.lines if isinstance(line, TextLine)]
        for line in lines:
            if len(line.texts) > 1 and faces:
                rungs = [_rungs(line, fields(roster.job, u), f) for u, f in zip(roster.units, faces, strict=True)]
                told = [found for found in rungs if found]
                assert not told or set.intersection(*told), (line.texts, rungs)
        shown = {w.text for face in faces for w in words(face)}
        for listed in _lists(elements):
            for _, ladder in listed.labels:
                assert len(shown & set(ladder)) <= 1, ladder


def _rungs(line: TextLine, values: dict[str, object], face: Face) -> set[int]:
    """Which ways to say a line may be meant by what stands on a face; none where it is left out."""
    found = set()
    for i, pattern in enumerate(line.texts):
        told = say(pattern, values, line.upper)  # type: ignore[arg-type]
        if told and told.text in " ".join(fit.text for fit in face.fits if fit.field == told.field):
            found.add(i)
    return found
