"""What a job must not do twice, counted in calls: one job of seventeen units in a process of its own, profiled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PROFILED = """
import cProfile, json, sys
import keytag
profile = cProfile.Profile()
profile.enable()
keytag.impose(keytag.ready(keytag.open(sys.argv[1])), sys.argv[2])
profile.disable()
found = {}
for entry in profile.getstats():
    if not isinstance(entry.code, str):
        path = entry.code.co_filename.replace("\\\\", "/").rpartition("/keytag/")[2]
        name = f"{path}:{entry.code.co_name}"
        found[name] = found.get(name, 0) + entry.callcount
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How often each function of keytag was called while the shipped roster was imposed."""
    folder = tmp_path_factory.mktemp("effort") / "out"
    command = [sys.executable, "-c", _PROFILED, str(ROOT / "contacts.yaml"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    counted: dict[str, int] = json.loads(done.stdout)
    return counted


@pytest.mark.parametrize(
    ("function", "most"),
    [
        ("qr/symbol.py:_times", 2_000),  # products in the field, of which a table of remainders needs a few hundred
        ("base/flatten.py:_inside", 1_000),  # only edges near a mark are measured
        ("checks/sheet/placed.py:overlap", 3_000),  # a mark is held against the faces beside it, not against all
        ("base/geometry.py:_cubic_extent", 9_000),  # the contour's box, not each tag's
        ("base/flatten.py:flattened", 12),  # one contour, not one a station
        ("render/fingerprint.py:_usual", 34 * 4),  # the drawing of each tag is told once, not by slug, ticket, manifest
        ("job/keys.py:_told", 8 + 17),  # each work, and each tag once for all works that are given it
        ("render/pdf/content.py:joined", 120),
        ("checks/pdf/painting.py:run", 90),  # a form that stands in two files is read once
        ("checks/pdf/painting.py:_other", 13_000),  # what sets type is read in runs
        ("sheet/blocks.py:_run_groups", 1_200),  # most designs are one rectangle, and halves are not counted again
        ("sheet/marks/ground.py:places", 200),  # a place is made where a row has room for it
        ("documents/typesetting.py:wrap", 150),  # what needs no breaking is no paragraph
    ],
)
def test_what_is_alike_is_worked_out_once(calls: dict[str, int], function: str, most: int) -> None:
    assert 0 < calls[function] <= most
