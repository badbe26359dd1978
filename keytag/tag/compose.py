"""The units of a job set in one template become artworks: pure, and total for every roster that loads.

The whole job is composed at once, since its tags are set alike (`harmony`). What does not fit is drawn all the same, at
its least size, and noted in the face's fits; judging is the checks'.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from keytag.base.drawing import Fill, Form, Group, Layer, Mark, Stroke
from keytag.base.geometry import circle, line
from keytag.base.ink import FOLD, PAPER, RELIEF, USUAL_DIES, WHITE, DieNames
from keytag.base.units import pt
from keytag.roster.model import Job, Unit
from keytag.tag import elements
from keytag.tag.artwork import Artwork, Face
from keytag.tag.harmony import settle
from keytag.tag.matter import lists_people
from keytag.tag.one_tag import Ground, Settling
from keytag.tag.scene import Scene
from keytag.tag.template import Background, Label, Paragraph, QrPanel, Relief, Stack, Template
from keytag.tag.wording import applies, fields, told_by

_TECHNICAL_WIDTH = pt(0.25)


class Composer:
    """Sets units in one template.

    A `draft` has everything at its place and size and draws nothing fine: QR symbols have no modules, and letters are
    boxes. That is enough for all artwork checks, and the library that makes modules is not loaded. `dies` are the
    names of the die-lines' spots.

    One that is `lasting` remembers what it sought: a job that is composed again soon comes out the same, and only what
    changed in it is sought anew.
    """

    def __init__(
        self, template: Template, *, draft: bool = False, dies: DieNames = USUAL_DIES, lasting: bool = False
    ) -> None:
        self.template = template
        self.draft = draft
        self._settled: dict[tuple[bool, int], Settling] | None = {} if lasting else None
        # Each face is set in the outline as it is seen there: the back's is the mirror image.
        self._seen = {False: template, True: template._replace(outline=template.outline.mirrored())}
        sides = ((self._seen[False], template.front), (self._seen[True], template.back))
        self._plain = {id(e): elements.plain(seen, e) for seen, side in sides for e in side}
        # What each side tells: facts by their names, and whether it lists people.
        self._told = {
            back: (told_by(side), any(isinstance(e, Stack) and lists_people(e) for e in side))
            for back, (_, side) in zip((False, True), sides, strict=True)
        }
        self._technical = {back: _technical(seen, back, dies) for back, seen in self._seen.items()}
        self._small = _as_they_are if draft else _packed()

    def compose(self, job: Job, unit: Unit) -> Artwork:
        """Both faces of one unit's tag, finished, as a job of this one alone."""
        return self.compose_job(job, (unit,))[0]

    def compose_job(self, job: Job, units: Sequence[Unit]) -> tuple[Artwork, ...]:
        """The tags of all units of a job, in their order."""
        template = self.template
        sides: list[list[Face]] = []
        for back, scenes in enumerate(self._scenes(job, units)):
            distinct = list({id(scene): scene for scene in scenes}.values())
            number = {id(scene): i for i, scene in enumerate(distinct)}
            numbers = [number[id(scene)] for scene in scenes]
            self._settle(bool(back), distinct)
            scenes.clear()
            distinct.reverse()  # each is gone when its face is made: those of a nation would take all memory
            faces = [self._face(distinct.pop()) for _ in number]
            drawn = [faces[i] for i in numbers]
            sides.append([_named(face, unit, bool(back)) for unit, face in zip(units, drawn, strict=True)])
        plastic = template.substrate.ink if template.white_choke is None else PAPER
        return tuple(
            Artwork(
                unit.key,
                unit.full_title,
                template.outline,
                template.bleed,
                template.safe,
                front,
                back,
                plastic,
                template.single,
            )
            for unit, front, back in zip(units, *sides, strict=True)
        )

    def _scenes(self, job: Job, units: Sequence[Unit]) -> tuple[list[Scene], list[Scene]]:
        """Front and back of each unit: one scene for all of which a side tells the same facts, and lists no people."""
        lead = job.lead.value.casefold() if job.lead else None
        found: tuple[list[Scene], list[Scene]] = [], []
        known: dict[Hashable, Scene] = {}
        grounds: dict[Ground, Ground] = {}
        for at, unit in enumerate(units):
            values = fields(job, unit)
            for back, (names, lists) in self._told.items():
                told = {name: values[name] for name in names}
                key = (back, at) if lists else (back, *told.values())
                scene = known.get(key)
                if scene is None:
                    contacts = unit.contacts if lists else ()
                    scene = Scene(self._seen[back], back, told, contacts, self.draft, grounds)
                    scene.prepare(lead)
                    known[key] = scene
                scene.tags += 1
                found[back].append(scene)
        return found

    def _settle(self, back: bool, scenes: list[Scene]) -> None:
        """Each stack of the template for all tags of the job together; lists of numbers first, they need most room."""
        stacks = {index: scene.problems[index].stack for scene in scenes for index in scene.problems}
        for index in sorted(stacks, key=lambda i: (not lists_people(stacks[i]), i)):
            among = [scene for scene in scenes if index in scene.problems]
            before = None if self._settled is None else self._settled.setdefault((back, index), Settling())
            problems, tags = [scene.problem(index) for scene in among], [scene.tags for scene in among]
            for scene, found in zip(among, settle(problems, tags, before), strict=True):
                scene.accept(index, found)

    def _face(self, scene: Scene) -> Face:
        template, marks = scene.template, list[Mark]()
        texts = {index: list(scene.stacked(index)) for index in scene.settled}
        for index, element in enumerate(scene.elements):
            if not applies(element.when, scene.values):
                continue
            if isinstance(element, Stack):
                marks += texts.get(index, [])
            elif isinstance(element, QrPanel):
                marks += scene.symbols.get(index, [])
            elif isinstance(element, Label):
                marks += scene.labelled(index, element)
            elif isinstance(element, Paragraph):
                marks += scene.wrapped(element)
            else:
                marks += self._plain[id(element)]
        groups = (Group(Layer.ARTWORK, tuple(marks)), *_relief(template, scene), *self._technical[scene.back])
        grounds = [e.ink for e in scene.elements if isinstance(e, Background) and e.box is None]
        ink = grounds[-1] if grounds else template.substrate.ink
        bounds = template.outline.rect.inset(-template.bleed)
        form = Form("", bounds, self._small(groups))
        hole = template.hole_on(scene.back)
        return Face(
            form,
            hole,
            tuple(scene.fits),
            tuple(scene.missing),
            ink,
            tuple(scene.left_out),
            template.more_holes_on(scene.back),
            tuple(scene.slots),
        )


