"""The action, the hooks and the README's blocks for CI: run as printed, on a checkout with a bad roster."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import REPOSITORY

ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
README = (REPOSITORY / "README.md").read_text("utf-8")


def step(name: str) -> dict[str, Any]:
    (found,) = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
    return dict(found)


def check(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's check with its inputs, as the runner would start it."""
    values = {name: str(about["default"]) for name, about in ACTION["inputs"].items()} | inputs
    found = step("Check")
    env = {
        key: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda m: values[m[1]], word) for key, word in found["env"].items()
    }
    script = folder.parent / "step.sh"
    script.write_text(found["run"])
    path = os.pathsep.join([str(folder.parent / "bin"), os.environ["PATH"]])
    (folder.parent / "bin").mkdir(exist_ok=True)
    keytag = folder.parent / "bin" / "keytag"
    keytag.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m keytag "$@"\n')
    keytag.chmod(0o755)
    everything = {**os.environ, **env, "PATH": path, "PYTHONPATH": str(REPOSITORY)}
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return subprocess.run(words, cwd=folder, env=everything, capture_output=True, text=True, timeout=120)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    text = (REPOSITORY / "contacts.yaml").read_text("utf-8")
    (folder / "contacts.yaml").write_text(text.replace("quantity: 1640", "quantity: 0"), "utf-8")
    return folder


def test_the_action_annotates_and_writes_sarif(checkout: Path) -> None:
    done = check(checkout, args="--no-artwork --fail-on error", sarif="found.sarif")
    assert done.returncode == 1, done.stderr
    assert "::error file=contacts.yaml,line=37" in done.stdout and "title=quantity-form" in done.stdout
    assert '"quantity-form"' in (checkout / "found.sarif").read_text("utf-8")


def test_the_action_takes_paths_and_the_day_and_runs_nothing_that_they_hold(checkout: Path) -> None:
    good = (REPOSITORY / "contacts.yaml").read_text("utf-8")
    (checkout / "a b.yaml").write_text(good, "utf-8")
    assert check(checkout, paths="a b.yaml\n", args="--no-artwork").returncode == 0
    assert check(checkout, paths="a b.yaml", args="--no-artwork", on="today").returncode == 1  # its district has ended
    evil = check(checkout, paths="$(touch owned)`touch owned`; touch owned", args="--no-artwork")
    assert evil.returncode == 3 and not (checkout / "owned").exists()


def test_the_action_installs_this_repository_and_nothing_else() -> None:
    script = step("Install keytag")["run"]
    assert 'pip install --quiet "$ACTION"' in script and "$GITHUB_PATH" in script


def test_the_readmes_workflow_uses_the_action_as_it_is() -> None:
    (block,) = re.findall(r"```yaml\n# \.github/workflows/contacts\.yml\n(.*?)```", README, re.S)
    steps = yaml.safe_load(block)["jobs"]["check"]["steps"]
    used = [step for step in steps if step["uses"].startswith("keytag/keytag@")]
    assert len(used) == 1 and set(used[0]["with"]) <= set(ACTION["inputs"])
    version = re.search(r'__version__ = "(.+)"', (REPOSITORY / "keytag/_version.py").read_text())
    assert version is not None
    tags = set(re.findall(r"(?:@|rev: )v([\d.]+)", README)) - {"4"}
    assert tags == {version[1]}


def test_the_hooks_choose_rosters_of_any_name_and_take_each_as_a_job() -> None:
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        assert "--each" in hook["entry"].split()
        assert all(re.search(hook["files"], name) for name in ("contacts.yaml", "jobs/contacts.yml"))
        assert not re.search(hook["files"], "mycontacts.yaml")
    (block,) = re.findall(r"```yaml\n# \.pre-commit-config\.yaml\n(.*?)```", README, re.S)
    (hook,) = yaml.safe_load(block)["repos"][0]["hooks"]
    assert re.search(hook["files"], "jobs/contacts-2026.yaml")
