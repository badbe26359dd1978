"""The site's address, its day, and what it shows on that day; the hosts that codes may lead to.

For the pages, the codes and the checks of both.
"""

from __future__ import annotations

from keytag.files.fields import day
from keytag.roster.model import Notice, Roster, Site
from keytag.vietnam.links import host_of

NOTICES = 3  # at most on a page


def day_of(site: Site | None, asked: str, usual: str) -> str:
    """The day by which the site is judged: the one asked for, else the site's own, else the `usual` one, the job's."""
    return asked or (day(site.date) if site is not None else None) or usual


def notices_on(site: Site, on: str) -> list[Notice]:
    """The notices that hold on a day, in the roster's order; the page shows the first `NOTICES` of them."""
    return [each for each in site.notices if each.text and (day(each.date) or on) <= on <= (day(each.until) or on)]


def page_of(address: str, key: str) -> str:
    """The address of a unit's page."""
    return f"{address}{key}/"


def address_of(roster: Roster) -> str:
    """The site's address; empty where the roster names none."""
    return roster.site.address.value if roster.site and roster.site.address else ""


def allowed_hosts(roster: Roster) -> frozenset[str]:
    """The hosts that a code may lead to besides zalo.me, in small letters: those of `qr_hosts`, and the site's own."""
    hosts = {host.value.casefold() for host in roster.job.qr_hosts}
    own = host_of(address_of(roster))  # that a code may point there is what the address says
    return frozenset(hosts | {own} if own else hosts)
