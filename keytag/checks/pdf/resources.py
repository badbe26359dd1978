"""Small questions to a PDF's objects that the checks have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from typing import TYPE_CHECKING

from keytag.base.geometry import Affine
from keytag.base.records import NamedTuple

if TYPE_CHECKING:
    from pikepdf import Object

DEEPEST = 12  # forms in forms; a form that places itself is deeper than any number


def is_stream(item: object) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Stream)


def is_form(item: Object) -> bool:
    return is_stream(item) and item.get("/Subtype") == "/Form"


def resource(holder: Object, kind: str) -> Object:
    """One group of a page's or form's own resources; empty where it has none."""
    import pikepdf

    resources = holder.get("/Resources")
    found = None if resources is None else resources.get(kind)
    return pikepdf.Dictionary() if found is None else found


def contents(holder: Object) -> bytes:
    """The decoded content of a page or form; parts of a page's content are parted by white space (7.8.2)."""
    import pikepdf

    if is_stream(holder):
        return holder.read_bytes()
    found = holder.get("/Contents")
    if found is None:
        return b""
    parts = list(found) if isinstance(found, pikepdf.Array) else [found]
    return b"\n".join(part.read_bytes() for part in parts)


class Meanings:
    """What a file's colour spaces and graphics states are, each asked of the library once, whoever names it."""

    def __init__(self, layers: Mapping[tuple[int, int], str]) -> None:
        self.layers = layers  # the names of the file's optional content groups by object number
        self._spaces: dict[tuple[int, int], tuple[str, str]] = {}
        self._states: dict[tuple[int, int], tuple[bool | None, bool | None, float | None]] = {}

    def space(self, space: Object) -> tuple[str, str]:
        """A colour space's family, and the spot of a Separation."""
        found = self._spaces.get(space.objgen)
        if found is None:
            family = str(space)[1:] if str(space).startswith("/") else str(space[0])[1:]
            found = family, str(space[1])[1:] if family == "Separation" else ""
            if space.is_indirect:
                self._spaces[space.objgen] = found
        return found

    def state(self, state: Object) -> tuple[bool | None, bool | None, float | None]:
        """Overprint of lines and of areas, and line width, where a graphics state says them."""
        found = self._states.get(state.objgen)
        if found is None:
            # Without an /op of its own /OP is for filling, too (ISO 32000-1, table 58).
            line = bool(state["/OP"]) if "/OP" in state else None
            area = bool(state["/op"]) if "/op" in state else line
            found = line, area, float(state["/LW"]) if "/LW" in state else None
            if state.is_indirect:
                self._states[state.objgen] = found
        return found

    def told(self, form: Object) -> bytes | None:
        """A hash of all that decides what a form does: its content, and what the names in it mean.

        None for forms that other forms or pictures decide, or an odd filter: those are read each time.
        """
        resources = form.get("/Resources")
        if resources is None or form.get("/OC") is not None or form.get("/Filter") != "/FlateDecode":
            return None
        if "/DecodeParms" in form or not resources.keys() <= _NAMED:
            return None
        said: list[tuple[str, object]] = []
        for kind, told in (("/ColorSpace", self.space), ("/ExtGState", self.state), ("/Properties", self._layer)):
            table = resources.get(kind)
            if table is not None:
                said += [(kind + key, told(table[key])) for key in sorted(table.keys())]
        return hashlib.sha256(repr(said).encode() + form.read_raw_bytes()).digest()

    def _layer(self, group: Object) -> str | None:
        return self.layers.get(group.objgen)


_NAMED = {"/ColorSpace", "/ExtGState", "/Properties", "/ProcSet"}


def places_matrix(form: Object) -> Affine:
    """The map that a form itself asks for."""
    matrix = form.get("/Matrix")
    return Affine() if matrix is None else Affine(*(float(v) for v in matrix))


class Entry(NamedTuple):
    """One dictionary of a file: the number of the object that holds it, its keys, and the name of its type."""

    number: int
    item: Object
    keys: Set[str]
    type: str


def dictionaries(item: Object) -> Iterator[Entry]:
    """An object's dictionaries, its own and those written inside it; not those it refers to."""
    import pikepdf

    number, todo = item.objgen[0], [item]
    while todo:
        here = todo.pop()
        if isinstance(here, pikepdf.Array):
            inner = list(here)
        elif isinstance(here, pikepdf.Dictionary | pikepdf.Stream):
            keys = here.keys()
            yield Entry(number, here, keys, str(here["/Type"]) if "/Type" in keys else "")
            inner = [here[key] for key in keys]
        else:
            continue
        todo += [v for v in inner if isinstance(v, pikepdf.Array | pikepdf.Dictionary) and not v.is_indirect]
