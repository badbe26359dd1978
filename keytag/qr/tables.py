"""The tables of ISO/IEC 18004:2015 that making, drawing and grading a QR symbol share. Numbers only.

Sizes and capacities are those of all 40 versions; blocks and alignment patterns those of versions 1 to 10, which is as
far as symbols are graded.
"""

from __future__ import annotations

QUIET = 4  # modules of quiet zone on each side: 6.3.8 (5.3.8 in the 2006 edition)
LEVELS = ("L", "M", "Q", "H")
FORMAT_LEVELS = "MLHQ"  # in the order of their two bits in the format information: Table 12
GRADED = range(1, 11)
# Data codewords of versions 1 to 40 (Table 7).
CODEWORDS = {
    "L": (
        *(19, 34, 55, 80, 108, 136, 156, 194, 232, 274, 324, 370, 428, 461, 523, 589, 647, 721, 795, 861),
        *(932, 1006, 1094, 1174, 1276, 1370, 1468, 1531, 1631, 1735, 1843, 1955, 2071, 2191, 2306, 2434, 2566),
        *(2702, 2812, 2956),
    ),
    "M": (
        *(16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669, 714, 782),
        *(860, 914, 1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914, 1992, 2102, 2216, 2334),
    ),
    "Q": (
        *(13, 22, 34, 48, 62, 76, 88, 110, 132, 154, 180, 206, 244, 261, 295, 325, 367, 397, 445, 485, 512, 568, 614),
        *(664, 718, 754, 808, 871, 911, 985, 1033, 1115, 1171, 1231, 1286, 1354, 1426, 1502, 1582, 1666),
    ),
    "H": (
        *(9, 16, 26, 36, 46, 60, 66, 86, 100, 122, 140, 158, 180, 197, 223, 253, 283, 313, 341, 385, 406, 442, 464),
        *(514, 538, 596, 628, 661, 701, 745, 793, 845, 901, 961, 986, 1054, 1096, 1142, 1222, 1276),
    ),
}
# Table 9: error correction codewords of one block, and the number of blocks, by version.
CHECK = {
    "L": (7, 10, 15, 20, 26, 18, 20, 24, 30, 18),
    "M": (10, 16, 26, 18, 24, 16, 18, 22, 22, 26),
    "Q": (13, 22, 18, 26, 18, 24, 18, 22, 20, 24),
    "H": (17, 28, 22, 16, 22, 28, 26, 26, 24, 28),
}
BLOCKS = {
    "L": (1, 1, 1, 1, 1, 2, 2, 2, 2, 4),
    "M": (1, 1, 1, 2, 2, 4, 4, 4, 5, 5),
    "Q": (1, 1, 2, 2, 4, 4, 6, 6, 8, 8),
    "H": (1, 1, 2, 4, 4, 4, 5, 6, 8, 8),
}
# Table 9, note: codewords p kept for detecting misdecodes, which therefore correct nothing.
DETECTION = {(1, "L"): 3, (1, "M"): 2, (1, "Q"): 1, (1, "H"): 1, (2, "L"): 2, (3, "L"): 1}
# Annex E, Table E.1: rows and columns of the alignment patterns' centres.
ALIGNMENT = ((), (6, 18), (6, 22), (6, 26), (6, 30), (6, 34), (6, 22, 38), (6, 24, 42), (6, 26, 46), (6, 28, 50))


def modules(version: int) -> int:
    """Modules on a side (5.1)."""
    return 17 + 4 * version


def total(version: int) -> int:
    """Codewords of a symbol of version 1 to 10, data and checks (Table 1)."""
    return CODEWORDS["M"][version - 1] + CHECK["M"][version - 1] * BLOCKS["M"][version - 1]
