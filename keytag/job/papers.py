"""The papers that go with the sheets, as works: production ticket, box labels and the packing table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic
from keytag.base.standard import Standard
from keytag.documents import facts
from keytag.job.head import head_of
from keytag.job.volumes import BOXES, Volume, volumes
from keytag.job.work import Made, Work
from keytag.render.fingerprint import code
from keytag.roster.products import HOUSEHOLD, per_of
from keytag.roster.settings import per_box
from keytag.roster.villages import shares, store
from keytag.sheet.asked import asked
from keytag.sheet.layout import PressSheet
from keytag.tag.artwork import Artwork

if TYPE_CHECKING:
    from keytag.job.ready import Order
    from keytag.roster.model import Unit

LABELS = "packing-list.pdf"


def paper_works(
    order: Order,
    presses: Sequence[PressSheet],
    made: Sequence[Made],
    standard: Standard,
    findings: Sequence[Diagnostic],
) -> tuple[Work, ...]:
    """All of them; the ticket lists the files `made` before it, with their hashes."""
    from keytag.documents.ticket import ticket

    told = ticket_facts(order, presses, made, standard, findings)
    packed = packing_facts(order)
    paper = Standard.X4  # documents for people, whatever the sheets are, with real text
    return (
        Work("production-ticket.pdf", "ticket", ticket, (told, order.artworks), paper, fonts=True),
        *(_labels(part, packed, order.artworks) for part in label_volumes(packed)),
        Work("packing-list.csv", "packing list", packing_table, (packed,)),
    )


def label_volumes(told: facts.PackingFacts) -> tuple[Volume, ...]:
    """The files of box labels, each with the boxes in it."""
    from keytag.documents.packing import boxes

    return volumes(LABELS, len(boxes(told)), BOXES)


def label_names(order: Order) -> tuple[str, ...]:
    """The names of the files of box labels."""
    return tuple(part.name for part in label_volumes(packing_facts(order)))


def _labels(part: Volume, told: facts.PackingFacts, artworks: Sequence[Artwork]) -> Work:
    """The work of one file of box labels: it is given the tags of its own boxes only."""
    from keytag.documents.packing import boxes_of, packing_list

    mine = {box.parcel.key for box in boxes_of(told, part.first, part.last)}
    shown = tuple(artwork for artwork in artworks if artwork.key in mine)
    given = (told, shown, part.first, part.last)
    return Work(part.name, "box labels", packing_list, given, Standard.X4, fonts=True)


def ticket_facts(
    order: Order,
    presses: Sequence[PressSheet],
    made: Sequence[Made],
    standard: Standard,
    findings: Sequence[Diagnostic],
) -> facts.TicketFacts:
    """What the ticket is told."""
    printed = printed_tags(presses)
    deliveries = tuple(
        facts.Delivery(a.key, a.title, u.tags, printed.get(a.key, 0), code(a), wanted)
        for u, a, wanted in zip(order.units, order.artworks, order.demands, strict=True)
    )
    plates = tuple(facts.PlateFile(press.sheet, press.sheet.file) for press in presses)
    files = tuple(facts.FileFact(file.name, file.what, file.sha256) for file in made)
    head, template = head_of(order.setup), order.setup.template
    job = order.setup.roster.job
    number, contact, delivery = (text.value if text else "" for text in (job.order, job.contact, job.delivery))
    return facts.TicketFacts(
        head,
        template,
        plates,
        deliveries,
        files,
        standard.title,
        order=number,
        contact=contact,
        delivery=delivery,
        limit=asked(job, order.setup.scheme).overs,
        findings=tuple(findings),
    )


def packing_facts(order: Order) -> facts.PackingFacts:
    """What the labels and the table are told."""
    product = order.setup.product
    by_village = product is None or per_of(product) == HOUSEHOLD
    parcels = tuple(
        facts.Parcel(
            a.key, u.title, u.address.value if u.address else "", u.tags, u.mark, bags_of(u) if by_village else ()
        )
        for u, a in zip(order.units, order.artworks, strict=True)
    )
    return facts.PackingFacts(head_of(order.setup), parcels, per_box(order.setup.roster.job))


def bags_of(unit: Unit) -> tuple[tuple[str, int], ...]:
    """A bag for each of a unit's villages and one for its store; none where it has no villages, or other pieces."""
    if not unit.villages or store(unit) < 0:
        return ()
    found = [
        (share.village.code.value if share.village.code else share.village.title, share.tags) for share in shares(unit)
    ]
    return (*found, ("kho", store(unit))) if store(unit) else tuple(found)


def packing_table(told: facts.PackingFacts) -> bytes:
    """The packing list for a spreadsheet."""
    from keytag.documents.packing import packing_csv

    return packing_csv(told).encode("utf-8")


def printed_tags(presses: Sequence[PressSheet]) -> dict[str, int]:
    """Tags that the sheets give, by unit key."""
    printed: dict[str, int] = {}
    for press in presses:
        for key, count in press.sheet.slots:
            printed[key] = printed.get(key, 0) + count * press.sheet.run
    return printed
