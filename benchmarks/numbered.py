"""Numbered jobs beside the least that they could cost (`benchmarks.floor`), in turn, by each process's processor time.

`python -m benchmarks.numbered [ROUNDS]` numbers the shipped roster (17,360 tags) as text, with a ledger, and with a
code on each tag, and prints medians, the median of each round's ratio, memory, and bytes a tag, beside the bounds that
the project sets itself. Last, `back` reads every code and serial of the latter back by verification's own reader, a
process of its own that reads and composes the roster anew: beside the making.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROSTER = Path(__file__).parent.parent / "contacts.yaml"
TAGS = 17_360
SERIALS = "serials: {prefix: G, start: 1%s}"


def spent(words: list[str]) -> tuple[float, float]:
    """Processor seconds and peak megabytes of one run."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def back(roster: str, folder: str) -> None:
    """Hold every number of a folder's sheets and table against the roster."""
    from keytag.job.booking import wanted_of
    from keytag.job.expected_numbers import numbers_of
    from keytag.job.imposition import imposed
    from keytag.job.numbering import with_place
    from keytag.job.ready import Ready, order_of, ready
    from keytag.job.setup import open
    from keytag.verification.numbered import check_numbers

    setup = with_place(open(Path(roster)))
    gate = ready(setup)
    if not isinstance(gate, Ready):
        raise SystemExit("the roster has errors")
    numbers = numbers_of(imposed(order_of(gate), wanted=wanted_of(setup)))
    if numbers is None:
        raise SystemExit("the roster has no serials")
    compared, failures = check_numbers(numbers, {path.name: path.read_bytes() for path in Path(folder).iterdir()})
    if failures or compared < 2 * TAGS:
        raise SystemExit(f"{compared} compared, {len(failures)} wrong")


def main(rounds: int = 5) -> None:
    keytag = [sys.executable, "-m", "keytag", "impose", "--numbered"]
    with tempfile.TemporaryDirectory() as name:
        folder, text = Path(name), ROSTER.read_text("utf-8")
        for kind, link in (("text", ""), ("code", ', link: "https://x.gov.vn/{serial}"')):
            job = text.replace("template: oval-50x20", f"template: oval-50x20-numbered\n  {SERIALS % link}", 1)
            (folder / f"{kind}.yaml").write_text(job.replace("[zalo.me]", "[zalo.me, x.gov.vn]", 1), "utf-8")
        times: dict[str, list[tuple[float, float]]] = {}
        for i in range(rounds + 1):
            ledger = folder / f"so-{i}.csv"
            runs = {
                "floor": [sys.executable, "-m", "benchmarks.floor", str(folder / "floor.pdf")],
                "text": [*keytag, str(folder / "text.yaml"), "-o", str(folder / "text"), "--ledger", str(ledger)],
                "code": [*keytag, str(folder / "code.yaml"), "-o", str(folder / "code")],
                "back": [
                    sys.executable,
                    "-m",
                    "benchmarks.numbered",
                    "back",
                    *map(str, (folder / "code.yaml", folder / "code")),
                ],
            }
            for kind, words in runs.items():
                found = spent(words)
                if i:
                    times.setdefault(kind, []).append(found)
        for kind, bound in (("floor", 1.0), ("text", 2.0), ("code", 2.6)):
            middle = statistics.median(t for t, _ in times[kind])
            pairs = zip(times[kind], times["floor"], strict=True)
            ratio = statistics.median(t / f for (t, _), (f, _) in pairs)
            memory = max(m for _, m in times[kind])
            size = sum(p.stat().st_size for p in (folder / kind).glob("plate-*.pdf")) if kind != "floor" else 0
            size = size or (folder / "floor.pdf").stat().st_size
            said = f"{kind:6} {middle:6.2f} s  {ratio:5.2f} × (bound {bound})"
            print(f"{said}  {memory:5.0f} MB  {size / TAGS:5.0f} B a tag")
        pairs = zip(times["back"], times["code"], strict=True)
        ratio = statistics.median(t / c for (t, _), (c, _) in pairs)
        print(f"back   {statistics.median(t for t, _ in times['back']):6.2f} s  {ratio:5.2f} × code (bound 3.0)")


if __name__ == "__main__":
    back(*sys.argv[2:]) if sys.argv[1:2] == ["back"] else main(*map(int, sys.argv[1:2]))
