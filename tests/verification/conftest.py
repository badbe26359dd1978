"""One small finished job, made once, and copies of it in which a test may do damage."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verification.damage import Job, made, not_twice


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("job"))


@pytest.fixture
def job(finished: Path, tmp_path: Path) -> Job:
    shutil.copytree(finished, tmp_path / "job")
    return Job(tmp_path / "job")


@pytest.fixture(scope="session", autouse=True)
def looked_at_once() -> Iterator[None]:
    with not_twice():
        yield
