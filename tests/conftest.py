"""What tests share: the shipped roster and templates, rosters made from text, and finding the tools they need."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from keytag.files import shipped
from keytag.files.source import Source, read
from keytag.roster.load import assemble, load
from keytag.roster.model import Roster
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from keytag.tag.template_file import read_template

REPOSITORY = Path(__file__).parent.parent
TEMPLATES = ("oval-50x20", "stadium-50x20", "oval-50x20-moulded")


def template_named(name: str) -> Template:
    template, problems = read_template(read(shipped.locate(shipped.TAGS, name, Path())))
    assert problems == ()
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


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """The path of an external program; its absence fails the test, since CI installs what tests need."""

    def find(name: str) -> str:
        found = shutil.which(name)
        assert found is not None, f"{name} is not installed: see .ci/run for what the tests need"
        return found

    return find
