"""Thousands of mutated job.json and hundreds of mutated PDFs: no traceback, and no exit 1 for what cannot be read.

    python -m tests.long.verify_hostile [--listings 3000] [--files 300] [--seed 1]

Each outcome is a report (exit 0 or 1) or an error of keytag's own with exit code 3; anything else ends the run with 1.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from keytag.base.errors import InputError, ToolFailedError
from tests.verification.damage import Job, made, not_twice

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


def outcome(job: Job) -> str:
    try:
        return "right" if not job.verify().failures else "wrong"
    except (InputError, ToolFailedError) as error:
        return f"exit {error.exit_code}"


def main(words: list[str]) -> int:
    def asked(name: str, default: int) -> int:
        return int(words[words.index(name) + 1]) if name in words else default

    chance = random.Random(asked("--seed", 1))
    counts: Counter[str] = Counter()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hostile-") as place, not_twice():
        (Path(place) / "one").mkdir()
        finished = made(Path(place) / "one")
        sound = json.loads((finished / "out" / "job.json").read_text(encoding="utf-8"))
        names = sorted(p.name for p in (finished / "out").glob("*.pdf"))
        for kind, number in (("listing", asked("--listings", 3000)), ("file", asked("--files", 300))):
            for i in range(number):
                shutil.rmtree(Path(place) / "job", ignore_errors=True)
                shutil.copytree(finished, Path(place) / "job")
                job = Job(Path(place) / "job")
                if kind == "listing":
                    text = json.dumps(changed(sound, chance))
                    (job.out / "job.json").write_text(text, encoding="utf-8")
                else:
                    name = chance.choice(names)
                    other = mangled((job.out / name).read_bytes(), chance)
                    if other == (job.out / name).read_bytes():
                        continue
                    job.rewrite(name, lambda _, other=other: other)
                counts[f"{kind}: {outcome(job)}"] += 1
                if i % 50 == 49:
                    print(f"{kind} {i + 1}: {dict(counts)} {time.monotonic() - start:.0f} s", flush=True)
    print(dict(sorted(counts.items())), f"{time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
