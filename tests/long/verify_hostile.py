"""Thousands of mutated job.json, hundreds of PDFs and films: no traceback, and no exit 1 for what cannot be read.

    python -m tests.long.verify_hostile [--listings 3000] [--structures 300] [--files 300] [--films 300] [--seed 1]

Each outcome is a report (exit 0 or 1) or an error of keytag's own with exit code 3; anything else ends the run with 1.
All are tried in one process. Of a changed job.json, and of a PDF with one value of its structure replaced, no pixels
are looked at; mangled PDFs are opened in a process of their own
first, as ever, and those that can be read are looked at whole. Of films, as many films.json are changed, and no pixels
looked at, and a fifth as many TIFFs, half of them in their directories alone, which are looked at whole.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import keytag
from keytag.base.errors import InputError, ToolFailedError
from keytag.verification import films as checked
from keytag.verification import looks, run, vet
from tests.verification.damage import Job, made, not_twice
from tests.verification.mutants_films import with_films

TRACEBACK = "a traceback"
LONGEST = 12.0  # seconds of a processor: 5 more than a sound folder takes
VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    7,
    3.5,
    1e308,
    10**30,
    "",
    "x",
    "../x",
    "\ud800",
    "a" * 9999,
    [],
    {},
    [[]],
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        found += places(one, (*path, key))
    return found


def changed(listing: Any, chance: random.Random) -> Any:
    """One value replaced, taken out, put in twice, or exchanged with another."""
    listing = json.loads(json.dumps(listing))
    path = chance.choice(places(listing))
    here: Any = listing
    for key in path[:-1]:
        here = here[key]
    way = chance.random()
    if way < 0.7:
        here[path[-1]] = chance.choice(VALUES)
    elif way < 0.85:
        del here[path[-1]]
    elif isinstance(here, list):
        here.append(here[path[-1]])
    else:
        here[chance.choice(list(here))] = here[path[-1]]
    return listing


def mangled(data: bytes, chance: random.Random) -> bytes:
    """A file cut, filled up, or with some of its bytes changed."""
    way, at = chance.random(), chance.randrange(len(data))
    if way < 0.2:
        return data[:at]
    if way < 0.4:
        return data[:at] + bytes(chance.randrange(256) for _ in range(64)) + data[at + 64 :]
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 30))):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def keys_of(value: Any) -> list[Any]:
    return list(range(len(value))) if isinstance(value, pikepdf.Array) else list(value.keys())


def parts(value: Any, deep: int = 0) -> Iterator[Any]:
    """Every dictionary and array of an object, direct ones only."""
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)):
        yield value
        for one in (value[key] for key in keys_of(value)):
            if deep < 6 and not getattr(one, "is_indirect", False):
                yield from parts(one, deep + 1)


def restructured(data: bytes, chance: random.Random) -> bytes:
    """A PDF with one value of one of its dictionaries or arrays replaced or taken out."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        held = [part for item in pdf.objects for part in parts(item) if len(keys_of(part))]
        odd = [0, -1, 10**9, 0.5, True, pikepdf.Name("/X"), pikepdf.String("x"), pikepdf.Array([]), pdf.Root,
               pikepdf.Dictionary(), pikepdf.Array([pikepdf.Name("/X"), 1]), pdf.make_stream(b"q")]  # fmt: skip
        holder = chance.choice(held)
        key = chance.choice(keys_of(holder))
        try:
            if chance.random() < 0.3:
                del holder[key]
            else:
                holder[key] = chance.choice(odd)
            pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        except (pikepdf.PdfError, KeyError, RuntimeError, ValueError, TypeError):
            return data  # what a library that writes PDF does not let pass
    return out.getvalue()


def outcome(job: Job, setup: keytag.Setup, slow: list[float]) -> str:
    """What verify makes of a folder; `slow` is told the processor time, children's included."""
    start = sum(os.times()[:4])
    try:
        report = keytag.verify(job.out, setup)
        found = "wrong" if report.failures else "right"
    except (InputError, ToolFailedError) as error:
        assert "\n" not in error.message, error.message
        found = f"exit {error.exit_code}"
    except Exception:
        traceback.print_exc()
        found = TRACEBACK
    slow.append(sum(os.times()[:4]) - start)
    return found


