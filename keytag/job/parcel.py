"""One parcel: a finished folder as one zip file beside it, with what was checked, and a checksum to read out.

Entries are stored in the order of their names with the job's own date, so that the same folder is the same parcel. What
keytag did not write into the folder is not in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from keytag.base.counts import NAMES
from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import OutputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import joined, say
from keytag.files.replace import replace_streamed
from keytag.files.seal import digest
from keytag.files.tongue import Tongue, tongue
from keytag.job.numbering import SHEETS
from keytag.job.papers import LABELS
from keytag.job.piles import PILES
from keytag.job.ready import Ready
from keytag.job.setup import Setup
from keytag.job.volumes import is_volume
from keytag.render.fingerprint import code_of
from keytag.roster.settings import papers
from keytag.verification.listing import MANIFEST, Listing
from keytag.verification.model import Item, item
from keytag.verification.parcel import check_parcel

PREFLIGHT = "preflight.txt"
MARK = b"keytag parcel"  # the zip's comment, by which keytag knows its own again
_PAPERS = ("production-ticket.pdf", "verification.pdf")
_DIGITS = 16  # of a SHA-256 in the summary
_PIECE = 1 << 20  # bytes copied at a time


class Parcel(NamedTuple):
    """The file, its size in bytes, its SHA-256, and the eight letters and digits of that which are read out."""

    path: Path
    size: int
    sha256: str

    @property
    def spoken(self) -> str:
        return code_of(self.sha256)


def pack(
    folder: Path, names: Sequence[str], setup: Setup, standard: Standard, findings: Sequence[Diagnostic]
) -> Parcel:
    """Write `folder`.zip of these files of the folder; a `UsageError` where a zip of somebody else has that name.

    File by file and piece by piece: the memory that it takes does not grow with the parcel.
    """
    folder = folder.resolve()
    path = folder.with_name(folder.name + ".zip")
    _ours(path)
    found = [(finding.severity.value, str(finding.message), finding.id) for finding in findings]
    told = summary(folder, names, standard, setup, found).encode()
    moment = tuple(int(part) for part in setup.date.split("-"))
    replace_streamed(
        path, partial(_zip, folder, sorted((*names, PREFLIGHT)), told, moment), partial(_whole, path, names)
    )
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Parcel(path, path.stat().st_size, sha256)


def _zip(folder: Path, names: Sequence[str], told: bytes, day: tuple[int, ...], out: BinaryIO) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
        for name in names:
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", (*day, 0, 0, 0))  # type: ignore[arg-type]
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            if name == PREFLIGHT:
                zipped.writestr(entry, told)
                continue
            entry.file_size = (folder / name).stat().st_size  # large files need other headers
            with (folder / name).open("rb") as file, zipped.open(entry, "w") as into:
                shutil.copyfileobj(file, into, _PIECE)
        zipped.comment = MARK


def summary(
    folder: Path, names: Sequence[str], standard: Standard, setup: Setup, findings: Sequence[tuple[str, str, str]]
) -> str:
    """What was checked of what is in the parcel: every PDF's preflight, done now on the bytes that are packed.

    It speaks as the papers do. `findings` are those of the job as its listing has them: severity, message, name.
    """
    from keytag.checks.pdf import PDF_CHECKS, Expectation, preflight
    from keytag.checks.pdf.edition import preflight_edition

    spoken, dies = tongue(papers(setup.roster.job)), setup.scheme.dies
    ids = ", ".join(check.ID for check in PDF_CHECKS)
    lines = [*_lines(spoken, say("Preflight of this parcel")), ""]
    lines += [*_lines(spoken, say("Each PDF went through {count} checks: {ids}.", count=len(PDF_CHECKS), ids=ids)), ""]
    numbered = _numbered(folder)
    for name in sorted(names):
        if not name.endswith(".pdf"):
            with (folder / name).open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()[:_DIGITS]}  {name}")
            continue
        data = (folder / name).read_bytes()
        paper = name in _PAPERS or is_volume(name, LABELS) or is_volume(name, PILES)
        kept = Standard.X4 if paper else Standard.X1A if name.startswith("view/") else standard
        if name in numbered:
            found = preflight_edition(data, kept, dies)
        else:
            found = preflight(data, kept, Expectation(fonts=paper, dies=dies))
        told = [say("{what}: {message} [{id}]", what=NAMES[f.severity], message=f.message, id=f.id) for f in found]
        said = " / ".join(_lines(spoken, joined("; ", told) if told else say("passed")))
        lines.append(f"{digest(data)[:_DIGITS]}  {name}  {kept.title}: {said}")
    lines += ["", *_lines(spoken, say("Findings about contacts, tags and sheets: {count}", count=len(findings)))]
    lines += [f"- {severity}: {message} [{name}]" for severity, message, name in findings]
    return "\n".join([*lines, ""])


def _lines(spoken: Tongue, text: str) -> list[str]:
    """A text in each language of the parcel."""
    return [said for said in spoken.both(text) if said]


def parcel_beside(folder: Path, listing: Listing, gate: Ready | None) -> Item | None:
    """The folder's zip held against it, where there is one; one that is not keytag's is told and not looked at."""
    folder = folder.resolve()
    path = folder.with_name(folder.name + ".zip")
    if gate is None or not os.path.lexists(path):
        return None
    names = [name for name in (*(entry.name for entry in listing.files), MANIFEST) if (folder / name).is_file()]
    rows = [row for row in listing.raw.get("findings", ()) if isinstance(row, dict)]
    findings = [(str(row.get("severity")), str(row.get("message")), str(row.get("id"))) for row in rows]
    told = summary(folder, names, listing.standard, gate.setup, findings).encode()
    wanted = {name: ((folder / name).stat().st_size, _digest(folder / name)) for name in names}
    found = check_parcel(path, MARK, {**wanted, PREFLIGHT: (len(told), digest(told))})
    if found is None:
        return item("parcel", notes=(say("{path} is not keytag's and was not looked at", path=path.name),))
    return item("parcel", *found)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _numbered(folder: Path) -> set[str]:
    """The files of numbered sheets, as the folder's listing tells them: their pages are checked another way."""
    listing = folder / "job.json"
    told = json.loads(listing.read_bytes()) if listing.exists() else {}
    return {file["name"] for file in told.get("files", ()) if file["what"] == SHEETS}


def _ours(path: Path) -> None:
    """A zip of that name must be an earlier parcel, or not be there."""
    if not path.exists():
        return
    try:
        with zipfile.ZipFile(path) as zipped:
            mine = zipped.comment == MARK
    except (zipfile.BadZipFile, OSError):
        mine = False
    if not mine:
        raise UsageError(
            say("{path}: is there and is no parcel of keytag's", path=path),
            hint=say("move it away, or choose another -o"),
        )


def _whole(path: Path, names: Sequence[str], new: Path) -> None:
    with zipfile.ZipFile(new) as zipped:
        if zipped.testzip() is not None or len(zipped.namelist()) != len(names) + 1:
            raise OutputError(
                say("{path}: what was read back is not what was packed; the disk may be failing", path=path)
            )
