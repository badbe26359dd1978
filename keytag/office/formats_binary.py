"""What the reader of cells does not tell of Excel's binary workbooks: struck through, in error, hidden, merged.

.xls is asked of xlrd, which keeps the fonts and rows of [MS-XLS]. Of .xlsb the few records that say it are read here
([MS-XLSB] 2.1.4: a record is its type and its size in groups of seven bits, then its data): sheets, fonts, formats,
texts of several fonts, rows, columns, cells.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from keytag.base.errors import InputError, MissingToolError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.office.marks import GET, WIDEST, Collected, Marks

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.1: the stream of such a file
Runs = Sequence[tuple[int, int]]  # where each begins in the text, and its font

# Records of [MS-XLSB] 2.3.2
_ROW, _COLUMN, _MERGE, _USUAL, _SHEET = 0, 60, 176, 485, 156
_FONT, _FORMAT, _FORMATS, _FORMATS_END, _TEXT = 43, 47, 617, 618, 19
_CELLS, _ERRORS, _SHARED, _RICH = range(1, 12), (3, 11), 7, 62


def xls_marks(data: bytes, name: str) -> dict[str, Marks]:
    """The marks of each sheet of an .xls; an `InputError` where it cannot be read, `MissingToolError` without xlrd."""
    from io import StringIO

    if _ENCRYPTED in data:  # a workbook of today in a compound document
        raise _locked(name)
    try:
        import xlrd
    except ImportError as error:
        raise MissingToolError(say("spreadsheets need the extra 'office'"), hint=GET) from error
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
        fonts = [bool(font.struck_out) for font in book.font_list]
        formats = [each.font_index for each in book.xf_list]
        return {sheet.name: _xls_sheet(sheet, fonts, formats, xlrd.XL_CELL_ERROR) for sheet in book.sheets()}
    except Exception as error:  # a broken file gives errors of any kind there, and none of them is ours
        if "encrypted" in str(error):
            raise _locked(name) from error
        raise InputError.of(name, say("cannot be read as a spreadsheet: {error}", error=reason(error))) from error


def _locked(name: str) -> InputError:
    hint = say(
        "open it in Excel with its password, take the password away (File, Info, Protect Workbook), save, try again"
    )
    return InputError.of(name, say("is encrypted with a password"), hint=hint)


def _xls_sheet(sheet: Any, fonts: Sequence[bool], formats: Sequence[int], error: int) -> Marks:
    found = Collected()
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            font = formats[sheet.cell_xf_index(row, column)]
            runs = sheet.rich_text_runlist_map.get((row, column), ())
            found.cell((row, column), _struck(str(sheet.cell_value(row, column)), runs, font, fonts))
            if sheet.cell_type(row, column) == error:
                found.errors.add((row, column))
    usual = bool(getattr(sheet, "default_row_hidden", 0))
    hidden = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    if usual:
        hidden |= set(range(sheet.nrows)) - set(sheet.rowinfo_map)
    found.hidden_rows |= hidden
    found.hidden_columns |= {column for column, info in sheet.colinfo_map.items() if info.hidden}
    found.merged += [((top, left), (end - 1, right - 1)) for top, end, left, right in sheet.merged_cells]
    return found.marks()


def _struck(text: str, runs: Runs, own: int, fonts: Sequence[bool]) -> bool | None:
    """Whether a text is struck through: all of it, none of it, or (None) a part; what no run has is in its own font."""
    starts = [(0, own), *runs]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    seen = {
        0 <= font < len(fonts) and fonts[font]
        for (start, font), end in zip(starts, ends, strict=True)
        if text[start:end].strip() or not runs
    }
    return seen == {True} if len(seen) < 2 else None


def xlsb_marks(archive: zipfile.ZipFile, names: frozenset[str]) -> dict[str, Marks]:
    """The marks of each sheet of an .xlsb; what is broken in it raises `ValueError`, `KeyError` or `struct.error`."""
    from lxml import etree

    tree = etree.fromstring(
        archive.read("xl/_rels/workbook.bin.rels"), etree.XMLParser(resolve_entities=False, no_network=True)
    )
    targets = {relation.get("Id"): relation.get("Target") for relation in tree}
    fonts, formats = _xlsb_styles(archive.read("xl/styles.bin")) if "xl/styles.bin" in names else ([], [])
    shared = "xl/sharedStrings.bin"
    texts = (
        [_rich(data, 0) for kind, data in _records(archive.read(shared)) if kind == _TEXT] if shared in names else []
    )
    found = {}
    for kind, data in _records(archive.read("xl/workbook.bin")):
        if kind == _SHEET:
            relation, at = _wide(data, 8)
            name, _ = _wide(data, at)
            part = posixpath.normpath(posixpath.join("xl", targets.get(relation) or "")).lstrip("/")
            if part in names:
                found[name] = _xlsb_sheet(archive.read(part), fonts, formats, texts)
    return found


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The type and the data of each record."""
    at = 0
    while at < len(data):
        kind, at = _sevens(data, at, 2)
        size, at = _sevens(data, at, 4)
        if at + size > len(data):
            raise ValueError(say("a record is longer than its part"))
        yield kind, data[at : at + size]
        at += size


