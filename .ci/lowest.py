"""The lock file with the lowest versions that pyproject.toml declares: `python .ci/lowest.py` prints pip's constraints.

What keytag itself needs is pinned to its lower bound, everything else (tests, and what those packages need) as locked.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

TOP = Path(__file__).parent.parent
BOUND = re.compile(r"([A-Za-z0-9._-]+)>=([0-9A-Za-z.]+)")


def normal(name: str) -> str:
    """A project's name as PyPI compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lowest(top: Path = TOP) -> dict[str, str]:
    """Project → lowest version; a `ValueError` for a requirement that is not just a lower bound."""
    project = tomllib.loads((top / "pyproject.toml").read_text())["project"]
    found = {}
    extras = project.get("optional-dependencies", {})
    for need in [
        *project["dependencies"],
        *extras.get("office", []),
        *extras.get("site", []),
        *extras.get("preview", []),
    ]:
        match = BOUND.fullmatch(need.strip())
        if match is None:
            raise ValueError(f"{need!r}: give it a lower bound and nothing else")
        found[normal(match[1])] = match[2]
    return found


def constraints(top: Path = TOP) -> str:
    """One line a project."""
    found = lowest(top)
    locked = dict(line.split("==") for line in (top / ".ci" / "constraints.txt").read_text().split("\n")[1:] if line)
    pins = {**{normal(name): version for name, version in locked.items()}, **found}
    return "".join(f"{name}=={version}\n" for name, version in sorted(pins.items()))


if __name__ == "__main__":
    sys.stdout.write(constraints())
