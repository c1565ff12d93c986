"""Small sites on loopback for the crawler's tests: real sockets, every request written down."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import inf
from pathlib import Path
from typing import Any

from waiting import PATIENCE_SECONDS, until

from crawler.sites import Site
from crawler.workspace import Workspace, open_workspace


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    raw: Iterable[bytes] | None = None  # instead: written as it is, piece by piece, then the end


@dataclass
class Asked:
    path: str
    headers: dict[str, str]


class LocalSite:
    """Answers by path; `pages` maps a path to a Reply or to a function of the request's headers."""

    def __init__(self, host: str) -> None:
        self.pages: dict[str, Reply | Callable[[dict[str, str]], Reply]] = {}
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._at_once = 0
        self._answered_up_to: float = inf
        self._lock = threading.Condition()
        self.server = ThreadingHTTPServer((host, 0), _handler(self))
        self.server.daemon_threads = True
        self.url = f"http://{host}:{self.server.server_port}"

    def answer_one_by_one(self, ended: Callable[[], bool]) -> None:
        """Every half second what waits, until `ended`: who was told to stop has heard it before the last."""
        for _ in range(2 * PATIENCE_SECONDS):
            if ended():
                break
            self.answer_up_to(len(self.asked))
            time.sleep(0.5)
        self.answer_up_to()

    def html(self, path: str, body: str, **headers: str) -> None:
        typed = {
            "Content-Type": "text/html; charset=utf-8",
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        self.pages[path] = Reply(body.encode(), headers=typed)

    def text(self, path: str, body: str, status: int = 200) -> None:
        self.pages[path] = Reply(body.encode(), status, {"Content-Type": "text/plain"})

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def answer_up_to(self, requests: float = inf) -> None:
        """Later ones wait for theirs until more are allowed: what happens meanwhile has all the time."""
        with self._lock:
            self._answered_up_to = requests
            self._lock.notify_all()

    def asked_for(self, requests: int) -> bool:
        """Whether so many come, of which no more than these are answered; False after a long time."""
        self.answer_up_to(requests)
        return until(lambda: len(self.asked) >= requests)

    def site(self, site_id: str = "demo", **more: Any) -> Site:
        return Site(site_id, **{"start": (f"{self.url}/",), "delay_seconds": 0, **more})

    def reply(self, path: str, headers: dict[str, str]) -> Reply:
        with self._lock:
            self.asked.append(Asked(path, headers))
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            number = len(self.asked)
            self._lock.wait_for(lambda: number <= self._answered_up_to, PATIENCE_SECONDS)
        try:
            page = self.pages.get(path, Reply(b"nothing here", 404))
            return page if isinstance(page, Reply) else page(headers)
        finally:
            with self._lock:
                self._at_once -= 1


def _handler(site: LocalSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = site.reply(self.path, {name.lower(): value for name, value in self.headers.items()})
            if reply.raw is not None:
                self._write_raw(reply.raw)
                return
            lines = [f"HTTP/1.1 {reply.status} Said", f"Content-Length: {len(reply.body)}"]
            lines += [f"{name}: {value}" for name, value in reply.headers.items()]
            with suppress(OSError):  # the crawler was killed
                # one write: two of them wait 40 ms for each other (Nagle and delayed acknowledgement)
                self.wfile.write("\r\n".join([*lines, "", ""]).encode() + reply.body)

        def _write_raw(self, pieces: Iterable[bytes]) -> None:
            self.close_connection = True
            with suppress(OSError):  # the crawler has heard enough
                for piece in pieces:
                    self.wfile.write(piece)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    return Handler


@contextmanager
def local_site(host: str = "127.0.0.1") -> Iterator[LocalSite]:
    site = LocalSite(host)
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()


def workspace_in(folder: Path) -> Workspace:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    return open_workspace(folder)


def links(*urls: str) -> str:
    return "".join(f'<a href="{url}">文章标题</a>' for url in urls)


def article(number: int) -> str:
    return f"<title>第{number}篇</title><p>{'这是一段自己写的正文，讲的是还款。' * 20}{number}</p>"


def farm(site: LocalSite, lists: int, per_list: int) -> None:
    """Lists with paging, an article a link."""
    for page in range(1, lists + 1):
        first = (page - 1) * per_list
        body = links(*(f"/article/{first + n}.html" for n in range(per_list)))
        if page < lists:
            body += f'<a href="/list/{page + 1}.html">下一页</a>'
        site.html("/" if page == 1 else f"/list/{page}.html", f"<title>列表{page}</title>{body}")
    for number in range(lists * per_list):
        site.html(f"/article/{number}.html", article(number), ETag=f'"{number}"')
