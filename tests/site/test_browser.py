"""Pages in a real browser: nothing wider than the screen, AAA in light and dark, one request, no script, a keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = ("index.html", "xa-glar/index.html")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
TARGETS = """() => [...document.querySelectorAll('a.button, summary, .more a, audio')]
    .filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect().height])"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab without JavaScript of the page's own; the tests' scripts run all the same."""
    context = browser.new_context(locale="vi-VN")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [256, 320, 1280])
@pytest.mark.parametrize("text", ["100%", "200%"])
def test_nothing_is_wider_than_the_screen(tab: Page, shipped_site: Path, name: str, width: int, text: str) -> None:
    tab.set_viewport_size({"width": width, "height": 700})
    tab.goto((shipped_site / name).as_uri())
    tab.evaluate(f"document.documentElement.style.fontSize = '{text}'")
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate("[document.documentElement.scrollWidth, window.innerWidth]") == [width, width]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_rules_of_aaa(tab: Page, shipped_site: Path, name: str, scheme: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto((shipped_site / name).as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    rules = {
        **RULES,
        "rules": {
            rule: {"enabled": True}
            for rule in ("color-contrast-enhanced", "target-size", "identical-links-same-purpose")
        },
    }
    response = Axe().run(tab, options=rules).response
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in response["violations"]] == []
    assert {"color-contrast-enhanced", "target-size", "link-name"} <= {rule["id"] for rule in response["passes"]}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_but_itself_and_has_no_script(browser: Browser, shipped_site: Path, name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    address = (shipped_site / name).as_uri()
    page.goto(address)
    assert (asked, said) == ([address], [])
    if name == "index.html":
        page.locator("summary").first.press("Enter")
        assert page.locator("details a.button").first.is_visible()
    context.close()


def test_targets_are_large_and_reached_by_the_keyboard(tab: Page, shipped_site: Path) -> None:
    tab.goto((shipped_site / "index.html").as_uri())
    sizes = tab.evaluate(TARGETS)
    assert len(sizes) > 20
    assert [each for each in sizes if each[1] < 48] == []
    tab.locator("summary").first.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "tel:+842693000201"


def test_a_number_stands_beside_each_button(tab: Page, shipped_site: Path) -> None:
    tab.goto((shipped_site / "xa-glar/index.html").as_uri())
    rows = tab.evaluate("""() => [...document.querySelectorAll('a[href^="tel:"]')].map(
        a => [a.getAttribute('href'), a.closest('li').querySelector('.number').innerText])""")
    assert len(rows) == 8
    for dial, shown in rows:
        assert dial.removeprefix("tel:").replace("+84", "0") == re.sub(r"\D", "", shown)
