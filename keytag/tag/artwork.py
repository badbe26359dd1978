"""One unit set in one template: both faces at 1:1, finished, and the facts that composing them brought to light.

Values only; `compose` makes them, the artwork checks judge them, the sheet and the proofs place them.
"""

from keytag.base.diagnostics import Span
from keytag.base.drawing import SERIAL, Form, Mark, Picture, Slot, Symbol, Words
from keytag.base.geometry import Rect
from keytag.base.ink import PAPER, WHITE, Ink
from keytag.base.outline import Hole, Outline
from keytag.base.records import NamedTuple
from keytag.base.sides import BACK, FRONT


class Fit(NamedTuple):
    """How one line of text came out. `size` is what was set, `minimum` and `comfortable` the template's limits (pt).

    `fits` is False where the words do not fit at the minimum size; the line is then set at the minimum all the same,
    so that a person can see what is wrong. `box` is its ink. `alone` is the size it could have had without the other
    tags of its job, of a number; `usual` that of its class, where this tag is set for itself (pt; else nought).
    """

    text: str
    field: str
    size: float
    minimum: float
    comfortable: float
    fits: bool
    source: Span | None
    box: Rect
    alone: float = 0.0
    usual: float = 0.0
    height: float = 0.0  # of its digits or capitals, mm


class LeftOut(NamedTuple):
    """A fact that the roster asks for and the face has no room for: its words, its field and its place."""

    text: str
    field: str
    source: Span | None


class Face(NamedTuple):
    """One side of a tag. `form` is the finished drawing, coordinates from the trim's top left."""

    form: Form
    hole: Hole | None
    fits: tuple[Fit, ...]
    missing: tuple[tuple[str, str], ...]  # (field, character) the font has no glyph for
    background: Ink  # what live matter stands on
    left_out: tuple[LeftOut, ...] = ()
    more_holes: tuple[Hole, ...] = ()
    slots: tuple[Slot, ...] = ()

    @property
    def holes(self) -> tuple[Hole, ...]:
        """All holes; the first is the one that sheets and papers measure."""
        return (self.hole, *self.more_holes) if self.hole else self.more_holes

    @property
    def shell(self) -> "Face":
        """The face without what differs from tag to tag: its slots are blank."""
        if not self.slots:
            return self
        groups = tuple(g._replace(marks=tuple(m for m in g.marks if not _varies(m))) for g in self.form.groups)
        if isinstance(self.form.groups, tuple):
            return self._replace(form=self.form._replace(groups=groups))
        from keytag.base.packed import PackedGroups

        return self._replace(form=self.form._replace(groups=PackedGroups(groups)))  # as small as the face was


class Artwork(NamedTuple):
    """A finished tag. `key` is the unit's; the forms are keyed `<key>/front` and `<key>/back`.

    `plastic` is what the art stands on where nothing is printed: the plastic's own colour, or the White laid on it.
    Of a `single` one only the front is printed; its back has a die-line and holes, and no plate.
    """

    key: str
    title: str
    outline: Outline
    bleed: float
    safe: float
    front: Face
    back: Face
    plastic: Ink = PAPER
    single: bool = False

    @property
    def sides(self) -> tuple[tuple[str, Face], ...]:
        """The faces that are printed, each with its name."""
        both = (FRONT, self.front), (BACK, self.back)
        return both[:1] if self.single else both

    @property
    def white(self) -> bool:
        """Whether a White is printed, as an underbase or in the art: only overprint preview then shows it right."""
        marks = (mark for face in self.faces for group in face.form.groups for mark in group.marks)
        inks = (mark.ink for mark in marks if not isinstance(mark, Picture))
        return any(ink.spot and ink.printed and WHITE.name.casefold() in ink.name.casefold() for ink in inks)

    @property
    def shell(self) -> "Artwork":
        """What every one of its tags has, their serials left out."""
        return self._replace(front=self.front.shell, back=self.back.shell) if self.numbered else self

    @property
    def opened(self) -> "Artwork":
        """The same with its marks in tuples (`base.packed`): for who asks which of them is which."""
        faces = [f._replace(form=f.form._replace(groups=tuple(f.form.groups))) for f in self.faces]
        return self._replace(front=faces[0], back=faces[1])

    @property
    def numbered(self) -> bool:
        """Whether its tags differ from one another."""
        return bool(self.front.slots or self.back.slots)

    @property
    def trim(self) -> Rect:
        return self.outline.rect

    def outline_of(self, face: Face) -> Outline:
        """The outline as that face shows it: `outline` is the front's, and the back is its mirror image."""
        return self.outline.mirrored() if face is self.back else self.outline

    @property
    def faces(self) -> tuple[Face, Face]:
        return self.front, self.back


def _varies(mark: Mark) -> bool:
    return isinstance(mark, Words | Symbol) and mark.field == SERIAL
