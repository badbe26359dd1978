"""Whether the sheets can be run: files unchanged, rules kept, front and back in register, counts that add up.

Measured on what was read back from the files, against the job's listing and the scheme's facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from keytag.base.flatten import flattened, gap_between
from keytag.base.geometry import Path, Rect
from keytag.base.sides import BACK, FRONT
from keytag.base.words import say
from keytag.roster.model import Unit
from keytag.sheet.scheme import STRAIGHT, Scheme
from keytag.verification.listing import Listing
from keytag.verification.model import Failure, Item, item
from keytag.verification.opened import Face, Opened, OpenPage
from keytag.verification.words import face_key

REGISTER = 0.01  # mm
_FINE = 0.002  # mm from a contour to its chords


def check_registration(files: Sequence[Opened], scheme: Scheme) -> Item:
    """Fronts and backs coincide when the sheet is turned, with their holes; nothing off the sheet or in the gripper."""
    failures: list[Failure] = []
    compared = 0
    for file in files:
        each = len(scheme.sides)  # pages of a plate set
        for front, back in zip(file.pages[0::2], file.pages[1::2], strict=False) if each == 2 else ():
            turned = [_behind(scheme, r) for r in _boxes(file, back, "cut")]
            if scheme.in_place and len(front.placed) == len(back.placed):
                failures += _turned_in_place(file, front, back)
            compared += len(turned)
            failures += _coincide(file.name, "die-line", _boxes(file, front, "cut"), turned)
            if not scheme.in_place:
                holes = [_behind(scheme, r) for r in _boxes(file, back, "hole")]
                failures += _coincide(file.name, say("ring hole"), _boxes(file, front, "hole"), holes)
            failures += _partners(file, front, back, scheme)
        for name, face in file.faces.items():
            if face.cut is None and face_key(name) is not None:
                failures.append(Failure(say("{file} {name}", file=file.name, name=name), say("has no die-line")))
        if each == 1:
            compared += sum(len(_boxes(file, page, "cut")) for page in file.pages)
        elif len(file.pages) % 2:
            failures.append(Failure(file.name, say("has {pages} pages: a front has no back", pages=len(file.pages))))
        for number, page in enumerate(file.pages, 1):
            failures += _on_sheet(file, page, number, scheme)
    return item("registration", compared, failures)


def _boxes(file: Opened, page: OpenPage, what: str) -> list[Rect]:
    found = []
    for placed in page.placed:
        box: Rect | None = getattr(file.faces[placed.face], what)
        if box is not None:
            found.append(placed.at.rect(box))
    return found


def _behind(scheme: Scheme, box: Rect) -> Rect:
    """The same paper as the other side's forme sees it: x′ = W − x − w, or y′ = H − y − h when it tumbles.

    A jig stays as it lies.
    """
    if scheme.in_place:
        return box
    if scheme.tumbles:
        return Rect(box.x, scheme.sheet.height - box.bottom, box.width, box.height)
    return Rect(scheme.sheet.width - box.right, box.y, box.width, box.height)


def _turned_in_place(file: Opened, front: OpenPage, back: OpenPage) -> list[Failure]:
    """Each tag of a jig turned about its own upright axis: the hole of its back is that of its front, mirrored."""
    failures = []
    for station, (one, other) in enumerate(zip(front.placed, back.placed, strict=True), 1):
        here, there = (file.faces[placed.face] for placed in (one, other))
        if here.cut is None or there.cut is None:
            continue  # said below
        middle = here.cut.centre.x
        turned = None if here.hole is None else here.hole.moved(2 * (middle - here.hole.centre.x), 0)
        wanted = [one.at.rect(box) for box in (here.cut, turned) if box is not None]
        found = [other.at.rect(box) for box in (there.cut, there.hole) if box is not None]
        if len(wanted) != len(found) or any(_apart(*pair) > REGISTER for pair in zip(wanted, found, strict=True)):
            failures.append(
                Failure(
                    say("{file}, station {station}", file=file.name, station=station),
                    say("the back is not the front turned in its place"),
                )
            )
    return failures


def _apart(one: Rect, other: Rect) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _coincide(name: str, what: str, front: list[Rect], back: list[Rect]) -> list[Failure]:
    if len(front) != len(back):
        return [
            Failure(
                name, say("{front} {what}s in front and {back} behind", front=len(front), what=what, back=len(back))
            )
        ]
    failures = []
    for station, box in enumerate(front, 1):
        nearest = min(back, key=lambda other: _apart(box, other))
        off = _apart(box, nearest)
        if off > REGISTER:
            failures.append(
                Failure(
                    say("{name}, station {station}", name=name, station=station),
                    say("the {what} behind is off by {off:.3f} mm", what=what, off=off),
                )
            )
    return failures


def _partners(file: Opened, front: OpenPage, back: OpenPage, scheme: Scheme) -> list[Failure]:
    """Behind every face stands the other face of the same unit."""
    failures = []
    behind: dict[tuple[int, int], tuple[str, str] | None] = {}
    for placed in back.placed:
        cut = file.faces[placed.face].cut
        if cut is not None:
            centre = _behind(scheme, placed.at.rect(cut)).centre
            behind[round(centre.x), round(centre.y)] = face_key(placed.face)
    for station, placed in enumerate(front.placed, 1):
        cut, known = file.faces[placed.face].cut, face_key(placed.face)
        if cut is None or known is None:
            continue
        centre = placed.at.rect(cut).centre
        near = [(round(centre.x) + dx, round(centre.y) + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)]
        other = next((behind[cell] for cell in near if cell in behind), None)
        wanted = (known[0], BACK if known[1] == FRONT else FRONT)
        if other != wanted:
            failures.append(
                Failure(
                    say("{file}, station {station}", file=file.name, station=station),
                    say("{known}: behind it stands {other}", known=known[0], other=other),
                )
            )
    return failures


def _on_sheet(file: Opened, page: OpenPage, number: int, scheme: Scheme) -> list[Failure]:
    failures = []
    boxes = _boxes(file, page, "cut")
    side = scheme.sides[(number - 1) % len(scheme.sides)]
    bleed = page.trim.x - page.bleed.x
    for station, box in enumerate(boxes, 1):
        place = say("{file}, page {number}, station {station}", file=file.name, number=number, station=station)
        wide = box.inset(-bleed)
        if not page.media.contains(wide, 0.01):
            failures.append(Failure(place, say("reaches off the sheet")))
        if any(zone.overlaps(wide, 0.01) for zone in scheme.gripper_zones(side)):
            failures.append(Failure(place, say("lies in the gripper")))
        if not page.trim.contains(box, 0.01):
            failures.append(Failure(place, say("lies outside the page's TrimBox")))
    least, contours = min(scheme.gap.x, scheme.gap.y) - 0.01, _Contours(file, page, scheme.dies.cut)
    for i, box in enumerate(boxes):
        for j, other in enumerate(boxes[i + 1 :]):
            gap = max(
                max(box.x, other.x) - min(box.right, other.right), max(box.y, other.y) - min(box.bottom, other.bottom)
            )
            if gap < least and scheme.rows != STRAIGHT:  # nested rows: boxes meet, contours must not
                gap = max(gap, contours.gap(i, i + 1 + j))
            if gap < least:
                failures.append(
                    Failure(
                        say("{file}, page {number}", file=file.name, number=number),
                        say("two tags are only {gap:.2f} mm apart", gap=gap),
                    )
                )
                return failures
    return failures


def _contour(face: Face, cut: str) -> Path | None:
    """The first cut line of a face, in its own millimetres."""
    return next((line.path for line in face.dies if line.spot == cut), None)


class _Contours:
    """The die-lines of a page as polygons, and how near two of them come; equal pairs are measured once."""

    def __init__(self, file: Opened, page: OpenPage, cut: str) -> None:
        faces = [(file.faces[placed.face], placed.at) for placed in page.placed]
        self._placed = [(_contour(face, cut), at) for face, at in faces if face.cut is not None]
        self._known: dict[tuple[object, ...], float] = {}

    def gap(self, one: int, other: int) -> float:
        (path, at), (path2, at2) = self._placed[one], self._placed[other]
        if path is None or path2 is None:
            return 0.0
        key = (path, path2, *(round(v, 3) for v in at[:4] + at2[:4]), round(at2.e - at.e, 2), round(at2.f - at.f, 2))
        if key not in self._known:
            shapes = [flattened(p.transformed(to), _FINE)[0] for p, to in ((path, at), (path2, at2))]
            self._known[key] = gap_between(*shapes)
        return self._known[key]


def check_arithmetic(files: Sequence[Opened], scheme: Scheme, listing: Listing, units: Mapping[str, Unit]) -> Item:
    """Stations counted in the files times the run: every unit gets its order or more."""
    failures: list[Failure] = []
    runs = {plate.file: plate.run for plate in listing.plates}
    printed: Counter[str] = Counter()
    for file in files:
        if file.name not in runs:
            failures.append(Failure(file.name, say("is no plate of job.json")))
            continue
        for page in file.pages[0 :: len(scheme.sides)]:
            for placed in page.placed:
                known = face_key(placed.face)
                if known is not None:
                    printed[known[0]] += runs[file.name]
    said = {str(row.get("key")): row.get("printed") for row in listing.raw["units"]}
    for key, unit in units.items():
        if printed[key] < unit.tags:
            failures.append(
                Failure(
                    unit.title,
                    say("{printed:,} tags are printed, {tags:,} are ordered", printed=printed[key], tags=unit.tags),
                )
            )
        if said.get(key) != printed[key]:
            failures.append(
                Failure(
                    unit.title,
                    say(
                        "{printed:,} tags stand on the sheets, job.json says {get}",
                        printed=printed[key],
                        get=said.get(key),
                    ),
                )
            )
    return item("arithmetic", len(units), failures)
