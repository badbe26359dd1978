"""Reading and checking takes time in proportion to the roster, whatever is wrong with it.

Python's calls are counted, not seconds: the same on every machine, under any load.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from keytag.job import checking

HEAD = """\
job: {date: 2020-05-18, edition: 05/2020}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100}
units:
"""
# One unit of each kind of roster; {i} is its number.
SHAPES = {
    "all different": "- {{name: N{i}, duty: 0269.{i:07d}}}",
    "all alike": '- {{kind: xã, name: Glar, code: "23680", duty: 0269.3000.201, chief: 0900.000.101, quantity: 3}}',
    "misspelt keys": "- {{kynd: xã, name: Glar {i}, duti: 0269.3000.201}}",
    "broken numbers": "- {{kind: xã, name: Glar, duty: 02693OO, chief: O900.{i}, quantity: x}}",
    "links": '- {{kind: xã, name: N{i}, duty: 0269.3000.201, zalo: "http://zalo.me/1234567890123456", quantity: 3}}',
    "their own authorities": "- {{kind: xã, name: Glar, authority: self, duty: 0269.3000.201, chief: 0900.000.101}}",
    "silenced": "- {{kind: xã, name: Glar, duty: 0269.3000.201}}  # keytag: ignore[missing-chief]",
    "texts cut off": "- name: Glar #113 {i}",
}


def calls(work: Callable[[], object]) -> int:
    """How many calls, of Python's functions and of C's, `work` makes."""
    count = 0

    def hook(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(hook)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_units_take_twice_the_work(shape: str, tmp_path: Path) -> None:
    counted = {}
    for units in (10, 400, 800):  # the first warms what is read once
        path = tmp_path / f"{units}.yaml"
        path.write_text(HEAD + "\n".join(SHAPES[shape].format(i=i) for i in range(units)) + "\n", "utf-8")
        counted[units] = calls(lambda path=path: checking.check([path], checking.Wanted(artwork=False)))  # type: ignore[misc]
    assert counted[800] < 2.15 * counted[400], counted
