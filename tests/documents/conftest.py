"""The shipped job's tags and its proof book, made once for all tests of documents."""

from __future__ import annotations

import pytest

from keytag.documents.facts import Head
from keytag.roster.model import Roster
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from keytag.tag.wording import link

HEAD = Head("Móc khóa Công an huyện Đak Đoa", "Công an huyện Đak Đoa", "05/2020", "2020-05-18T00:00:00+07:00")


@pytest.fixture(scope="session")
def artworks(shipped_roster: Roster, composer: Composer) -> list[Artwork]:
    return list(composer.compose_job(shipped_roster.job, shipped_roster.units))


@pytest.fixture(scope="session")
def book(shipped_roster: Roster, artworks: list[Artwork], oval: Template) -> bytes:
    from keytag.documents.proof_book import proof_book

    links = {unit.key: link(unit).text for unit in shipped_roster.units}
    return proof_book(HEAD, shipped_roster, artworks, oval, [], links)
