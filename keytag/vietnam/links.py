"""Whether a link may be printed as a QR code, and if not, which rule it breaks: docs/press.md, QR.

By hand rather than with urllib: it must be strict about what stands there, letter by letter, not mend it.
"""

from __future__ import annotations

import re

from keytag.base.records import NamedTuple
from keytag.base.words import joined, say

FORM, HOST, PHONE, PATH = "link-form", "link-host", "link-phone", "link-path"
ZALO = "zalo.me"
_REFUSED = {
    "oa.zalo.me": say("is the office's own log-in page"),
    "qr.zalo.me": say("holds log-in codes: whoever scans one may sign in as the office"),
    "zaloapp.com": say("is not Zalo's public address"),
    "id.zalo.me": say("is a log-in page"),
    "chat.zalo.me": say("is a log-in page"),
}
_SHORTENERS = (
    " bit.ly bitly.com tinyurl.com t.co goo.gl ow.ly is.gd v.gd cutt.ly rb.gy t.ly s.id shorturl.at rebrand.ly "
    " tiny.cc buff.ly lnkd.in me-qr.com qrco.de q-r.to qr.io link.zalo.me by.com.vn shope.ee "
)
# How letters are counterfeited: each look-alike as the letter that it is taken for (a capital I for an l).
_DISGUISE = str.maketrans("1i03", "lloe")
_HOST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
_PATH_LETTERS = _HOST_LETTERS | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ_~:/?#[]@!$&'()*+,;=%")  # RFC 3986
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_IDS = 2**63
_MARKUP = re.compile("&(?:amp|lt|gt|quot|#[0-9]+);|%3[ce]|%22", re.IGNORECASE)
# Names under .vn under which anybody may register.
_SECOND = frozenset(
    ("com", "net", "org", "edu", "gov", "int", "ac", "biz", "info", "name", "pro", "health", "id", "io")
)


class Verdict(NamedTuple):
    """Which check a link fails, and why in words."""

    check: str
    why: str


def judge(link: str, hosts: frozenset[str] = frozenset()) -> Verdict | None:
    """What is wrong with `link`; `hosts` are those that the roster allows besides zalo.me."""
    if link != link.strip() or any(c <= " " or c == "\x7f" for c in link):
        return Verdict(FORM, say("it has spaces in it"))
    scheme, mark, rest = link.partition("://")
    if not mark:
        return Verdict(FORM, say("it must begin with https://"))
    if scheme.lower() != "https":
        return Verdict(FORM, say("it begins with {scheme}://; write https://", scheme=scheme))
    place, path = _cut(rest)
    user, at, place = place.rpartition("@")
    if at:
        return Verdict(FORM, say("'{user}@' before the host hides where the link leads", user=user))
    host, colon, _ = place.partition(":")
    if colon:
        return Verdict(FORM, say("the port after {host} must go", host=host))
    verdict = _judge_host(host.lower(), hosts)
    if verdict is not None:
        return verdict
    if scheme != "https" or host != host.lower():
        return Verdict(FORM, say("scheme and host must be in lower case"))
    if any(not "!" <= c <= "~" for c in path):
        return Verdict(PATH if host == ZALO else FORM, say("its path has letters beyond those that links have"))
    return _judge_zalo(path) if host == ZALO else _judge_path(path)


def host_of(link: str) -> str:
    """The host that a link names, in lower case, whatever else is wrong with it; empty where it names none."""
    _, _, rest = link.strip().partition("://")
    place, _ = _cut(rest)
    return place.rpartition("@")[2].partition(":")[0].lower()


def is_host(value: str) -> bool:
    """Whether `value` is a host's name alone: no scheme, no path, no letters beyond a-z."""
    parts = value.lower().split(".")
    return len(parts) > 1 and all(part and part.isascii() and part.replace("-", "a").isalnum() for part in parts)


def judge_allowed(host: str) -> str:
    """Why `host` must not be on the list of allowed hosts; empty where it may."""
    host = host.lower()
    found = _refusal(host)
    return found or (
        say("{host} looks like {likeness} and is not", host=host, likeness=_likeness(host)) if _likeness(host) else ""
    )


def _cut(rest: str) -> tuple[str, str]:
    """The part before the first of / ? # and the part from there on."""
    ends = [at for at in map(rest.find, "/?#\\") if at >= 0]
    end = min(ends, default=len(rest))
    return rest[:end], rest[end:]


def _judge_host(host: str, hosts: frozenset[str]) -> Verdict | None:
    if host == ZALO:
        return None
    if not host:
        return Verdict(FORM, say("it names no host"))
    refused = _refusal(host)
    if refused:
        return Verdict(HOST, refused)
    likeness = _likeness(host)
    if likeness:
        return Verdict(HOST, say("{host} looks like {likeness} and is not", host=host, likeness=likeness))
    if host in hosts:
        return None
    return Verdict(
        HOST, say("{host} is not {zalo}; list it under qr_hosts in the job if it is right", host=host, zalo=ZALO)
    )


