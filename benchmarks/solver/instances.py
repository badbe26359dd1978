"""The jobs that planning is measured on: generated from seeds, but for the shipped roster and what is published.

Published: I001 to I009, I013 and I014 of D. Romero's collection (Universidad Nacional Autónoma de México, "Instances of
the Cover Printing Problem"; Romero and Alonso-Pecina, Mathematical Problems in Engineering, 2018), with the best costs
listed there, as J. Minelli keeps them (github.com/johnMinelli/SiSA-optimization-algorithm, `in/` and `out/`). I001 to
I006, I013 and I014 go back to Teghem, Pirlot and Antoniadis (1995). The collection's further jobs could not be had.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from keytag.solver import Design, Limits


class Instance(NamedTuple):
    """A job to plan; `listed` is the best cost that was published."""

    name: str
    designs: tuple[Design, ...]
    limits: Limits
    listed: float = math.nan


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


_OFFSET, _LABELS = (18676, 13.44), (700, 0.07)  # a plate set, a sheet
# fmt: off
_PUBLISHED: dict[str, tuple[int, tuple[float, float], float, list[int]]] = {  # stations, costs, listed, demands
    "I001": (4, _OFFSET, 136472.00, [4500, 9000, 16000]),
    "I002": (4, _OFFSET, 247916.48, [8500, 15000, 18000, 20000]),
    "I003": (4, _OFFSET, 1851948.00, [84500, 94500, 103500, 114500, 135500]),
    "I004": (4, _OFFSET, 264348.00, [3000, 3000, 3000, 5000, 8000, 10000, 12000, 15000]),
    "I005": (4, _OFFSET, 269584.00, [1000, 1500, 2000, 2000, 2500, 3000, 4500, 5200, 6000, 7000, 9000, 12000]),
    "I006": (4, _OFFSET, 515256.00, [1000 * i for i in range(1, 16)]),
    "I007": (8, _LABELS, 5283.53, [40004, 81721, 38569, 20609, 30183, 58469, 19145, 75308, 40380]),
    "I008": (8, _LABELS, 11475.52, [
        45340, 32779, 70801, 45543, 92427, 11920, 33181, 69669, 92921, 70543, 59686, 51215, 24190, 98958, 50953, 62135,
        56990,
    ]),
    "I009": (7, _LABELS, 11191.60, [
        83672, 47774, 14251, 17441, 53155, 75953, 83543, 37061, 25687, 39045, 21944, 41029, 53671, 34494, 76827, 23670,
        13956, 49478,
    ]),
    "I013": (4, _OFFSET, 1759240.00, [
        30000, 28000, 27000, 26000, 26000, 23000, 22000, 22000, 20000, 20000, 19000, 18000, 17000, 16000, 15000, 15000,
        14000, 13500, 13000, 11000, 10500, 10000, 9000, 9000, 7500, 6000, 5000, 2500, 1500, 1000,
    ]),
    "I014": (4, _OFFSET, 2575832.00, [
        50000, 47000, 45500, 41500, 37000, 32500, 30500, 29000, 27000, 27000, 26700, 25000, 22000, 19000, 16100, 15000,
        14000, 13500, 13000, 13000, 12900, 12000, 12000, 11300, 10700, 10000, 10000, 9100, 8000, 6300, 5000, 5000, 4300,
        4200, 4000, 3000, 2650, 1800, 1100, 700,
    ]),
}
# fmt: on


def published() -> Iterator[Instance]:
    """Published jobs, with the best costs that are listed for them."""
    for name, (stations, (plate, sheet), listed, values) in _PUBLISHED.items():
        yield Instance(name, _designs(values), Limits(stations, plate, sheet), listed)


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
