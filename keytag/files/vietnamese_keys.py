"""Which key a Vietnamese word stands for (`trực ban:` is duty): keys are English, and not everybody knows them.

Words are compared without accents, capitals and blanks. A word may mean several keys; the first that may stand in the
place is meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import cache

_MEANT = {
    "units": "đơn vị, các đơn vị, danh sách, danh bạ, xã, các xã",
    "job": "lô hàng, công việc, đợt in",
    "site": "trang web, trang mạng",
    "authority": "cơ quan, cơ quan phát hành, phát hành",
    "products": "sản phẩm, các sản phẩm",
    "villages": "làng, thôn, các làng, các thôn, thôn làng",
    "duty": "trực ban, trực, số trực ban, trực ban công an, trực công an",
    "chief": "trưởng, trưởng công an, trưởng CA, trưởng công an xã, trưởng CA xã, số trưởng",
    "deputies": "phó, phó trưởng, cấp phó, các phó, phó công an, phó CA, phó trưởng công an, phó trưởng công an xã",
    "others": "khác, số khác, liên hệ khác, chức vụ khác",
    "head": "trưởng, trưởng thôn, trưởng làng, già làng",
    "officer": "cán bộ, cán bộ phát, cán bộ phụ trách",
    "name": "tên, tên đơn vị, họ tên, họ và tên, người",
    "kind": "loại, loại đơn vị",
    "code": "mã, mã đơn vị, mã số, mã xã, mã hành chính",
    "number": "số, số điện thoại, sđt, điện thoại, số máy",
    "role": "chức vụ, chức danh, vai trò",
    "quantity": "số lượng, số thẻ, số, sl",
    "households": "số hộ, hộ, hộ dân, số lượng, số",
    "reserve": "dự phòng",
    "language": "tiếng, tiếng nói, ngôn ngữ",
    "address": "địa chỉ, nơi nhận",
    "link": "liên kết, đường dẫn, mã QR, link zalo",
    "zalo": "tài khoản zalo, zalo OA",
    "slogan": "khẩu hiệu",
    "level": "cấp",
    "province": "tỉnh, tỉnh thành, thành phố",
    "valid_from": "từ ngày, hiệu lực từ",
    "valid_until": "đến ngày, hiệu lực đến, hết hạn",
    "date": "ngày, ngày phát hành",
    "edition": "đợt, đợt phát hành, kỳ phát hành",
    "template": "mẫu, mẫu thẻ",
    "scheme": "sơ đồ, sơ đồ bình, khổ giấy",
    "customer": "khách hàng",
    "order": "đơn hàng, số đơn hàng",
    "contact": "người liên hệ, liên hệ",
    "delivery": "ngày giao, giao hàng",
    "spoilage": "bù hao, hao hụt",
    "serials": "số thứ tự, số seri, seri",
    "papers": "giấy tờ",
}
_LONGEST = 40  # letters; no word for a key has half as many
_STROKE = str.maketrans("đĐ", "dD")


def meant(word: str, known: Collection[str]) -> str:
    """The key of `known` that a Vietnamese `word` stands for; empty where it stands for none."""
    if len(word) > _LONGEST:
        return ""
    return next((key for key in _table().get(_folded(word), ()) if key in known), "")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """The keys by the words for them, folded."""
    found: dict[str, tuple[str, ...]] = {}
    for key, words in _MEANT.items():
        for word in map(_folded, words.split(",")):
            found[word] = (*found.get(word, ()), key)
    return found


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.translate(_STROKE)).casefold()
    return "".join(letter for letter in letters if letter.isalnum())
