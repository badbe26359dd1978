"""One face on its way: its values, what text keeps off, the problems that its text is, and what came out.

Tags of which a face tells the same facts share one scene. So a scene has those facts and no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from keytag.base.drawing import SERIAL, Fill, Mark, Slot, Symbol, Words
from keytag.base.geometry import Rect
from keytag.base.ink import Ink
from keytag.base.units import MM_PER_PT
from keytag.roster.model import Contact
from keytag.tag import elements, typeset
from keytag.tag.artwork import Fit, LeftOut
from keytag.tag.matter import People, Ways, count_of, matter_of, rows_of, shown_label
from keytag.tag.one_tag import Ground, Problem, Settled
from keytag.tag.paragraph import wrap
from keytag.tag.payload import payload, plain, varies
from keytag.tag.rows import Placed
from keytag.tag.template import Emblem, Label, Paragraph, QrPanel, Spot, Stack, Template
from keytag.tag.wording import Said, Value, applies, say

_MOST_GROUNDS = 8  # ways to place a face's labels that are tried


class Scene:
    """See the module. `tags` units share it; `contacts` are whom its face may list; `known` grounds are its job's."""

    def __init__(
        self,
        template: Template,
        back: bool,
        values: dict[str, Value],
        contacts: tuple[Contact, ...],
        draft: bool,
        known: dict[Ground, Ground],
    ) -> None:
        self.template, self.back, self.values, self.contacts, self.draft = template, back, values, contacts, draft
        self.tags, self._known = 0, known
        self.elements = template.back if back else template.front
        hole = template.hole_on(back)
        self.hole = hole
        self.holes = (*([hole] if hole else []), *template.more_holes_on(back))
        self.panels: list[Rect] = []
        self.symbols: dict[int, list[Mark]] = {}
        self.labels: dict[int, tuple[Said, tuple[Words, ...]]] = {}
        self.problems: dict[int, Problem] = {}
        self.settled: dict[int, Settled] = {}
        self.grounds: tuple[Ground, ...] = ()
        self.spots: list[dict[int, int]] = []  # for each ground, at which of its places each label stands
        self.ground: int | None = None
        self.fits: list[Fit] = []
        self.missing: list[tuple[str, str]] = []
        self.left_out: list[LeftOut] = []
        self.slots: list[Slot] = []

    # -- before text is fitted

    def prepare(self, lead: str | None) -> None:
        """Panels, labels and what the stacks say."""
        for hole in self.template.more_holes_on(self.back):
            reach = hole.diameter / 2 + self.template.safe
            self.panels.append(Rect(hole.centre.x - reach, hole.centre.y - reach, 2 * reach, 2 * reach))
        present = [(i, e) for i, e in enumerate(self.elements) if applies(e.when, self.values)]
        for index, element in present:
            if isinstance(element, QrPanel):
                self._symbol(index, element)
            elif isinstance(element, Emblem):
                self.panels.append(element.box.inset(-element.clear))
            elif isinstance(element, Label):
                said = say(element.text, self.values, element.upper)
                if said is not None:
                    missing, places = elements.label_places(element, said.text, self.draft)
                    self.missing.extend((said.field, character) for character in missing)
                    self.labels[index] = said, places
        matters = [
            (index, element, matter)
            for index, element in present
            if isinstance(element, Stack) and (matter := matter_of(element, self.contacts, self.values, lead))
        ]
        self._find_grounds(sum(count_of(matter) for _, _, matter in matters))
        self.problems = {index: Problem(element, matter, self.grounds) for index, element, matter in matters}

    def _symbol(self, index: int, element: QrPanel) -> None:
        said = payload(element, self.values, "back" if self.back else "front")
        if said is None:
            return
        place = elements.panel(self.template.outline, self.template.safe, self.holes, element)
        field = SERIAL if varies(element, self.values) else ""
        marks = elements.symbol(place, element, said.text, said.source, self.draft, field)
        if marks:
            if field and isinstance(mark := marks[-1], Symbol):
                self.slots.append(elements.symbol_slot(mark, element, plain(self.values)))
            self.symbols[index] = marks
            self.panels.append(place.inset(-element.clear))

    def _find_grounds(self, numbers: int) -> None:
        """For each way to place the labels what is left for the text, in the order of the labels' places."""
        orders = [[(index, spot) for spot in _order(self._label(index), numbers)] for index in self.labels]
        ways = list(product(*orders))[:_MOST_GROUNDS]
        barred = [not self._stand(way) for way in ways] if len(ways) > 1 else [False]
        found: list[Ground] = []
        for way, no in zip(ways, barred, strict=True):
            boxes = [self.labels[i][1][spot].box.inset(-self._label(i).clear) for i, spot in way]
            panels = (*self.panels, *boxes)
            ground = Ground(self.template.outline, self.template.safe, self.hole, panels, no and not all(barred))
            found.append(self._known.setdefault(ground, ground))
            self.spots.append(dict(way))
        self.grounds = tuple(found)

    def _stand(self, way: tuple[tuple[int, int], ...]) -> bool:
        """Whether the labels themselves have room at these of their places: in the safe area, beside one another."""
        boxes = [self.labels[index][1][spot].box for index, spot in way]
        return all(elements.is_free(self.template, self.holes, box, boxes[:i]) for i, box in enumerate(boxes))

    def _label(self, index: int) -> Label:
        element = self.elements[index]
        assert isinstance(element, Label)
        return element

    # -- when it is

    def problem(self, index: int) -> Problem:
        """A stack's problem; where another stack has decided on the labels' places, on that ground only."""
        problem = self.problems[index]
        return problem if self.ground is None else problem._replace(grounds=(self.grounds[self.ground],))

    def accept(self, index: int, found: Settled) -> None:
        self.settled[index] = found
        if self.ground is None:
            self.ground = found.ground

    # -- and after

    def stacked(self, index: int) -> Iterator[Words]:
        """The words of a stack, and a note of how each came out."""
        found, stack = self.settled[index], self.problems[index].stack
        rows = iter(found.layout.rows)
        for line in self.problems[index].matter:
            if line.at_line in found.choice.left:
                assert isinstance(line, Ways)
                self.left_out.append(_left(line))
            elif isinstance(line, People):
                yield from self._people(line, found, rows)
            elif not line.parts:
                said = line.at(found.choice.rungs[line.at_line])
                font, ink = typeset.load(line.line.font), line.line.ink
                left = said.text
                while left:  # where it wraps, the words of the row say how far it goes
                    (placed,) = next(rows)
                    text = left if line.line.number else placed.run.text
                    if text != placed.run.text:  # of a number the form was fitted
                        placed = placed._replace(run=font.shape(text, line.line.tracking))
                    one = said._replace(text=text)
                    yield self._word(placed, one, ink, line.line.size.least, found, line.line.number)
                    left = "" if text == said.text else " ".join(left.split()).removeprefix(text).lstrip()
            else:
                for placed, one, part in zip(next(rows), line.parts, line.line.parts, strict=True):
                    yield self._word(placed, one, part.ink, line.line.size.least, found, number=False)
        assert next(rows, None) is None, stack

    def _people(self, line: People, found: Settled, rows: Iterator[tuple[Placed, ...]]) -> Iterator[Words]:
        paired = found.choice.paired and line.pairs
        listed = rows_of(line, paired)
        paired = any(len(row) > 1 for row in listed)
        rung, font = found.choice.rungs[line.at_line], typeset.load(line.list.font)
        for i, persons in enumerate(listed):
            places = iter(next(rows))
            label = shown_label(listed, i, rung, paired)
            if label is not None:
                yield self._word(next(places), label, line.list.label_ink, line.list.label_size, found, number=False)
            for person in persons:
                placed = next(places)._replace(run=font.shape(person.number.text))
                yield self._word(placed, person.number, line.list.ink, line.list.size.least, found, number=True)

    def _word(self, placed: Placed, said: Said, ink: Ink, least: float, found: Settled, number: bool) -> Words:
        limits = self.template.limits
        words = typeset.place(
            placed.run, placed.size, placed.x, placed.baseline, ink, said.field, said.source, draft=self.draft
        )
        good = limits.number_least if number else limits.text_good
        scale = found.alone / found.size if number and found.size else 1.0
        usual = (
            found.apart.usual * placed.size / found.apart.size if number and found.apart and found.apart.size else 0.0
        )
        self.fits.append(
            Fit(
                said.text,
                said.field,
                placed.size,
                least,
                good,
                placed.fits,
                said.source,
                words.box,
                round(placed.size * scale, 4) if number else 0.0,
                round(usual, 4),
                _height(placed.run.font, placed.size, number),
            )
        )
        self.missing.extend((said.field, character) for character in placed.run.missing)
        return words

    def labelled(self, index: int, element: Label) -> list[Mark]:
        """The label at the place that the text has left it, or else at its first free one."""
        if index not in self.labels:
            return []
        said, places = self.labels[index]
        wide = [words.box.inset(-element.clear) for words in places]
        others = [fit.box for fit in self.fits]
        panels = [m.path.bounds() for marks in self.symbols.values() for m in marks if isinstance(m, Fill)]
        chosen = self.spots[self.ground or 0].get(index, 0)
        free = [
            elements.is_free(self.template, self.holes, words.box, [b for b in (*others, *panels) if b.overlaps(box)])
            for words, box in zip(places, wide, strict=True)
        ]
        at = chosen if free[chosen] or not any(free) else free.index(True)
        words = places[at]
        good = min(self.template.limits.text_least, element.size)
        self.fits.append(
            Fit(
                said.text,
                said.field,
                element.size,
                element.size,
                good,
                free[at],
                said.source,
                words.box,
                height=_height(element.font, element.size, number=False),
            )
        )
        field = said.field
        if elements.varies(element):
            self._text_slot(element, said, words, at)
            field = SERIAL
        return [words._replace(field=field, source=said.source)]

    def _text_slot(self, element: Label, said: Said, words: Words, at: int) -> None:
        """Note where each tag has its own serial in the place of these words."""
        place = elements.label_map(element, said.text, element.places[at])
        specimen = self.values["serial"].text
        before, _, after = said.text.rpartition(specimen.upper() if element.upper else specimen)
        text = f"{before}{{serial}}{after}"
        self.slots.append(Slot(text, place, words.ink, words.box, element.font, element.size, source=said.source))

    def wrapped(self, element: Paragraph) -> list[Mark]:
        """Words in a box."""
        ways = [said for text in element.texts if (said := say(text, self.values, element.upper)) is not None]
        if not ways:
            return []
        found = wrap(element, tuple(said.text for said in ways))
        said, limits = ways[found.way], self.template.limits
        marks: list[Mark] = []
        for placed in found.lines:
            words = typeset.place(
                placed.run,
                placed.size,
                placed.x,
                placed.baseline,
                element.ink,
                said.field,
                said.source,
                draft=self.draft,
            )
            marks.append(words)
            least, good = element.size.least, limits.text_good
            self.fits.append(
                Fit(
                    placed.run.text,
                    said.field,
                    placed.size,
                    least,
                    good,
                    found.fits,
                    said.source,
                    words.box,
                    height=_height(element.font, placed.size, number=False),
                )
            )
            self.missing.extend((said.field, character) for character in placed.run.missing)
        return marks


def _height(font: str, size: float, number: bool) -> float:
    """How high digits or capitals are, in millimetres."""
    loaded = typeset.load(font)
    return (loaded.digit_height if number else loaded.cap_height) * size * MM_PER_PT


def _left(line: Ways) -> LeftOut:
    said = line.said[0][1] if line.said else next((p for p in line.parts if p.field), line.parts[0])
    text = said.text if line.said else " ".join(part.text for part in line.parts)
    return LeftOut(text, said.field, said.source)


def _order(label: Label, numbers: int) -> list[int]:
    """A label's places, the one to try first at the head: those for so many numbers, then those for any."""
    spots: list[tuple[int, Spot]] = list(enumerate(label.places))
    here = [i for i, spot in sorted(spots, key=lambda s: -s[1].since) if 0 < spot.since <= numbers]
    some = [i for i, spot in spots if spot.since == 0]
    return [*here, *some, *(i for i, spot in spots if spot.since > numbers)]
