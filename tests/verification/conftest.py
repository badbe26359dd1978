"""One small finished job, made once, and copies of it in which a test may do damage."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PIL.Image import Image

import keytag.grade
from keytag.verification import pictures, plates
from tests.verification.damage import Job, made


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("job"))


@pytest.fixture(scope="session")
def other_code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same job with another Zalo account."""
    return made(tmp_path_factory.mktemp("other"), zalo="9876543210987654321")


@pytest.fixture
def job(finished: Path, tmp_path: Path) -> Job:
    shutil.copytree(finished, tmp_path / "job")
    return Job(tmp_path / "job")


@pytest.fixture(scope="session", autouse=True)
def not_twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same picture is read by OCR once, the same symbol swept once, the same file separated once: minutes less."""
    keep, ocr, separate = tmp_path_factory.mktemp("plates"), pictures._ocr, plates._separated
    read: dict[bytes, list[str]] = {}
    made: dict[str, dict[int, dict[str, Path]]] = {}

    def ocr_once(image: Image) -> list[str]:
        key = hashlib.sha256(image.tobytes()).digest()
        if key not in read:
            read[key] = ocr(image)
        return read[key]

    def separated_once(folder: Path, name: str) -> dict[int, dict[str, Path]]:
        data = (folder / f"{name}.pdf").read_bytes()
        key = hashlib.sha256(data).hexdigest()
        if key not in made:
            (keep / key).mkdir()
            (keep / key / f"{name}.pdf").write_bytes(data)
            made[key] = separate(keep / key, name)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "_ocr", ocr_once)
        patch.setattr(plates, "_separated", separated_once)
        patch.setattr(keytag.grade, "sweep", cache(keytag.grade.sweep))
        yield