def _refusal(host: str) -> str:
    """Why no link may lead to `host`, whoever allows it."""
    refused = next((why for bad, why in _REFUSED.items() if host == bad or host.endswith("." + bad)), "")
    if refused:
        return say("{host} {refused}", host=host, refused=refused)
    if f" {host.removeprefix('www.')} " in _SHORTENERS:
        return say("{host} is a link shortener: it can be led elsewhere after printing", host=host)
    labels = host.split(".")
    if not set(host) <= _HOST_LETTERS or any(label.startswith("xn--") for label in labels):
        return say("{host} has letters beyond a-z, which counterfeit other hosts", host=host)
    if host.replace(".", "").isdigit():
        return say("{host} is a machine's address, which says nobody's name", host=host)
    return ""


def _likeness(host: str) -> str:
    """The host that `host` counterfeits: zalo.me or the state's .gov.vn; empty where it looks like neither."""
    for end in (".gov.vn", "zalo.me"):  # what ends so is the state's, or Zalo's own
        if host.endswith(end) and (end[0] == "." or host == end or host.endswith("." + end)):
            return ""
    name = host.removeprefix("www.")
    labels = name.split(".")
    plain = [_plain(label) for label in labels]
    ends = (".".join(plain[-2:]), ".".join(labels[-2:]), "".join(plain[-2:]))
    if ZALO in ".".join(plain) or any(_near(ZALO, end) for end in ends):
        return ZALO
    own = -3 if labels[-1] == "vn" and labels[-2] in _SECOND and len(labels) > 2 else -2  # the part that is registered
    if any(label in ("zalo", "oazalo", "zalooa") or label.startswith("zalome") for label in plain[own:]):
        return ZALO
    if any("zalo" in label or "zalo" in seen for label, seen in zip(labels, plain, strict=True)) and labels[-1] != "vn":
        return ZALO
    if len(labels) > 2 and plain[-2:] != ["gov", "vn"] and _near("gov.vn", ".".join(plain[-2:])) and plain[-1] == "vn":
        return "" if labels[-2] in _SECOND else ".gov.vn"
    return ".gov.vn" if plain[-2:] == ["gov", "vn"] else ""


def _plain(label: str) -> str:
    """A part of a host's name with look-alikes as what they are taken for."""
    return label.replace("-", "").replace("rn", "m").replace("vv", "w").translate(_DISGUISE)


def _near(one: str, other: str) -> bool:
    """Whether two texts differ by at most one letter changed, left out, put in or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])


def _judge_path(path: str) -> Verdict | None:
    """What is wrong with the part after an allowed host: backslashes, markup, a % that codes nothing."""
    odd = sorted(set(path) - _PATH_LETTERS)
    if odd:
        return Verdict(FORM, say("{odd} may not stand in a link", odd=joined(" ", odd)))
    markup = _MARKUP.search(path)
    if markup is not None:
        return Verdict(FORM, say("{markup} is markup: write the link as a browser shows it", markup=markup[0]))
    if path[-1:] in tuple(".,;:)'"):
        return Verdict(FORM, say("the {path} at its end is no part of a link", path=path[-1]))
    if _BARE_PERCENT.search(path):
        return Verdict(FORM, say("a % must be followed by two hexadecimal digits"))
    return None


def _judge_zalo(path: str) -> Verdict | None:
    if "\\" in path:
        return Verdict(PATH, say("a backslash may not stand in a link: programs differ in where it leads"))
    for mark, what in (("?", say("query")), ("#", say("fragment"))):
        if mark in path:
            return Verdict(
                FORM,
                say("its {what} ({path}) must go: it makes the code larger", what=what, path=path[path.index(mark) :]),
            )
    name = path[1:]
    if name.startswith(("g/", "s/")):
        what = (
            say("a group, which may be closed") if name[0] == "g" else say("a short link, which may be led elsewhere")
        )
        return Verdict(PATH, say("zalo.me/{name} is {what}", name=name[:2], what=what))
    if not name.isascii() or not name.isdigit():
        return Verdict(PATH, say("zalo.me/ must be followed by the Official Account's number, 18 or 19 digits"))
    if len(name) in (18, 19):
        if name[0] == "0":
            return Verdict(PATH, say("no Official Account's number begins with 0"))
        return (
            None
            if int(name) < _IDS
            else Verdict(PATH, say("no Official Account's number is beyond {ids}", ids=_IDS - 1))
        )
    if 9 <= len(name) <= 12 and name.startswith(("0", "84")):
        return Verdict(
            PHONE, say("{name} is a telephone number: the link is one person's, and it dies with the number", name=name)
        )
    return Verdict(PATH, say("an Official Account's number has 18 or 19 digits, this has {name}", name=len(name)))
