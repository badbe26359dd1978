"""The shape of the house, as docs/architecture.md says it: imports without loops, short chains, short modules."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "keytag"
FLAT = 3  # modules at the top: the face, the program, the version
CHAIN = 13  # modules that import one another when the last of them is imported
CHAIN_LATE = 19  # the same with imports inside functions
LINES, FUNCTION = 400, 60
# What is longer still, each until its own owner has parted it: nothing may be added, and what is mended must go.
LONG_MODULES: set[str] = set()
LONG_FUNCTIONS: set[str] = set()


@cache
def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(("keytag", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


def nodes(tree: ast.AST, *, late: bool) -> Iterator[ast.AST]:
    """All nodes but what stands under TYPE_CHECKING, which is no import; `late`: also those inside functions."""
    waiting = [tree]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if not late and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            yield child
            if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):  # no expression holds an import
                waiting.append(child)


@cache
def graph(late: bool) -> dict[str, frozenset[str]]:
    known = modules()
    found = {}
    for name, tree in known.items():
        wanted = set()
        for node in nodes(tree, late=late):
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                inside = {f"{node.module}.{alias.name}" for alias in node.names}
                wanted |= {m if m in known else node.module for m in inside}
        found[name] = frozenset(wanted & known.keys()) - {name}
    return found


def chain(late: bool) -> list[str]:
    """The longest chain of imports; fails where there is a loop."""
    edges, done, doing = graph(late), dict[str, list[str]](), list[str]()

    def longest(name: str) -> list[str]:
        assert name not in doing, f"a loop of imports: {' > '.join([*doing[doing.index(name) :], name])}"
        if name not in done:
            doing.append(name)
            done[name] = [name, *max((longest(other) for other in edges[name]), key=len, default=[])]
            doing.pop()
        return done[name]

    return max((longest(name) for name in edges), key=len)


def test_imports_make_no_loop_not_even_inside_functions_and_no_long_chain() -> None:
    assert len(chain(late=False)) <= CHAIN, chain(late=False)
    assert len(chain(late=True)) <= CHAIN_LATE, chain(late=True)


def test_the_storeys_show_and_little_lies_flat() -> None:
    flat = {path.name for path in PACKAGE.glob("*.py")}
    assert len(flat) <= FLAT and flat == {"__init__.py", "__main__.py", "_version.py"}


def test_modules_and_functions_are_short() -> None:
    long = {name for name in modules() if len(source(name).splitlines()) > LINES}
    assert long == LONG_MODULES
    functions = {
        f"{name}.{node.name}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION
    }
    assert functions == LONG_FUNCTIONS


def source(name: str) -> str:
    path = PACKAGE.parent / Path(*name.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


def test_nothing_in_job_is_of_any_type() -> None:
    for name, tree in modules().items():
        if name.startswith("keytag.job"):
            assert not [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "Any"], name


def test_the_face_alone_loads_no_library() -> None:
    script = (
        "import sys, keytag\n"
        "assert keytag.__version__ and 'open' in dir(keytag)\n"
        "heavy = ('pikepdf', 'reportlab', 'numpy', 'yaml', 'PIL', 'typer')\n"
        "sys.exit(','.join(m for m in heavy if m in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_every_name_of_the_face_is_there_and_typed() -> None:
    import keytag

    tree = modules()["keytag"]
    (checked,) = [n for n in tree.body if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test)]
    typed = {alias.name for node in checked.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert typed | {"__version__"} == set(keytag.__all__) == set(dir(keytag))
    for name in keytag.__all__:
        assert getattr(keytag, name) is not None


def test_a_text_that_is_cut_in_a_message_shows_it() -> None:
    """`excerpt` and `some` end in an ellipsis; a bare slice of a text that a person reads does not."""
    cuts = []
    for name, tree in modules().items():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("say", "say_n", "joined", "Failure"):
                cuts += [f"{name}:{node.lineno}" for node in ast.walk(call) if _is_cut(node)]
    assert not cuts


def _is_cut(node: ast.AST) -> bool:
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Slice) or node.slice.lower:
        return False
    upper = node.slice.upper
    return isinstance(upper, ast.Constant) and isinstance(upper.value, int) and upper.value >= 5 and upper.value != 7
