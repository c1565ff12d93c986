"""The browser that renders script-only sites, where a site's definition asks for one; an extra."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from crawler.sites import Site
from crawler.workspace import FailedError

VARIABLE = "YUQI_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")
DRIVER = "scrapy_playwright"
RENDER_SECONDS = 30.0  # of the browser's own work on one page
NOWHERE = "http://127.0.0.1:9"  # a proxy that nobody runs: whatever is not answered by us ends there
FLAGS = (
    "--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu",
    "--js-flags=--max-old-space-size=256",
)  # fmt: skip


def browser_path(sites: Iterable[Site]) -> str | None:
    """None where no site asks for one. FailedError where one does and it, or its driver, is missing."""
    asking = next((site for site in sites if site.render), None)
    if asking is None:
        return None
    if find_spec(DRIVER) is None:
        raise FailedError(f"site `{asking.site_id}` has `render = true`: pip install 'yuqi[render]'")
    path = os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None or shutil.which(path) is None:
        raise FailedError(
            f"site `{asking.site_id}` has `render = true` and there is no {path or 'Chromium'}:"
            f" install one, or name one in ${VARIABLE}"
        )
    return path


def browser_settings(path: str) -> dict[str, Any]:
    """Scrapy's, beside those of every crawl. The browser has no way to any host: we ask for it."""
    return {
        "DOWNLOADER_MIDDLEWARES": {"crawler.rendering.RenderMiddleware": 900},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": RENDER_SECONDS * 1000,
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": 1000,  # a page that leads away at once looks like a download
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": path,
            "args": list(FLAGS),
            "proxy": {"server": NOWHERE},
            "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses to have one as root
            "handle_sigint": False,
            "handle_sigterm": False,
            "handle_sighup": False,
        },
    }
