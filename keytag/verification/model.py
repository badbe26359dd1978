"""What a verification says: for each thing compared, how many, what failed and where, or why it was not done."""

from __future__ import annotations

from typing import NamedTuple


class Failure(NamedTuple):
    """One thing that is not as it should be, and where."""

    place: str
    message: str


class Item(NamedTuple):
    """One kind of comparison. `skipped` says why it was not done; `note` is what else there is to know (a grade)."""

    key: str
    title: tuple[str, str]  # English, Vietnamese
    compared: int = 0
    failures: tuple[Failure, ...] = ()
    skipped: str = ""
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.failures and not self.skipped


class Report(NamedTuple):
    """A whole verification of one folder."""

    job: str
    date: str
    roster: tuple[tuple[str, str], ...]  # file name, SHA-256
    items: tuple[Item, ...]

    @property
    def failures(self) -> int:
        return sum(len(item.failures) for item in self.items)


TITLES = {
    "hashes": ("files are those of job.json", "tệp đúng như job.json"),
    "conformance": ("PDF/X rules and processing steps", "chuẩn PDF/X và lớp kỹ thuật"),
    "words": ("words of every design equal the roster", "chữ trên thẻ khớp danh bạ"),
    "digits": ("numbers read from the picture (OCR)", "số đọc từ hình (OCR)"),
    "codes": ("QR codes of every station, zxing", "mã QR từng con, zxing"),
    "codes-again": ("QR codes of every design, zbar", "mã QR từng mẫu, zbar"),
    "grade": ("print grade of the QR code", "cấp chất lượng in mã QR"),
    "registration": ("front and back register, holes and gaps", "hai mặt trùng nhau, lỗ và khoảng cách"),
    "plates": ("plates: spots apart, nothing knocked out, ink", "bản kẽm: màu pha, in chồng, tổng mực"),
    "arithmetic": ("stations × runs give the order", "số con × số tờ đủ đơn hàng"),
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
