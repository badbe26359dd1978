"""Small workbooks of each kind with all that a clerk does to a cell, for tests; none needs a spreadsheet program.

The .xlsb is written record by record ([MS-XLSB]), the .xls by xlwt.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape


class Cell(NamedTuple):
    """A value, and whether it is struck through; `part` is what follows it in the same cell, struck through."""

    value: str | int
    struck: bool = False
    part: str = ""
    error: bool = False


Rows = Sequence[Sequence[Cell | None]]


class Sheet(NamedTuple):
    """Rows of cells, ranges merged in a column (first row, last row, column), and what is hidden."""

    rows: Rows
    merged: Sequence[tuple[int, int, int]] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()


def xlsx(sheet: Sheet) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    page = book.add_worksheet("Danh bạ")
    gone = book.add_format({"font_strikeout": True})
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is None or any(first <= row <= last and at == column for first, last, at in sheet.merged):
                continue
            if cell.error:
                page.write_formula(row, column, "=1/0", None, "#DIV/0!")
            elif cell.part:
                page.write_rich_string(row, column, str(cell.value), gone, cell.part)
            else:
                page.write(row, column, cell.value, gone if cell.struck else None)
    for first, last, column in sheet.merged:
        top = sheet.rows[first][column]
        page.merge_range(first, column, last, column, top.value if top else "", gone if top and top.struck else None)
    for row in sheet.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})
    book.add_worksheet("Ẩn").hide()
    book.close()
    return out.getvalue()


def xls(sheet: Sheet) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("Danh bạ")
    gone, plain, font = xlwt.easyxf("font: struck_out true"), xlwt.Font(), xlwt.Font()
    font.struck_out = True
    for first, last, column in sheet.merged:
        page.merge(first, last, column, column)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            if cell.error:
                page.row(row).set_cell_error(column, "#DIV/0!")
            elif cell.part:
                page.write_rich_text(row, column, ((str(cell.value), plain), (cell.part, font)))
            else:
                page.write(row, column, cell.value, *([gone] if cell.struck else []))
    for row in sheet.hidden_rows:
        page.row(row).hidden = True
    for column in sheet.hidden_columns:
        page.col(column).hidden = True
    book.add_sheet("Ẩn").visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3">
<office:automatic-styles><style:style style:name="gone" style:family="table-cell">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Danh bạ">{sheet}</table:table>
<table:table table:name="Ẩn" table:style-name="away"><table:table-row><table:table-cell/></table:table-row>
</table:table>
</office:spreadsheet></office:body>
</office:document-content>"""


