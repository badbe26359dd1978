"""Where every form of a press file stands, and every die-line in it runs: by numbers, from the operators of the PDF.

Plates show a shift from half a pixel on; numbers show it from 0.01 mm on, on straight edges as on round ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.drawing import DIE_LINES, Form, Page, Stroke
from keytag.base.geometry import Affine, Rect
from keytag.base.words import say
from keytag.verification.expected import Drawn
from keytag.verification.model import Failure
from keytag.verification.opened import DieLine, Opened, OpenPage

CLOSE = 0.01  # mm
_MOST = 12  # differences named of one file


def check_places(files: Sequence[Opened], drawn: Sequence[Drawn]) -> tuple[int, list[Failure]]:
    """Each form of each page against its place in the drawing, each die-line of each form point by point."""
    wanted = {one.name: one.document for one in drawn}
    compared, failures = 0, list[Failure]()
    for file in files:
        document, faults = wanted[file.name], list[Failure]()
        forms = {form.key: form for form in document.forms}
        for number, (page, found) in enumerate(zip(document.pages, file.pages, strict=False), 1):
            compared += len(page.placements)
            faults += _page(say("{file}, page {number}", file=file.name, number=number), page, found, forms)
        for name, face in file.faces.items():
            if name not in forms:
                faults.append(Failure(file.name, say("paints {name}, which is no form of this job", name=name)))
                continue
            compared += len(face.dies)
            faults += _dies(say("{file}, {name}", file=file.name, name=name), forms[name], face.dies)
        rest = len(faults) - _MOST
        failures += faults[:_MOST] + (
            [Failure(file.name, say("and {rest} more differences of place", rest=rest))] if rest > 0 else []
        )
    return compared, failures


def _page(place: str, page: Page, found: OpenPage, forms: dict[str, Form]) -> list[Failure]:
    """The placements of a page in painting order."""
    if len(page.placements) != len(found.placed):
        return [
            Failure(
                place,
                say(
                    "paints {placed} forms, {placements} are expected",
                    placed=len(found.placed),
                    placements=len(page.placements),
                ),
            )
        ]
    failures = []
    for i, (want, have) in enumerate(zip(page.placements, found.placed, strict=True), 1):
        here = (
            say("{place}, station {station}", place=place, station=want.station)
            if want.station
            else say("{place}, form {i}", place=place, i=i)
        )
        if have.face != want.form:
            failures.append(
                Failure(here, say("there stands {face}, {form} is expected", face=have.face, form=want.form))
            )
            continue
        at = want.at.then(Affine(1, 0, 0, 1, -page.media.x, -page.media.y))
        off = _apart(at, have.at, forms[want.form].bounds)
        if max(abs(off[0]), abs(off[1])) > CLOSE:
            failures.append(
                Failure(
                    here,
                    say(
                        "{form} stands {off:+.3f}, {off2:+.3f} mm (x, y) from its place",
                        form=want.form,
                        off=off[0],
                        off2=off[1],
                    ),
                )
            )
    return failures


def _apart(one: Affine, other: Affine, box: Rect) -> tuple[float, float]:
    """How far apart two maps bring the corner of a box that they bring farthest apart."""
    corners = [(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in ((one.apply(*c), other.apply(*c)) for c in corners)]
    return max(moves, key=lambda move: max(abs(move[0]), abs(move[1])))


def _dies(place: str, form: Form, found: Sequence[DieLine]) -> list[Failure]:
    """The die-lines of a form in painting order."""
    marks = [mark for group in form.groups if group.layer in DIE_LINES for mark in group.marks]
    wanted = [DieLine(mark.ink.name, mark.path) for mark in marks if isinstance(mark, Stroke)]
    if [die.spot for die in wanted] != [die.spot for die in found]:
        said, due = (", ".join(die.spot for die in dies) or say("no die-line") for dies in (found, wanted))
        return [Failure(place, say("draws {said}, {due} is expected", said=said, due=due))]
    failures = []
    for want, have in zip(wanted, found, strict=True):
        if want.path.ops != have.path.ops:
            failures.append(Failure(place, say("{spot} is another contour than the template has", spot=want.spot)))
            continue
        off = max((abs(a - b) for a, b in zip(want.path.coords, have.path.coords, strict=True)), default=0.0)
        if off > CLOSE:
            failures.append(Failure(place, say("{spot} runs {off:.3f} mm beside its place", spot=want.spot, off=off)))
    return failures
