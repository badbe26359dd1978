"""Small questions to a PDF's objects that the checks have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keytag.base.geometry import Affine

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


def places_matrix(form: Object) -> Affine:
    """The map that a form itself asks for."""
    matrix = form.get("/Matrix")
    return Affine() if matrix is None else Affine(*(float(v) for v in matrix))


def dictionaries(item: Object) -> Iterator[Object]:
    """An object's dictionaries, its own and those written inside it; not those it refers to."""
    import pikepdf

    todo = [item]
    while todo:
        here = todo.pop()
        if isinstance(here, pikepdf.Array):
            inner = list(here)
        elif isinstance(here, pikepdf.Dictionary | pikepdf.Stream):
            yield here
            inner = [here[key] for key in here.keys()]  # noqa: SIM118 - a pikepdf dictionary iterates only so
        else:
            continue
        todo += [v for v in inner if isinstance(v, pikepdf.Array | pikepdf.Dictionary) and not v.is_indirect]
