"""keytag preview in a real browser: a saved digit is seen, broken YAML keeps the picture, nothing leaves loopback."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from keytag.base.errors import UsageError
from keytag.preview import serve
from keytag.preview.board import Board
from tests.running import keytag

ROSTER = """job: {date: 2025-08-01, name: Thử}
authority: self
units:
  - {kind: xã, name: Ia Băng, duty: 0269.3000.217, chief: 0900.000.146, quantity: 400, link: "https://zalo.me/12345678901"}
  - {kind: xã, name: Kon Gang, duty: 0269.3000.206, chief: 0900.000.115, quantity: 300, link: "https://zalo.me/12345678902"}
"""


def many(count: int) -> str:
    """A roster of so many units, on lines 4 and after; the chief's number of each ends in the unit's own."""
    head, unit = ROSTER.splitlines(keepends=True)[:3], ROSTER.splitlines(keepends=True)[3]
    return "".join(head) + "".join(
        unit.replace("Ia Băng", f"Ia Băng {i}").replace("000.146", f"000.{i:03d}") for i in range(count)
    )


MANY = many(135)


class Running(NamedTuple):
    """A preview at work: its process, its page's address, and the roster that it watches."""

    process: subprocess.Popen[str]
    address: str
    roster: Path

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0


def started(folder: Path, text: str = ROSTER, *words: str) -> Running:
    (folder / "contacts.yaml").write_text(text)
    command = [sys.executable, "-m", "keytag", "preview", "--no-open", *words]
    process = subprocess.Popen(
        command, cwd=folder, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/[0-9a-f]{32}/", line)
    assert found, line
    return Running(process, found[0], folder / "contacts.yaml")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    found = started(tmp_path, MANY)
    yield found
    found.process.kill()
    found.process.wait()


def used(process: subprocess.Popen[str]) -> float:
    """The processor time of the process until now, in seconds."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_saved_change_is_seen_and_broken_yaml_keeps_the_last_picture(running: Running, browser: Browser) -> None:
    """At 135 units: from the saved digit to the new picture, less than 2 s of the server's processor time."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(running.address)
    image = page.locator("#unit-xa-ia-bang-2 img")
    expect(image).to_be_visible(timeout=20_000)
    first, other = image.get_attribute("src"), page.locator("#unit-xa-ia-bang-1 img").get_attribute("src")
    drawn = (
        "src => { const i = document.querySelector('#unit-xa-ia-bang-2 img'); "
        "return i.getAttribute('src') !== src && i.complete && i.naturalWidth > 0 }"
    )
    page.wait_for_function(drawn, arg="", timeout=20_000)
    page.wait_for_function("() => !document.querySelector('#tags').innerText.includes('đang kiểm')", timeout=20_000)
    known = -1
    while known != (known := sum("/tag/" in url for url in asked)):  # until the other pictures in sight are there
        page.wait_for_timeout(1500)
    # one digit less: another picture, and the finding beside the tag
    before, spent = len(asked), used(running.process)
    running.roster.write_text(MANY.replace("0900.000.002", "0900.000.00"))
    page.wait_for_function(drawn, arg=first, timeout=20_000)
    spent = used(running.process) - spent
    assert spent < 2.0
    why = page.locator("#unit-xa-ia-bang-2 li.error details").first
    expect(why.locator("summary")).to_have_text("not-vietnamese", timeout=20_000)
    expect(why.locator("p")).to_contain_text("không phải số điện thoại nào của Việt Nam", timeout=20_000)
    expect(page.locator("#unit-xa-ia-bang-2 li.error code").first).to_have_text("contacts.yaml:6")
    assert page.locator("#unit-xa-ia-bang-1 img").get_attribute("src") == other
    assert [url for url in asked[before:] if "/tag/" in url] == [running.address + (image.get_attribute("src") or "")]
    # broken: a red bar, and the last picture
    now = image.get_attribute("src")
    running.roster.write_text(MANY + "  - {kind: xã")
    expect(page.locator("#broken")).to_be_visible(timeout=20_000)
    assert image.get_attribute("src") == now and "contacts.yaml:" in page.locator("#broken").inner_text()
    running.roster.write_text(MANY)
    expect(page.locator("#broken")).to_be_hidden(timeout=20_000)
    expect(image).to_have_attribute("src", first or "", timeout=20_000)
    # true size by a bank card
    page.locator("#size summary").click()
    page.locator("#scale").fill("5")
    assert page.locator("#card").evaluate("e => e.getBoundingClientRect().width") == pytest.approx(428, abs=1)
    page.locator("#tab-phone").click()
    expect(page.frame_locator("#frame").locator("body")).to_contain_text("Ia Băng", timeout=20_000)
    # two products: a tab for each
    running.roster.write_text(
        ROSTER.replace("name: Thử", "name: Thử, products: [{template: oval-50x20}, {template: poster-a3, per: unit}]")
    )
    page.locator("#tab-poster-a3").click(timeout=20_000)
    expect(page.locator("#tab-poster-a3")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#tags article")).to_have_count(2)
    poster = page.locator("#unit-xa-kon-gang img")
    page.wait_for_function("() => document.querySelector('#unit-xa-kon-gang img').naturalWidth > 0", timeout=20_000)
    assert "product=poster-a3" in (poster.get_attribute("src") or "")
    page.goto(running.address + "?lang=en")
    expect(page.locator("#tab-phone")).to_have_text("Phone page")
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert not [text for text in said if "Content Security Policy" in text], said
    context.close()


@pytest.mark.parametrize(
    ("method", "host", "path", "status"),
    [
        ("GET", "127.0.0.1", "{token}/", 200),
        ("GET", "127.0.0.1", "", 404),
        ("GET", "127.0.0.1", "0" * 32 + "/state.json", 404),
        ("GET", "evil.example", "{token}/state.json", 400),
        ("GET", "127.0.0.1.evil.example", "{token}/", 400),
        ("POST", "127.0.0.1", "{token}/state.json", 405),
        ("DELETE", "127.0.0.1", "{token}/", 405),
        ("GET", "127.0.0.1", "{token}/tag/nobody.svg", 404),
        ("GET", "127.0.0.1", "{token}/tag/..%2f..%2fetc%2fpasswd", 404),
    ],
)
def test_what_is_answered_and_what_is_refused(shared: Running, method: str, host: str, path: str, status: int) -> None:
    token = urlsplit(shared.address).path.strip("/")
    link = http.client.HTTPConnection("127.0.0.1", shared.port, timeout=20)
    link.request(method, "/" + path.format(token=token), headers={"Host": f"{host}:{shared.port}"})
    answer = link.getresponse()
    body = answer.read()
    assert answer.status == status, body[:200]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"
    link.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    found = started(tmp_path_factory.mktemp("preview"))
    yield found
    found.process.kill()
    found.process.wait()


def test_it_listens_on_loopback_alone(shared: Running) -> None:
    addresses = {line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if " 0A " in line}
    mine = {address for address in addresses if int(address.split(":")[1], 16) == shared.port}
    assert mine == {f"0100007F:{shared.port:04X}"}


def test_ctrl_c_frees_the_port_and_a_taken_one_is_said(tmp_path: Path) -> None:
    found = started(tmp_path)
    again = subprocess.run(
        [sys.executable, "-m", "keytag", "preview", "--no-open", "--port", str(found.port)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert again.returncode == 2 and "cannot be listened on" in again.stderr
    found.process.send_signal(signal.SIGINT)
    assert found.process.wait(timeout=20) == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", found.port))


def test_a_roster_that_is_broken_from_the_start_has_a_red_bar_and_no_tags(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text("units: [")
    board = Board((tmp_path / "contacts.yaml",))
    board.pictures()
    state = board.state()
    assert "contacts.yaml" in state["broken"] and state["products"] == []
    (tmp_path / "contacts.yaml").write_text(ROSTER)
    board.pictures()
    (product,) = board.state()["products"]
    assert board.state()["broken"] == "" and len(product["units"]) == 2
    assert not product["checked"]
    board.findings()
    assert board.state()["products"][0]["checked"]


def test_pictures_are_finished_tags(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(ROSTER)
    board = Board((tmp_path / "contacts.yaml",))
    board.pictures()
    drawn = board.picture("xa-ia-bang") or ""
    assert drawn.startswith("<svg") and "0900.000.146" in drawn and drawn.count("<path") > 5
    assert board.picture("nobody") is None


def test_only_what_changed_is_composed_and_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches for room and drawings taken apart, counted: of 40 tags the first time, of one the second."""
    from keytag.preview import board as module
    from keytag.tag.fitting import Solver

    searched: list[object] = []
    search, printed = Solver._search, module.fingerprint
    monkeypatch.setattr(
        Solver, "_search", lambda self, *given, **how: searched.append(0) or search(self, *given, **how)
    )
    told: list[str] = []
    monkeypatch.setattr(module, "fingerprint", lambda artwork: told.append(artwork.key) or printed(artwork))
    text = many(40)
    path = tmp_path / "contacts.yaml"
    path.write_text(text)
    board = Board((path,))
    board.pictures()
    first = len(searched)
    path.write_text(text.replace("0900.000.007", "0900.000.907"))
    board.pictures()
    assert told.pop() == "xa-ia-bang-7" and len(told) == 40
    assert len(searched) - first < first / 10
    again = Board((path,))
    again.pictures()
    assert board.state()["products"] == again.state()["products"]  # as if it was the first


def test_a_slow_picture_keeps_no_other_request_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from keytag.preview.app import application

    (tmp_path / "contacts.yaml").write_text(ROSTER)
    board = Board((tmp_path / "contacts.yaml",))
    board.pictures()
    drawing, go_on = threading.Event(), threading.Event()
    monkeypatch.setattr(board, "picture", lambda *_: drawing.set() or (go_on.wait(20) and "<svg/>"))
    app = application(board, "token", "vi")

    async def asked(path: str) -> int:
        status: list[int] = []
        scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
                 "headers": [(b"host", b"127.0.0.1")], "root_path": "", "scheme": "http"}  # fmt: skip
        done = asyncio.Event()

        async def receive() -> dict[str, object]:
            await done.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                status.append(int(str(message["status"])))

        await app(scope, receive, send)  # type: ignore[arg-type]
        return status[0]

    async def both() -> tuple[int, int]:
        slow = asyncio.create_task(asked("/token/tag/xa-ia-bang.svg"))
        while not drawing.is_set():
            await asyncio.sleep(0.01)
        quick = await asked("/token/state.json")  # answered while the picture is not drawn yet
        go_on.set()
        return quick, await slow

    with ThreadPoolExecutor(1) as thread:  # another than the browser's, whose loop runs in this one
        assert thread.submit(lambda: asyncio.run(asyncio.wait_for(both(), 20))).result() == (200, 200)


def test_a_product_that_there_is_not_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(ROSTER)
    with pytest.raises(UsageError, match="no product 'poster'"):
        Board((tmp_path / "contacts.yaml",), ("poster",)).pictures()


@pytest.mark.parametrize("words", [(), ("gone.yaml",), ("empty",)], ids=" ".join)
def test_without_a_roster_nothing_is_served_and_what_to_do_is_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = keytag("preview", "--no-open", *words, cwd=tmp_path)
    assert code == 2 and out == "" and "http" not in err
    assert "name the roster's file or folder" in err and "keytag init" in err


def test_what_is_saved_while_a_change_is_drawn_is_drawn_next(tmp_path: Path) -> None:
    """The second save comes when nobody watches; nothing touches the file after it."""
    file = tmp_path / "contacts.yaml"
    file.write_text("first")
    drawn: list[str] = []

    class Slow:
        files = (file,)

        def pictures(self) -> None:
            drawn.append(file.read_text())
            if len(drawn) == 1:
                file.write_text("second, and longer")

        def findings(self) -> None:
            pass

    async def followed() -> None:
        task = asyncio.create_task(serve._watched(cast(Board, Slow())))
        for attempt in range(200):
            if attempt == 5:
                file.write_text("changed")
            await asyncio.sleep(0.05)
            if len(drawn) == 2:
                break
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    with ThreadPoolExecutor(1) as beside:  # the browser of other tests has a loop in this thread
        beside.submit(asyncio.run, followed()).result(60)
    assert drawn == ["changed", "second, and longer"]
