"""The layers do not say what they are for, or would not be printed.

PDF/X-4: every optional content group is on, listed in the order, and a technical one carries its ISO 19593-1 processing
step inside its own dictionary. PDF/X-1a knows no layers at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.drawing import PROCESSING_STEPS
from keytag.base.words import joined, say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

if TYPE_CHECKING:
    from pikepdf import Object

ID = "pdf-layers"
SEVERITY = Severity.ERROR
TITLE = "layers or processing steps wrong"
_STEPS = {layer.value: step for layer, step in PROCESSING_STEPS.items()}


def check(press: Press) -> Iterator[Diagnostic]:
    """The optional content properties, the steps of the layers that need one, and that all paint is on some layer."""
    properties = press.pdf.Root.get("/OCProperties")
    if not press.standard.layers:
        if properties is not None or any(paint.layer for _, paint in press.paints()):
            yield error(ID, say("PDF/X-1a allows no layers"))
        return
    if properties is None:
        return
    yield from _configuration(press, properties)
    for name, count in Counter(press.layers.values()).items():
        if count > 1 or not name:
            yield error(ID, say("{count} layers are called {name!r}", count=count, name=name))
    for group in properties.get("/OCGs", ()):
        yield from _step(group)
    for use in press.distinct_uses:
        if any(not (paint.layer or use.layer) for paint in use.stream.paints):
            yield error(ID, say("{where}: something is painted on no layer", where=use.where))


def _configuration(press: Press, properties: Object) -> Iterator[Diagnostic]:
    default = properties.get("/D")
    if default is None:
        yield error(ID, say("the layers have no default configuration"))
        return
    if str(default.get("/BaseState", "/ON")) != "/ON" or len(default.get("/OFF", ())):
        yield error(ID, say("a layer is off by default: a RIP would not image it"))
    if len(properties.get("/Configs", ())):
        yield error(ID, say("there are other configurations of the layers than the one that is printed (/Configs)"))
    if any(len(group) for group in default.get("/RBGroups", ())):
        yield error(ID, say("of some layers only one is shown at a time (/RBGroups)"))
    for group in properties.get("/OCGs", ()):
        if "/Usage" in group:
            yield error(
                ID, say("the layer {get!r} is shown or printed by its use (/Usage)", get=str(group.get("/Name", "")))
            )
    for held in (default, *properties.get("/OCGs", ())):
        intents = _names(held.get("/Intent", None))
        if intents - {"/View"}:
            yield error(
                ID,
                say(
                    "a layer or its configuration is for {intents}, not for view and print",
                    intents=joined(", ", sorted(intents)),
                ),
            )
    for configuration in (default, *properties.get("/Configs", ())):
        if "/AS" in configuration:
            yield error(ID, say("the layers change by themselves (/AS)"))
    listed = set(_flat(default.get("/Order", ())))
    for number, name in press.layers.items():
        if number not in listed:
            yield error(ID, say("the layer {name!r} is not in the order", name=name))


def _step(group: Object) -> Iterator[Diagnostic]:
    name, inside = str(group.get("/Name", "")), group.get("/GTS_Metadata")
    if "/GTS_ProcStepsGroup" in group or "/GTS_ProcStepsType" in group:
        yield error(ID, say("the layer {name!r} has its processing step beside its metadata, not inside", name=name))
    wanted = _STEPS.get(name)
    if wanted is None and inside is None:
        return
    keys = ("/GTS_ProcStepsGroup", "/GTS_ProcStepsType")
    said = tuple(None if inside is None or key not in inside else inside[key] for key in keys)
    if any(value is not None and not _is_name(value) for value in said):
        yield error(ID, say("the layer {name!r} has a processing step that is not written as names", name=name))
    elif tuple(value if value is None else str(value)[1:] for value in said) != (wanted or (None, None)):
        words = [" / ".join(str(v).lstrip("/") for v in step if v is not None) for step in (said, wanted or ())]
        yield error(
            ID,
            say(
                "the layer {name!r} has the processing step {words}, not {words2}",
                name=name,
                words=words[0] or say("none"),
                words2=words[1] or say("none"),
            ),
        )


def _names(value: object) -> set[str]:
    """An intent: a name or several; none means View (ISO 32000-1, table 98)."""
    import pikepdf

    if value is None:
        return set()
    return {str(v) for v in value} if isinstance(value, pikepdf.Array) else {str(value)}


def _flat(order: object, depth: int = 0) -> Iterator[tuple[int, int]]:
    import pikepdf

    for entry in order if isinstance(order, pikepdf.Array) and depth < 8 else ():
        if isinstance(entry, pikepdf.Array):
            yield from _flat(entry, depth + 1)
        elif isinstance(entry, pikepdf.Dictionary):
            yield entry.objgen


def _is_name(value: object) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Name)
