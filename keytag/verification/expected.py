"""What a finished folder must hold: every drawing composed and placed anew, what job.json must say, the papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from keytag.base.drawing import Document
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.roster.model import Unit
from keytag.sheet.die import Die
from keytag.sheet.layout import PressSheet
from keytag.sheet.scheme import Scheme
from keytag.tag.artwork import Artwork
from keytag.tag.payload import Payload
from keytag.tag.template import Template
from keytag.verification.numbered_model import Numbers

SHEET, FORME, MASTERS, VIEW = "press sheet", "cutting forme", "one-up masters", "view copy, not for press"


class FileFact(NamedTuple):
    """A file as the listing tells of it."""

    name: str
    what: str
    size: int
    sha256: str


class Drawn(NamedTuple):
    """One file of drawings: its name in the folder, what it is, its pages, and the standard it keeps to."""

    name: str
    what: str
    document: Document
    standard: Standard


class Sample(NamedTuple):
    """Some sheets of a file of numbered ones: drawn anew, side after side; of each page its sheet (from 1), and where
    it stands in the file (from 0)."""

    drawn: Drawn
    sheets: tuple[int, ...]
    at: tuple[int, ...]


class Expected(NamedTuple):
    """All of it. `papers` makes the papers anew from the files' listing, by name; `wrong` is what the plan breaks."""

    template: Template
    scheme: Scheme
    units: Mapping[str, Unit]  # of this order
    artworks: Mapping[str, Artwork]
    payloads: Mapping[str, Sequence[Payload]]
    demands: Mapping[str, int]
    presses: Sequence[PressSheet]
    drawn: Sequence[Drawn]
    dielines: tuple[Die, Mapping[str, tuple[str, bytes]]]  # where they lie; each file by name: what it is, its bytes
    pictures: Mapping[str, tuple[str, int]]  # view pictures: the drawn file they show, and its page
    content: Mapping[str, Any]  # job.json without its files and its seal
    papers: Callable[[Sequence[FileFact]], Mapping[str, bytes]]
    wrong: Sequence[tuple[str, str]]  # place in job.json, what is wrong
    reserved: Callable[[str], bool]  # whether keytag would write a file of that name
    numbers: Numbers | None = None  # of numbered sheets
    numbered: Mapping[str, str] = {}  # their files by name: what each is
    labels: tuple[str, ...] = ("packing-list.pdf",)  # the files of box labels
    piles: tuple[str, ...] = ()  # the files of pile tickets
    samples: Sequence[Sample] = ()  # the numbered sheets that are looked at whole
