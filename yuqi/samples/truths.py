"""The truth of a whole farm, streamed: every URL of every site, one page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from yuqi.samples.farm import Farm, Place, places
from yuqi.samples.paths import Path, article_path, part_paths, resolve, special_paths
from yuqi.samples.truth import PageKind, TruePage, edits, laws, mentions, practices, subjects, tips


def truth(farm: Farm) -> Iterator[TruePage]:
    """Site by site: its lists and other pages, then its articles with their parts, oldest first."""
    for site in range(len(farm.sites)):
        for path in special_paths(farm, site):
            yield _special(farm, site, path)
        for place in places(farm, site):
            yield true_page(farm, place)
            for path in part_paths(farm, place):
                yield _special(farm, site, path)


def true_page(farm: Farm, place: Place) -> TruePage:
    """What is true of one article page."""
    described, path = farm.sites[place.site], article_path(farm, place)
    if farm.is_gone(place.index):
        return TruePage(described.id, path, "gone", described.operator, place.index)
    document, of = farm.document(place), farm.story(place)
    return TruePage(
        site_id=described.id,
        path=path,
        kind="article",
        operator=described.operator,
        index=place.index,
        version=farm.version(place.index),
        title=document.title.text,
        text=document.text,
        script=described.script,
        published_at=farm.published(place.index) if farm.is_dated(place.index) else None,
        author=farm.author(place.index),
        category=farm.category(place.index),
        story=of.key,
        template=of.template_key,
        second_template=of.second_key,
        subjects=subjects(document),
        mentions=mentions(document),
        practices=practices(document),
        laws=laws(document),
        tips=tips(document),
        edits=edits(document),
    )


def _special(farm: Farm, site: int, path: Path) -> TruePage:
    kind = cast(PageKind, path.kind)  # robots.txt and sitemaps are not among a site's special paths
    return TruePage(farm.sites[site].id, path.path, kind, farm.sites[site].operator)


def kind_of(farm: Farm, site: int, path: str) -> str:
    """What stands behind a path, for checks of a crawl: `disallowed` must never have been fetched."""
    return resolve(farm, site, path).kind
