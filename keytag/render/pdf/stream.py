"""A PDF that grows page by page behind a shell: objects are written as they come, and only their offsets are kept.

The shell is a finished file whose pages are blank: catalog, output intent, layers, inks, forms, and the resources that
pages of each kind share. Its objects are taken over byte for byte, its pages are left out. Cross-reference table and
trailer are the classic ones; the trailer's ID is the hash of every byte before them (ISO 32000-1, 7.5.4, 14.4).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from keytag.base.records import NamedTuple

# zlib's own deflate, since faster libraries promise no equal bytes on other processors. Level 6 makes a fifth less of
# pages of codes in three times the time; matches of three to five bytes, which `Z_FILTERED` leaves out, save nothing.
# Pages without codes are so alike in themselves that level 3 makes no more of them, in half the time.
LEVEL, PLAIN_LEVEL, STRATEGY = 4, 3, zlib.Z_FILTERED
_TAIL = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf][ \r]\n)+)trailer ")


class Shell(NamedTuple):
    """A shell taken apart: its header, its objects by number (those of the blank pages left out), and what is needed
    to add pages: each kind's dictionary without contents, and the numbers of catalog, page tree and Info."""

    header: bytes
    objects: tuple[tuple[int, bytes], ...]
    kinds: tuple[bytes, ...]
    root: int
    tree: int
    info: int
    free: tuple[int, ...]
    size: int


def taken_apart(data: bytes) -> Shell:
    """A file that `saving` wrote, each page of it the blank of one kind; its pages' dictionaries stay as they are."""
    import pikepdf

    found = _TAIL.search(data)
    table = _TABLE.match(data, int(found[1])) if found else None
    if found is None or table is None:
        raise ValueError("the shell has no classic cross-reference table at its end")
    offsets = {i: int(row[:10]) for i, row in enumerate(table[2].splitlines()) if row[17:18] == b"n"}
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = [page.obj.objgen[0] for page in pdf.pages]
        blank = [page.obj["/Contents"].objgen[0] for page in pdf.pages]
        root, tree, info = pdf.Root.objgen[0], pdf.Root["/Pages"].objgen[0], pdf.trailer["/Info"].objgen[0]
        kinds = tuple(_kind(page.obj, tree) for page in pdf.pages)
    starts = sorted(offsets.values())
    ends = dict(zip(starts, [*starts[1:], int(found[1])], strict=True))
    left_out = {*pages, *blank, tree}
    objects = tuple((n, data[at : ends[at]]) for n, at in sorted(offsets.items()) if n not in left_out)
    free = tuple(sorted({*pages, *blank}))
    return Shell(data[: starts[0]], objects, kinds, root, tree, info, free, len(offsets) + 1)


def _kind(page: object, tree: int) -> bytes:
    """The page's dictionary up to its contents, keys in order; all values but its resources are direct."""
    import pikepdf

    assert isinstance(page, pikepdf.Object)
    resources = page["/Resources"].objgen[0]
    boxes = b" ".join(b"/%s %s" % (key.encode()[1:], page[key].unparse()) for key in ("/BleedBox", "/MediaBox"))
    trim = page["/TrimBox"].unparse()
    return b"<< %s /Parent %d 0 R /Resources %d 0 R /TrimBox %s /Type /Page /Contents " % (boxes, tree, resources, trim)


def grown(shell: Shell, pages: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
    """The file in pieces: the shell, a page for each (kind, content stream), and the end of the file."""
    digest = hashlib.sha256()
    at = 0
    offsets: dict[int, int] = {}

    def put(data: bytes) -> bytes:
        nonlocal at
        digest.update(data)
        at += len(data)
        return data

    yield put(shell.header)
    for number, body in shell.objects:
        offsets[number] = at
        yield put(body)
    numbers = _numbers(shell)
    kids: list[int] = []
    for kind, content in pages:
        deflated = _deflated(content)
        stream, page = next(numbers), next(numbers)
        head = b"%d 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % (stream, len(deflated))
        tail = b"\nendstream\nendobj\n%d 0 obj\n%s%d 0 R >>\nendobj\n" % (page, shell.kinds[kind], stream)
        offsets[stream] = at
        offsets[page] = at + len(head) + len(deflated) + len(b"\nendstream\nendobj\n")
        kids.append(page)
        yield put(head + deflated + tail)
    offsets[shell.tree] = at
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    tree = b"%d 0 obj\n<< /Count %d /Kids [ %s ] /Type /Pages >>\nendobj\n" % (shell.tree, len(kids), refs)
    yield put(tree)
    yield _end(shell, offsets, at, digest.hexdigest()[:32].encode())


def _deflated(content: bytes) -> bytes:
    level = LEVEL if b" re\n" in content else PLAIN_LEVEL
    with_strategy = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, STRATEGY)
    return with_strategy.compress(content) + with_strategy.flush()


def _numbers(shell: Shell) -> Iterator[int]:
    """Object numbers for what comes: those that the blank pages had, then new ones."""
    yield from shell.free
    number = shell.size
    while True:
        yield number
        number += 1


def _end(shell: Shell, offsets: dict[int, int], at: int, identity: bytes) -> bytes:
    """Cross-reference table and trailer; numbers that nothing has are free."""
    size = max(offsets) + 1
    rows = [b"0000000000 65535 f \n"]
    rows += [b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 00000 f \n" for n in range(1, size)]
    trailer = b"trailer << /Info %d 0 R /Root %d 0 R /Size %d /ID [<%s><%s>] >>\n" % (
        shell.info,
        shell.root,
        size,
        identity,
        identity,
    )
    return b"xref\n0 %d\n%s%sstartxref\n%d\n%%%%EOF\n" % (size, b"".join(rows), trailer, at)
