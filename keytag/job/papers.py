"""The papers that go with the sheets: production ticket, packing list and its table. Values in, bytes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.diagnostics import Diagnostic
from keytag.documents import facts
from keytag.job.order import Order
from keytag.job.proofs import head_of
from keytag.sheet.layout import PressSheet

PER_BOX = 500


def ticket_of(
    order: Order,
    presses: Sequence[PressSheet],
    entries: Sequence[dict[str, Any]],
    standard: str,
    findings: Sequence[Diagnostic],
) -> bytes:
    """The production ticket, with the hashes of all files written before it."""
    from keytag.documents.ticket import ticket

    setup, made = order.setup, printed_tags(presses)
    deliveries = tuple(
        facts.Delivery(a.key, a.title, u.tags, made.get(a.key, 0))
        for u, a in zip(order.units, order.artworks, strict=True)
    )
    plates = tuple(facts.PlateFile(p.sheet, f"plate-{p.sheet.number:02}.pdf") for p in presses)
    files = tuple(facts.FileFact(e["name"], e["what"], e["sha256"]) for e in entries)
    told = facts.TicketFacts(
        head_of(setup), setup.template, plates, deliveries, files, standard, findings=tuple(findings)
    )
    return ticket(told, order.artworks)


def packing_of(order: Order) -> tuple[bytes, bytes]:
    """The box labels, and the same as a table."""
    from keytag.documents.packing import packing_csv, packing_list

    parcels = tuple(
        facts.Parcel(a.key, u.title, u.address.value if u.address else "", u.tags, u.mark)
        for u, a in zip(order.units, order.artworks, strict=True)
    )
    setup = order.setup
    text = setup.roster.job.per_box
    value = text.value.strip() if text else ""
    per_box = int(value) if value.isascii() and value.isdecimal() and 0 < len(value) < 7 and int(value) else PER_BOX
    told = facts.PackingFacts(head_of(setup), parcels, per_box)
    return packing_list(told, order.artworks), packing_csv(told).encode("utf-8")


def printed_tags(presses: Sequence[PressSheet]) -> dict[str, int]:
    """Tags that the sheets give, by unit key."""
    made: dict[str, int] = {}
    for press in presses:
        for key, count in press.sheet.slots:
            made[key] = made.get(key, 0) + count * press.sheet.run
    return made
