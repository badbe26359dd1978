"""Who may import what from outside, and that the library has no clock, chance or network of its own."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "keytag"
# Third-party package → the modules (or packages) of keytag that may import it.
ALLOWED = {
    "yaml": ("files.source",),
    "uharfbuzz": ("tag.typeset", "tag.glyphs"),
    "qrcode": ("qr.encode",),
    "pypdfium2": ("render.png",),
    "pikepdf": ("render.pdf", "checks.pdf", "verification"),
    "reportlab": ("documents.base", "documents.typesetting"),
    "typer": ("cli",),
    "zxingcpp": ("qr.decode", "verification.pictures"),
    "fontTools": ("tag.svg.geometry",),
    "pyclipper": ("tag.outlines.parallel",),
    "lxml": ("tag.svg.reader",),
    "numpy": ("grade", "verification", "solver"),
    "PIL": ("render", "tag.emblem", "tag.svg.style", "verification", "job.proofs", "qr.decode"),
}
NEVER = ("random", "secrets", "uuid", "socket", "urllib.request", "http", "requests", "locale")
CLOCKS = ("time", "datetime")
CLOCK_USERS = ("cli",)


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
        chance = {"random"} if within(name, ("solver",)) else set()  # a search seeded by its caller
        assert {i for i in imported(tree) if i in NEVER} <= chance, name
    for name, tree in modules():
        seeded = [
            ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "random"
        ]
        assert set(seeded) <= {"random.Random"}, (name, seeded)


def test_only_the_command_line_knows_what_time_it_is() -> None:
    for name, tree in modules():
        if within(name, CLOCK_USERS):
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
