"""`keytag import` of as many rows as Vietnam has communes, beside the least that could read and write them.

`python -m benchmarks.importing [ROWS]` makes a workbook and a CSV of 3,321 units with four numbers each, whose zeros a
spreadsheet has eaten, and takes in turn the command and a bare script that reads the same cells (calamine, or the
standard library's csv) and composes the roster that the command wrote (`yaml.compose`, C loader). The command writes
that roster and a report of 19,926 cells, and reads the roster again before it gets its name. Medians of nine pairs. The
bound that the project sets itself: the whole command in less than a second.
"""

from __future__ import annotations

import csv
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.commands import RUNS, measure

ROWS = 3321
BARE = {
    "xlsx": "from python_calamine import load_workbook\nload_workbook('b.xlsx').get_sheet_by_index(0).to_python()",
    "csv": "import csv\nwith open('b.csv', encoding='utf-8-sig', newline='') as file: list(csv.reader(file))",
}
READ = "\nimport yaml\nwith open('made.yaml', 'rb') as file: yaml.compose(file, Loader=yaml.CSafeLoader)"


def rows(count: int) -> list[tuple[str | int, ...]]:
    """A header, and `count` units: their desks' numbers as texts, the others as numbers without their zero."""
    made: list[tuple[str | int, ...]] = [("Đơn vị", "Trực ban", "Trưởng CA", "Phó CA 1", "Phó CA 2", "Số thẻ")]
    for row in range(1, count + 1):
        numbers = [900_000_000 + 10 * row + k for k in range(3)]
        made.append((f"Xã Thử {row}", f"02693{row:06d}", *numbers, 500))
    return made


def write(folder: Path, count: int) -> None:
    """The rows as `b.xlsx` and `b.csv`."""
    import xlsxwriter

    book = xlsxwriter.Workbook(folder / "b.xlsx")
    page = book.add_worksheet("S")
    for at, row in enumerate(rows(count)):
        page.write_row(at, 0, row)
    book.close()
    with (folder / "b.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows(count))


def main(count: int = ROWS) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, count)
        for end, bare in BARE.items():
            pairs = []
            for i in range(RUNS + 1):
                (folder / "made.yaml").unlink(missing_ok=True)
                ours = measure([sys.executable, "-m", "keytag", "import", f"b.{end}", "-o", "made.yaml"], folder)
                pair = ours, measure([sys.executable, "-c", bare + READ], folder)
                if i:  # the first only warms the caches
                    pairs.append(pair)
            processor, wall = (statistics.median(a[at] for a, _ in pairs) for at in (0, 1))
            ratio = statistics.median(a[0] / b[0] for a, b in pairs)
            memory = max(a[2] for a, _ in pairs)
            print(
                f"keytag import {end:5} {processor:.2f} s processor  {wall:.2f} s wall (bound 1 s)  "
                f"{ratio:.2f} × reading alone  {memory:.0f} MB"
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
