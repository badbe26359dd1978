"""Every key that a template may have: its kind of value and what it is for.

The one declaration: the reader knows keys by it, the editors' JSON Schema is made of it, and a test holds
docs/templates.md to it.
"""

from __future__ import annotations

from keytag.base.records import NamedTuple
from keytag.tag.outlines.shapes import SHAPES

ROLES = ("duty", "chief", "deputy", "other")
# What makes the colour (printed: ink, moulded: the plastic), and where more is known, by which press: it decides how
# far a QR code's edges are drawn in, in millimetres.
CHOKES = {"printed": 0.0, "moulded": 0.03, "screen": 0.03, "pad": 0.03, "uv": 0.01, "offset": 0.0, "digital": 0.0}
ALIGNS = ("left", "centre", "right")
LEVELS = ("l", "m", "q", "h")


class Key(NamedTuple):
    """One key: the `kind` of its value, what it is for, and of a `choice` what may stand there."""

    name: str
    kind: str
    about: str
    choices: tuple[str, ...] = ()


_WHEN = (
    Key("needs", "fields", "Left out where one of these fields is empty"),
    Key("unless", "fields", "Left out where one of these fields has words"),
)
_ROOM = (
    Key("box", "box", "The place: x, y, width, height; left out: the whole safe area"),
    Key("area", "text", "A box by its name in the template's areas, or panel-1, panel-2 … between folds"),
)
_FONT = Key("font", "text", "medium, semibold, bold, or the name of a font of the template's own")
_INK = Key("ink", "ink", "The name of one of the template's inks, or paper")

