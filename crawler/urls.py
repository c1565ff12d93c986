"""URLs in one spelling, so that one page is one row."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

MAX_URL_LENGTH = 2048  # longer ones are traps or data; the sitemap protocol has the same limit
DEFAULT_PORTS = {"http": 80, "https": 443}
AROUND = "".join(sign for sign in map(chr, range(0x3001)) if sign <= " " or sign.isspace())
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")

# Parameters that say how a reader came, not what is read; seen on Chinese portals and in share links.
TRACKING = re.compile(r"utm_\w+|spm|scm|from_?source|share_?token|gclid|fbclid|bd_vid|_t_t_t|hmsr|hmpl|hmcu")


def canonical(url: str, base: str | None = None, encoding: str = "utf-8") -> str | None:
    """Absolute URL without fragment, default port, login and tracking; None where it is no web address.

    >>> canonical("../a/./1.html?utm_source=x&id=2#top", "HTTP://Example.com:80/b/c/")
    'http://example.com/b/a/1.html?id=2'
    >>> canonical("javascript:void(0)") is None
    True
    """
    try:
        url = url.strip(AROUND)
        parts = urlsplit(urljoin(base, url) if base else url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    host = f"[{host}]" if ":" in host else _ascii(host)
    if parts.scheme not in DEFAULT_PORTS or not HOST.fullmatch(host) or ".." in host:
        return None
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    spelt = urlunsplit((parts.scheme, netloc, parts.path, _without_tracking(parts.query), ""))
    parts = urlsplit(safe_url_string(spelt, encoding=encoding))  # which makes slashes of backslashes
    whole = urlunsplit((parts.scheme, netloc, _no_dots(parts.path) or "/", parts.query, ""))
    return whole if len(whole) <= MAX_URL_LENGTH else None


def host_of(url: str) -> str:
    """`host[:port]`, lower case."""
    return urlsplit(url).netloc.lower()


def origin_of(url: str) -> str:
    """`scheme://host[:port]`: what a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def without_www(host: str) -> str:
    return host.removeprefix("www.")


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _no_dots(path: str) -> str:
    """`.` and `..` of absolute URLs, which urljoin leaves alone without a base."""
    return urlsplit(urljoin("http://h/", path)).path if "/." in path else path


def _without_tracking(query: str) -> str:
    """The query as it stands, order and spelling kept, without the tracking parameters."""
    if not query or not any(TRACKING.fullmatch(key.lower()) for key, _ in parse_qsl(query, True)):
        return query
    kept = [pair for pair in query.split("&") if not TRACKING.fullmatch(pair.split("=", 1)[0].lower())]
    return "&".join(kept)
