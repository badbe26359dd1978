"""The address of the site and of its pages, and the hosts that codes may lead to: for the pages, codes and checks."""

from __future__ import annotations

from keytag.roster.model import Roster
from keytag.vietnam.links import host_of


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
