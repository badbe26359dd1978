"""Nothing in a roster or a file's name is obeyed by what reads the outputs: PDF, SVG, CSV, JSON, XML, terminals."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

import pikepdf
import pytest

import keytag
from keytag.base.diagnostics import Severity
from keytag.job import plan_shown
from keytag.job import ready as gate
from keytag.job.planning import layout_of, plan_of
from keytag.job.proofs import render_job
from keytag.report import FORMATS, renderer
from tests.conftest import REPOSITORY

HOSTILE = {
    "newline": "a\nb\r\n::error::owned",
    "pdf string": ") Tj ET Q endstream endobj (\\",
    "pdf name": "/JS <</S /JavaScript>> %PDF-1.6 <FEFF> >> ]",
    "svg": "</text></svg><script>alert(1)</script><!--",
    "attribute": '" onload="alert(1)" \'><![CDATA[ ]]> &amp; &x;',
    "formula": '=HYPERLINK("http://x","y")',
    "formula behind a blank": " \t@SUM(1,2)",
    "json": '","files":[],"x":"\\u0000\\',
    "terminal": "\x1b]0;owned\x07\x1b[2J\x9b31m",
    "direction": "\u202egnp.\u2066exe\u200f\u2069",
    "invisible": "a\u200bb\ufeffc\u00ad\ufffe",
    "template": "{link} {unit.name} {{x}} %s ${x}",
    "path": "../../../etc/passwd",
    "markup of the papers": "<font color='red'>x</font><img src='/etc/passwd'/><b>",
}

# The texts that one job holds: the first in its own fields, each in those of a unit of its own. `KEYTAG_WHOLE=1` gives
# each text a job of its own.
GROUPS = {
    "newline": ("newline", "pdf string", "formula", "path"),
    "terminal": ("terminal", "json", "formula behind a blank", "template"),
    "markup of the papers": ("markup of the papers", "pdf name", "attribute", "direction", "invisible"),
}
if os.environ.get("KEYTAG_WHOLE"):
    GROUPS = {name: (name,) for name in HOSTILE}

ROSTER = """\
job: {{name: {0}, customer: {0}, slogan: {0}, edition: {0}, date: 2020-05-18, spoilage: 3%}}
authority: {{name: {0}, level: {0}, kind: {0}, province: {0}, duty: {{number: 0269.3000.113, name: {0}}},
  chief: {{number: 0900.000.100, name: {0}}}, zalo: https://zalo.me/1234567890123456789}}
units:
{1}  - {{kind: xã, name: Glar, code: "23707", duty: 0269.3000.223, chief: 0900.000.151, quantity: 10, address: {0}}}
"""
UNIT = """\
  - {{kind: {0}, name: {0}, code: {0}, duty: 0269.3000.21{1}, chief: {{number: 0900.000.13{1}, name: {0}}},
    deputies: [{{number: {0}, name: {0}}}, 0900.000.14{1}], others: [{{role: {0}, number: 0900.000.30{1}}}],
    quantity: 20, address: {0}, slogan: {0}, link: {0}, valid_from: {0}, valid_until: {0}}}
"""
Made: TypeAlias = tuple[tuple[str, ...], keytag.Ready, Path]
STEERING = {chr(c) for c in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x200F, 0x202E, 0x2066, 0x2069)} - {"\n"}


@pytest.fixture(scope="module", params=GROUPS, ids=lambda name: name.replace(" ", "-"))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The hostile texts, the job of a roster that has them in every text field, and a folder with all outputs."""
    folder, texts = tmp_path_factory.mktemp("hostile"), tuple(HOSTILE[name] for name in GROUPS[request.param])
    units = "".join(UNIT.format(json.dumps(text), i) for i, text in enumerate(texts))
    (folder / "contacts.yaml").write_text(ROSTER.format(json.dumps(texts[0]), units), "utf-8")
    setup = keytag.open(folder / "contacts.yaml")
    with pytest.MonkeyPatch.context() as patch:  # the gate stops all of this: here it must reach the press files
        patch.setattr(gate, "findings_of", _softened(gate.findings_of))
        ready = keytag.ready(setup)
    assert isinstance(ready, keytag.Ready)
    render_job(setup, ready.artworks, ready.findings, folder / "proofs", formats=("pdf", "svg", "book"), dpi=72)
    keytag.impose(ready, folder / "out")
    return texts, ready, folder


def _softened(findings_of: Callable[..., keytag.Findings]) -> Callable[..., keytag.Findings]:
    """The same findings, errors as warnings."""

    def findings(*what: Any) -> keytag.Findings:
        found = findings_of(*what)
        assert any(finding.severity is Severity.ERROR for finding in found)
        return tuple(f._replace(severity=Severity.WARNING) if f.severity is Severity.ERROR else f for f in found)

    return findings


def test_every_file_is_well_formed_and_where_it_belongs(made: Made) -> None:
    _, _, folder = made
    assert {p.name for p in folder.iterdir()} == {"contacts.yaml", "out", "proofs"}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        assert path.name.isascii() and path.name.isprintable()
        match path.suffix:
            case ".pdf":
                _is_a_quiet_pdf(path.read_bytes())
            case ".svg":
                tags = {e.tag.rpartition("}")[2] for e in ElementTree.parse(path).iter()}
                assert tags <= {"svg", "title", "desc", "g", "path", "circle", "image"}
            case ".json":
                json.loads(path.read_bytes())


def _is_a_quiet_pdf(data: bytes) -> None:
    """It has no syntax error, nothing that acts, and operators that a parser knows."""
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & set(pdf.Root.keys())
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                assert not {"/JS", "/JavaScript", "/AA"} & set(item.keys())
        for page in pdf.pages:
            operators = {str(i.operator) for i in pikepdf.parse_content_stream(page)}
            assert all(len(word) <= 3 for word in operators)
            ElementTree.fromstring(pdf.Root.Metadata.read_bytes())


def test_manifests_carry_the_words_as_they_are(made: Made) -> None:
    _, ready, folder = made
    setup = ready.setup
    listing: dict[str, Any] = json.loads((folder / "out/job.json").read_bytes())
    assert {e["name"] for e in listing["files"]} | {"job.json"} == {p.name for p in (folder / "out").iterdir()}
    assert listing["job"] == setup.name
    assert [unit["title"] for unit in listing["units"]] == [unit.title for unit in setup.roster.units]


def test_no_cell_of_the_packing_table_runs(made: Made) -> None:
    texts, _, folder = made
    table = (folder / "out/packing-list.csv").read_bytes().decode("utf-8-sig")
    head, *rows = csv.reader(table.splitlines(keepends=True))
    assert len(rows) == len(texts) + 1 and all(len(row) == len(head) for row in rows)
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@")) and not cell.startswith(("\t", "\r", "\n"))
    for text, row in zip(texts, rows, strict=False):  # the rows of the units that have these texts, each in its own
        plain = " ".join(text.split())
        assert any(plain in " ".join(cell.split()) for cell in row), (text, row)


def test_findings_and_summaries_steer_no_terminal(made: Made) -> None:
    texts, ready, folder = made
    found = ready.findings
    assert any(f.severity is not Severity.NOTE for f in found)
    for name in FORMATS:
        shown = renderer(name)(found, ready.setup.roster.files)
        assert not STEERING & set(shown), name
    order, layout = gate.order_of(ready), layout_of(ready.setup)
    planned = plan_shown.table(plan_shown.gathered(plan_of(order, layout), order, layout))
    assert not STEERING & set(planned) and "Glar" in planned
    if not STEERING & set("".join(texts)) and "\n" not in "".join(texts):
        return  # the commands take a second each
    for words in (["check", "--no-artwork"], ["render", "--unit", "Glar", "--format", "svg", "-o", "again"]):
        done = _keytag(folder, *words)
        assert "Traceback" not in done.stderr
        assert not STEERING & set(done.stdout + done.stderr), words
    shutil.rmtree(folder / "again")


@pytest.mark.parametrize("name", ["terminal", "direction", "newline"])
def test_a_files_name_steers_no_terminal(name: str, tmp_path: Path) -> None:
    file = HOSTILE[name].replace("/", "")
    (tmp_path / file).write_text("job: {template: nowhere}\nauthority: self\nunits: [{name: X, typo: 1}]\n")
    for words in ([file], [file + "x"], ["--on", file], ["--unit", file, str(REPOSITORY / "contacts.yaml")]):
        done = _keytag(tmp_path, "check", *words)
        assert done.returncode in (1, 2, 3) and done.stderr
        assert not STEERING & set(done.stdout + done.stderr), words


def _keytag(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "keytag", *words]
    environment = {"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=60)
