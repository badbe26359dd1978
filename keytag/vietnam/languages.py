"""Languages of Vietnam by their ISO 639-3 codes, with the names that the statistics office uses."""

from __future__ import annotations

VIETNAMESE = "vi"
NAMES = {
    "vi": "Tiếng Việt",
    "bdq": "Ba Na",
    "blt": "Thái",
    "cjm": "Chăm",
    "cmo": "Mnông",
    "hre": "Hrê",
    "jeh": "Gié",
    "jra": "Gia Rai",
    "khm": "Khmer",
    "kpm": "Cơ Ho",
    "mtq": "Mường",
    "nut": "Nùng",
    "rad": "Ê Đê",
    "sed": "Xơ Đăng",
    "tyz": "Tày",
}
