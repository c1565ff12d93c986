"""The sample sites on loopback: one address a site where the system has 127.0.x.y, else one port a site."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from yuqi.samples.farm import Farm
from yuqi.samples.pages import Response, Served, compressed, respond

NETWORK = "127.0.10"  # the n-th site is .n; only Linux routes all of 127/8 without being told
FALLBACK = "127.0.0.1"
POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Hit:
    """One request, as the server saw it."""

    site_id: str
    path: str
    user_agent: str
    status: int
    is_conditional: bool


@dataclass
class Sites:
    """Running sites. `farm` may be replaced while they run, for instance by `farm.at(1)`."""

    farm: Farm
    bases: dict[str, str] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)

    def respond(self, site: int, path: str) -> Response:
        return respond(Served(self.farm, self.bases), site, path)

    def paths(self, site_id: str) -> list[str]:
        """What was asked of a site, in order."""
        return [hit.path for hit in self.hits if hit.site_id == site_id]


@contextmanager
def serve(farm: Farm) -> Iterator[Sites]:
    """Serves the farm until the block ends; says nothing."""
    running = Sites(farm)
    with ExitStack() as stack:
        for number in range(len(farm.sites)):
            server = _bound(running, number)
            running.bases[farm.sites[number].id] = "http://{}:{}".format(*server.server_address[:2])
            stack.callback(server.stop)
            server.start()
        yield running


class _Server(ThreadingHTTPServer):
    """One site. Open connections are closed with it, so that no thread outlives it."""

    request_queue_size = 64

    def __init__(self, address: tuple[str, int], running: Sites, number: int) -> None:
        self.running, self.number = running, number
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(address, _Handler)
        self.daemon_threads = False
        self._thread = Thread(target=self.serve_forever, args=(POLL_SECONDS,), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self._thread.join()
        with self._lock:
            for connection in self._open:
                _hang_up(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that hangs up in mid-answer is no error of the site."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "yuqi-samples"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave together

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are kept in `Sites.hits`; nothing is printed."""

    def _answer(self, with_body: bool) -> None:
        running, number = self.server.running, self.server.number
        response = running.respond(number, self.path)
        asked = self.headers.get("If-None-Match")
        known = response.status == 200 and asked is not None and response.etag in asked
        status = 304 if known else response.status
        agent = self.headers.get("User-Agent", "")
        conditional = bool(asked or self.headers.get("If-Modified-Since"))
        running.hits.append(Hit(running.farm.sites[number].id, self.path, agent, status, conditional))
        self._send(status, response, with_body and not known)

    def _send(self, status: int, response: Response, with_body: bool) -> None:
        site = self.server.running.farm.sites[self.server.number]
        packed = site.gzip and "gzip" in self.headers.get("Accept-Encoding", "")
        body = b"" if status == 304 else compressed(response) if packed else response.body
        self.send_response(status)
        for name, value in response.headers:
            self.send_header(name, value)
        self.send_header("ETag", response.etag)
        if packed and body:
            self.send_header("Content-Encoding", "gzip")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def _bound(running: Sites, number: int) -> _Server:
    try:
        return _Server((f"{NETWORK}.{number + 1}", 0), running, number)
    except OSError:
        return _Server((FALLBACK, 0), running, number)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side was first
        connection.shutdown(socket.SHUT_RDWR)
