"""Spelling of Vietnamese syllables: an initial, a rhyme, a tone; what has a mark and is none of these is misspelt.

The rhymes are those of the modern orthography (Đoàn Thiện Thuật, Ngữ âm tiếng Việt); names of places that are not
Vietnamese are listed. A wrong but well-formed syllable is for people to find.
"""

from __future__ import annotations

import re
import unicodedata

NAMES = {"đak", "đăk", "dơk", "rơng", "ƀ", "ŏ", "ð", "đ", "а"}
INITIAL = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
RHYMES = re.findall(
    r"\S+",
    """
    a ai ao au ay am an ang anh ac ach ap at ăm ăn ăng ăc ăp ăt âu ây âm ân âng âc âp ât e eo em en eng ec ep et ê êu
    êm ên ênh êch êp êt i iu im in inh ich ip it ia iêu iêm iên iêng iêc iêp iêt o oi om on ong oc op ot oa oai oao oay
    oam oan oang oanh oac oach oap oat oăm oăn oăng oăc oăt oe oeo oen oet oong ooc ô ôi ôm ôn ông ôc ôp ôt ơ ơi ơm ơn
    ơp ơt u ui um un ung uc up ut ua uôi uôm uôn uông uôc uôt uân uâng uât uây uê uêch uênh uêu uơ uy uya uyên uyêt
    uynh uych uyt uyu ư ưi ưu ưm ưng ưc ưt ưa ươi ươu ươm ươn ương ươc ươp ươt y yêu yêm yên yêng yêt
    """,
)
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def syllable(word: str) -> bool:
    """Whether a word in lower case is a syllable as Vietnamese spells it."""
    letters = unicodedata.normalize("NFD", word)
    tones = [c for c in letters if c in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES))
    if len(tones) > 1:
        return False
    for initial in ("", *INITIAL.split("|")):
        rhyme = bare.removeprefix(initial)
        if bare.startswith(initial) and (rhyme in RHYMES or (initial in {"gi"} and f"i{rhyme}" in RHYMES)):
            return not re.search(r"(?:c|ch|p|t)$", rhyme) or tones in (["\u0301"], ["\u0323"])
    return False


def misspelt(page: str) -> list[str]:
    """The words of a page that have Vietnamese marks and are no syllable; code and addresses are left out."""
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|^\[\w+\]: .*$|<[^>]*>", " ", page, flags=re.S | re.M)
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", prose))
    marked = {word.lower() for word in words if not word.isascii()}
    return sorted(word for word in marked - NAMES if not syllable(word))
