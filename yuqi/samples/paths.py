"""Which page stands behind a path, and which paths a site has: counted from the farm, not stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from yuqi.samples.dice import roll
from yuqi.samples.farm import Farm, Place
from yuqi.samples.layouts import DESIGNS
from yuqi.samples.library import table

PER_LIST = 20
URLS_PER_SITEMAP = 1000
PRIVATE_PAGES = 3  # linked from the home page, forbidden by robots.txt
SOFT_404 = "/empty.html"
MISSING = "/missing.html"
LOGIN = "/member/login.html"

PathKind = Literal[
    "article",
    "part",
    "gone",
    "list",
    "tag",
    "soft-404",
    "missing",
    "redirect",
    "disallowed",
    "robots",
    "sitemap",
]


@dataclass(frozen=True, slots=True)
class Path:
    """`number`: list page, tag, sitemap part, page of a divided article, or the status of what is gone."""

    path: str
    kind: PathKind
    number: int | None = None
    place: Place | None = None
    target: str = ""


def resolve(farm: Farm, site: int, path: str) -> Path:
    """A path that the site does not have is `missing`."""
    bare, _, query = path.partition("?")
    return _fixed(farm, site, path) or _article(farm, site, path, bare, query) or _counted(farm, site, path)


def article_path(farm: Farm, place: Place) -> str:
    return DESIGNS[farm.sites[place.site].layout].article_path.format(n=place.index + 1)


def part_path(farm: Farm, place: Place, part: int) -> str:
    """A page of a divided article; the first one has the article's own path."""
    if part == 1:
        return article_path(farm, place)
    return DESIGNS[farm.sites[place.site].layout].part_path.format(n=place.index + 1, k=part)


def part_paths(farm: Farm, place: Place) -> Iterator[Path]:
    """The further pages of a divided article."""
    for part in range(2, farm.parts(place.index) + 1):
        yield resolve(farm, place.site, part_path(farm, place, part))


def list_path(farm: Farm, site: int, number: int) -> str:
    return "/" if number == 1 else DESIGNS[farm.sites[site].layout].list_path.format(k=number)


def list_pages(farm: Farm, site: int) -> range:
    return range(1, max(1, -(-farm.count(site) // PER_LIST)) + 1)


def sitemaps(farm: Farm, site: int) -> range:
    return range(1, -(-farm.count(site) // URLS_PER_SITEMAP) + 1)


def private_places(farm: Farm, site: int) -> Iterator[tuple[str, Place]]:
    """Forbidden pages: articles under an address that nobody may fetch."""
    for k in range(1, min(PRIVATE_PAGES, farm.count(site)) + 1):
        yield f"/private/{k}.html", farm.place(farm.nth(site, k - 1))


def moved(farm: Farm, site: int) -> str | None:
    """The old address of the site's first article."""
    return f"/old/{farm.nth(site, 0) + 1}.html" if farm.count(site) else None


def special_paths(farm: Farm, site: int) -> Iterator[Path]:
    """What a site has beside its articles, robots.txt and sitemaps."""
    for k in list_pages(farm, site):
        yield resolve(farm, site, list_path(farm, site, k))
    for k in range(1, len(table("furniture")["tags"]) + 1):
        yield resolve(farm, site, f"/tag/{k}.html")
    private = [path for path, _ in private_places(farm, site)] if farm.sites[site].robots else []
    old = moved(farm, site)
    for path in (*private, LOGIN, SOFT_404, MISSING, *([old] if old else [])):
        yield resolve(farm, site, path)


def _fixed(farm: Farm, site: int, path: str) -> Path | None:
    described = farm.sites[site]
    if path == "/robots.txt":
        return Path(path, "robots" if described.robots else "missing")
    if path == "/":
        return Path(path, "list", 1)
    if path == SOFT_404:
        return Path(path, "soft-404")
    if path == LOGIN:
        return Path(path, "disallowed" if described.robots else "tag", 1)
    return None


def _article(farm: Farm, site: int, path: str, bare: str, query: str) -> Path | None:
    design = DESIGNS[farm.sites[site].layout]
    further = design.part_number(path if "?" in design.part_path else bare)
    number, part = further or (design.article_number(bare), 1)
    query = "" if part > 1 and "?" in design.part_path else query
    if number is None or number > farm.total or query not in ("", "print=1"):
        return None
    place = farm.place(number - 1)
    if place.site != site or part > farm.parts(place.index):
        return None
    if farm.is_gone(place.index):
        return Path(path, "gone", 404 if roll(farm.seed, "status", place.index) % 2 else 410)
    forbidden = query and farm.sites[site].robots
    if forbidden:
        return Path(path, "disallowed", place=place)
    return Path(path, "part", part, place) if part > 1 else Path(path, "article", place=place)


def _counted(farm: Farm, site: int, path: str) -> Path:
    listed = DESIGNS[farm.sites[site].layout].list_number(path)
    if listed is not None and listed in list_pages(farm, site):
        return Path(path, "list", listed)
    if (found := re.fullmatch(r"/tag/(\d{1,3})\.html", path)) and 0 < int(found[1]) <= len(
        table("furniture")["tags"]
    ):
        return Path(path, "tag", int(found[1]))
    if (found := re.fullmatch(r"/sitemap(?:-(\d{1,6}))?\.xml", path)) and farm.sites[site].sitemap:
        number = int(found[1]) if found[1] else None
        known = number is None or number in sitemaps(farm, site)
        return Path(path, "sitemap" if known else "missing", number)
    if path == moved(farm, site):
        return Path(path, "redirect", target=article_path(farm, farm.place(farm.nth(site, 0))))
    private = dict(private_places(farm, site)) if farm.sites[site].robots else {}
    if path in private:
        return Path(path, "disallowed", place=private[path])
    return Path(path, "missing")
