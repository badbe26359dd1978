"""Something on the site is out of date on the day that counts.

Services move: the health app of 2020 was replaced in 2021, and 63 provincial portals closed on one day of 2025. A link
past its last day and a notice past its own are left out of the pages; a link that nobody opened for half a year, or of
which nobody says when, should be tried. The day is the site's date, else the job's, or `--on`.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.checks.roster.context import Context, iso, point
from keytag.roster.model import Site

ID = "site-dated"
SEVERITY = Severity.WARNING
TITLE = "a link or a notice out of date"
HALF_A_YEAR = 183
MOST_NOTICES = 3
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
    if site is None or not context.site_day:
        return
    for span, what in _odd(site, context.site_day):
        yield Diagnostic(ID, SEVERITY, span, what)


def _odd(site: Site, on: str) -> Iterator[tuple[Span, str]]:
    for link in site.links:
        name = link.text.value if link.text else "the link"
        if link.until is not None and "" < iso(link.until) < on:
            yield link.until.span, f"'{name}' is over since {iso(link.until)} and left out on {on}"
        elif link.checked is None:
            yield point(link.text, link.span), f"nobody says when '{name}' was last tried (checked:)"
        elif iso(link.checked) and _days(iso(link.checked), on) > HALF_A_YEAR:
            yield link.checked.span, f"'{name}' was last tried on {iso(link.checked)}, {on} is long after: try it again"
    shown = 0
    for notice in site.notices:
        name = notice.text.value[:30] if notice.text else "the notice"
        if notice.until is not None and "" < iso(notice.until) < on:
            yield notice.until.span, f"'{name}' is over since {iso(notice.until)} and left out on {on}"
            continue
        shown += iso(notice.date) <= on
        if shown > MOST_NOTICES and iso(notice.date) <= on:
            yield notice.span, f"'{name}' is left out: a page has {MOST_NOTICES} notices at most"


def _days(first: str, last: str) -> int:
    from datetime import date

    return (date.fromisoformat(last) - date.fromisoformat(first)).days
