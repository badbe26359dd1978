"""The layers do not say what they are for, or would not be printed.

PDF/X-4: every optional content group is on, listed in the order, and a technical one carries its ISO 19593-1 processing
step. PDF/X-1a knows no layers at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press
from keytag.diagnostics import Diagnostic, Severity
from keytag.drawing import PROCESSING_STEPS

ID = "pdf-layers"
SEVERITY = Severity.ERROR
TITLE = "layers or processing steps wrong"


def check(press: Press) -> Iterator[Diagnostic]:
    """The optional content properties, and the steps of the layers that need one."""
    properties = press.pdf.Root.get("/OCProperties")
    if not press.standard.layers:
        if properties is not None or any(paint.layer for _, paint in press.paints()):
            yield error(ID, "PDF/X-1a allows no layers")
        return
    if properties is None:
        return
    default = properties.get("/D")
    if default is None:
        yield error(ID, "the layers have no default configuration")
        return
    if str(default.get("/BaseState", "/ON")) != "/ON" or len(default.get("/OFF", [])):
        yield error(ID, "a layer is off by default: a RIP would not image it")
    if "/AS" in default:
        yield error(ID, "the layers change by themselves (/AS)")
    listed = set(_flat(default.get("/Order", [])))
    wanted = {layer.value: step for layer, step in PROCESSING_STEPS.items()}
    for number, group in press.layers.items():
        name = str(group.get("/Name", ""))
        if number not in listed:
            yield error(ID, f"the layer {name!r} is not in the order")
        if name not in wanted:
            continue
        step = group.get("/GTS_Metadata")
        said = (_name(step, "/GTS_ProcStepsGroup"), _name(step, "/GTS_ProcStepsType") or None)
        if said != wanted[name]:
            yield error(ID, f"the layer {name!r} has the processing step {said}, not {wanted[name]}")
    names = {str(group.get("/Name", "")) for group in press.layers.values()}
    for _, paint in press.paints():
        if paint.layer == "" and names:
            yield error(ID, "something is painted on no layer")
            return


def _flat(order: Any) -> Iterator[tuple[int, int]]:
    import pikepdf

    for entry in order:
        if isinstance(entry, pikepdf.Array):
            yield from _flat(entry)
        elif isinstance(entry, pikepdf.Dictionary):
            yield entry.objgen


def _name(step: Any, key: str) -> str:
    return "" if step is None else str(step.get(key, ""))[1:]
