"""What the reader of cells does not tell: struck through, in error, rows and columns hidden.

ECMA-376 part 1, 18.3 (worksheets), 18.8 (styles), 18.4 (shared strings); OpenDocument 1.3 part 3, whose merged cells
are told here, too. Binary workbooks are `formats_binary`'s.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from keytag.base.errors import InputError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.office.marks import WIDEST, Collected, Marks

_MOST = 256 * 2**20  # bytes of a file's parts, unpacked
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_OFF = ("0", "false", "off")
_REF = re.compile(r"([A-Z]+)(\d+)")


def formats_of(data: bytes, name: str) -> dict[str, Marks]:
    """The marks of each sheet by its name; an `InputError` where the file is no workbook, or a broken one."""
    from keytag.office.formats_binary import is_old_excel, xls_marks

    if is_old_excel(data):  # asked first: Excel of today puts a ZIP, with its theme, at the end of an .xls
        return xls_marks(data, name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST:
                raise InputError.of(name, say("unpacks to more than {most} MiB", most=_MOST // 2**20))
            names = frozenset(archive.namelist())
            if "xl/workbook.xml" in names:
                return _excel(archive, names)
            if "xl/workbook.bin" in names:
                from keytag.office.formats_binary import xlsb_marks

                return xlsb_marks(archive, names)
            if "content.xml" in names:
                return _open_document(archive)
    except zipfile.BadZipFile as error:
        raise InputError.of(name, say("is no spreadsheet, or a broken one")) from error
    except (
        KeyError,
        ValueError,
        SyntaxError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        IndexError,
        struct.error,
        zlib.error,
    ) as error:
        raise InputError.of(name, say("is a broken spreadsheet: {error}", error=reason(error))) from error
    hint = say("in Excel: Save As, 'Excel Workbook (.xlsx)', and import that")
    raise InputError.of(name, say("is no spreadsheet"), hint=hint)


def _tree(archive: zipfile.ZipFile, part: str) -> Any:
    from lxml import etree

    data = archive.read(part)
    if _STRICT in data[:4096]:
        data = data.replace(_STRICT, _MAIN[1:-1].encode())
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _on(element: Any) -> bool:
    """Whether a toggle element is there and not switched off (18.8.32)."""
    return element is not None and element.get("val", "1") not in _OFF


def _excel(archive: zipfile.ZipFile, names: frozenset[str]) -> dict[str, Marks]:
    styles = _struck_styles(_tree(archive, "xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
    strings = _struck_strings(_tree(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else {}
    targets = {r.get("Id"): r.get("Target") for r in _tree(archive, "xl/_rels/workbook.xml.rels")}
    found = {}
    for sheet in _tree(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_REL) or sheet.get(_REL.replace("schemas.openxmlformats.org", "purl.oclc.org")))
        part = posixpath.normpath(posixpath.join("xl", target or "")).lstrip("/")
        part = part if part in names else (target or "").lstrip("/")
        if part in names and part.endswith(".xml"):
            found[sheet.get("name")] = _sheet(archive.read(part), styles, strings)
    return found


def _struck_styles(tree: Any) -> frozenset[int]:
    """The cell formats whose font is struck through."""
    fonts = [_on(font.find(f"{_MAIN}strike")) for font in tree.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    formats = tree.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    ids = (int(each.get("fontId", 0)) for each in formats)
    return frozenset(i for i, font in enumerate(ids) if font < len(fonts) and fonts[font])


def _runs(item: Any) -> bool | None:
    """Whether a text of several runs is struck through: all of it, none of it, or (None) a part."""
    runs = [
        (_on(run.find(f"{_MAIN}rPr/{_MAIN}strike")), (run.findtext(f"{_MAIN}t") or "").strip())
        for run in item.iterfind(f"{_MAIN}r")
    ]
    struck = {strike for strike, text in runs if text}
    return struck == {True} if len(struck) < 2 else None


def _struck_strings(tree: Any) -> dict[int, bool]:
    """The shared texts with struck runs: True where all of it is, False where a part."""
    found: dict[int, bool] = {}
    if next(tree.iter(f"{_MAIN}strike"), None) is None:  # nearly always
        return found
    for i, item in enumerate(tree):
        struck = _runs(item)
        if struck is not False:
            found[i] = bool(struck)
    return found


def _sheet(data: bytes, styles: frozenset[int], strings: dict[int, bool]) -> Marks:
    from lxml import etree

    struck: set[tuple[int, int]] = set()
    partly: set[tuple[int, int]] = set()
    errors: set[tuple[int, int]] = set()
    rows: set[int] = set()
    columns: set[int] = set()
    if _STRICT in data[:4096]:
        data = data.replace(_STRICT, _MAIN[1:-1].encode())
    if not (styles or strings) and not re.search(rb"hidden|zeroHeight|inlineStr|t\s*=\s*['\"]e['\"]", data):
        return Marks(frozenset(), frozenset(), frozenset(), frozenset())
    wanted = (f"{_MAIN}c", f"{_MAIN}row", f"{_MAIN}col")
    cells = bool(styles or strings or re.search(rb"inlineStr|t\s*=\s*['\"]e['\"]", data))
    tags = wanted if cells else wanted[1:]  # no cell can say anything
    for _, element in etree.iterparse(BytesIO(data), tag=tags, resolve_entities=False, no_network=True):
        if element.tag == wanted[1]:
            if element.get("hidden", "0") not in _OFF and element.get("r"):
                rows.add(int(element.get("r")) - 1)
            element.clear()
            continue
        if element.tag == wanted[2]:
            if element.get("hidden", "0") not in _OFF:
                first, last = int(element.get("min", 1)), int(element.get("max", 1))
                columns.update(range(first - 1, min(last, WIDEST)))
            continue
        kind, style = element.get("t"), element.get("s")
        place = _REF.fullmatch(element.get("r") or "")
        if place is None:
            continue
        rich: bool | None = False
        if kind == "s" and strings and (number := int(element.findtext(f"{_MAIN}v") or -1)) in strings:
            rich = True if strings[number] else None
        elif kind == "inlineStr" and (item := element.find(f"{_MAIN}is")) is not None:
            rich = _runs(item)
        elif kind == "e":
            errors.add(_spot(place))
        if rich or (style and int(style) in styles):
            struck.add(_spot(place))
        elif rich is None:
            partly.add(_spot(place))
    return Marks(frozenset(struck), frozenset(partly), frozenset(rows), frozenset(columns), frozenset(errors))


def _spot(place: re.Match[str]) -> tuple[int, int]:
    from keytag.office.model import column_of

    return int(place[2]) - 1, column_of(place[1]) or 0


def _open_document(archive: zipfile.ZipFile) -> dict[str, Marks]:
    tree = _tree(archive, "content.xml")
    struck_styles = {
        style.get(f"{_STYLE}name")
        for style in tree.iter(f"{_STYLE}style")
        for text in style.iterfind(f"{_STYLE}text-properties")
        if text.get(f"{_STYLE}text-line-through-style", "none") != "none"
        or text.get(f"{_STYLE}text-line-through-type", "none") != "none"
    }
    return {table.get(f"{_TABLE}name"): _ods_sheet(table, struck_styles) for table in tree.iter(f"{_TABLE}table")}


def _repeated(element: Any, what: str, most: int) -> int:
    return min(int(element.get(f"{_TABLE}number-{what}-repeated", 1)), most)


def _ods_sheet(table: Any, struck_styles: set[str]) -> Marks:
    found = Collected()
    at = 0
    for column in table.iter(f"{_TABLE}table-column"):
        count = _repeated(column, "columns", WIDEST)
        if column.get(f"{_TABLE}visibility", "visible") != "visible":
            found.hidden_columns.update(range(at, at + count))
        at += count
    at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        count = _repeated(row, "rows", 2_000_000)
        if row.get(f"{_TABLE}visibility", "visible") != "visible":
            found.hidden_rows.update(range(at, at + min(count, 200_000)))
        for column, cell in _ods_cells(row) if count < 1000 else ():
            mark = _ods_struck(cell, struck_styles)
            for each in range(at, at + count) if mark is not False else ():
                found.cell((each, column), mark)
            if cell.get(_ERROR) == "error":
                found.errors.update((each, column) for each in range(at, at + count))
            high, wide = (int(cell.get(f"{_TABLE}number-{what}-spanned", 1)) for what in ("rows", "columns"))
            if high > 1 or wide > 1:
                found.merged += [
                    ((each, column), (each + high - 1, column + wide - 1)) for each in range(at, at + count)
                ]
        at += count
    return found.marks()


def _ods_cells(row: Any) -> Iterator[tuple[int, Any]]:
    at = 0
    for cell in row:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            count = _repeated(cell, "columns", 20_000)
            for i in range(min(count, WIDEST)):
                yield at + i, cell
            at += count


def _ods_struck(cell: Any, styles: set[str]) -> bool | None:
    if not len(cell):
        return False
    if cell.get(f"{_TABLE}style-name") in styles:
        return True
    spans = list(cell.iter(f"{_TEXT}span"))
    struck = [span for span in spans if span.get(f"{_TEXT}style-name") in styles]
    if not struck:
        return False
    return True if "".join("".join(s.itertext()) for s in struck) == "".join(cell.itertext()) else None
