"""What composing and checking remember from tag to tag, and how a large job forgets it.

Each of these saves time while its words come again. When the tags of three thousand units are composed and checked,
they hold a tenth of the memory that the whole job takes, and nothing asks for them any more.
"""

from __future__ import annotations

from keytag.tag import matter, room, rows
from keytag.tag.typeset import Font
from keytag.vietnam import phones

_REMEMBERED = (
    Font.shape,
    matter._line,
    matter._parts,
    matter._table,
    matter.pieces,
    phones.classify,
    room.figures,
    room.hull,
    room.letters,
    room.scaled,
    rows._drop,
    rows._glyphs,
    rows._row_inks,
    rows.line_strip,
    rows.table_frames,
)


def forget() -> None:
    """Forget all of it: what is asked for after all is worked out anew."""
    for remembered in _REMEMBERED:
        remembered.cache_clear()
