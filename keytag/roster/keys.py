"""The keys of a roster: which there are, what they hold and what they are for.

One declaration for the loader (`contacts`), the editor's schema (`schema`) and the documentation's test.
"""

from __future__ import annotations

from keytag.base.records import NamedTuple


class Key(NamedTuple):
    """One key: `kind` is what it holds (`schema` has a form for each), `choices` the words that may stand there."""

    name: str
    kind: str
    about: str
    choices: tuple[str, ...] = ()


KINDS = ("xã", "thị trấn", "phường", "đặc khu")
LEVELS = ("district", "province", "commune")
PAPERS = ("both", "vi", "en")  # the first where the roster does not say
VILLAGE_KINDS = ("thôn", "làng", "buôn", "bon", "plei", "ấp", "khu phố", "tổ dân phố")
SHOWN = ("duty", "chief", "deputies", "others")

JOB = (
    Key("name", "text", "The job's name, on slugs, tickets and proofs"),
    Key("customer", "text", "Who orders and pays, on the production ticket"),
    Key("order", "text", "The customer's order number, on the production ticket"),
    Key("contact", "text", "Whom the factory asks, on the production ticket"),
    Key("delivery", "date", "When the tags are due (YYYY-MM-DD), on the production ticket"),
    Key("template", "template", "The tag design: a shipped name (oval-50x20) or a path to a template file"),
    Key("scheme", "scheme", "The imposition scheme: a shipped name (sra3-sheetwise) or a path to a scheme file"),
    Key("spoilage", "share", "Tags made beyond the order for what the press and the die spoil, such as 3%"),
    Key("date", "date", "Date of issue (YYYY-MM-DD); every date in every output is this one"),
    Key("edition", "edition", "Edition mark on the tag, such as 05/2020"),
    Key("qr_hosts", "texts", "Hosts that QR links may name besides zalo.me"),
    Key("slogan", "text", "A line on every tag that has none of its own"),
    Key("lead", "choice", "Whose number comes first and is set larger", ("duty", "chief")),
    Key("show_113", "flag", "Whether the emergency number 113 is printed"),
    Key("plate_cost", "number", "What one plate set costs, in printed sheets' worth"),
    Key("max_plates", "count", "The most plate sets the plan may use"),
    Key("max_overs", "share", "The most tags beyond the order that any unit may get, such as 10%"),
    Key("shortest_run", "count", "The fewest sheets that any plate set may print"),
    Key("run_multiple", "count", "Run lengths are a multiple of this, such as the sheets of a pack"),
    Key("apart", "groups", "Units that must not share a plate set: lists of their names, keys or codes"),
    Key("together", "groups", "Units that must share a plate set: lists of their names, keys or codes"),
    Key("plan", "plan", "A plan made by hand: for each plate set its run and the tags of each unit on a sheet"),
    Key("per_box", "count", "Tags in a box, for the packing list"),
    Key("papers", "choice", "The language of the papers: Vietnamese with English beside it, or one of them", PAPERS),
    Key("serials", "serials", "The serials of numbered tags"),
    Key("products", "products", "Several pieces of one roster, each planned and imposed into a folder of its own"),
)
SERIALS = (
    Key("prefix", "prefix", "What every serial begins with, such as G; left out: digits only"),
    Key("start", "start", "The first number"),
    Key("size", "count", "How many numbers there are; what is printed, where the roster does not say"),
    Key("reserve", "reserve", "Numbers kept behind each range for tags that are spoiled: 20, or a share such as 2%"),
)
JOB_SERIALS = (
    *SERIALS,
    Key("digits", "count", "Digits of the number; 7"),
    Key("round", "count", "Ranges begin on multiples of this, such as 1000"),
    Key("link", "text", "What a code of its own on each tag says: https://congan.example.vn/{serial}"),
)
PLATE = (
    Key("run", "count", "How many sheets are printed"),
    Key("slots", "slots", "Unit (name, key or code) and how many of its tags stand on each sheet"),
)
PER = ("household", "unit", "village")
PRODUCT = (
    Key("name", "text", "Its folder; the template's name where nothing is said"),
    Key("template", "template", "The design: a shipped name (leaflet-a5) or a path to a template file"),
    Key("scheme", "scheme", "The imposition scheme; the job's where nothing is said"),
    Key("per", "choice", "For whom one is made: household (as many as tags), unit or village", PER),
    Key("copies", "count", "How many for each unit or village; 1"),
    Key("stock", "text", "What it is printed on, for the production ticket"),
)
AUTHORITY = (
    Key("name", "text", "The place's name without its kind: Đak Đoa"),
    Key("level", "choice", "Which kind of authority issues the tag", LEVELS),
    Key("kind", "text", "Its kind where the level does not say it: thị xã, thành phố"),
    Key("province", "text", "The province, which tells the area codes that belong here"),
    Key("duty", "contact", "The duty desk's number"),
    Key("chief", "contact", "The chief's number"),
    Key("zalo", "link", "Link of the Zalo Official Account, printed as QR code"),
    Key("slogan", "text", "A line on all its units' tags"),
    Key("valid_from", "date", "First day on which these facts hold"),
    Key("valid_until", "date", "Last day on which these facts hold"),
)
UNIT = (
    Key("kind", "kind", "Its kind, printed before the name", KINDS),
    Key("name", "text", "The unit's official name"),
    Key("code", "code", "The official five-digit code of the unit, in quotes"),
    Key("duty", "contact", "The duty desk's number"),
    Key("chief", "contact", "The chief's number"),
    Key("deputies", "contacts", "One to four deputies' numbers"),
    Key("others", "others", "Further roles, such as a commune chairman"),
    Key("quantity", "quantity", "How many tags are ordered"),
    Key("link", "link", "A QR link of the unit's own, instead of the authority's"),
    Key("reserve", "reserve", "Tags kept for those who move in or lose theirs: a share of the households, or a number"),
    Key("villages", "villages", "Its villages, to which the tags are handed out"),
    Key("slogan", "text", "A line on this unit's tags"),
    Key("address", "text", "Where the finished tags are sent"),
    Key("valid_from", "date", "First day on which these facts hold"),
    Key("valid_until", "date", "Last day on which these facts hold"),
    Key("authority", "self", "The word self: the unit issues its tags itself"),
    Key("serials", "range", "The unit's own range of serials"),
)
ROOT = (
    Key("job", "job", "What is to be made"),
    Key("authority", "authority", "Who issues the tags; or the word self: every unit of this file for itself"),
    Key("units", "units", "The units, in the order of the sheets and lists"),
    Key("site", "site", "The pages that a tag leads to: keytag site"),
)
VILLAGE = (
    Key("kind", "choice", "What it is", VILLAGE_KINDS),
    Key("name", "text", "The village's name"),
    Key("code", "text", "A short code of its own, for labels and returns"),
    Key("households", "quantity", "How many households it has; each gets one tag"),
    Key("language", "language", "The language spoken there, by its ISO 639-3 code: bdq, jra"),
    Key("officer", "contact", "Who hands the tags out there"),
    Key("head", "contact", "The head of the village"),
)
SITE = (
    Key("address", "link", "Where the pages are put; what a QR code may point to"),
    Key("date", "date", "The day by which the pages are judged, in place of the job's"),
    Key("show", "shown", "Whose numbers are shown: duty (where nothing is said), chief, deputies, others", SHOWN),
    Key("links", "site_links", "Services of others, each with the day on which somebody looked"),
    Key("notices", "notices", "Warnings and news, three at most"),
    Key("languages", "languages", "Words in the languages of the villages, by their code, signed by two people"),
    Key("templates", "text", "A folder beside this file with page templates of your own"),
)
SITE_LINK = (
    Key("text", "text", "What people read"),
    Key("url", "link", "Where it leads"),
    Key("checked", "date", "The day on which somebody last opened it"),
    Key("valid_until", "date", "The last day on which it is shown"),
)
NOTICE = (
    Key("date", "date", "The day of the notice; it is not shown before"),
    Key("until", "date", "The last day on which it is shown"),
    Key("text", "text", "What people read"),
)
LANGUAGE = (
    Key("call", "text", "Call the police, in that language"),
    Key("by", "text", "Who wrote it"),
    Key("read_by", "text", "Who read it and found it right"),
    Key("audio", "text", "A sound file beside this one that says it"),
)
CONTACT = (
    Key("number", "phone", "The telephone number as printed, such as 0269.3000.113"),
    Key("name", "text", "The person's name, for lists and checks; not printed on the tag"),
)
OTHER = (Key("role", "text", "The role as printed: Chủ tịch xã"), *CONTACT)


def names(keys: tuple[Key, ...]) -> frozenset[str]:
    """The accepted words of one group."""
    return frozenset(key.name for key in keys)
