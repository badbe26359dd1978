"""Which keys stand in the dictionaries of a press file: those that keytag writes, and no other.

What a RIP, an editor or a viewer might make of any other key need not be known: it does not belong there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from keytag.base.words import say
from keytag.report.visible import visible
from keytag.verification.model import Failure, bounded

if TYPE_CHECKING:
    from pikepdf import Pdf

_STREAM = "/Length /Filter"
_KEYS: Mapping[str, frozenset[str]] = {
    kind: frozenset(keys.split())
    for kind, keys in {
        "trailer": "/Size /Root /Info /ID",
        "catalog": "/Type /Pages /Metadata /OutputIntents /OCProperties /ViewerPreferences",
        "info": "/Title /Subject /Creator /Producer /CreationDate /ModDate /Trapped /GTS_PDFXVersion",
        "page tree": "/Type /Kids /Count",
        "page": "/Type /Parent /MediaBox /BleedBox /TrimBox /Contents /Resources",
        "content": _STREAM,
        "resources": "/XObject /ColorSpace /ExtGState /Properties",
        "graphics state": "/Type /OP /op /OPM",
        "form": f"{_STREAM} /Type /Subtype /BBox /Resources",
        "picture": f"{_STREAM} /Type /Subtype /Width /Height /BitsPerComponent /ColorSpace /Interpolate",
        "layers": "/OCGs /D",
        "configuration": "/Name /BaseState /ON /Order",
        "layer": "/Type /Name /GTS_Metadata",
        "processing step": "/GTS_ProcStepsGroup /GTS_ProcStepsType",
        "output intent": "/Type /S /OutputConditionIdentifier /OutputCondition /RegistryName /Info /DestOutputProfile",
        "tint": "/FunctionType /Domain /C0 /C1 /N",
    }.items()
}
_MOST = 20  # of one file are said


def check_keys(name: str, pdf: Pdf) -> list[Failure]:
    """Every key of every dictionary that stands where it does not belong."""
    found: dict[Failure, None] = {}
    for where, kind, held in _dictionaries(pdf):
        for key in sorted(set(held.keys()) - _KEYS[kind]):
            found[Failure(name, say("{where} has {key}, which keytag never writes", where=where, key=visible(key)))] = (
                None
            )
    return bounded(name, list(found), _MOST)


def table(item: Any) -> Any:
    """`item`, where it is a dictionary or a stream; else an empty one."""
    import pikepdf

    return item if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else pikepdf.Dictionary()


def _listed(item: Any) -> list[Any]:
    import pikepdf

    return list(item) if isinstance(item, pikepdf.Array) else []


def _dictionaries(pdf: Pdf) -> Iterator[tuple[str, str, Any]]:
    """Each dictionary that a page is made of, with what it is called and what kind it is."""
    root: Any = table(pdf.Root)
    layers = table(root.get("/OCProperties"))
    yield say("the trailer"), "trailer", pdf.trailer
    yield say("the catalog"), "catalog", root
    yield say("the file"), "info", table(pdf.trailer.get("/Info"))
    yield say("the file"), "layers", layers
    yield say("the layers' configuration"), "configuration", table(layers.get("/D"))
    for group in map(table, _listed(layers.get("/OCGs"))):
        yield say("a layer"), "layer", group
        yield say("a layer"), "processing step", table(group.get("/GTS_Metadata"))
    for intent in _listed(root.get("/OutputIntents")):
        yield say("the output intent"), "output intent", table(intent)
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        where = say("page {number}", number=number)
        yield where, "page", page.obj
        yield say("the page tree"), "page tree", table(page.obj.get("/Parent"))
        yield where, "content", table(page.obj.get("/Contents"))
        yield from _resources(where, table(page.obj.get("/Resources")), seen)


def _resources(where: str, held: Any, seen: set[tuple[int, int]]) -> Iterator[tuple[str, str, Any]]:
    yield where, "resources", held
    for state in table(held.get("/ExtGState")).values():
        yield where, "graphics state", table(state)
    for space in map(_listed, table(held.get("/ColorSpace")).values()):
        yield where, "tint", table(space[3] if len(space) == 4 else None)
    for key, item in table(held.get("/XObject")).items():
        form = table(item)
        if form.objgen in seen:
            continue
        seen.add(form.objgen)
        if form.get("/Subtype") == "/Form":
            yield say("the form {key}", key=visible(key)), "form", form
            yield from _resources(say("the form {key}", key=visible(key)), table(form.get("/Resources")), seen)
        else:
            yield say("the picture {key}", key=visible(key)), "picture", form
