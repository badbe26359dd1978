"""A job is a list of works: each file to be made is a value, and whoever maps over the list makes them.

Describing a work is pure and cheap. `finished` makes one: its function is a function of its inputs alone, at the top of
a module, so that a work may travel to another process (its inputs pickle) and comes back as the same bytes. `publish`
puts what was made into a folder.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from keytag.base.diagnostics import Severity
from keytag.base.errors import OutputError
from keytag.base.ink import USUAL_DIES, DieNames
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.files.publish import Staging
from keytag.files.seal import digest
from keytag.job.keys import key_of as key

_YOUNG = 100_000  # objects that were not looked at yet, some 15 MB; the papers of twenty units make fewer


class Work(NamedTuple):
    """One file that will be made: `name` in the job's folder, `what` it is, and `make(*given)`, its bytes.

    A PDF is held against `standard` before it may be published; only documents for people have `fonts`; an `edition`
    is numbered sheets; `dies` are the names of the die-lines' spots. `parts` yields the same file piece by piece, of
    tables that no memory should hold whole.
    """

    name: str
    what: str
    make: Callable[..., bytes]
    given: tuple[object, ...]
    standard: Standard | None = None
    fonts: bool = False
    edition: bool = False
    parts: Callable[..., Iterator[bytes]] | None = None
    dies: DieNames = USUAL_DIES


class Made(NamedTuple):
    """One file as it was written: what the manifest and the ticket say of it."""

    name: str
    what: str
    size: int
    sha256: str

    @property
    def entry(self) -> dict[str, object]:
        """The file in a manifest."""
        return {"name": self.name, "what": self.what, "bytes": self.size, "sha256": self.sha256}


# The built-in `map`, or the `map` of a process pool or a cluster's client: any that keeps the order of the works.
Mapping: TypeAlias = Callable[[Callable[[Work], bytes], Sequence[Work]], Iterable[bytes]]


def one_by_one(make: Callable[[Work], bytes], works: Sequence[Work]) -> Iterable[bytes]:
    """The plain loop: each work is made when its bytes are asked for."""
    return map(make, works)


def finished(work: Work) -> bytes:
    """The bytes of a work; `OutputError` where a PDF breaks a rule of its standard."""
    data = work.make(*work.given)
    if work.standard is not None:
        preflight(work.name, data, work.standard, fonts=work.fonts, edition=work.edition, dies=work.dies)
    return data


def preflight(
    name: str,
    data: bytes,
    standard: Standard,
    *,
    fonts: bool = False,
    edition: bool = False,
    dies: DieNames = USUAL_DIES,
) -> None:
    """Raise `OutputError` where the file breaks a rule of its standard; only documents for people may have `fonts`."""
    from keytag.checks.pdf import Expectation
    from keytag.checks.pdf import preflight as run

    if edition:
        from keytag.checks.pdf.edition import preflight_edition

        found = preflight_edition(data, standard, dies)
    else:
        found = run(data, standard, Expectation(fonts=fonts, dies=dies))
    errors = [f for f in found if f.severity is Severity.ERROR]
    if errors:
        more = say(" (and {errors} more)", errors=len(errors) - 1) if len(errors) > 1 else ""
        raise OutputError(
            say(
                "{name}: fails its own preflight: {message} [{errors}]{more}",
                name=name,
                message=errors[0].message,
                errors=errors[0].id,
                more=more,
            )
        )


def publish(
    works: Sequence[Work], stage: Staging, mapping: Mapping = one_by_one, progress: Progress = unseen
) -> tuple[Made, ...]:
    """Make the works by `mapping` and write them into the folder that is being filled, each read back at once.

    Those in parts are written here, whatever makes the others. What a killed run had made of the same is taken over.
    """
    keys = {work.name: key(work) for work in works} if stage.journal.any else {}
    kept = {work.name: left for work in works if keys and (left := _left(stage, work, keys[work.name], progress))}
    whole = [work for work in works if work.parts is None and work.name not in kept]
    made = iter(zip(whole, mapping(finished, whole), strict=True))
    found = []
    for work in works:
        if work.name in kept:
            found.append(kept[work.name])
            continue
        new = put(stage, *next(made), progress) if work.parts is None else put_parts(stage, work, progress)
        stage.journal.note(keys.get(work.name) or key(work), new.name, new.size, new.sha256)
        found.append(new)
        # Pages of papers are rings of objects, and Python alone looks for those too seldom in large jobs.
        if work.fonts and gc.get_count()[0] > _YOUNG:
            gc.collect(0)
    return tuple(found)


def _left(stage: Staging, work: Work, key: str, progress: Progress) -> Made | None:
    """The work's file where a killed run had made it of the same: taken over."""
    left = stage.take(key, work.name)
    if left is None:
        return None
    progress(work.name)
    return Made(work.name, work.what, left.size, left.sha256)


def put(stage: Staging, work: Work, data: bytes, progress: Progress = unseen) -> Made:
    """Write one file, and read it back: `OutputError` where the disk gives back other bytes."""
    place = stage.write(work.name, data)
    if place.read_bytes() != data:
        raise OutputError(
            say("{work}: what was read back is not what was written; the disk may be failing", work=work.name)
        )
    progress(work.name)
    return Made(work.name, work.what, len(data), digest(data))


def put_parts(stage: Staging, work: Work, progress: Progress = unseen) -> Made:
    """Write one file piece by piece, and read it back; as `put`."""
    import hashlib

    told, size = hashlib.sha256(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal size
        for piece in work.parts(*work.given) if work.parts else ():
            told.update(piece)
            size += len(piece)
            yield piece

    place = stage.write(work.name, pieces())
    with place.open("rb") as file:
        if hashlib.file_digest(file, "sha256").digest() != told.digest():
            raise OutputError(
                say("{work}: what was read back is not what was written; the disk may be failing", work=work.name)
            )
    progress(work.name)
    return Made(work.name, work.what, size, told.hexdigest())
