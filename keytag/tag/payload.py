"""What a QR symbol says: the one place that decides it, for the tag, its checks, its papers and its verification."""

from __future__ import annotations

from collections.abc import Mapping

from keytag.base.diagnostics import Span
from keytag.base.records import NamedTuple
from keytag.roster.model import Job, Unit
from keytag.tag.template import QrPanel, Template
from keytag.tag.template_fields import names_in
from keytag.tag.wording import Value, applies, fields, say
from keytag.vietnam.phones import dialled

CALL = "tel:"


class Payload(NamedTuple):
    """The text of one symbol and where it comes from: the roster's last field in it, else the template's own line."""

    side: str
    text: str
    source: Span | None


def payload(panel: QrPanel, values: Mapping[str, Value], side: str) -> Payload | None:
    """What the panel's symbol says: its pattern with the fields filled in; None where a field is empty."""
    said = say(panel.link, {**values, "serial": Value(plain(values), values["serial"].source)})
    if said is None:
        return None
    text = dialled(said.text.removeprefix(CALL)) if said.text.startswith(CALL) else said.text
    return Payload(side, text, said.source or panel.source)


def plain(values: Mapping[str, Value]) -> str:
    """The specimen of a serial as a code says it: without its groups."""
    return "".join(c for c in values["serial"].text if c.isalnum())


def varies(panel: QrPanel, values: Mapping[str, Value]) -> bool:
    """Whether the panel's symbol says a serial, and so differs from tag to tag."""
    names = names_in(panel.link)
    return bool(plain(values)) and ("serial" in names or ("tag.link" in names and values["tag.link"] != values["link"]))


def payloads(template: Template, job: Job, unit: Unit, *, bare: bool = False) -> tuple[Payload, ...]:
    """What every symbol of one unit's tag must say, by side and in the order of the template's panels.

    Of a `bare` one, which still lacks its serial, without those that say it.
    """
    values = fields(job, unit)
    faces = (("front", template.front), ("back", template.back))
    panels = [
        (side, element)
        for side, face in faces
        for element in face
        if isinstance(element, QrPanel) and applies(element.when, values) and not (bare and varies(element, values))
    ]
    found = (payload(panel, values, side) for side, panel in panels)
    return tuple(said for said in found if said is not None)
