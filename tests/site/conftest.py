"""The site of the shipped roster."""

from __future__ import annotations

from pathlib import Path

import pytest

from keytag.job import setup as jobs
from keytag.job.ready import Ready, ready
from keytag.job.site import publish_site
from tests.conftest import REPOSITORY


def ready_of(source: str | Path) -> Ready:
    found = ready(jobs.open(source))
    assert isinstance(found, Ready), found
    return found


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "site"
    publish_site(ready_of(REPOSITORY / "contacts.yaml"), folder)
    return folder
