"""What a release must hold, and its files: `python .ci/release.py check [TAG]`, `… build FOLDER` (docs/release.md).

`check` compares the places that name the version. `build` makes the source archive and the wheel, makes the wheel once
more out of the unpacked source archive, and writes SHA256SUMS only where both wheels are the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parent.parent
PINS = re.compile(r"(?:keytag@|rev: |/raw/|/blob/|/tags/)v(\d[\w.]*\d)")  # how pages, schemas and hooks name a release


def version(top: Path = TOP) -> str:
    """The one definition: keytag/_version.py."""
    found = re.search(r'^__version__ = "(.+)"$', (top / "keytag" / "_version.py").read_text("utf-8"), re.M)
    if found is None:
        raise ValueError("keytag/_version.py has no __version__")
    return found[1]


def pinned(top: Path = TOP) -> Iterator[tuple[Path, str]]:
    """Every version that a page, a template's schema or the changelog's newest heading names, and where."""
    for path in [*top.glob("*.md"), *top.glob("docs/**/*.md"), *top.glob("keytag/data/*.schema.json")]:
        for found in PINS.finditer(path.read_text("utf-8")):
            yield path.relative_to(top), found[1]


def disagreements(top: Path = TOP, tag: str | None = None) -> list[str]:
    """What keeps this tree from being released under `tag` (`v` and the version, where it is left out)."""
    now = version(top)
    wrong = [f"{path} names v{other}, keytag/_version.py says {now}" for path, other in pinned(top) if other != now]
    headings = re.findall(r"^## (.+)$", (top / "CHANGELOG.md").read_text("utf-8"), re.M)
    if not headings or headings[0].split(" ")[0] != now:
        said = headings[0] if headings else "nothing"
        wrong.append(f"CHANGELOG.md begins with “{said}”: give those lines the heading “{now}”")
    if tag is not None and tag != f"v{now}":
        wrong.append(f"the tag is {tag}, and must be v{now}")
    return wrong


def loose(top: Path = TOP) -> list[str]:
    """Files of the tree that are not as they were committed; they would go into the source archive."""
    asked = ["git", "status", "--porcelain"]
    done = subprocess.run(asked, cwd=top, check=True, capture_output=True, text=True)
    return [f"{line[3:]} is not committed" for line in done.stdout.splitlines()]


def commit_day(top: Path) -> str:
    """SOURCE_DATE_EPOCH: as given, else the day of the last commit; the same commit makes the same bytes."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return given
    asked = ["git", "log", "-1", "--format=%ct"]
    return subprocess.run(asked, cwd=top, check=True, capture_output=True, text=True).stdout.strip()


def hatch(top: Path, target: str, folder: Path, epoch: str) -> Path:
    """One file of `top` by hatchling, whose archives are sorted and have no owner and no clock."""
    before = set(folder.iterdir())
    words = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(
        words, cwd=top, capture_output=True, text=True, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}
    )
    if done.returncode:
        raise ValueError(f"hatchling: {done.stderr.strip()}")
    (made,) = set(folder.iterdir()) - before
    return made


def build(folder: Path, top: Path = TOP) -> tuple[Path, Path]:
    """Source archive and wheel in `folder`, with SHA256SUMS; a `ValueError` where the archive makes another wheel."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty")
    epoch = commit_day(top)
    archive, wheel = hatch(top, "sdist", folder, epoch), hatch(top, "wheel", folder, epoch)
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(archive) as packed:
            packed.extractall(place, filter="data")
        (source,) = Path(place).iterdir()
        again = Path(place) / "again"
        again.mkdir()
        if hatch(source, "wheel", again, epoch).read_bytes() != wheel.read_bytes():
            raise ValueError(f"{archive.name} makes another wheel than the tree: is a file not committed?")
    sums = "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in (archive, wheel))
    (folder / "SHA256SUMS").write_text(sums, "utf-8")
    return archive, wheel


def main(words: list[str]) -> int:
    match words:
        case ["check"] | ["check", _]:
            wrong = [*disagreements(tag=words[1] if len(words) == 2 else None), *loose()]
            sys.stdout.write("".join(f"{line}\n" for line in wrong) or f"v{version()} can be released\n")
            return 1 if wrong else 0
        case ["build", folder]:
            build(Path(folder))
            sys.stdout.write((Path(folder) / "SHA256SUMS").read_text("utf-8"))
            return 0
    sys.stderr.write("usage: python .ci/release.py check [TAG] | build FOLDER\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
