"""The jobs that planning is measured on: generated from seeds, but for the shipped roster and what is published.

Published: the toy example of the data sets' page of D. Romero (Universidad Nacional Autónoma de México, "Instances of
the Cover Printing Problem"): demands 4500, 9000, 16000 on a grid of 4, 13.44 an imprint, 18676 a grid. Its
page gives a solution, 139280.96, as an illustration of the file format, not as a best.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from keytag.plan import Design, Limits


class Instance(NamedTuple):
    """A job to plan, and the seconds that it is given."""

    name: str
    designs: tuple[Design, ...]
    limits: Limits


def demands(kind: str, count: int, seed: int) -> list[int]:
    """`count` demands, uniform, log-uniform or Zipf-like."""
    pick = random.Random(seed)
    if kind == "uniform":
        return [pick.randint(200, 5000) for _ in range(count)]
    if kind == "log-uniform":
        return [int(200 * 25 ** pick.random()) for _ in range(count)]
    if kind == "zipf":
        return [max(20, int(20000 / (rank + 1) ** 0.8)) for rank in range(count)]
    raise ValueError(kind)


def _designs(values: list[int]) -> tuple[Design, ...]:
    return tuple(Design(f"D{number:04d}", value) for number, value in enumerate(values, 1))


def _shared(weights: list[float], total: int) -> list[int]:
    whole = sum(weights)
    values = [max(1, int(weight * total / whole)) for weight in weights]
    values[0] += total - sum(values)
    return values


def made(kind: str, count: int, total: int, seed: int = 1) -> tuple[Design, ...]:
    """`count` units that share `total` tags: `lognormal`, `uniform` or `gamma` weights."""
    pick = random.Random(seed)
    weights = {
        "lognormal": lambda: math.exp(pick.gauss(0, 0.55)),
        "uniform": lambda: pick.uniform(0.2, 1.8),
        "gamma": lambda: pick.gammavariate(2.5, 1) + 0.1,
    }
    return _designs(_shared([weights[kind]() for _ in range(count)], total))


def shipped() -> Iterator[Instance]:
    """The shipped roster with 3 % spoilage on 80 stations."""
    text = (Path(__file__).parents[2] / "contacts.yaml").read_text(encoding="utf-8")
    values = [-(-int(value) * 103 // 100) for value in re.findall(r"^\s*quantity:\s*(\d+)\s*$", text, re.MULTILINE)]
    for cost in (10.0, 50.0, 250.0, 1000.0):
        yield Instance("shipped", _designs(values), Limits(80, cost))


def published() -> Iterator[Instance]:
    """The one published job that is certain: the example of the data sets' page."""
    yield Instance("Romero's example", _designs([4500, 9000, 16000]), Limits(4, 18676, 13.44))


def small() -> Iterator[Instance]:
    """n ≤ 18 and t ≤ 8: to be proven optimal."""
    for count, stations, seed in ((8, 4, 1), (10, 4, 2), (12, 6, 3), (14, 8, 4), (16, 6, 5), (18, 8, 6), (18, 4, 7)):
        for kind, cost in (("uniform", 1000.0), ("log-uniform", 250.0)):
            yield Instance(f"small {kind}", _designs(demands(kind, count, seed)), Limits(stations, cost))


def classes() -> Iterator[Instance]:
    """Random classes of 20 to 100 designs on 4 to 60 stations, the plate costs in turn."""
    costs = (10.0, 50.0, 250.0, 1000.0)
    number = 0
    for count in (20, 30, 50, 70, 100):
        for stations in (4, 8, 20, 40, 60):
            for kind in ("uniform", "log-uniform", "zipf"):
                number += 1
                values = demands(kind, count, count + stations)
                yield Instance(kind, _designs(values), Limits(stations, costs[number % 4]))


def province() -> Iterator[Instance]:
    """135 units, 450,000 tags, 60 stations, 250 sheets' worth a plate set."""
    for kind in ("lognormal", "uniform", "gamma"):
        yield Instance(f"province {kind}", made(kind, 135, 450_000), Limits(60, 250.0))


def nation() -> Iterator[Instance]:
    """3,321 units, 26.9 million tags, 60 stations."""
    for kind in ("lognormal", "uniform", "gamma"):
        yield Instance(f"nation {kind}", made(kind, 3321, 26_900_000), Limits(60, 250.0))


SETS = {
    "shipped": shipped,
    "published": published,
    "small": small,
    "classes": classes,
    "province": province,
    "nation": nation,
}
