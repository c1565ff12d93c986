"""What every answer carries and what no request may do, whatever the page."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MAX_QUERY_BYTES = 4096  # the longest URL of ours has a few hundred
METHODS = ("GET", "HEAD")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Read-only, for known hosts, with a policy that lets no page of a farm act."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], posts: Iterable[str] = ()) -> None:
        """`posts`: the paths that take a reviewer's verdicts."""
        self._app = app
        self._posts = frozenset(posts)
        self._hosts = frozenset(host.lower() for host in (*LOOPBACK, *hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        may_post = scope["method"] == "POST" and scope["path"] in self._posts
        if scope["method"] not in METHODS and not may_post:
            return PlainTextResponse("read-only\n", 405, {"Allow": ", ".join(METHODS)})
        if host_of(Headers(scope=scope).get("host", "")) not in self._hosts:
            return PlainTextResponse("this host is not served; see `yuqi serve --help`\n", 400)
        if len(scope["query_string"]) > MAX_QUERY_BYTES:
            return PlainTextResponse("the query is too long\n", 414)
        return None


def host_of(header: str) -> str | None:
    """The name in a Host header, without its port; None where it is none.

    >>> host_of("[::1]:8321"), host_of("EXAMPLE.com:80"), host_of("a@127.0.0.1"), host_of("[")
    ('::1', 'example.com', None, None)
    """
    if not header or set(header) & set("/@?#\\"):
        return None
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None
