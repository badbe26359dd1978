"""What a web server should say with the pages: samples for nginx and Apache, for the office's administrator."""

from __future__ import annotations

from keytag.base.words import say
from keytag.files.tongue import tongue

HEADERS = (
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
_WHY = (
    say("Headers that the pages should be served with. A cached page shows old numbers: hence no-cache."),
    say("The pages bring their own Content-Security-Policy."),
)


def sample(languages: str) -> bytes:
    """The same headers for nginx (in the server's section) and for Apache (.htaccess; needs mod_headers).

    `languages` are those of the remarks: both, vi or en.
    """
    spoken = tongue(languages)
    why = "".join(f"# {text}\n" for words in _WHY for text in spoken.both(words) if text)
    nginx = "".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS)
    apache = "".join(f'Header always set {name} "{value}"\n' for name, value in HEADERS)
    types = "types { text/vcard vcf; }\n", "AddType text/vcard .vcf\n"
    return f"{why}\n# nginx\n{nginx}# mime.types: {types[0]}\n# Apache\n{apache}{types[1]}".encode()
