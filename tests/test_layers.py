"""Who may import what from outside, and that the library has no clock, chance or network of its own."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "keytag"
PAGE = (PACKAGE.parent / "docs/architecture.md").read_text("utf-8")


def table(title: str) -> dict[str, tuple[str, ...]]:
    """A table of docs/architecture.md: its first column, and the modules or packages in the second."""
    section = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \|([^|]*)\|$", section, re.MULTILINE)[1:]
    return {name: tuple(re.findall(r"`([^`]+)`", places)) for name, places in rows if not name.startswith("---")}


# Third-party package → the modules (or packages) of keytag that may import it.
ALLOWED = table("Who may import which library")
NEVER = ("random", "secrets", "uuid", "socket", "urllib.request", "http", "requests", "locale")
CLOCKS = ("time", "datetime")
MAY = table("Who may touch what")


@cache
def modules() -> list[tuple[str, ast.Module]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found.append((name.removesuffix(".__init__"), ast.parse(path.read_text())))
    return found


@cache
def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
    return names


def within(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(place + ".") for place in places)


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_library_is_used_in_one_place(package: str) -> None:
    users = {name for name, tree in modules() if any(i.split(".")[0] == package for i in imported(tree))}
    assert users, f"{package} is not used at all"
    assert {user for user in users if not within(user, ALLOWED[package])} == set()


def test_no_chance_and_no_network() -> None:
    for name, tree in modules():
        chance = {"random"} if within(name, MAY["chance"]) else set()  # a search seeded by its caller
        assert {i for i in imported(tree) if i in NEVER} <= chance, name
    for name, tree in modules():
        seeded = [
            ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "random"
        ]
        assert set(seeded) <= {"random.Random"}, (name, seeded)


def test_only_the_command_line_knows_what_time_it_is() -> None:
    for name, tree in modules():
        if within(name, MAY["the clock"]):
            continue
        calls = {
            ast.unparse(node.func)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        asked = {
            c for c in calls if c.endswith((".now", ".today", ".utcnow", "time.time", "monotonic", "perf_counter"))
        }
        assert not asked, (name, asked)


READS = "read_text read_bytes iterdir glob rglob is_file is_dir exists stat lstat resolve"
WRITES = "write_text write_bytes mkdir unlink rename rmdir touch symlink_to"
TOUCHES = frozenset(f"{READS} {WRITES}".split(" "))


@cache
def calls(tree: ast.Module) -> set[str]:
    """What a module calls, `Path(x).stat` as `stat`; what stands under `if __name__` is a program of its own."""
    body = [n for n in tree.body if not (isinstance(n, ast.If) and "__name__" in ast.unparse(n.test))]
    found = [n.func for part in body for n in ast.walk(part) if isinstance(n, ast.Call)]
    return {f.attr if isinstance(f, ast.Attribute) else f.id for f in found if isinstance(f, ast.Attribute | ast.Name)}


def test_files_are_touched_in_named_places_only() -> None:
    may = (*MAY["files"], *MAY["shipped data"])
    pikepdf = (*ALLOWED["pikepdf"],)  # whose streams have methods of the same names
    touching = {name for name, tree in modules() if TOUCHES & calls(tree)}
    assert {name for name in touching if not within(name, (*may, *pikepdf))} == set()
    for place in may:
        assert any(within(name, (place,)) for name in touching), place


def test_programs_and_the_terminal_are_reached_in_one_place() -> None:
    users = {name for name, tree in modules() if "subprocess" in imported(tree)}
    assert users == set(MAY["programs"])
    for name, tree in modules():
        if within(name, (*MAY["the terminal"], *MAY["programs"])):  # a child has a parent to talk to
            continue
        body = [n for n in tree.body if not (isinstance(n, ast.If) and "__name__" in ast.unparse(n.test))]
        said = {ast.unparse(n) for part in body for n in ast.walk(part) if isinstance(n, ast.Attribute)}
        assert not said & {"sys.stdout", "sys.stderr", "sys.stdin"} and "print" not in calls(tree), name


def test_every_storey_is_on_the_page_and_no_other() -> None:
    section = PAGE.split("## Storeys\n")[1].split("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert sorted(told) == sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").is_file())


def test_no_comment_cites_a_page_that_is_not_there() -> None:
    root = PACKAGE.parent
    for folder in ("keytag", "tests", "templates", "benchmarks"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".py", ".yaml"):
                continue
            for cited in re.findall(r"\b[\w./-]+\.md\b", path.read_text("utf-8")):
                places = (root / cited, root / "docs" / cited, path.parent / cited, root / "docs/vi" / cited)
                assert any(place.is_file() for place in places), (path, cited)
