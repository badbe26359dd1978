"""A small job, and the means to damage its finished files so that the listing's hashes still agree."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest

import keytag
from keytag import grade
from keytag.checks import pdf
from keytag.documents import packing
from keytag.files import seal
from keytag.job import expected, manifest, verification
from keytag.job.expected import expected_of
from keytag.job.keys import key_of
from keytag.job.ready import ready
from keytag.qr import decode
from keytag.verification import dielines, glyphs, looks, opened, papers, reading, run, vet
from keytag.verification.model import Item, Report

ROSTER = """
job: {{name: Small, date: 2020-05-18, edition: 05/2020, scheme: small.yaml, template: {template}}}
authority: {{name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113,
            chief: 0900.000.100, zalo: "https://zalo.me/{zalo}"}}
units:
  - {{kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102],
     quantity: 24}}
  - {{kind: xã, name: Trang, code: "23713", duty: 0269.3000.202, chief: 0900.000.103, deputies: [0900.000.104],
     quantity: 12}}
"""
SCHEME = """
name: small
sheet: {width: 200mm, height: 130mm}
gripper: {edge: bottom, depth: 10mm}
margins: {top: 18mm, right: 19mm, bottom: 6mm, left: 15mm}
gap: 6mm
work: sheetwise
"""
PLATE, MASTERS = "plate-01.pdf", "masters.pdf"
GLAR_FRONT, GLAR_BACK = "/Fxa-glar_2Ffront", "/Fxa-glar_2Fback"

Edit = Callable[[bytes], bytes]


@contextmanager
def not_twice() -> Iterator[None]:
    """The same page beside the same drawing is looked at once, the same lines, papers and files read once.

    What a verification does is the same; only what it did before for the same bytes is remembered.
    """
    looked, known = looks.seen_of, dict[Any, Any]()

    def once(function: Any, key: Callable[..., Any]) -> Any:
        @wraps(function)
        def remembering(*given: Any, **more: Any) -> Any:
            place = (function, key(*given, **more))
            if place not in known:
                known[place] = function(*given, **more)
            return known[place]

        return remembering

    alone_once = once(alone, lambda data, number: (data, number))

    def expected_once(gate: Any, listing: Any) -> Any:
        """What a folder must hold, and its papers, by the inputs' hashes and what `expected_of` takes of a listing."""
        said = [listing.raw.get(key) for key in ("plan", "serials", "since")]
        place = (repr(manifest.inputs(gate.setup)), listing.standard, listing.plates, listing.since, json.dumps(said))
        if place not in known:
            anew = expected_of(gate, listing)
            known[place] = anew._replace(papers=once(anew.papers, lambda files: (place, tuple(files))))
        return known[place]

    def pages_once(look: looks.Look, painter: Any, over: Any) -> Any:
        found = []
        wanted = key_of(look._replace(data=b"", pages=()))
        for number in look.pages:
            place = (alone_once(look.data, number), wanted, number)
            if place not in known:
                known[place] = looked(look._replace(pages=(number,)), painter)
            found += known[place]
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looks, "seen_of", pages_once)
        patch.setattr(expected, "expected_of", expected_once)
        patch.setattr(verification, "ready", once(ready, lambda setup: repr(manifest.inputs(setup))))
        patch.setattr(packing, "packing_list", once(packing.packing_list, lambda *given: repr(given)))
        patch.setattr(opened, "Known", once(opened.Known, lambda *dies: dies))
        patch.setattr(decode, "zbar_all", once(decode.zbar_all, lambda shown: tuple(map(bytes, shown))))
        patch.setattr(reading, "_words", once(reading._words, lines_of))
        patch.setattr(dielines, "check_dielines", once(dielines.check_dielines, lambda *given: repr(given)))
        patch.setattr(grade, "sweep", once(grade.sweep, lambda *given, **more: (given, *more.items())))
        patch.setattr(papers, "_pages", once(papers._pages, lambda *given: given))
        patch.setattr(vet, "_asked", once(lambda data: vet._wrong(data) or "fine", lambda data: data), raising=False)
        patch.setattr(run, "vet", lambda files: vet.judge(list(files), [vet._asked(d) for d in files.values()]))
        patch.setattr(glyphs, "check_glyphs", once(glyphs.check_glyphs, lambda artworks: repr(sorted(artworks))))
        patch.setattr(pdf, "preflight", once(pdf.preflight, lambda *given: given))
        yield


def lines_of(pages: Sequence[Any], mode: str, *, number: bool) -> tuple[object, ...]:
    return (mode, number, *((page.size, page.tobytes()) for page in pages))


