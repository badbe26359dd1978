"""Whether a link may be printed as a QR code, and if not, which rule it breaks: press.md, QR.

By hand rather than with urllib: it must be strict about what stands there, letter by letter, not mend it.
"""

from __future__ import annotations

from typing import NamedTuple

FORM, HOST, PHONE, PATH = "link-form", "link-host", "link-phone", "link-path"
ZALO = "zalo.me"
_REFUSED = {
    "oa.zalo.me": "is the office's own log-in page",
    "qr.zalo.me": "holds log-in codes: whoever scans one may sign in as the office",
    "zaloapp.com": "is not Zalo's public address",
    "id.zalo.me": "is a log-in page",
    "chat.zalo.me": "is a log-in page",
}
_SHORTENERS = (
    " bit.ly bitly.com tinyurl.com t.co goo.gl ow.ly is.gd v.gd cutt.ly rb.gy t.ly s.id shorturl.at rebrand.ly "
    " tiny.cc buff.ly lnkd.in me-qr.com qrco.de q-r.to qr.io link.zalo.me by.com.vn shope.ee "
)
# How letters are counterfeited: each look-alike as the letter that it is taken for (a capital I for an l).
_DISGUISE = str.maketrans("1i03", "lloe")
_HOST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


class Verdict(NamedTuple):
    """Which check a link fails, and why in words."""

    check: str
    why: str


def judge(link: str, hosts: frozenset[str] = frozenset()) -> Verdict | None:
    """What is wrong with `link`; `hosts` are those that the roster allows besides zalo.me."""
    if link != link.strip() or any(c <= " " or c == "\x7f" for c in link):
        return Verdict(FORM, "it has spaces in it")
    scheme, mark, rest = link.partition("://")
    if not mark:
        return Verdict(FORM, "it must begin with https://")
    if scheme.lower() != "https":
        return Verdict(FORM, f"it begins with {scheme}://; write https://")
    place, path = _cut(rest)
    user, _, place = place.rpartition("@")
    if user:
        return Verdict(FORM, f"'{user}@' before the host hides where the link leads")
    host, colon, _ = place.partition(":")
    if colon:
        return Verdict(FORM, f"the port after {host} must go")
    verdict = _judge_host(host.lower(), hosts)
    if verdict is not None:
        return verdict
    if scheme != "https" or host != host.lower():
        return Verdict(FORM, "scheme and host must be in lower case")
    if any(not "!" <= c <= "~" for c in path):
        return Verdict(PATH if host == ZALO else FORM, "its path has letters beyond those that links have")
    return _judge_zalo(path) if host == ZALO else None


def _cut(rest: str) -> tuple[str, str]:
    """The part before the first of / ? # and the part from there on."""
    ends = [at for at in map(rest.find, "/?#\\") if at >= 0]
    end = min(ends, default=len(rest))
    return rest[:end], rest[end:]


def _judge_host(host: str, hosts: frozenset[str]) -> Verdict | None:
    if host == ZALO:
        return None
    if not host:
        return Verdict(FORM, "it names no host")
    refused = next((why for bad, why in _REFUSED.items() if host == bad or host.endswith("." + bad)), "")
    if refused:
        return Verdict(HOST, f"{host} {refused}")
    if f" {host.removeprefix('www.')} " in _SHORTENERS:
        return Verdict(HOST, f"{host} is a link shortener: it can be led elsewhere after printing")
    if not set(host) <= _HOST_LETTERS or any(part.startswith("xn--") for part in host.split(".")):
        return Verdict(HOST, f"{host} has letters beyond a-z, which counterfeit other hosts")
    if host in hosts:
        return None
    if _looks_like_zalo(host):
        return Verdict(HOST, f"{host} looks like {ZALO} and is not")
    return Verdict(HOST, f"{host} is not {ZALO}; list it under qr_hosts in the job if it is right")


def _looks_like_zalo(host: str) -> bool:
    plain = host.translate(_DISGUISE).replace("-", "")
    return "zalo" in plain or plain.startswith(("zal", "zla"))


def _judge_zalo(path: str) -> Verdict | None:
    for mark, what in (("?", "query"), ("#", "fragment")):
        if mark in path:
            return Verdict(FORM, f"its {what} ({path[path.index(mark) :]}) must go: it makes the code larger")
    name = path[1:]
    if name.startswith(("g/", "s/")):
        what = "a group, which may be closed" if name[0] == "g" else "a short link, which may be led elsewhere"
        return Verdict(PATH, f"zalo.me/{name[:2]} is {what}")
    if not name.isascii() or not name.isdigit():
        return Verdict(PATH, "zalo.me/ must be followed by the Official Account's number, 18 or 19 digits")
    if len(name) in (18, 19):
        return None
    if 9 <= len(name) <= 12 and name.startswith(("0", "84")):
        return Verdict(PHONE, f"{name} is a telephone number: the link is one person's, and it dies with the number")
    return Verdict(PATH, f"an Official Account's number has 18 or 19 digits, this has {len(name)}")
