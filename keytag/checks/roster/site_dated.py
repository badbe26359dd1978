"""Something on the site is out of date on the day that counts.

Services move: the health app of 2020 was replaced in 2021, and 63 provincial portals closed on one day of 2025. A link
past its last day and a notice past its own are left out of the pages; a link that nobody opened for half a year, or of
which nobody says when, should be tried. The day is the site's date, else the job's, or `--on`.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.checks.roster.context import Context, iso, point
from keytag.roster.model import Site
from keytag.roster.site import NOTICES, day_of, notices_on

ID = "site-dated"
SEVERITY = Severity.WARNING
TITLE = "a link or a notice out of date"
HALF_A_YEAR = 183
BAD = """\
site:
  date: 2026-11-28
  links:
    - text: Khai báo y tế
      url: https://dichvucong.gov.vn
      checked: 2026-11-25
      valid_until: 2026-10-31  # ✗
    - text: Nộp hồ sơ
      url: https://dichvucong.gov.vn
      checked: 2026-01-25  # ✗
  notices:
    - {date: 2026-01-20, until: 2026-02-28, text: Chú ý cháy rừng}  # ✗
"""
GOOD = """\
site:
  date: 2026-11-28
  links:
    - text: Nộp hồ sơ
      url: https://dichvucong.gov.vn
      checked: 2026-11-25
      valid_until: 2027-12-31
  notices:
    - {date: 2026-11-20, until: 2026-12-31, text: Chú ý cháy rừng}
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each link and notice."""
    site = context.roster.site
    on = day_of(site, context.asked or "", context.on)
    if site is None or not on:
        return
    for span, what in _odd(site, on):
        yield Diagnostic(ID, SEVERITY, span, what)


def _odd(site: Site, on: str) -> Iterator[tuple[Span, str]]:
    for link in site.links:
        name = link.text.value if link.text else say("the link")
        if link.until is not None and "" < iso(link.until) < on:
            yield (
                link.until.span,
                say("'{name}' is over since {day} and left out on {day2}", name=name, day=iso(link.until), day2=on),
            )
        elif link.checked is None:
            yield point(link.text, link.span), say("nobody says when '{name}' was last tried (checked:)", name=name)
        elif iso(link.checked) and _days(iso(link.checked), on) > HALF_A_YEAR:
            yield (
                link.checked.span,
                say(
                    "'{name}' was last tried on {day}, {day2} is long after: try it again",
                    name=name,
                    day=iso(link.checked),
                    day2=on,
                ),
            )
    shown = notices_on(site, on)
    for notice in site.notices:
        name = excerpt(notice.text.value, 30) if notice.text else say("the notice")
        if notice.until is not None and "" < iso(notice.until) < on:
            yield (
                notice.until.span,
                say("'{name}' is over since {day} and left out on {day2}", name=name, day=iso(notice.until), day2=on),
            )
            continue
        if notice in shown[NOTICES:]:
            yield (
                notice.span,
                say(
                    "'{name}' is left out: a page has {most_notices} notices at most",
                    name=name,
                    most_notices=NOTICES,
                ),
            )


def _days(first: str, last: str) -> int:
    from datetime import date

    return (date.fromisoformat(last) - date.fromisoformat(first)).days
