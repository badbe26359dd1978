"""Thousands of workbooks, spoilt as people and spreadsheets spoil them: each is read as it was meant, or refused.

`python -m tests.long.office_workbooks [COUNT [FIRST]]` prints how many were equal and how many refused.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.office.test_import import equal_or_refused


def main(count: int = 1000, first: int = 1000) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        return Counter(equal_or_refused(seed, Path(folder)) for seed in range(first, first + count))


if __name__ == "__main__":
    print(dict(main(*map(int, sys.argv[1:]))))
