"""Many arbitrary rosters in every shipped design: `python -m tests.long.rosters [EXAMPLES] [NAME …]` (200 of each).

Composing never raises, nothing leaves the safe area, and no two tags of a class differ in wording, size, pitch or the
place of the edition but for the bounded exception that is said. Leaves with 1 where one does.
"""

from __future__ import annotations

import sys

from hypothesis import Phase, given, settings

from keytag.job import templates
from keytag.roster.model import Roster
from tests.tag.likeness import assert_alike, jobs_for


def examined(name: str, many: int) -> str:
    """What is wrong with a design's tags for the first of so many rosters; empty where nothing is."""

    @given(jobs_for(name))
    @settings(derandomize=True, deadline=None, max_examples=many, database=None, phases=[Phase.generate])
    def run(roster: Roster) -> None:
        assert_alike(roster, name)

    try:
        run()
    except Exception as error:  # whatever composing raises, or an assertion: told, and the next design is tried
        return f"{type(error).__name__}: {str(error)[:2000]}"
    return ""


def main(words: list[str]) -> int:
    many = next((int(word) for word in words if word.isdecimal()), 200)
    failed = 0
    for name in [word for word in words if not word.isdecimal()] or templates.names():
        wrong = examined(name, many)
        failed += bool(wrong)
        print(f"{name}: {many} rosters" + (f": {wrong}" if wrong else ""), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