GROUPS: dict[str, tuple[Key, ...]] = {
    "template": (
        Key("name", "text", "The template's name, in job.json and on tickets"),
        Key("base", "text", "A shipped template, or one beside this file, whose values these replace"),
        Key("title", "both", "What people call it, in English and Vietnamese"),
        Key("trim", "trim", "The cut"),
        Key("bleed", "length", "Ink beyond the trim; 3mm"),
        Key("safe", "length", "How far live matter keeps from trim and hole; 1.5mm"),
        Key("hole", "hole", "The ring hole as the front sees it; none: no hole"),
        Key("holes", "holes", "More holes than one"),
        Key("folds", "folds", "Lines along which the piece is folded"),
        Key("areas", "areas", "Boxes by name, for several elements"),
        Key("white", "white", "A White underbase under everything; none: no underbase"),
        Key("substrate", "substrate", "What it is printed on, and how"),
        Key("fonts", "fonts", "Fonts of its own beside the template, by name"),
        Key("inks", "inks", "Names and colours"),
        Key("limits", "limits", "What the artwork checks hold the piece to"),
        Key("front", "elements", "The elements of the front, painted in order"),
        Key("back", "back", "The elements of the back; none: one face only"),
    ),
    "title": (Key("en", "text", "In English"), Key("vi", "text", "In Vietnamese")),
    "trim": (
        Key("shape", "choice", "The kind of outline", SHAPES),
        Key("width", "length", "Up to 900mm"),
        Key("height", "length", "Up to 900mm"),
        Key("radius", "length", "Of a rectangle's corners"),
        Key("exponent", "decimal", "Of a super-ellipse |x/a|^n + |y/b|^n = 1"),
        Key("file", "text", "An SVG file beside the template with one closed path, for the shape path"),
    ),
    "hole": (
        Key("x", "length", "Of its centre on the front"),
        Key("y", "length", "Of its centre"),
        Key("diameter", "length", "Of the hole"),
    ),
    "fold": (Key("from", "point", "One end"), Key("to", "point", "The other end")),
    "box": (
        Key("x", "length", "Left edge"),
        Key("y", "length", "Top edge"),
        Key("width", "length", "Width"),
        Key("height", "length", "Height"),
    ),
    "white": (Key("choke", "length", "How far inside the bleed it ends; 0.15mm"),),
    "substrate": (
        Key("process", "choice", "Who makes the colour, and by which press", tuple(CHOKES)),
        Key("colour", "cmyk", "The plastic's own colour: paper, or four percentages"),
        Key("material", "both", "For the production ticket"),
        Key("thickness", "length", "Of the finished piece"),
        Key("finishing", "both", "For the production ticket"),
        Key("pantone", "text", "A proposal for the plastic's colour, such as 485 C; for the ticket"),
        Key("edge_radius", "length", "Of a moulded piece's edge; for the ticket"),
        Key("least_wall", "length", "Least plastic beside a hole and under a recess; for the ticket"),
    ),
    "font": (
        Key("file", "text", "A TrueType or OpenType file beside the template"),
        Key("licence", "text", "Under which it may be used in print"),
    ),
    "ink": (
        Key("cmyk", "cmyk", "Four percentages; for a spot its preview"),
        Key("spot", "text", "The plate's name in ASCII; left out: a process colour"),
        Key("overprint", "flag", "Does not knock out what lies under it"),
        Key("pantone", "text", "A proposal for what to mix it by, such as 109 C; for the ticket"),
    ),
    "limits": (
        Key("text", "text limits", "Sizes of words: least, good"),
        Key("number", "number limits", "Size of telephone numbers: least"),
        Key("total_ink", "share", "Most ink on one spot; 300%"),
        Key("module", "module limits", "QR modules: good, least"),
        Key("stroke", "length", "Least line; as the process holds it (docs/factory.md)"),
        Key("gap", "length", "Least gap between lines of words; as the process keeps it open"),
        Key("contrast", "contrast limits", "Least contrast of the QR code, of words and of numbers"),
    ),
    "text limits": (Key("least", "size", "6pt"), Key("good", "size", "7pt")),
    "number limits": (Key("least", "size", "8pt"),),
    "module limits": (Key("good", "length", "0.396mm"), Key("least", "length", "0.33mm")),
    "contrast limits": (
        Key("qr", "share", "Symbol contrast; 70%"),
        Key("text", "ratio", "WCAG contrast of words under 9 pt; 4.0"),
        Key("number", "ratio", "WCAG contrast of numbers; 4.5"),
        Key("deuteranope", "ratio", "The same as a deuteranope sees it; 3.0"),
    ),
    "fill": (
        _INK,
        Key("area", "text", "bleed, trim, or a named area"),
        Key("box", "box", "A place"),
        Key("radius", "length", "Of a box's corners"),
        *_WHEN,
    ),
    "frame": (_INK, Key("inset", "length", "From the trim"), Key("width", "length", "Of the line"), *_WHEN),
    "rule": (
        _INK,
        Key("from", "point", "One end"),
        Key("to", "point", "The other end"),
        Key("width", "length", "Of the line"),
        *_WHEN,
    ),
    "qr": (
        Key("link", "pattern", 'What the symbol says: "{link}", or "tel:{authority.duty}"'),
        _INK,
        Key("panel", "ink", "The ink of the panel"),
        Key("centre", "point", "Of the panel"),
        Key("most", "length", "Largest side of the panel"),
        Key("radius", "length", "Of the panel's corners"),
        Key("level", "choice", "Error correction", LEVELS),
        Key("clear", "length", "Kept free of text around it"),
        Key("choke", "length", "How far dark edges are drawn in; by process"),
        *_WHEN,
    ),
    "emblem": (
        Key("file", "text", "An SVG or PNG beside the template"),
        Key("x", "length", "Left edge"),
        Key("y", "length", "Top edge"),
        Key("width", "length", "Width"),
        Key("height", "length", "Height"),
        Key("inks", "colours", "Which ink each of an SVG's colours is"),
        Key("over", "ink", "What shows through a PNG's transparent parts"),
        Key("clear", "length", "Kept free of text around it"),
        *_WHEN,
    ),
    "picture": (
        Key("name", "text", "A shipped pictogram"),
        Key("box", "box", "Into which it is fitted"),
        Key("area", "text", "A named box"),
        _INK,
        Key("accent", "ink", "The ink of what the picture points at; as ink where nothing is said"),
        Key("clear", "length", "Kept free of text around it"),
        *_WHEN,
    ),
    "label": (
        Key("text", "pattern", "The words"),
        Key("places", "places", "Where it may stand, the best first"),
        Key("box", "box", "A place, in whose middle it stands"),
        Key("area", "text", "A named box"),
        Key("clear", "length", "Kept free around it"),
        _FONT,
        _INK,
        Key("size", "size", "One fixed size"),
        Key("upper", "flag", "In capitals"),
        *_WHEN,
    ),
    "stack": (
        Key("lines", "lines", "The lines, from the top"),
        Key("align", "choice", "How they stand to one another", ALIGNS),
        Key("margin", "length", "Kept inside the safe area"),
        Key("axis", "length", "x of the line around which centre centres"),
        Key("lift", "length", "How far above the middle the block stands"),
        *_ROOM,
        *_WHEN,
    ),
    "paragraph": (
        Key("text", "patterns", "The words; ways to say the same, longest first"),
        *_ROOM,
        _FONT,
        _INK,
        Key("size", "sizes", "Usual and least size"),
        Key("leading", "decimal", "Line distance : type size; 1.2"),
        Key("align", "choice", "Of the lines", ALIGNS),
        Key("valign", "choice", "In the box", ("top", "middle", "bottom")),
        Key("upper", "flag", "In capitals"),
        *_WHEN,
    ),
    "relief": (
        Key("kind", "choice", "A raised rim along the trim, or a pip", ("rim", "pip")),
        Key("height", "length", "Above the face"),
        Key("width", "length", "Of the rim; the pip's diameter"),
        Key("centre", "point", "Of the pip"),
        *_WHEN,
    ),
    "text": (
        Key("text", "patterns", "Ways to say the same, longest first"),
        _FONT,
        _INK,
        Key("size", "sizes", "Usual and least size"),
        Key("space", "space", "White above it"),
        Key("tracking", "decimal", "Extra space between letters, in em"),
        Key("upper", "flag", "In capitals"),
        Key("shrinks", "flag", "Goes down to its least size before its words are shortened"),
        Key("wrap", "length", "In two lines where it is wider than this at its usual size"),
        Key("yields", "size", "Left out before the numbers fall under this size"),
        *_WHEN,
    ),
    "number": (
        Key("number", "pattern", "A field with a telephone number"),
        _FONT,
        _INK,
        Key("size", "sizes", "Least and largest size"),
        Key("space", "space", "White above it"),
        Key("tracking", "decimal", "Extra space between digits, in em"),
        *_WHEN,
    ),
    "parts": (
        Key("parts", "parts", "Pieces side by side"),
        Key("gap", "length", "Between them; 0.7mm"),
        _FONT,
        _INK,
        Key("size", "sizes", "Of parts that have none of their own"),
        Key("space", "space", "White above the line"),
        Key("yields", "size", "Left out before the numbers fall under this size"),
        *_WHEN,
    ),
    "part": (Key("text", "pattern", "The words"), _FONT, _INK, Key("size", "size", "Of this part")),
    "contacts": (
        Key("roles", "roles", "Which, in order"),
        Key("lead", "choice", "The role that comes first and is set larger", ROLES),
        Key("lead_ratio", "ratios", "By how much: up to 3, 4, 5, and 6 or more numbers"),
        Key("lead_most", "sizes of three", "The largest size of the first number, for as many"),
        Key("labels", "labels", "For each role, and for own words of a roster, ways to say it, longest first"),
        _FONT,
        _INK,
        Key("size", "sizes", "Least and largest size of the numbers"),
        Key("label_font", "text", "As font"),
        Key("label_ink", "ink", "As ink"),
        Key("label_size", "sizes", "The usual size is taken"),
        Key("label_ratio", "decimal", "Read on; labels do not grow with numbers"),
        Key("gap", "length", "Between label and number; 1mm"),
        Key("pair_gap", "length", "Between two numbers of one row; 1.3mm"),
        Key("pair_from", "integer", "From so many people on rows may be shared"),
        Key("space", "space", "White above the list"),
        Key("pitch", "length", "White between the digits of two rows; 0.75mm"),
        Key("row_space", "space", "Read on: pitch between its bounds"),
        *_WHEN,
    ),
    "size": (
        Key("least", "size", "Where it is tight"),
        Key("usual", "size", "Where there is room"),
        Key("most", "size", "The largest that numbers get"),
    ),
    "space": (Key("least", "length", "Where it is tight"), Key("most", "length", "Where there is room")),
    "point": (Key("x", "length", "From the left"), Key("y", "length", "From the top")),
    "place": (
        Key("x", "length", "Of the middle"),
        Key("y", "length", "Of the middle"),
        Key("turn", "integer", "Quarter turns: 0, 90, 180, -90"),
        Key("from", "integer", "Comes first where the face lists so many numbers or more"),
    ),
}
# Of a box with contacts only: the keys of a list, and of the stack around it.
GROUPS["contacts box"] = (
    *GROUPS["contacts"],
    *(key for key in GROUPS["stack"] if key.name not in ("lines", *(k.name for k in GROUPS["contacts"]))),
)
KEYS: dict[str, tuple[str, ...]] = {group: tuple(key.name for key in keys) for group, keys in GROUPS.items()}
# The kinds of elements, and the group of keys under each.
ELEMENTS = {
    **{kind: kind for kind in ("fill", "frame", "rule", "qr", "emblem", "picture", "label", "stack", "relief")},
    "text": "paragraph",
    "contacts": "contacts box",
}
