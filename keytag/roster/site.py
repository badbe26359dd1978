"""The address of the site and of its pages: one fact, for the pages, the QR codes and their checks."""

from __future__ import annotations

from keytag.roster.model import Roster


def page_of(address: str, key: str) -> str:
    """The address of a unit's page."""
    return f"{address}{key}/"


def address_of(roster: Roster) -> str:
    """The site's address; empty where the roster names none."""
    return roster.site.address.value if roster.site and roster.site.address else ""
