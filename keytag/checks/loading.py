"""What reading a file may find, for people: the loader itself reports these, so there is nothing to run here."""

from __future__ import annotations

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.errors import UNREADABLE, InputError
from keytag.base.words import say
from keytag.checks.model import Check
from keytag.files.folders import LEFT_OUT

_ERROR = Severity.ERROR

LOADER_CHECKS = (
    Check(
        "duplicate-key",
        _ERROR,
        "a key stands twice",
        "A key stands twice in one group.\n\nOnly the first counts. Most programs take the last without a word, so that"
        " nobody knows which\nnumber will be printed; delete one of the two.",
        "units:\n  - name: Glar\n    chief: 0900.000.101\n    chief: 0900.000.102  # ✗\n",
        "units:\n  - name: Glar\n    chief: 0900.000.101\n    deputies: [0900.000.102]\n",
    ),
    Check(
        "merge-key",
        _ERROR,
        "a merge key",
        "A merge key (<<) copies values from elsewhere.\n\n"
        "Numbers are not copied behind a reader's back: what is printed"
        " stands where it is read. Write the values out.",
        "units:\n  - name: Glar\n    quantity: 800\n  - name: Trang\n    <<: {slogan: Gọi 113}  # ✗\n",
        "units:\n  - name: Glar\n    quantity: 800\n  - name: Trang\n    slogan: Gọi 113\n",
    ),
    Check(
        "unknown-key",
        _ERROR,
        "a key that means nothing",
        "A key is none of those that mean something here.\n\n"
        "A misspelt key is a number left out. The nearest known key is"
        " proposed; docs/roster.md lists all.",
        "units:\n  - name: Glar\n    cheif: 0900.000.101  # ✗\n    chief: 0900.000.102\n",
        "units:\n  - name: Glar\n    chief: 0900.000.101\n",
    ),
    Check(
        "wrong-type",
        _ERROR,
        "a list or a group where text is due, or the other way round",
        "A list, a group of keys or a text stands where another of these is due.\n\nMostly a dash or some spaces of"
        " indentation are missing.",
        "units:\n  - name: Glar\n    slogan: [Gọi, 113]  # ✗\n",
        "units:\n  - name: Glar\n    slogan: Gọi 113\n",
    ),
    Check(
        "missing-key",
        _ERROR,
        "a key that must be there is not",
        "Something cannot be understood without a key that it does not have.\n\nA contact written as a group needs its"
        " number, a further role its role and its number; templates and schemes\nneed theirs.",
        "units:\n  - name: Glar\n    deputies:\n      - name: Rơ Châm H'Mẫu  # ✗ and the number?\n",
        "units:\n  - name: Glar\n    deputies:\n      - name: Rơ Châm H'Mẫu\n        number: 0900.000.102\n",
    ),
    Check(
        "bad-value",
        _ERROR,
        "a value that cannot be",
        "A value is none of those that can stand here.\n\n"
        "In rosters this is a unit's authority other than self; in templates"
        " and schemes a length without a unit,\na number out of range, a word that is not known. The default is used"
        " until it is mended.",
        "units:\n  - name: Glar\n    authority: district  # ✗\n",
        "units:\n  - name: Glar\n    authority: self\n",
    ),
    Check(
        "second-job",
        _ERROR,
        "two job sections",
        "Two files of one roster have a job section.\n\n"
        "A roster is one job, and only the first section counts. Keep one.",
    ),
    Check(
        "second-site",
        _ERROR,
        "two site sections",
        "Two files of one roster have a site section.\n\n"
        "The tags of a job lead to one place, and only the first section counts. Keep one.",
    ),
    Check(
        "authority-missing",
        _ERROR,
        "a unit without an authority",
        "A unit has no authority.\n\nIts tags would not say who issues them. Write an authority section in its file, or"
        " authority: self where the\nunit issues them itself.",
    ),
    Check(
        UNREADABLE,
        _ERROR,
        "a file that cannot be read",
        "A file cannot be read at all: it is not there, is no UTF-8 text, is broken YAML, or is of another kind.\n\n"
        "Nothing can be said of what it holds, and the exit code is 3, or 2 where a template or a scheme stands for a"
        " roster, or one\nfor another. Reports for programs hold it as a finding at"
        " its place.",
    ),
    Check(
        "text-cut-off",
        Severity.WARNING,
        "a text that YAML cuts off",
        "YAML takes a part of a text for something else, and it is not printed.\n\n"
        "A # behind a space begins a remark, so that `Gọi ngay #113` prints `Gọi ngay`; & before a word makes a mark of"
        " it.\nPut the whole text in quotes. A remark has a blank behind its #.",
        "units:\n  - name: Glar\n    slogan: Gọi ngay #113  # ✗\n",
        'units:\n  - name: Glar\n    slogan: "Gọi ngay #113"\n',
    ),
    Check(
        LEFT_OUT,
        _ERROR,
        "a roster's file that is not read",
        "A file beside the roster's looks like one of them and is not read.\n\n"
        "Of a folder, files that end in .yaml or .yml are read, in capitals too, but no folders in it. Windows hides"
        " endings, so that\nb.yaml.txt looks like b.yaml. Its commune would be missing from the job.",
    ),
    Check(
        "no-units",
        _ERROR,
        "no units",
        "The roster has no units.\n\nThere is nothing to make. Write them as a list under units:.",
    ),
)


def unreadable(error: InputError) -> tuple[Diagnostic, ...]:
    """The error and its others as findings, for reports that hold every outcome."""
    return tuple(
        Diagnostic(
            UNREADABLE,
            Severity.ERROR,
            one.span,
            say("{what}; {hint}", what=one.what, hint=one.hint) if one.hint else one.what,
        )
        for one in (error, *error.others)
    )
