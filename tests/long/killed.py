"""An `impose` killed at three hundred points of its time: `python -m tests.long.killed`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.job.test_faults import SCHEME, SMALL, killed

POINTS = 300


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "contacts.yaml").write_text(SMALL)
        (folder / "small.yaml").write_text(SCHEME)
        killed(folder, [1.05 * i / POINTS for i in range(POINTS)])
    print(f"killed at {POINTS} points: the old job or the new one, each time")


if __name__ == "__main__":
    main()
