"""Every dependency has a lower bound and no upper one, and the lock file keeps to it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from packaging.version import Version

TOP = Path(__file__).parent.parent


def script() -> object:
    spec = importlib.util.spec_from_file_location("lowest", TOP / ".ci" / "lowest.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


lowest = script()


def test_the_lock_file_is_nowhere_below_a_bound() -> None:
    locked = dict(line.split("==") for line in (TOP / ".ci" / "constraints.txt").read_text().split("\n")[1:] if line)
    pins = {lowest.normal(name): version for name, version in locked.items()}  # type: ignore[attr-defined]
    bounds = lowest.lowest()  # type: ignore[attr-defined]
    assert {name for name in bounds if name not in pins} == set()
    assert {name: pins[name] for name, least in bounds.items() if Version(pins[name]) < Version(least)} == {}


def test_the_lowest_versions_take_the_place_of_the_locked() -> None:
    lines = lowest.constraints().split("\n")  # type: ignore[attr-defined]
    names = [line.split("==")[0] for line in lines if line]
    assert len(names) == len(set(names)) and "pytest" in names
    for name, version in lowest.lowest().items():  # type: ignore[attr-defined]
        assert f"{name}=={version}" in lines


@pytest.mark.parametrize("need", ["typer>=0.20,<0.29", "typer", "typer==1", "typer>=1; python_version > '3'"])
def test_an_upper_bound_is_refused(need: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[project]\ndependencies = ["{need}"]\n')
    with pytest.raises(ValueError, match="lower bound"):
        lowest.lowest(tmp_path)  # type: ignore[attr-defined]