def ods(sheet: Sheet) -> bytes:
    wide = max(map(len, sheet.rows))
    hidden = ' table:visibility="collapse"'
    parts = [f"<table:table-column{hidden if c in sheet.hidden_columns else ''}/>" for c in range(wide)]
    spans = {(first, column): last - first + 1 for first, last, column in sheet.merged}
    covered = {(row, column) for first, last, column in sheet.merged for row in range(first + 1, last + 1)}
    for row, cells in enumerate(sheet.rows):
        parts.append(f"<table:table-row{hidden if row in sheet.hidden_rows else ''}>")
        for column, cell in enumerate(cells):
            parts.append(_ods_cell(cell, spans.get((row, column), 1), (row, column) in covered))
        parts.append("</table:table-row>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr("content.xml", _ODS.format(sheet="".join(parts)))
    return out.getvalue()


def _ods_cell(cell: Cell | None, rows: int, covered: bool) -> str:
    if covered:
        return "<table:covered-table-cell/>"
    span = f' table:number-rows-spanned="{rows}" table:number-columns-spanned="1"' if rows > 1 else ""
    if cell is None:
        return f"<table:table-cell{span}/>"
    style = ' table:style-name="gone"' if cell.struck else ""
    if cell.error:
        return (
            '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
            "<text:p>#DIV/0!</text:p></table:table-cell>"
        )
    kind = 'office:value-type="string"'
    if isinstance(cell.value, int):
        kind = f'office:value-type="float" office:value="{cell.value}"'
    part = f'<text:span text:style-name="gone">{escape(cell.part)}</text:span>' if cell.part else ""
    return f"<table:table-cell{span}{style} {kind}><text:p>{escape(str(cell.value))}{part}</text:p></table:table-cell>"


def xlsb(sheet: Sheet) -> bytes:
    texts: list[bytes] = []
    size = struct.pack("<IIII", 0, len(sheet.rows) - 1, 0, max(map(len, sheet.rows)) - 1)
    body = [_record(129), _record(148, size), *([_record(390)] if sheet.hidden_columns else [])]
    for column in sheet.hidden_columns:
        body.append(_record(60, struct.pack("<IIIIH", column, column, 2304, 0, 1)))
    if sheet.hidden_columns:
        body.append(_record(391))
    body.append(_record(145))
    for row, cells in enumerate(sheet.rows):
        flags = 0x10 if row in sheet.hidden_rows else 0
        body.append(_record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0)))
        for column, cell in enumerate(cells):
            if cell is not None:
                body.append(_xlsb_cell(cell, column, texts))
    body.append(_record(146))
    if sheet.merged:
        body.append(_record(177, struct.pack("<I", len(sheet.merged))))
        body += [_record(176, struct.pack("<IIII", first, last, at, at)) for first, last, at in sheet.merged]
        body.append(_record(178))
    body.append(_record(130))
    fonts = [struct.pack("<HHHHBBBBQB", 220, flag, 400, 0, 0, 2, 0, 0, 0, 2) + _wide("Arial") for flag in (0, 0x8)]
    formats = [struct.pack("<HHHHHBBHH", 0, 0, font, 0, 0, 0, 0, 0, 0) for font in (0, 1)]
    styles = [_record(278), _record(611, struct.pack("<I", 2)), *(_record(43, font) for font in fonts), _record(612)]
    styles += [_record(626, struct.pack("<I", 1)), _record(47, formats[1]), _record(627)]  # of styles, not of cells
    styles += [_record(617, struct.pack("<I", 2)), *(_record(47, each) for each in formats), _record(618), _record(279)]
    sheets = [_record(156, struct.pack("<II", hidden, i) + _wide(f"rId{i}") + _wide(name)) for i, name, hidden in
              ((1, "Danh bạ", 0), (2, "Ẩn", 1))]  # fmt: skip
    workbook = [_record(131), _record(143), *sheets, _record(144), _record(132)]
    shared = [
        _record(159, struct.pack("<II", len(texts), len(texts))),
        *(_record(19, text) for text in texts),
        _record(160),
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(_relation("rId1", "officeDocument", "xl/workbook.bin")))
        targets = (("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "worksheet", "worksheets/sheet2.bin"),
                   ("rId3", "styles", "styles.bin"), ("rId4", "sharedStrings", "sharedStrings.bin"))  # fmt: skip
        archive.writestr("xl/_rels/workbook.bin.rels", _RELATIONS.format("".join(_relation(*each) for each in targets)))
        archive.writestr("xl/workbook.bin", b"".join(workbook))
        archive.writestr("xl/styles.bin", b"".join(styles))
        archive.writestr("xl/sharedStrings.bin", b"".join(shared))
        archive.writestr("xl/worksheets/sheet1.bin", b"".join(body))
        empty = (_record(129), _record(148, bytes(16)), *map(_record, (145, 146, 130)))
        archive.writestr("xl/worksheets/sheet2.bin", b"".join(empty))
    return out.getvalue()


def _xlsb_cell(cell: Cell, column: int, texts: list[bytes]) -> bytes:
    head = struct.pack("<II", column, 1 if cell.struck else 0)
    if cell.error:
        return _record(3, head + b"\x07")
    if isinstance(cell.value, int):
        return _record(5, head + struct.pack("<d", cell.value))
    run = struct.pack("<IHH", 1, len(cell.value), 1) if cell.part else b""
    texts.append(bytes([bool(run)]) + _wide(cell.value + cell.part) + run)
    return _record(7, head + struct.pack("<I", len(texts) - 1))


def _record(kind: int, data: bytes = b"") -> bytes:
    size, count = b"", len(data)
    while True:
        size += bytes([(count & 0x7F) | (0x80 if count > 0x7F else 0)])
        count >>= 7
        if not count:
            break
    return (bytes([kind]) if kind < 128 else bytes([(kind & 0x7F) | 0x80, kind >> 7])) + size + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relation(name: str, kind: str, target: str) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="{name}" Type="{base}/{kind}" Target="{target}"/>'


_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
WRITERS: dict[str, Any] = {"xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods}
