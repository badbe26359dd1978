"""Reading and checking a nation's roster against the least that could read it, side by side in one run.

`python -m benchmarks.roster [UNITS]` makes a seeded roster (3,321 units, as many as Vietnam has communes since 2025) in
a temporary folder, and takes in turn the processor time of `yaml.compose` with the C loader, of loading, and of loading
and all contact checks. It prints medians and the median of each round's ratio. The bounds that the project sets itself:
loading and checking at most 3 times `yaml.compose`; composing and checking a tag at most 3 ms a unit each, whether of
the shipped roster, of one with 135 units or of the whole country's: it is linear. Composing is timed with the garbage
collector as the command line sets it, and again as Python does, which a caller of the library has. All names and codes
are real, from the gazetteer, all numbers made: 0900.0xx.xxx and 02xx.300x.xxx.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keytag.base.diagnostics import Diagnostic

UNITS = 3321
ROUNDS = 9
PROVINCE = 135  # units of Gia Lai
SAMPLE = 300  # tags checked: enough for a mean per unit
HERE = Path(__file__).parent


def made_roster(units: int, seed: int = 2025) -> str:
    """A roster of one authority and real units of the country, from Gia Lai on; the same seed gives the same text.

    As many of one province as it has, then of the next: 135 is Gia Lai, 3,321 the whole country. The authority states
    no province, so that each unit is judged by its own code, and one made name serves all.
    """
    from keytag.vietnam import gazetteer, provinces

    dice = random.Random(seed)
    codes = sorted(provinces.all_today(), key=lambda p: (p.code != "52", p.code))
    official = [(unit, p) for p in codes for unit in gazetteer.units(p.code).since]
    mobiles = (f"0900.{n // 1000:03}.{n % 1000:03}" for n in range(100_000))
    out = [
        "# A made roster: every number is a sample.",
        "job:",
        "  name: Made nation",
        "  template: oval-50x20",
        "  scheme: sra3-sheetwise",
        "  spoilage: 3%",
        "  date: 2025-08-01",
        "  edition: 08/2025",
        "  show_113: yes",
        "  per_box: 16000",  # a box a unit: labels are made for 10,000 boxes at the most
        "authority:",
        "  name: Mẫu",
        "  level: commune",
        "  duty: 0692.000.113",
        f"  chief: {next(mobiles)}",
        "  zalo: https://zalo.me/1234567890123456789",
        "units:",
    ]
    for i, (unit, province) in enumerate(official[:units]):
        area = min(provinces.area_codes(province.name, "2025-08-01"))
        desk = f"{area}.{3000 + i // 1000}.{i % 1000:03}" if len(area) == 4 else f"{area}.3000.{i:04}"
        deputies = ", ".join(next(mobiles) for _ in range(dice.choice((1, 2, 2, 3))))
        out += [
            f"  - kind: {unit.kind}",
            f'    name: "{unit.name}"',
            f'    code: "{unit.code}"',
            f"    duty: {desk}",
            f"    chief: {next(mobiles)}",
            f"    deputies: [{deputies}]",
            f"    quantity: {dice.randint(400, 16_000)}",
            f"    address: Trụ sở Công an {unit.kind} {unit.name}",
            "",
        ]
    return "\n".join(out)


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call, the collector at rest before it."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def main(units: int = UNITS) -> None:
    import yaml

    from keytag.checks import run_artwork_checks, run_contact_checks, unsilenced
    from keytag.cli import COLLECTOR_THRESHOLD
    from keytag.job.ready import compose
    from keytag.job.setup import open
    from keytag.roster.load import load

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.yaml"
        path.write_text(made_roster(units), encoding="utf-8")

        def parsed() -> object:
            with path.open("rb") as file:
                return yaml.compose(file, Loader=yaml.CSafeLoader)

        def check() -> list[Diagnostic]:
            roster = load([path])
            return unsilenced([*roster.findings, *run_contact_checks(roster)], roster.files)

        contenders: dict[str, Callable[[], object]] = {
            "yaml.compose, C loader": parsed,
            "load": lambda: load([path]),
            "load and contact checks": check,
        }
        rounds = []
        for i in range(ROUNDS + 1):
            times = [seconds(work) for work in contenders.values()]
            if i:  # the first only warms imports and caches
                rounds.append(times)
        findings = len(check())
        print(f"{units:,} units, {path.stat().st_size / 1e6:.2f} MB, {findings} findings")
        for column, name in enumerate(contenders):
            middle = statistics.median(times[column] for times in rounds)
            ratio = statistics.median(times[column] / times[0] for times in rounds)
            bound = " (bound 3)" if column == 2 else ""
            print(f"{name:26} {middle * 1000:7.0f} ms  {ratio:5.2f} ×{bound}")

        shipped = open(HERE.parent / "contacts.yaml")
        compose(shipped)  # warm: fonts and the letters that most names have
        for count in (len(shipped.printed.units), PROVINCE, units):
            if count != len(shipped.printed.units):
                path.write_text(made_roster(count), encoding="utf-8")
            setup = shipped if count == len(shipped.printed.units) else open(path)
            usual = gc.get_threshold()
            gc.set_threshold(COLLECTOR_THRESHOLD)
            composing = seconds(partial(compose, setup)) / count
            gc.set_threshold(*usual)
            plainly = seconds(partial(compose, setup)) / count
            some = compose(setup, draft=True)[:SAMPLE]
            checking = seconds(partial(run_artwork_checks, setup.roster, setup.template, some)) / len(some)
            told = (
                f"{composing * 1000:5.2f} ms a unit to compose (bound 3; {plainly * 1000:.2f} with Python's collector)"
            )
            told += f", {checking * 1000:5.2f} ms to check its tag"
            print(f"{count:5,} units: {told} (bound 3)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
