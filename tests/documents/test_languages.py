"""Papers in one language: none of the other's words stands in them, and figures are written as the one does."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from babel.messages.pofile import read_po

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.documents.facts import Delivery, FileFact, Head, PackingFacts, Parcel, TicketFacts
from keytag.documents.handout_facts import HandoutFacts, UnitFacts, VillageFacts
from keytag.documents.handout_list import handout_list
from keytag.documents.handout_papers import bag_labels, receipt_book
from keytag.documents.packing import packing_list
from keytag.documents.pile_tickets import PileTicket, pile_tickets
from keytag.documents.proof_book import proof_book
from keytag.documents.ticket import ticket
from keytag.documents.verification import verification_page
from keytag.files.catalogues import LOCALE
from keytag.verification.model import Failure, Item, Report
from tests.documents.conftest import HEAD
from tests.documents.reading import own_words
from tests.documents.test_proof_book import small

FINDING = Diagnostic("qr-missing", Severity.WARNING, None, say("no QR code on the tag"))
VILLAGE = VillageFacts("lang-a", "làng A", "L-1", 1234, "0900.000.101", "", ("G-1", "G-30"))
HANDOUT = HandoutFacts(HEAD, "C", "01/01/2027", (UnitFacts("x", "xã X", 2468, 1234, (VILLAGE,)),))

PILE = PileTicket("x", "xã X", ("làng A",), 1, 2, 1, 1, "G-0001", "G-1234", 1234, 1234, 1234)


def _book(head: Head) -> bytes:
    roster, artworks, template = small()
    return proof_book(head, roster, artworks, template, [FINDING], {})


def _ticket(head: Head) -> bytes:
    _, artworks, template = small()
    delivery = Delivery(artworks[0].key, artworks[0].title, 1234, 1200)
    made = FileFact("plate-01.pdf", "press sheet", "0" * 64)
    return ticket(TicketFacts(head, template, (), (delivery,), (made,), "PDF/X-4", findings=(FINDING,)), artworks)


def _verification(head: Head) -> bytes:
    item = Item("papers", ("papers", "giấy tờ"), 1234, (Failure("x.pdf", say("no QR code on the tag")),))
    return verification_page(head, Report(head.job, head.day, (("r.yaml", "0" * 64),), (item,)), None)


PAPERS: dict[str, Callable[[Head], bytes]] = {
    "book": _book,
    "ticket": _ticket,
    "verification": _verification,
    "boxes": lambda head: packing_list(PackingFacts(head, (Parcel("x", "xã X", "", 1234),), 5000), []),
    "list": lambda head: handout_list(HANDOUT._replace(head=head), HANDOUT.units[0], VILLAGE),
    "bags": lambda head: bag_labels(HANDOUT._replace(head=head)),
    "receipts": lambda head: receipt_book(HANDOUT._replace(head=head)),
    "piles": lambda head: pile_tickets(head, [PILE]),
}


@cache
def catalogue() -> dict[str, str]:
    """English and Vietnamese of the papers, as far as they are words without fields."""
    with (LOCALE / "vi/LC_MESSAGES/papers.po").open("rb") as file:
        found = {m.id: m.string for m in read_po(file) if isinstance(m.id, str) and m.id and "{" not in m.id}
    return found | {"no QR code on the tag": "thẻ không có mã QR"}


def said(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", text) is not None


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_in_one_language_has_no_word_of_the_other(paper: str) -> None:
    texts = {}
    for language in ("both", "vi", "en"):
        words = " ".join(own_words(PAPERS[paper](HEAD._replace(languages=language))))
        texts[language] = re.sub(r"\s+", " ", words).casefold()
    pairs = {en: vi for en, vi in catalogue().items() if said(texts["both"], vi) and min(len(en), len(vi)) > 2}
    assert pairs
    shown = [vi for vi in pairs.values() if said(texts["vi"], vi)]
    assert len(shown) == len(pairs.values())  # in Vietnamese alone all of it stands
    assert [en for en in pairs if said(texts["vi"], en)] == []
    data = "công an huyện đak đoa móc khóa làng xã trực ban"  # of the job, the same in every language
    assert [vi for vi in pairs.values() if said(texts["en"], vi) and vi.casefold() not in data] == []
    assert "1.234" in texts["vi"] and "1,234" in texts["en"] and "1,234" not in texts["vi"]


@pytest.mark.parametrize("paper", PAPERS)
def test_what_viewers_show_of_a_paper_is_in_its_language(paper: str) -> None:
    titles = {}
    for language in ("both", "vi", "en"):
        with pikepdf.open(io.BytesIO(PAPERS[paper](HEAD._replace(languages=language)))) as pdf:
            title, subject, spoken = str(pdf.docinfo["/Title"]), str(pdf.docinfo["/Subject"]), str(pdf.Root["/Lang"])
            assert title == f"{HEAD.job}: {subject}" and spoken == ("en" if language == "en" else "vi")
            assert pdf.open_metadata()["dc:title"] == title
            titles[language] = subject
    assert catalogue()[titles["en"]] == titles["vi"] and titles["both"] == f"{titles['vi']} · {titles['en']}"
