"""Every pile of a numbered job has its ticket, and its code says what the ticket says."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from reportlab.pdfbase.ttfonts import TTFont

from keytag.job.imposition import imposed
from keytag.job.numbering import Wanted
from keytag.job.piles import PILES, pile_works, tickets_of
from keytag.job.ready import Ready, order_of, ready
from keytag.job.setup import open
from keytag.job.work import finished

_UNITS = "".join(
    f'  - {{kind: xã, name: "{name}", duty: 0269.3000.11{i}, chief: 0900.000.11{i}, quantity: {quantity}{more}}}\n'
    for i, (name, quantity, more) in enumerate(
        (
            ("Đak Đoa", 700, ', villages: [{name: "Một", households: 300}, {name: "Hai", households: 100}]'),
            ("Ia Băng", 90, ""),
        )
    )
)


def test_the_piles_of_a_unit_are_its_range_and_each_ticket_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = tmp_path / "contacts.yaml"
    roster.write_text(
        "job:\n  {name: Piles, template: oval-50x20-numbered, scheme: sra3-sheetwise, date: 2025-08-01,\n"
        "   serials: {prefix: G, start: 1}}\n"
        f"authority: {{name: Gia Lai, level: commune, duty: 0692.000.113}}\nunits:\n{_UNITS}",
        encoding="utf-8",
    )
    gate = ready(open([roster]))
    assert isinstance(gate, Ready), gate
    order = order_of(gate)
    job = imposed(order, wanted=Wanted()).numbering
    assert job is not None
    tickets = tickets_of(job, order)
    assert len(tickets) == len(job.piles)
    for unit in order.units:
        mine = [ticket for ticket in tickets if ticket.unit == unit.key]
        form, at = job.claims[unit.key].form, job.claims[unit.key].first
        assert [ticket.pile for ticket in mine] == list(range(1, mine[0].of + 1)) and mine[0].of == len(mine)
        for ticket in mine:
            assert (ticket.first, ticket.last) == (form.printed(at), form.printed(at + ticket.tags - 1))
            assert ticket.sheets == ticket.tags <= ticket.run
            at += ticket.tags
        assert at >= job.claims[unit.key].first + unit.tags
    named = [ticket.villages for ticket in tickets if ticket.unit == order.units[0].key]
    assert "Một" in named[0][0] and any("Hai" in village for ticket in named for village in ticket)
    (work,) = pile_works(job, order)
    assert work.name == PILES
    encoded, split = list[tuple[str, str]](), TTFont.splitString
    monkeypatch.setattr(
        TTFont, "splitString", lambda f, t, *rest: encoded.append((f.fontName, t)) or split(f, t, *rest)
    )
    page = pypdfium2.PdfDocument(BytesIO(finished(work)))[0]
    assert len(encoded) == len(set(encoded)) > 20  # words that come again are encoded once
    read = {code.text for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())}
    assert read == {ticket.payload for ticket in tickets[:10]}
    said = page.get_textpage().get_text_range()
    assert all(ticket.first in said and ticket.last in said for ticket in tickets[:10])