def alone(data: bytes, number: int) -> bytes:
    """One page of a PDF as a file of its own, with all that the catalog says: what a memory of pages goes by."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for other in range(len(pdf.pages) - 1, -1, -1):
            if other != number:
                del pdf.pages[other]
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return hashlib.sha256(out.getvalue()).digest()


def made(folder: Path, zalo: str = "1234567890123456789", template: str = "oval-50x20", *more: str) -> Path:
    """The folder with a roster, a scheme and the job in `out`."""
    (folder / "contacts.yaml").write_text(ROSTER.format(zalo=zalo, template=template), encoding="utf-8")
    (folder / "small.yaml").write_text(SCHEME, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "keytag", "impose", *more], cwd=folder, check=True, capture_output=True)
    return folder


class Job(NamedTuple):
    """A folder with a roster, and a finished job in `out` that may be damaged."""

    folder: Path
    name: str = "out"

    @property
    def out(self) -> Path:
        return self.folder / self.name

    @property
    def told(self) -> Path:
        """What lists the folder's files."""
        return self.out / ("films.json" if self.name == "films" else "job.json")

    @property
    def roster(self) -> list[Path]:
        return [self.folder / "contacts.yaml"]

    def verify(self) -> Report:
        return keytag.verify(self.out, keytag.open(self.roster))

    def listing(self) -> dict[str, Any]:
        return dict(json.loads(self.told.read_text(encoding="utf-8")))

    def relist(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change job.json, and seal it anew, so that the seal alone does not tell."""
        listing = self.listing()
        change(listing)
        data = json.dumps({**listing, seal.KEY: seal.BLANK}).encode()
        self.told.write_bytes(seal.sealed(data))

    def spoil(self, name: str, change: Callable[[pikepdf.Pdf], None]) -> None:
        """Change a finished PDF, and give job.json its new hash, so that the hash alone does not tell."""
        path = self.out / name
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            before = pdf.pdf_version
            change(pdf)
            pdf.save(
                path,
                force_version=before,
                fix_metadata_version=False,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        self._noted(name)

    def rewrite(self, name: str, edit: Edit) -> None:
        """Change any file, and give job.json its new hash."""
        path = self.out / name
        before = path.read_bytes()
        after = edit(before)
        assert after != before
        path.write_bytes(after)
        self._noted(name)

    def take_from_another(self, name: str, change: Callable[[str], str]) -> None:
        """A file as it would be made of a changed roster."""
        other = self.folder / "another"
        other.mkdir()
        for part in self.folder.glob("*.yaml"):
            text = part.read_text(encoding="utf-8")
            (other / part.name).write_text(change(text) if part.name == "contacts.yaml" else text, encoding="utf-8")
        assert (other / "contacts.yaml").read_bytes() != (self.folder / "contacts.yaml").read_bytes()
        standard = [] if self.listing()["standard"] == "PDF/X-4" else ["--standard", "x1a"]
        subprocess.run(
            [sys.executable, "-m", "keytag", "impose", *standard], cwd=other, check=True, capture_output=True
        )
        self.rewrite(name, lambda _: (other / "out" / name).read_bytes())

    def _noted(self, name: str) -> None:
        data = (self.out / name).read_bytes()

        def note(listing: dict[str, Any]) -> None:
            (entry,) = (e for e in listing["files"] if e["name"] == name)
            entry["sha256"], entry["bytes"] = hashlib.sha256(data).hexdigest(), len(data)

        self.relist(note)

    def spoil_face(self, face: str, edit: Edit, *, everywhere: bool = False) -> None:
        """Change what one form paints on the plate; in the masters too, where the fault is `everywhere`."""
        for name in (PLATE, MASTERS) if everywhere else (PLATE,):
            self.spoil(name, lambda pdf: rewrite(form(pdf, face), edit))

    def spoil_page(self, number: int, edit: Edit) -> None:
        self.spoil(PLATE, lambda pdf: rewrite(pdf.pages[number].obj.Contents, edit))


def form(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return next(page.obj.Resources.XObject[name] for page in pdf.pages if name in page.obj.Resources.XObject)


def rewrite(stream: pikepdf.Object, edit: Edit) -> None:
    """Change a content stream; an edit that changes nothing is a mistake of the test."""
    before = stream.read_bytes()
    after = edit(before)
    assert after != before
    stream.write(after)


def replaced(old: bytes, new: bytes) -> Edit:
    def edit(data: bytes) -> bytes:
        assert old in data, old
        return data.replace(old, new, 1)

    return edit


def actual(text: str) -> bytes:
    """A text as it stands in a content stream."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def spoken(data: bytes, text: str) -> tuple[int, int]:
    """Where in a content stream the outlines of a text stand: from behind BDC up to EMC."""
    start = data.index(b"BDC\n", data.index(actual(text))) + len(b"BDC\n")
    return start, data.index(b"EMC", start)


def shifted(line: bytes, dx: float, dy: float) -> bytes:
    """A path operator with its points moved."""
    *numbers, operator = line.split()
    moved = [float(n) + (dx, dy)[i % 2] for i, n in enumerate(numbers)]
    return b" ".join([*(f"{n:.4f}".encode() for n in moved), operator])


def item_of(report: Report, key: str) -> Item:
    return next(item for item in report.items if item.key == key)


def failed(report: Report) -> dict[str, list[str]]:
    """Each failed item's failures as "place: message"."""
    return {i.key: [f"{f.place}: {f.message}" for f in i.failures] for i in report.items if i.failures}


def path_lines(data: bytes) -> list[int]:
    """The numbers of the lines that are m, l or c operators."""
    return [i for i, line in enumerate(data.split(b"\n")) if re.fullmatch(rb"[-0-9. ]+ [mlc]", line)]
