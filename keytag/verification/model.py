"""What a verification says: for each thing compared, how many, what failed and where, or why it was not done."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.records import NamedTuple
from keytag.base.words import say


class Where(NamedTuple):
    """Where ink differs: side and station of which plate, where on the page and on the tag (mm), and by how much.

    `station` counts from 1, 0 is none; `expected` and `found` are mean tones, `area` is mm² beyond the tolerance.
    """

    file: str
    page: int
    side: str
    station: int
    unit: str
    plate: str
    x: float
    y: float
    area: float
    expected: float
    found: float


class Failure(NamedTuple):
    """One thing that is not as it should be, and where; `where` for what is seen on a plate."""

    place: str
    message: str
    where: Where | None = None


def bounded(place: str, failures: Sequence[Failure], most: int) -> list[Failure]:
    """The first `most` of the failures of one place, and how many more there are."""
    rest = len(failures) - most
    if rest <= 0:
        return list(failures)
    return [*failures[:most], Failure(place, say("and {rest} more differences", rest=rest))]


class Worst(NamedTuple):
    """The place that differs most: what it is, and PNG pictures of what was expected, what was found, what differs."""

    place: str
    message: str
    size: tuple[float, float]  # mm
    expected: bytes
    found: bytes
    difference: bytes


class Item(NamedTuple):
    """One kind of comparison. `skipped` says why it was not done; `note` is what else there is to know (a grade)."""

    key: str
    title: tuple[str, str]  # English, Vietnamese
    compared: int = 0
    failures: tuple[Failure, ...] = ()
    skipped: str = ""
    notes: tuple[str, ...] = ()

    def with_(self, compared: int, failures: Sequence[Failure]) -> Item:
        """The item, and what else was compared of its kind."""
        return self._replace(compared=self.compared + compared, failures=(*self.failures, *failures))

    @property
    def ok(self) -> bool:
        return not self.failures and not self.skipped


class Report(NamedTuple):
    """A whole verification of one folder."""

    job: str
    date: str
    roster: tuple[tuple[str, str], ...]  # file name, SHA-256
    items: tuple[Item, ...]
    worst: Worst | None = None

    @property
    def failures(self) -> int:
        return sum(len(item.failures) for item in self.items)


TITLES = {
    "roster": ("the roster has no errors", "danh bạ không có lỗi"),
    "files": ("every file is that of job.json, and no other", "tệp đúng như job.json, không thừa không thiếu"),
    "manifest": ("job.json equals roster, plan and files", "job.json khớp danh bạ và kế hoạch in"),
    "conformance": ("PDF/X rules and processing steps", "chuẩn PDF/X và lớp kỹ thuật"),
    "facts": ("page boxes, sizes and spot names", "khổ trang, khung cắt và tên màu pha"),
    "numbers": ("every numbered tag: place, serial, code, table", "từng thẻ có số: vị trí, số seri, mã, bảng"),
    "plates": ("every plate equals the one drawn anew", "từng bản kẽm khớp hình vẽ lại"),
    "words": ("words of every design equal the roster", "chữ trên thẻ khớp danh bạ"),
    "glyphs": ("letters equal the font's own", "nét chữ đúng phông"),
    "digits": ("numbers and names read from the plates (OCR)", "số và tên đọc từ bản kẽm (OCR)"),
    "codes": ("QR codes of every station, zxing", "mã QR từng con, zxing"),
    "codes-again": ("QR codes of every design, zbar", "mã QR từng mẫu, zbar"),
    "grade": ("print grade of the QR code", "cấp chất lượng in mã QR"),
    "registration": ("front and back register, holes and gaps", "hai mặt trùng nhau, lỗ và khoảng cách"),
    "arithmetic": ("stations × runs give the order", "số con × số tờ đủ đơn hàng"),
    "dielines": ("die-lines for cutters equal the sheet's", "tệp đường bế khớp tờ in"),
    "papers": ("ticket, labels and packing table", "phiếu sản xuất, nhãn hộp, bảng đóng gói"),
    "films": ("every film equals the plate drawn anew", "từng tấm phim khớp bản kẽm vẽ lại"),
    "parcel": ("the zip holds the folder's files", "tệp zip chứa đúng các tệp của thư mục"),
}


def item(
    key: str,
    compared: int = 0,
    failures: list[Failure] | None = None,
    skipped: str = "",
    notes: tuple[str, ...] = (),
) -> Item:
    """An item with its titles."""
    return Item(key, TITLES[key], compared, tuple(failures or ()), skipped, notes)
