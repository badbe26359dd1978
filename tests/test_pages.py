"""The pages of docs/: they build without a warning, lead where they say, fetch nothing, and their commands run."""

from __future__ import annotations

import functools
import http.server
import posixpath
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser

from keytag.job import templates
from keytag.office import beginning
from keytag.roster.editing import SCHEMA_LINE
from keytag.vietnam.spelling import slug
from tests.conftest import REPOSITORY
from tests.pages import blocks, follow
from tests.vietnamese import misspelt

DOCS = REPOSITORY / "docs"
VIETNAMESE = sorted((DOCS / "vi").glob("*.md"))
# The five tasks, in both languages.
TASKS = {
    "vi/sua-mot-so": "en/change-a-number",
    "vi/the-xanh": "en/blue-tag",
    "vi/kho-giay": "en/sheet-size",
    "vi/kiem-trong-ci": "en/check-in-ci",
    "vi/phat-va-ghi-so": "en/hand-out",
}
TWINS = {
    "vi/cai-dat": "en/install",
    "vi/bat-dau": "en/ten-minutes",
    "vi/thiet-ke": "en/designer",
    "vi/tu-excel": "officer",
}
FETCHED = {"src", "srcset", "poster", "data"}  # and the address of a <link>


class Page(HTMLParser):
    """What a built page names: its language, its anchors, what it links to in its text, what a browser fetches."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.in_text: list[str] = []
        self.fetched: list[str] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.inside = self.inside or tag == "article"
        if tag == "html":
            self.language = found.get("lang", "")
        self.anchors |= {found[key] for key in ("id", "name") if key in found}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
            if self.inside and "headerlink" not in found.get("class", ""):
                self.in_text.append(found["href"])
        self.fetched += [found[key] for key in FETCHED if key in found]
        if tag == "link" and found.get("rel") not in {"prev", "next", "alternate", "canonical"}:
            self.fetched.append(found["href"])
        elif tag == "link":
            self.links.append(found["href"])

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "article"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly from a copy: a link or a heading that is not there ends it."""
    place = tmp_path_factory.mktemp("pages")
    shutil.copytree(DOCS, place / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(REPOSITORY / "mkdocs.yml", place / "mkdocs.yml")
    words = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(words, cwd=place, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()
    return place / "site"


@pytest.fixture(scope="module")
def read(site: Path) -> dict[str, Page]:
    return {p.relative_to(site).as_posix(): Page(p.read_text("utf-8")) for p in site.rglob("*.html")}


def inner(name: str, link: str) -> tuple[str, str] | None:
    """The page and anchor that a link of page `name` leads to; None for one that leaves the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    return path, parts.fragment


def test_every_page_is_built_and_in_the_menu() -> None:
    def leaves(node: Any) -> Iterator[str]:
        for value in node.values() if isinstance(node, dict) else node:
            if isinstance(value, str):
                yield value
            else:
                yield from leaves(value)

    menu = list(leaves(yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text("utf-8"))["nav"]))
    assert sorted(menu) == sorted(p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md"))


def test_links_of_the_built_pages_lead_somewhere(site: Path, read: dict[str, Page]) -> None:
    assert len(read) > 30
    for name, page in read.items():
        if name == "404.html":  # its addresses are those of a site at the root of a host
            continue
        for link in page.links + page.fetched:
            there = inner(name, link)
            if there is None:
                assert urlsplit(link).scheme in {"http", "https", "data"} or link in page.fetched, (name, link)
                continue
            path, anchor = there
            assert (site / path).is_file() or (site / path / "index.html").is_file(), (name, link)
            if anchor and path in read:
                assert unquote(anchor) in read[path].anchors, (name, link)


def test_the_language_of_a_page_is_that_of_its_tree(read: dict[str, Page]) -> None:
    for name, page in read.items():
        assert page.language == ("vi" if name == "index.html" or name.startswith("vi/") else "en"), name


def test_no_page_fetches_anything_from_elsewhere(site: Path, read: dict[str, Page]) -> None:
    for name, page in read.items():
        assert page.fetched, name
        assert [link for link in page.fetched if urlsplit(link).scheme not in {"", "data"}] == [], name
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?https?:|@import", sheet.read_text("utf-8")), sheet.name


@pytest.mark.parametrize("start", ["index.html", "vi/index.html", "en/index.html"])
def test_each_task_is_two_links_from_the_start_at_most(read: dict[str, Page], start: str) -> None:
    reached = {start: 0}
    for steps in (1, 2):
        for name in [name for name, at in reached.items() if at == steps - 1 and name in read]:
            for link in read[name].in_text:
                there = inner(name, link)
                if there is not None:
                    reached.setdefault(there[0], steps)
    tree = {"en": TASKS.values()}.get(start[:2], TASKS.keys())
    assert {task for task in tree if reached.get(f"{task}.html", 9) > 2} == set()


@pytest.mark.parametrize(
    "page", [p for p in VIETNAMESE if "```sh" in p.read_text("utf-8") and p.stem != "tu-excel"], ids=lambda p: p.stem
)
def test_the_commands_of_a_page_run_as_they_stand(tmp_path: Path, page: Path) -> None:
    """But the way of the officer, which begins without a roster (tests/office/test_officer.py)."""
    text = page.read_text("utf-8")
    done = follow(text, tmp_path)
    assert done or page.stem == "cai-dat"  # whose commands install keytag


@pytest.mark.parametrize(("vietnamese", "english"), (TASKS | TWINS).items())
def test_a_page_has_the_same_commands_in_both_languages(vietnamese: str, english: str) -> None:
    one, other = (blocks((DOCS / f"{name}.md").read_text("utf-8")) for name in (vietnamese, english))
    same = [block._replace(text=block.text.replace("  # mã thoát", "  # exit code")) for block in one]
    assert same == other and any(block.language == "sh" for block in one)


def test_editors_find_the_schema_where_the_page_has_it_written() -> None:
    text = (DOCS / "vi/cau-hoi.md").read_text("utf-8")
    (name,) = re.findall(r"`keytag schema --lang vi > ([\w.]+)`", text)
    assert SCHEMA_LINE in text and SCHEMA_LINE.endswith(f"$schema={name}")
    begun = beginning.roster_text(beginning.judged({"province": "Gia Lai", "date": "2026-01-31"}, templates.names()))
    assert begun.startswith(f"{SCHEMA_LINE}\n")


def test_extras_that_pages_install_exist() -> None:
    extras = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    asked = [
        words for page in VIETNAMESE for words in re.findall(r"(?:keytag|'\.)\[([\w,]+)\]", page.read_text("utf-8"))
    ]
    named = {extra for words in asked for extra in words.split(",")}
    assert named and named <= extras.keys()


def test_each_term_has_a_source() -> None:
    text = (DOCS / "vi/thuat-ngu.md").read_text("utf-8")
    known = dict(re.findall(r"^\[(\w+)\]: (https?://\S+)$", text, re.M))
    rows = re.findall(r"^\| (?!từ |---)(.+) \|$", text, re.M)
    assert len(rows) > 35
    for row in rows:
        term, _, _, source = row.split(" | ", 3)
        cited = re.findall(r"\]\[(\w+)\]", source)
        assert cited, term
        for words in re.findall(r"từ thường( \([^)]+\))?", source):  # plain words, each in the list of words
            assert words and "viet74k" in cited, term
        assert set(cited) <= known.keys(), term
    assert set(re.findall(r"\]\[(\w+)\]", text)) == known.keys()
    assert not re.search("chưa tìm|từ của keytag", text)


def test_the_gallery_shows_every_shipped_design() -> None:
    papers = {p.stem for p in (REPOSITORY / "templates/products").glob("*.yaml") if "picture-test" not in p.stem}
    text = (DOCS / "vi/bo-suu-tap.md").read_text("utf-8")
    shown = dict(re.findall(r"^\| `([\w-]+)` \| .* \| !\[.*\]\(\.\./(pictures/gallery/[\w-]+\.png)\) \|$", text, re.M))
    assert shown.keys() == {*templates.names(), *papers}, "add a row to docs/vi/bo-suu-tap.md"
    assert all((DOCS / picture).is_file() for picture in shown.values())


@pytest.mark.parametrize("page", [*VIETNAMESE, DOCS / "index.md"], ids=lambda p: p.stem)
def test_vietnamese_is_spelt_as_vietnamese(page: Path) -> None:
    assert misspelt(page.read_text("utf-8")) == []


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The site at an address of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_search_finds_words_typed_without_accents_and_nothing_leaves_the_site(
    browser: Browser, served: str
) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}vi/index.html")
    page.locator(".md-search__button").click()
    for words, found in (("moc khoa", "móc khóa"), ("duong cat", "đường cắt"), ("trực ban", "trực ban")):
        page.keyboard.press("Control+A")
        page.keyboard.type(words)
        marked = page.locator("mark")
        # The first result is a find, not a word that is only near; near misses may follow.
        marked.filter(has_text=re.compile(f"^{found}$", re.I)).first.wait_for(timeout=20_000)
        assert slug(marked.first.inner_text()) == slug(found)
    page.close()
    assert any("search" in url for url in asked)
    assert [url for url in asked if not url.startswith((served, "data:", "blob:"))] == []


def test_the_two_readmes_have_the_same_commands_pictures_and_verbs() -> None:
    one, other = ((REPOSITORY / name).read_text("utf-8") for name in ("README.md", "README.vi.md"))
    assert blocks(one) == blocks(other) and len(blocks(one)) >= 6
    for what in (r"^\| `(keytag \w+)` \|", r"!\[.*\]\((\S+)\)"):
        found = re.findall(what, one, re.M)
        assert found and re.findall(what, other, re.M) == found
    assert "](README.vi.md)" in one and "](README.md)" in other
    assert misspelt(other) == []
    linked = [word for word in re.findall(r"\]\(([^)\s#]+)", other) if "://" not in word]
    assert [word for word in linked if not (REPOSITORY / word).exists()] == []
