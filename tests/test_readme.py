"""What the README and its neighbours promise is so: commands run, links lead somewhere, lists are complete."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from keytag.base import errors
from keytag.cli.app import app, register
from tests.conftest import REPOSITORY, roster_of

README = (REPOSITORY / "README.md").read_text("utf-8")
PROJECT: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
DOCUMENTS = ["README.md", "CHANGELOG.md", *(f"docs/{p.name}" for p in sorted((REPOSITORY / "docs").glob("*.md")))]
# Import name → name of the distribution, where they differ.
DISTRIBUTIONS = {
    "yaml": "pyyaml",
    "PIL": "pillow",
    "zxingcpp": "zxing-cpp",
    "fontTools": "fonttools",
    "skia": "skia-python",
    "python_calamine": "python-calamine",
    "axe_playwright_python": "axe-playwright-python",
}
BEHIND = {"rl_accel"}  # reportlab itself takes its functions in C from there
FORBIDDEN = re.compile(r"(?<!L)GPL|Affero|GNU General Public", re.I)
INSTALLS = re.compile(r"python -m pip install \S+ && ")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def commands() -> list[str]:
    """Every command line of the README, in order, without the installing halves."""
    return [INSTALLS.sub("", line) for block in blocks("sh") for line in block.splitlines()]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY)}
    words = shlex.split(command)
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def test_the_commands_run_as_written(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_bytes((REPOSITORY / "contacts.yaml").read_bytes())
    keytag = [line for line in commands() if not line.startswith("python -m pytest")]
    assert len(keytag) > 5 and all(line.startswith("keytag ") for line in keytag)
    for line in keytag:
        done = run(line, tmp_path)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    made = {p.name for p in tmp_path.iterdir()}
    assert made == {"contacts.yaml", "out", "proofs-of-glar", "out-x1a", "site"}


def test_the_command_for_the_tests_finds_them() -> None:
    (line,) = [line for line in commands() if line.startswith("python -m pytest")]
    done = run(f"{line} --collect-only -p no:cacheprovider tests/test_readme.py", REPOSITORY)
    assert done.returncode == 0 and "test_the_commands_run_as_written" in done.stdout, done.stdout + done.stderr


def test_the_installing_halves_install_this_project_with_extras_that_exist() -> None:
    asked = re.findall(r"pip install '?\.(?:\[([^\]]+)\])?'?", README)
    assert asked
    extras = {extra for words in asked for extra in words.split(",") if extra}
    assert extras <= set(PROJECT["optional-dependencies"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files_and_headings(name: str) -> None:
    here = REPOSITORY / name
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", here.read_text("utf-8"), flags=re.S)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, heading = target.partition("#")
        there = (here.parent / file) if file else here
        assert there.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.M)
            assert heading in {anchor(title) for title in titles}, target


def anchor(title: str) -> str:
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def verbs() -> set[str]:
    if not app.registered_commands:
        register(())
    return {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}


def test_the_documented_verbs_are_the_registered_ones() -> None:
    assert set(re.findall(r"^\| `keytag (\w+)` \|", README, re.M)) == verbs()
    changes = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    assert {verb for verb in verbs() if not re.search(rf"`keytag {verb}(`| )", changes)} == set()


def test_the_hooks_are_commands_that_work(tmp_path: Path) -> None:
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (tmp_path / "contacts.yaml").write_bytes((REPOSITORY / "contacts.yaml").read_bytes())
    for hook in hooks:
        assert {"id", "name", "entry", "language", "files"} <= set(hook)
        assert hook["entry"].split()[0] in PROJECT["scripts"] and hook["entry"].split()[1] in verbs()
        assert re.search(hook["files"], "contacts.yaml")
        done = run(f"{hook['entry']} contacts.yaml", tmp_path)
        assert done.returncode == 0, done.stderr
    asked = re.findall(r"- id: (\S+)", README)
    assert asked and set(asked) <= {hook["id"] for hook in hooks}


def test_the_roster_shown_reads_without_a_word() -> None:
    (block,) = [block for block in blocks("yaml") if block.startswith("units:")]
    roster = roster_of("authority: self\n" + block)
    assert roster.findings == () and len(roster.units) == 1


def test_the_table_of_exit_codes_is_that_of_the_errors() -> None:
    table = (REPOSITORY / "docs/exit-codes.md").read_text("utf-8")
    kinds = {kind.exit_code for kind in errors.KeytagError.__subclasses__()}
    assert [int(n) for n in re.findall(r"^\| (\d+) \|", table, re.M)] == sorted(
        {errors.OK, errors.FINDINGS, errors.INTERNAL, errors.INTERRUPTED, *kinds}
    )


def optional(*extras: str) -> list[str]:
    """What the extras need beside keytag itself; all but those of the tests and of these pages, where none is named."""
    known = PROJECT["optional-dependencies"]
    chosen = extras or known.keys() - {"docs", "test"}
    return [line for extra in chosen for line in known[extra] if "keytag[" not in line]


def imports() -> set[str]:
    """The distributions that keytag's modules import."""
    found = set()
    for path in (REPOSITORY / "keytag").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                found.add(node.module.split(".")[0])
    outside = found - set(sys.stdlib_module_names) - {"keytag"}
    return {DISTRIBUTIONS.get(name, name) for name in outside}


