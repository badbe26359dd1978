"""What a job keeps does not grow with its units by more than the units themselves."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import keytag
from benchmarks.roster import made_roster
from keytag.job.imposition import imposed
from keytag.job.numbering import Wanted
from keytag.job.ready import Ready, order_of
from keytag.tag import room
from keytag.tag.typeset import Font

UNITS, MORE = 60, 240
MOST = 1.3  # of memory: a unit is 14 KB, its share of the caches gone; 120 MB were 60 units of what was before


# Of the process alone: `ru_maxrss` begins with what the parent had.
_PEAK = """
import re, sys
from pathlib import Path
from keytag import cli
try:
    cli.main()
except SystemExit as leave:
    assert not leave.code
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def test_four_times_the_units_take_little_more_memory(tmp_path: Path) -> None:
    found = []
    for units in (UNITS, MORE):
        (tmp_path / "contacts.yaml").write_text(made_roster(units), "utf-8")
        words = [sys.executable, "-c", _PEAK, "impose", "contacts.yaml", "-o", f"out-{units}"]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
        found.append(int(done.stdout.split()[-1]))
    assert found[1] < MOST * found[0], found


def test_papers_are_freed_without_the_collector() -> None:
    """Pages in rings would all stay in memory until it looks, which in a large job is too late."""
    text = made_roster(20).replace("job:\n", "job:\n  serials: {prefix: G, start: 1}\n", 1)
    text = text.replace("template: oval-50x20", "template: oval-50x20-numbered", 1)
    gate = keytag.ready(keytag.open(text))
    assert isinstance(gate, Ready)
    job = imposed(order_of(gate), wanted=Wanted(1))
    works = [work for work in job.papers(()) if work.fonts and work.what != "ticket"]  # of which a job has many
    assert {work.what for work in works} == {"box labels", "pile tickets"}
    for work in works:
        work.make(*work.given)
    before = gc.isenabled()
    for work in works:
        gc.collect()
        gc.disable()
        try:
            work.make(*work.given)
            assert gc.collect() == 0, work.name
        finally:
            if before:
                gc.enable()


def test_what_composing_remembers_is_forgotten_when_a_large_job_is_composed() -> None:
    keytag.ready(keytag.open(made_roster(60)))
    assert room.hull.cache_info().currsize and Font.shape.cache_info().currsize
    keytag.ready(keytag.open(made_roster(201)))
    assert not room.hull.cache_info().currsize and not Font.shape.cache_info().currsize
