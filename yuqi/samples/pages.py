"""What a site answers: every path of every site, as bytes; nothing is kept between two answers."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

from yuqi.samples.farm import FIRST_SERVED, SHANGHAI, Farm, Place
from yuqi.samples.layouts import DESIGNS
from yuqi.samples.layouts.view import Design
from yuqi.samples.library import SampleSite, table
from yuqi.samples.paths import URLS_PER_SITEMAP, Path, resolve, sitemaps
from yuqi.samples.views import article_view, list_view, notice_view

SYNTHETIC_HEADER = ("X-Synthetic", "SYNTHETIC sample page, invented lenders")


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers and body; the body is not compressed yet."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True)
class Served:
    """A farm with the addresses that its sites are served under: site id → `http://host:port`."""

    farm: Farm
    bases: Mapping[str, str]

    def base(self, site: int) -> str:
        return self.bases[self.farm.sites[site].id]


def respond(served: Served, site: int, path: str) -> Response:
    """The answer to a GET of `path` (with its query)."""
    farm = served.farm
    found = resolve(farm, site, path)
    if found.kind == "robots":
        return _text(200, robots(farm.sites[site], served.base(site)), "text/plain; charset=utf-8")
    if found.kind == "sitemap":
        return _text(200, sitemap(served, site, found.number), "application/xml; charset=utf-8")
    if found.kind == "redirect":
        target = served.base(site) + found.target
        return Response(301, (("Location", target), SYNTHETIC_HEADER), b"SYNTHETIC")
    return _page(served, site, found)


def _page(served: Served, site: int, found: Path) -> Response:
    farm, design = served.farm, DESIGNS[served.farm.sites[site].layout]
    said = table("furniture")
    if found.place is not None and found.kind in ("article", "part", "disallowed"):
        part = found.number or 1
        html = design.article(article_view(farm, found.place, served.bases, part))
        return _html(farm.sites[site], 200, html, farm.modified(found.place.index))
    if found.kind in ("list", "tag"):
        html = design.listing(list_view(farm, site, found, served.bases))
        return _html(farm.sites[site], 200, html, FIRST_SERVED + timedelta(days=farm.day))
    status, words = {
        "soft-404": (200, said["soft_404"]),
        "disallowed": (200, said["login"]),
        "gone": (found.number or 404, said["gone"] if found.number == 410 else said["not_found"]),
    }.get(found.kind, (404, said["not_found"]))
    html = design.listing(notice_view(farm, site, words, served.bases))
    return _html(farm.sites[site], status, html, FIRST_SERVED)


def _html(site: SampleSite, status: int, html: str, modified: datetime) -> Response:
    charset = f"; charset={site.header_charset}" if site.header_charset else ""
    headers = (
        ("Content-Type", f"text/html{charset}"),
        ("Last-Modified", format_datetime(modified, usegmt=True)),
        SYNTHETIC_HEADER,
    )
    return Response(status, headers, html.encode(site.encoding))


def _text(status: int, words: str, kind: str) -> Response:
    return Response(status, (("Content-Type", kind), SYNTHETIC_HEADER), words.encode())


def compressed(response: Response) -> bytes:
    """The body as a gzip member without a time, so that the same page is the same bytes."""
    return gzip.compress(response.body, compresslevel=6, mtime=0)


def robots(site: SampleSite, base: str) -> str:
    """What nobody may fetch, although some of it is linked."""
    lines = [
        "# SYNTHETIC 合成样本",
        "User-agent: *",
        "Disallow: /private/",
        "Disallow: /member/",
        "Disallow: /*?print=",
    ]
    if site.sitemap:
        lines.append(f"Sitemap: {base}/sitemap.xml")
    return "\n".join(lines) + "\n"


def sitemap(served: Served, site: int, number: int | None) -> str:
    """The index, or one set of URLs; counted, not listed beforehand."""
    farm, base = served.farm, served.base(site)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- SYNTHETIC 合成样本 -->\n'
    if number is None:
        parts = (f"<sitemap><loc>{base}/sitemap-{k}.xml</loc></sitemap>" for k in sitemaps(farm, site))
        return f"{head}<sitemapindex {space}>\n" + "\n".join(parts) + "\n</sitemapindex>\n"
    design = DESIGNS[farm.sites[site].layout]
    first = (number - 1) * URLS_PER_SITEMAP
    indices = (farm.nth(site, n) for n in range(first, min(first + URLS_PER_SITEMAP, farm.count(site))))
    urls = (_url(farm, design, base, farm.place(index)) for index in indices)
    return f"{head}<urlset {space}>\n" + "\n".join(urls) + "\n</urlset>\n"


def _url(farm: Farm, design: Design, base: str, place: Place) -> str:
    when = (farm.modified(place.index) + SHANGHAI).date().isoformat()
    path = design.article_path.format(n=place.index + 1)
    return f"<url><loc>{base}{path}</loc><lastmod>{when}</lastmod></url>"
