"""A template's own fonts: files beside it, the licence named, and every letter that Vietnamese needs in them."""

from __future__ import annotations

import struct
from pathlib import Path

from keytag.base.system import reason
from keytag.base.words import say
from keytag.files.fields import Fields
from keytag.files.source import Mapping
from keytag.tag import typeset
from keytag.tag.template_keys import KEYS

_LARGEST = 8 * 1024 * 1024
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
REQUIRED = "0123456789./-: " + _LETTERS + _LETTERS.upper()

_INSTEAD = "semibold"


def own_fonts(root: Fields, folder: Path) -> dict[str, str]:
    """What `typeset.load` takes for each font that the template brings.

    Those that cannot be used are findings, and stand for one of keytag's: their names are known all the same.
    """
    node = root.node("fonts")
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        root.bad("fonts", say("must be names with their files"))
        return {}
    found: dict[str, str] = {}
    for name, value in node.entries:
        fields = Fields(value, KEYS["font"], root.findings, say("font {name}", name=name.value))
        if name.value in typeset.FONTS:
            fields.complain(
                "bad-value", name.span, say("'{name}' is a font of keytag's: give yours another name", name=name.value)
            )
            continue
        found[name.value] = _INSTEAD
        if fields.require("file") and fields.require("licence"):
            found[name.value] = _checked(fields, folder) or _INSTEAD
    return found


def _is_truetype(data: bytes) -> bool:
    """Whether the file has the tables that letters are drawn from, each within it (OpenType 1.9, "Font file")."""
    if data[:4] not in (b"\0\1\0\0", b"true") or len(data) < 12:
        return False
    (count,) = struct.unpack_from(">H", data, 4)
    if len(data) < 12 + 16 * count:
        return False
    records = struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])
    whole = {tag for tag, _, offset, length in records if offset + length <= len(data)}
    return {b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"} <= whole


def _checked(fields: Fields, folder: Path) -> str:
    name = fields.string("file", "")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or path.suffix.casefold() not in (".ttf", ".otf"):
        fields.bad("file", say("{name} is no .ttf or .otf file beside the template", name=name))
        return ""
    try:
        if path.stat().st_size > _LARGEST:
            fields.bad("file", say("{name} is larger than {largest} MiB", name=name, largest=_LARGEST // 2**20))
            return ""
        if not _is_truetype(path.read_bytes()):
            fields.bad("file", say("{name} is no TrueType font with outlines; convert it to .ttf", name=name))
            return ""
        font = typeset.load(str(path))
        missing = [letter for letter in REQUIRED if not font.has(letter)]
    except (OSError, ValueError, RuntimeError, AttributeError, KeyError, struct.error, MemoryError) as error:
        fields.bad("file", say("{name} cannot be read as a font: {error}", name=name, error=reason(error)))
        return ""
    if missing:
        shown = " ".join(missing[:12]) + (" …" if len(missing) > 12 else "")
        fields.bad(
            "file",
            say(
                "{name} lacks {missing} letters that names are written with: {shown}",
                name=name,
                missing=len(missing),
                shown=shown,
            ),
        )
        return ""
    return str(path)
