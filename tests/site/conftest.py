"""One Chromium for all tests of pages, and the site of the shipped roster."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from keytag.job import setup as jobs
from keytag.job.ready import Ready, ready
from keytag.job.site import publish_site
from tests.conftest import REPOSITORY

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium")
    assert found is not None, "chromium is not installed: see .ci/run for what the tests need"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, headless=True, args=list(FLAGS))
        yield chromium
        chromium.close()


def ready_of(source: str | Path) -> Ready:
    found = ready(jobs.open(source))
    assert isinstance(found, Ready), found
    return found


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "site"
    publish_site(ready_of(REPOSITORY / "contacts.yaml"), folder)
    return folder
