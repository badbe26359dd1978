"""The proof book of a province of 135 units: how large it is. `python -m tests.long.book_of_135`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from keytag.job import setup as jobs
from keytag.job.proofs import render_job
from keytag.job.ready import compose, findings_of
from keytag.office.beginning import judged, roster_text

MOST = 8_000_000


def main() -> int:
    text = roster_text(judged({"province": "Gia Lai", "date": "2026-01-31"}, ("oval-50x20",)))
    for i in range(135):
        text = text.replace("duty:  # cần điền: số trực ban\n", f"duty: 0269.3000.{i:03d}\n", 1)
        text = text.replace("chief:  # cần điền: số trưởng công an\n", f"chief: 0900.000.{i:03d}\n", 1)
        numbers = ", ".join(f"0900.00{k}.{i:03d}" for k in (1, 2, 3))
        text = text.replace(
            "deputies:  # cần điền: một đến bốn số; xóa dòng này nếu không in\n", f"deputies: [{numbers}]\n", 1
        )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "contacts.yaml").write_text(text)
        setup = jobs.open(Path(folder) / "contacts.yaml")
        artworks = compose(setup)
        render_job(setup, artworks, findings_of(setup, artworks), Path(folder) / "proofs", formats=("book",))
        size = (Path(folder) / "proofs" / "proof-book.pdf").stat().st_size
    assert len(artworks) == 135 and size < MOST, size
    return size


if __name__ == "__main__":
    print(f"{main():,} bytes")
