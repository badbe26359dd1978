"""What tests share: the shipped roster and templates, rosters made from text, and finding the tools they need."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from keytag.files import shipped
from keytag.files.source import Source, read
from keytag.roster.load import assemble, load
from keytag.roster.model import Roster
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from keytag.tag.template_file import read_template

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parent.parent
TEMPLATES = ("oval-50x20", "stadium-50x20", "oval-50x20-moulded")


def pytest_configure() -> None:
    """Ctrl-C is tested: a shell that starts the tests in the background has it ignored, by every child as well."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def template_named(name: str) -> Template:
    template, findings = read_template(read(shipped.locate(shipped.TAGS, name, Path())))
    assert findings == ()
    return template


def roster_of(text: str) -> Roster:
    return assemble([Source("contacts.yaml", text)])


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def shipped_roster() -> Roster:
    return load([REPOSITORY / "contacts.yaml"])


@pytest.fixture(scope="session", params=TEMPLATES)
def template(request: pytest.FixtureRequest) -> Template:
    return template_named(request.param)


@pytest.fixture(scope="session")
def oval() -> Template:
    return template_named("oval-50x20")


@pytest.fixture(scope="session")
def composer(oval: Template) -> Composer:
    return Composer(oval)


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
    """One Chromium for all tests of pages."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium")
    assert found is not None, "chromium is not installed: see .ci/run for what the tests need"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, headless=True, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """The path of an external program; its absence fails the test, since CI installs what tests need."""

    def find(name: str) -> str:
        found = shutil.which(name)
        assert found is not None, f"{name} is not installed: see .ci/run for what the tests need"
        return found

    return find