def _sevens(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where it ends."""
    number = 0
    for place in range(most):
        if at >= len(data):
            raise ValueError(say("a record breaks off"))
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            break
    return number, at


def _wide(data: bytes, at: int) -> tuple[str, int]:
    """A text of 16-bit characters after their count (XLWideString, 2.5.168), and where it ends."""
    (count,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * count
    if count != 0xFFFFFFFF and end > len(data):
        raise ValueError(say("a text is longer than its record"))
    return ("", at + 4) if count == 0xFFFFFFFF else (data[at + 4 : end].decode("utf-16-le", "replace"), end)


def _rich(data: bytes, at: int) -> tuple[str, Runs]:
    """A text with the runs of its fonts (RichStr, 2.5.120)."""
    text, end = _wide(data, at + 1)
    if not data[at] & 1:
        return text, ()
    (count,) = struct.unpack_from("<I", data, end)
    return text, tuple(struct.iter_unpack("<HH", data[end + 4 : end + 4 + 4 * count]))


def _xlsb_styles(data: bytes) -> tuple[list[bool], list[int]]:
    """Which fonts are struck through (BrtFont: fStrikeout), and the font of each format of cells (BrtXF: iFont)."""
    fonts: list[bool] = []
    formats: list[int] = []
    cells = False
    for kind, record in _records(data):
        if kind == _FONT:
            fonts.append(bool(struct.unpack_from("<H", record, 2)[0] & 0x8))
        elif kind in (_FORMATS, _FORMATS_END):
            cells = kind == _FORMATS
        elif kind == _FORMAT and cells:
            formats.append(struct.unpack_from("<H", record, 4)[0])
    return fonts, formats


def _xlsb_sheet(data: bytes, fonts: Sequence[bool], formats: Sequence[int], texts: Sequence[tuple[str, Runs]]) -> Marks:
    found = Collected()
    row, usual, told = 0, False, set[int]()
    for kind, record in _records(data):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", record)
            told.add(row)
            if record[11] & 0x10:  # fDyZero
                found.hidden_rows.add(row)
        elif kind == _USUAL:
            usual = bool(struct.unpack_from("<H", record, 8)[0] & 0x2)
        elif kind == _COLUMN:
            first, last = struct.unpack_from("<II", record)
            if struct.unpack_from("<H", record, 16)[0] & 0x1:
                found.hidden_columns.update(range(first, min(last + 1, WIDEST)))
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", record)
            found.merged.append(((top, left), (bottom, right)))
        elif kind in _CELLS or kind == _RICH:
            column, style = struct.unpack_from("<II", record)
            text, runs = _said(kind, record, texts)
            font = formats[style & 0xFFFFFF] if style & 0xFFFFFF < len(formats) else -1
            found.cell((row, column), _struck(text, runs, font, fonts))
            if kind in _ERRORS:
                found.errors.add((row, column))
    if usual:
        found.hidden_rows.update(set(range(max(told, default=0))) - told)
    return found.marks()


def _said(kind: int, record: bytes, texts: Sequence[tuple[str, Runs]]) -> tuple[str, Runs]:
    """The text of a cell with its runs, where it has several fonts."""
    if kind == _RICH:
        return _rich(record, 8)
    if kind == _SHARED:
        (index,) = struct.unpack_from("<I", record, 8)
        return texts[index] if index < len(texts) else ("", ())
    return "", ()


def is_old_excel(data: bytes) -> bool:
    """Whether the file is a compound document, which .xls is, and any file that a password encrypts."""
    return data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