def listings(finished: Path, chance: random.Random, number: int) -> Iterator[Job]:
    """One folder, its job.json changed each time."""
    job = Job(finished)
    sound = (job.out / "job.json").read_bytes()
    for _ in range(number):
        (job.out / "job.json").write_text(json.dumps(changed(json.loads(sound), chance)), encoding="utf-8")
        yield job
    (job.out / "job.json").write_bytes(sound)


def structures(finished: Path, chance: random.Random, number: int) -> Iterator[Job]:
    return files(finished, chance, number, restructured)


def files(
    finished: Path,
    chance: random.Random,
    number: int,
    spoil: Callable[[bytes, random.Random], bytes] = mangled,
) -> Iterator[Job]:
    """A folder each time, one of its PDFs spoiled, its hash recomputed."""
    names = sorted(p.name for p in (finished / "out").glob("*.pdf"))
    place = finished.parent / "job"
    for _ in range(number):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(finished, place)
        job, name = Job(place), chance.choice(names)
        before = (job.out / name).read_bytes()
        other = spoil(before, chance)
        if other != before:
            job.rewrite(name, lambda _, other=other: other)
            yield job


def film_listings(finished: Path, chance: random.Random, number: int) -> Iterator[Job]:
    """One folder of films, its films.json changed each time."""
    job = Job(finished, "films")
    sound = job.told.read_bytes()
    for _ in range(number):
        job.told.write_text(json.dumps(changed(json.loads(sound), chance)), encoding="utf-8")
        yield job
    job.told.write_bytes(sound)


def films_of(finished: Path, chance: random.Random, number: int) -> Iterator[Job]:
    """One folder of films, one of them spoiled each time, its hash recomputed."""
    job = Job(finished, "films")
    sound, names = job.told.read_bytes(), sorted(path.name for path in job.out.glob("*.tif"))
    for _ in range(number):
        name = chance.choice(names)
        before = (job.out / name).read_bytes()
        at = int.from_bytes(before[4:8], "little") if chance.random() < 0.5 else 0
        after = before[:at] + mangled(before[at:], chance)
        if after != before:
            job.rewrite(name, lambda _, after=after: after)
            yield job
            (job.out / name).write_bytes(before)
            job.told.write_bytes(sound)


def main(words: list[str]) -> int:
    def asked(name: str, default: int) -> int:
        return int(words[words.index(name) + 1]) if name in words else default

    chance = random.Random(asked("--seed", 1))
    counts: Counter[str] = Counter()
    start, right = time.monotonic(), True
    with tempfile.TemporaryDirectory(prefix="hostile-") as place, not_twice(), pytest.MonkeyPatch.context() as patch:
        (Path(place) / "one").mkdir()
        finished = made(Path(place) / "one")
        (Path(place) / "filmed").mkdir()
        filmed = with_films(Path(place) / "filmed")
        assert keytag.verify(finished / "out", keytag.open([finished / "contacts.yaml"])).failures == 0
        for kind, jobs, folder, number in (
            ("listing", listings, finished, asked("--listings", 3000)),
            ("structure", structures, finished, asked("--structures", 300)),
            ("file", files, finished, asked("--files", 300)),
            ("films.json", film_listings, filmed, asked("--films", 300)),
            ("film", films_of, filmed, asked("--films", 300) // 5),
        ):
            setup = keytag.open([folder / "contacts.yaml"])
            slow: list[float] = []
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            patch.undo()
            if kind != "file":  # no pixel depends on what a listing says but by the drawings that are made of it
                patch.setattr(looks, "looks_of", lambda *_: [])
            if kind == "films.json":
                patch.setattr(checked, "check_films", lambda *_: (1, []))
            if kind == "file":
                patch.setattr(run, "vet", vet.vet)  # in a process of its own, as people have it
            for i, job in enumerate(jobs(folder, chance, number)):
                counts[f"{kind}: {outcome(job, setup, slow)}"] += 1
                if i % 50 == 49:
                    print(f"{kind} {i + 1}: {dict(counts)} {time.monotonic() - start:.0f} s", flush=True)
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown) // 1024
            right = right and max(slow, default=0.0) < LONGEST
            print(f"{kind}: the longest took {max(slow, default=0.0):.1f} s of a processor; {grown} MB more at the end")
    print(dict(sorted(counts.items())), f"{time.monotonic() - start:.0f} s")
    return int(not right or any(TRACEBACK in what for what in counts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
