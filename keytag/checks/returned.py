"""What the returns of a hand-out may show, for people: `keytag handout --returns` reports these."""

from __future__ import annotations

from keytag.base.diagnostics import Severity
from keytag.checks.model import Check

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
RETURN_CHECKS = (
    Check(
        "returns-column",
        _ERROR,
        "a column of the returns that is not known",
        "A column has no name that means something, stands twice, or the one that says what was given is missing.\n\n"
        "What stands in it would not be counted. docs/handout.md lists the names, in English and Vietnamese.",
    ),
    Check(
        "returns-unit",
        _ERROR,
        "returns of a unit that is not in the roster",
        "A line names no unit of the roster, or may mean several.\n\n"
        "Its tags are then nobody's, so that no account closes. Nothing is guessed: write the code or the key.",
    ),
    Check(
        "returns-village",
        _ERROR,
        "returns of a village that the unit does not have",
        "A line names a village that its unit does not have in the roster.\n\n"
        "A village is known by its code, its name, or kind and name. A blank, or kho, is the unit's own store.",
    ),
    Check(
        "returns-number",
        _ERROR,
        "a count that is none",
        "A cell holds no whole number of tags.\n\nThousands may be set off (1.195, 1,195, 1 195); a blank or a dash is"
        " nothing; 12,5 is no number of tags.",
    ),
    Check(
        "returns-day",
        _ERROR,
        "a day that is none, or before the tags were issued",
        "A day cannot be read, is missing with none above it, or lies before the job's date.\n\n"
        "25/05/2020 is day, month, year, as people write here; 2020-05-25 and a spreadsheet's own days are read, too.",
    ),
    Check(
        "returns-more",
        _ERROR,
        "more than there can be",
        "More households called or scanned than got a tag; as a warning, more tags given than a village has"
        " households.\n\nMostly two cells were swapped, or a village was written into another's line.",
    ),
    Check(
        "returns-double",
        _WARNING,
        "the same line twice",
        "The same day, village and counts stand on an earlier line.\n\n"
        "Whoever joins two lists copies lines; both are counted.",
    ),
    Check(
        "returns-edition",
        _WARNING,
        "tags of an old edition handed out",
        "A line gives out tags of another edition than the job's.\n\nTheir numbers may be old. Lines that name another"
        " edition are counted apart, as called back.",
    ),
    Check(
        "returns-balance",
        _ERROR,
        "tags that are not accounted for",
        "What a unit was made is not what it gave, has in store, found damaged and returned.\n\n"
        "The sums are over all its lines; what is in store is what the last line of each place says.",
    ),
    Check(
        "handout-households",
        _ERROR,
        "a list of households that does not fit",
        "A list of heads of households names an unknown village, or more households than the village has.\n\n"
        "Its lines would be printed on the wrong list, or not at all.",
    ),
)