def test_the_lock_file_holds_every_dependency_within_its_bounds() -> None:
    text = (REPOSITORY / ".ci" / "constraints.txt").read_text("utf-8")
    locked = {key.lower(): version for key, version in re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)}
    for one in map(Requirement, [*PROJECT["dependencies"], *optional(), *optional("test")]):
        assert one.specifier.contains(locked[one.name.lower()]), one
    assert "export PIP_CONSTRAINT=$here/.ci/constraints.txt" in (REPOSITORY / ".ci" / "run").read_text("utf-8")


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    declared = [Requirement(line) for line in [*PROJECT["dependencies"], *optional()]]
    assert {name.lower() for name in imports()} | BEHIND == {one.name.lower() for one in declared}
    for one in declared:
        assert any(bound.operator == ">=" for bound in one.specifier), f"{one} has no lower bound"
        assert one.specifier.contains(metadata.version(one.name), prereleases=True), one


def closure(names: list[str]) -> Iterator[metadata.Distribution]:
    """The installed distributions behind `names`, with all that they need on this machine."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop().lower()
        if name in seen:
            continue
        seen.add(name)
        found = metadata.distribution(name)
        yield found
        needs = [Requirement(line) for line in found.requires or []]
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]


def licence(found: metadata.Distribution) -> str:
    """What a distribution says of its licence: by name, or else in its licence file."""
    said = found.metadata
    lines = [line for name in ("License-Expression", "License", "Classifier") for line in said.get_all(name) or []]
    named = " ".join(line[:200] for line in lines if " :: " not in line or line.startswith("License"))
    files = [f for f in found.files or [] if "licen" in f.name.lower()]
    return named or " ".join(Path(str(f.locate())).read_text("utf-8")[:400] for f in files)


def test_no_dependency_is_under_the_gpl_or_agpl() -> None:
    names = [Requirement(line).name for line in [*PROJECT["dependencies"], *optional()]]
    licences = {found.metadata["Name"]: licence(found) for found in closure(names)}
    assert len(licences) > len(names)
    assert [name for name, text in licences.items() if FORBIDDEN.search(text)] == []
    assert [name for name, text in licences.items() if not text] == []


@pytest.mark.parametrize(
    "text", ["GNU AGPL v3", "GPL-3.0-or-later", "GNU Affero", "License :: GNU General Public License"]
)
def test_the_search_for_those_licences_can_find_them(text: str) -> None:
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_packages_that_tests_need_are_those_that_ci_installs(name: str) -> None:
    text = (REPOSITORY / name).read_text("utf-8")
    said = re.findall(r"apt-get install ([^`]+)`", text)
    installed = re.findall(r"apt-get install -y -qq ([^>]+) >", (REPOSITORY / ".ci" / "run").read_text("utf-8"))
    assert sorted(" ".join(said).split()) == sorted(" ".join(installed).split())


def test_the_vietnamese_readme_is_the_english_ones_twin() -> None:
    """The same sections, commands, pictures and verbs in the same order; a documentation list of its own."""
    shapes = []
    for name in ("README.md", "README.vi.md"):
        text = (REPOSITORY / name).read_text("utf-8")
        blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S)
        headings = re.findall(r"^(#+) ", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)
        verbs = re.findall(r"^\| `keytag (\w+)` \|", text, re.M)
        shapes.append((blocks, headings, verbs, re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)))
    assert shapes[0] == shapes[1]