def _named(face: Face, unit: Unit, back: bool) -> Face:
    """The face with its form keyed as that unit's."""
    return face._replace(form=face.form._replace(key=f"{unit.key}/{'back' if back else 'front'}"))


def _as_they_are(groups: tuple[Group, ...]) -> Sequence[Group]:
    """A draft's few boxes."""
    return groups


def _packed() -> Callable[[tuple[Group, ...]], Sequence[Group]]:
    from keytag.base.packed import PackedGroups

    return PackedGroups


def _technical(template: Template, back: bool, dies: DieNames) -> list[Group]:
    """White underbase, cut line, holes and folds, drawn after the art and overprinting it (docs/press.md, Layers)."""
    groups, (cut, drill) = [], dies.inks
    if template.white_choke is not None:
        area = template.outline.path(template.bleed - template.white_choke)
        groups.append(Group(Layer.WHITE, (Fill(area, WHITE),)))
    groups.append(Group(Layer.CUT, (Stroke(template.outline.path(), cut, _TECHNICAL_WIDTH),)))
    first = template.hole_on(back)
    holes = [*([first] if first else []), *template.more_holes_on(back)]
    if holes:
        rings = (circle(hole.centre.x, hole.centre.y, hole.diameter / 2) for hole in holes)
        groups.append(Group(Layer.HOLE, tuple(Stroke(ring, drill, _TECHNICAL_WIDTH) for ring in rings)))
    if template.folds:
        lines = (line(a.x, a.y, b.x, b.y) for a, b in template.folds_on(back))
        groups.append(Group(Layer.FOLD, tuple(Stroke(path, FOLD, _TECHNICAL_WIDTH) for path in lines)))
    return groups


def _relief(template: Template, scene: Scene) -> list[Group]:
    """What is raised, as a legend for the maker of the mould: nothing of it is printed."""
    found = [e for e in scene.elements if isinstance(e, Relief) and applies(e.when, scene.values)]
    marks = tuple(elements.raised(template, RELIEF, e.kind, e.width, e.centre) for e in found)
    return [Group(Layer.LEGEND, marks)] if marks else []
