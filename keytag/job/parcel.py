"""One parcel: a finished folder as one zip file beside it, with what was checked, and a checksum to read out.

Entries are stored in the order of their names with the job's own date, so that the same folder is the same parcel. What
keytag did not write into the folder is not in it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import OutputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.files.replace import replace_file
from keytag.files.seal import digest
from keytag.render.fingerprint import code_of

PREFLIGHT = "preflight.txt"
_MARK = b"keytag parcel"  # the zip's comment, by which keytag knows its own again
_PAPERS = ("production-ticket.pdf", "packing-list.pdf", "verification.pdf")
_DIGITS = 16  # of a SHA-256 in the summary


class Parcel(NamedTuple):
    """The file, its size in bytes, its SHA-256, and the eight letters and digits of that which are read out."""

    path: Path
    size: int
    sha256: str

    @property
    def spoken(self) -> str:
        return code_of(self.sha256)


def pack(folder: Path, names: Sequence[str], date: str, standard: Standard, findings: Sequence[Diagnostic]) -> Parcel:
    """Write `folder`.zip of these files of the folder; a `UsageError` where a zip of somebody else has that name."""
    path = folder.resolve().with_name(folder.resolve().name + ".zip")
    _ours(path)
    files = {name: (folder / name).read_bytes() for name in names}
    told = summary(files, standard, findings).encode()
    moment = tuple(int(part) for part in date[:10].split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
        for name, data in sorted({**files, PREFLIGHT: told}.items()):
            entry = zipfile.ZipInfo(f"{folder.resolve().name}/{name}", (*moment, 0, 0, 0))  # type: ignore[arg-type]
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, data)
        zipped.comment = _MARK
    data = out.getvalue()
    replace_file(path, data, judge=lambda read: _whole(path, read, files))
    return Parcel(path, len(data), digest(data))


def summary(files: dict[str, bytes], standard: Standard, findings: Sequence[Diagnostic]) -> str:
    """What was checked of what is in the parcel: every PDF's preflight, done now on the bytes that are packed."""
    from keytag.checks.pdf import PDF_CHECKS, Expectation, preflight

    lines = ["Preflight of this parcel / Kết quả kiểm tra tệp trong gói", ""]
    lines += [f"Each PDF went through {len(PDF_CHECKS)} checks: {', '.join(check.ID for check in PDF_CHECKS)}.", ""]
    for name, data in sorted(files.items()):
        if not name.endswith(".pdf"):
            lines.append(f"{digest(data)[:_DIGITS]}  {name}")
            continue
        paper = name in _PAPERS
        kept = Standard.X4 if paper else Standard.X1A if name.startswith("view/") else standard
        found = preflight(data, kept, Expectation(fonts=True) if paper else None)
        said = "passed" if not found else "; ".join(f"{f.severity.value}: {f.message} [{f.id}]" for f in found)
        lines.append(f"{digest(data)[:_DIGITS]}  {name}  {kept.title}: {said}")
    lines += ["", f"Findings about contacts, tags and sheets: {len(findings)}"]
    lines += [f"- {f.severity.value}: {f.message} [{f.id}]" for f in findings]
    return "\n".join([*lines, ""])


def _ours(path: Path) -> None:
    """A zip of that name must be an earlier parcel, or not be there."""
    if not path.exists():
        return
    try:
        with zipfile.ZipFile(path) as zipped:
            mine = zipped.comment == _MARK
    except (zipfile.BadZipFile, OSError):
        mine = False
    if not mine:
        raise UsageError(
            say("{path}: is there and is no parcel of keytag's", path=path),
            hint=say("move it away, or choose another -o"),
        )


def _whole(path: Path, data: bytes, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        if zipped.testzip() is not None or len(zipped.namelist()) != len(files) + 1:
            raise OutputError(
                say("{path}: what was read back is not what was packed; the disk may be failing", path=path)
            )
