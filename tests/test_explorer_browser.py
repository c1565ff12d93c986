"""The explorer in a real browser: every page in both languages, and a reader's way by clicks."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import axe_playwright_python
import pytest
import uvicorn
from explorer_client import client, file
from explorer_hostile import hostile_workspace
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waiting import PATIENCE_SECONDS, until

from crawler.workspace import Workspace
from explorer.app import explorer
from yuqi.serving import said_as_reports_are

CHROMIUM = os.environ.get("YUQI_CHROMIUM") or shutil.which("chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAPER = {"width": 718, "height": 1047}  # A4 at 96 pixels an inch, less margins of a centimetre
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no chromium here: `apt-get install chromium fonts-noto-cjk`, or name one in $YUQI_CHROMIUM",
)

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@dataclass
class Watched:
    """A page of the browser and what it should never do."""

    page: Page
    base: str
    outside: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("console", lambda message: self.said.append(f"{self.page.url}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"{self.page.url}: {error}"))
        self.page.on(
            "dialog", lambda dialog: (self.said.append(f"dialog {dialog.message}"), dialog.dismiss())
        )

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(self.base + "/"):
            self.outside.append(request.url)

    def opens(self, path: str) -> None:
        response = self.page.goto(self.base + path)
        assert response is not None and response.status == 200, path


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return hostile_workspace(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def paths(workspace: Workspace) -> list[str]:
    with client(workspace) as asked:
        row = file(asked, "/evidence?limit=1")["rows"][0]
        held = file(asked, "/reports/templates")["rows"]
        template = [f"/template/{one['template_id']}" for one in held[:1]]
    place = f"{row['field']}:{row['char_start']}-{row['char_end']}"
    return [
        "/", "/evidence", "/reports/practices", "/reports/sites", "/platform/xinglan-dai",
        f"/article/{row['article_id']}?at={place}", f"/story/{row['story_id']}", *template,
        f"/search?q={quote('保留')}", "/method", "/download", "/runs", "/corrections",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def base(workspace: Workspace, paths: list[str]) -> Iterator[str]:
    """A real server on a free port, once the in-process one has closed the store."""
    app, _ = explorer(workspace, said_as_reports_are(workspace))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        assert until(lambda: server.started)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        held = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield held
        held.close()


def watched(context: BrowserContext, base: str) -> Watched:
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    return Watched(context.new_page(), base)


@pytest.mark.parametrize(("locale", "viewport"), [("zh-CN", WIDE), ("en-GB", PHONE)])
def test_no_page_hinders_anybody_or_asks_outside(
    browser: Browser, base: str, paths: list[str], locale: str, viewport: dict[str, int]
) -> None:
    context = browser.new_context(locale=locale, viewport=viewport)  # type: ignore[arg-type]
    held = watched(context, base)
    for path in paths:
        held.opens(path)
        held.page.evaluate(AXE)
        found = held.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert not found, (path, [(one["id"], one["nodes"][0]["html"]) for one in found])
        wide = held.page.evaluate(SIDEWAYS)
        assert wide <= 0, f"{path} scrolls sideways by {wide}"
    assert not held.outside and not held.said
    context.close()


def test_from_the_overview_to_a_citation_by_clicks(browser: Browser, base: str) -> None:
    context = browser.new_context(
        locale="en-GB", viewport=WIDE, permissions=["clipboard-read", "clipboard-write"]
    )  # type: ignore[arg-type]
    held = watched(context, base)
    page = held.page
    held.opens("/")
    page.get_by_role("table").first.get_by_role("link", name="星蓝贷").click()
    page.wait_for_url("**/platform/xinglan-dai*")
    page.get_by_role("link", name="See it on the archived page").first.click()
    page.wait_for_url("**/article/*")
    assert page.locator("#at").first.is_visible()
    assert page.locator(".archived mark.m-at").count()
    page.get_by_role("button", name="Copy citation").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-text").inner_text()
    assert f"{base}/article/" in copied and "snapshot=" in copied and "at=" in copied
    assert not held.outside and not held.said
    context.close()


def test_a_filter_changes_the_table_and_the_url_without_a_new_page(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="en-GB", viewport=WIDE)  # type: ignore[arg-type]
    held = watched(context, base)
    held.opens("/evidence")
    held.page.evaluate("window.stays = true")
    held.page.get_by_label("Assertion").select_option("prohibited")
    held.page.wait_for_url("**assertion=prohibited*")
    held.page.wait_for_function("!document.querySelector('.a-alleged')")
    assert held.page.evaluate("window.stays")
    held.page.reload()
    assert held.page.get_by_label("Assertion").input_value() == "prohibited"
    assert not held.outside and not held.said
    context.close()


def test_without_scripts_and_with_a_keyboard_it_is_the_same(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="en-GB", viewport=WIDE, java_script_enabled=False)  # type: ignore[arg-type]
    held = watched(context, base)
    page = held.page
    held.opens("/evidence")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skips to the text
    page.wait_for_url(lambda url: url.endswith("#main"))
    page.get_by_label("Assertion").select_option("alleged")
    page.get_by_role("button", name="Apply").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**assertion=alleged*")
    assert page.locator(".quote").count() and not page.locator("button.copy:visible").count()
    assert "snapshot=" in page.locator("#cite-text").inner_text()
    context.close()


def test_print_leaves_out_what_paper_cannot_use_and_cuts_nothing(
    browser: Browser, base: str, paths: list[str]
) -> None:
    context = browser.new_context(locale="zh-CN", viewport=PAPER)  # type: ignore[arg-type]
    held = watched(context, base)
    held.opens("/")
    held.page.emulate_media(media="print")
    assert not held.page.locator(".filters").is_visible()
    assert held.page.locator(".caveat-box").is_visible() and held.page.locator(".cite").is_visible()
    for path in paths:
        held.opens(path)
        wide = held.page.evaluate(SIDEWAYS)
        assert wide <= 0, f"{path} is {wide} pixels wider than the paper"
    context.close()
