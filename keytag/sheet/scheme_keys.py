"""Every key that a scheme may have: its kind of value and what it is for.

The one declaration: the reader knows keys by it, the editors' JSON Schema is made of it, and a test holds
docs/schemes.md to it.
"""

from __future__ import annotations

from keytag.base.records import NamedTuple
from keytag.sheet.scheme import EDGES, EMULSIONS, HEADS, MARKS, POLARITIES, READINGS, ROWS, TURNS, WORK_STYLES


class Key(NamedTuple):
    """One key: the `kind` of its value, what it is for, and of a choice what may stand there."""

    name: str
    kind: str
    about: str
    choices: tuple[str, ...] = ()


_SIDES = tuple(Key(side, "length", f"Room at the {side}, for marks") for side in ("top", "right", "bottom", "left"))
_BOTH = (Key("en", "text", "In English"), Key("vi", "text", "In Vietnamese"))

# By the mapping that they stand in ("" is the file itself).
GROUPS: dict[str, tuple[Key, ...]] = {
    "": (
        Key("name", "text", "The scheme's name in slugs and file lists"),
        Key("title", "both", "What a person calls it, in English and Vietnamese"),
        Key("sheet", "sheet", "The press sheet, as the front forme is looked at"),
        Key("border", "length", "The strip along all four edges that the press cannot print at all"),
        Key("gripper", "gripper", "Where the press holds the sheet; nothing is printed there"),
        Key("margins", "margins", "Least room between the sheet's edge and the outermost bleed, for marks"),
        Key("gap", "gap", "Distance between neighbouring trims; twice the bleed lets the bleeds touch"),
        Key("turn", "turn", "How every tag is turned on the front forme, clockwise", tuple(map(str, TURNS))),
        Key("rows", "choice", "How rows stand: straight, staggered by half a pitch, or the better of both", ROWS),
        Key("heads", "choice", "Whether all tags stand the same way, or every second row upside down", HEADS),
        Key("stations", "stations", "auto for as many as fit, or a fixed grid"),
        Key("blocked", "blocked", "Stations that stay empty"),
        Key("work", "choice", "The work style", WORK_STYLES),
        Key("marks", "marks", "Which marks to print; all where left out", MARKS),
        Key("costs", "costs", "For planning gang runs, in any one currency or in sheets' worth"),
        Key("limits", "limits", "What the shop asks of a plan"),
        Key("make_ready", "count", "Sheets for each plate set beyond its run, until colour and register stand"),
        Key("pins", "pins", "Pins of a jig or a film punch, kept clear and marked"),
        Key("films", "films", "How keytag films exposes them"),
        Key(
            "cut",
            "spot",
            "Name of the cut line's spot and layer in all files, such as Thru-cut; CutContour where left out",
        ),
        Key("hole", "spot", "Name of the ring hole's spot and layer; Drill where left out"),
        Key("tolerance", "length", "What cutter and drill may be off; stands on the cutting forme; 0.2mm"),
        Key("notes", "both", "What the press operator should know; printed on the production ticket"),
    ),
    "title": _BOTH,
    "sheet": (Key("width", "length", "Left to right"), Key("height", "length", "Top to bottom")),
    "gripper": (
        Key("edge", "choice", "The edge, as the front forme is looked at", EDGES),
        Key("depth", "length", "How far the gripper reaches in; 0 mm where the press has none"),
    ),
    "margins": _SIDES,
    "gap": (Key("x", "length", "Between columns"), Key("y", "length", "Between rows")),
    "stations": (Key("columns", "count", "Stations in a row"), Key("rows", "count", "Rows")),
    "blocked": (
        Key("column", "count", "From 1, at the front forme's left"),
        Key("row", "count", "From 1, at the front forme's top"),
    ),
    "costs": (
        Key("plate", "number", "What one plate set costs"),
        Key("sheet", "number", "What one printed sheet costs"),
    ),
    "limits": (
        Key("plates", "count", "Most plate sets"),
        Key("overs", "share", "Most copies beyond the order, for each design"),
        Key("shortest", "count", "The shortest run that is worth setting up"),
        Key("multiple", "count", "Run lengths are multiples of this"),
    ),
    "pins": (
        Key("x", "length", "Of its centre, from the front forme's left"),
        Key("y", "length", "Of its centre, from the top"),
        Key("diameter", "length", "Of the pin"),
    ),
    "films": (
        Key("resolution", "text", "1200 to 2540 dpi; 2400dpi"),
        Key("reading", "choice", "Which way a film reads, its emulsion as the next key says; right", READINGS),
        Key("emulsion", "choice", "The emulsion towards the eye (up) or away from it (down); up", EMULSIONS),
        Key("polarity", "choice", "Whether ink is black (positive) or clear (negative); positive", POLARITIES),
        Key("choke", "length", "How far ink is drawn in, against the gain of the press; 0mm"),
    ),
    "notes": _BOTH,
}
KEYS: dict[str, tuple[str, ...]] = {group: tuple(key.name for key in keys) for group, keys in GROUPS.items()}
REQUIRED = ("sheet", "gripper", "gap", "work")
