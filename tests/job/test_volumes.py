"""Long files come in volumes that hold everything once."""

from pathlib import Path

import pytest

import keytag.job.papers
import keytag.job.pressfiles
from keytag.job.impose import impose
from keytag.job.ready import Ready, ready
from keytag.job.setup import open
from keytag.job.verification import verify_folder
from keytag.job.volumes import is_volume, volumes


def test_volumes_hold_everything_once_and_know_their_names() -> None:
    assert [part.name for part in volumes("masters.pdf", 200, 200)] == ["masters.pdf"]
    parts = volumes("masters.pdf", 401, 200)
    assert [(part.first, part.last) for part in parts] == [(0, 133), (133, 267), (267, 401)]
    assert [part.name for part in parts] == ["masters-0001-0133.pdf", "masters-0134-0267.pdf", "masters-0268-0401.pdf"]
    assert all(is_volume(part.name, "masters.pdf") for part in (*parts, *volumes("masters.pdf", 1, 200)))
    assert not any(is_volume(name, "masters.pdf") for name in ("masters-old.pdf", "masters-1-2.pdf", "my-masters.pdf"))


def test_a_job_in_volumes_is_whole_and_its_verification_reads_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keytag.job.pressfiles, "UNITS", 2)
    monkeypatch.setattr(keytag.job.papers, "BOXES", 2)
    units = "".join(
        f'  - {{kind: xã, name: "{name}", duty: 0269.3000.11{i}, chief: 0900.000.11{i}, quantity: 500}}\n'
        for i, name in enumerate(("Đak Đoa", "Ia Băng", "Kon Gang"))
    )
    roster = tmp_path / "contacts.yaml"
    roster.write_text(
        "job: {name: Volumes, template: oval-50x20, scheme: sra3-sheetwise, date: 2025-08-01}\n"
        "authority: {name: Gia Lai, level: commune, duty: 0692.000.113}\n"
        f"units:\n{units}",
        encoding="utf-8",
    )
    setup = open([roster])
    gate = ready(setup)
    assert isinstance(gate, Ready), gate
    made = impose(gate, tmp_path / "out").files
    assert {"masters-0001-0001.pdf", "masters-0002-0003.pdf"} <= set(made) and "masters.pdf" not in made
    assert {"packing-list-0001-0001.pdf", "packing-list-0002-0003.pdf", "packing-list.csv"} <= set(made)
    report = verify_folder(tmp_path / "out", setup).report
    assert not report.failures, [failure for item in report.items for failure in item.failures]
