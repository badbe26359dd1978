"""Every command of the Vietnamese pages, those that take long, too: `python -m tests.long.pages` in the repository."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.pages import follow


def main() -> None:
    for page in sorted((REPOSITORY / "docs" / "vi").glob("*.md")):
        with tempfile.TemporaryDirectory() as place:
            for line in follow(page.read_text("utf-8"), Path(place), long=True):
                print(f"{page.stem}: {line}")


if __name__ == "__main__":
    main()
