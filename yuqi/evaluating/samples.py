"""The sample sites, served, crawled and built in a workspace that is thrown away, beside their truth."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from crawler.crawl import CrawlOptions, crawl
from crawler.sites import load_sites
from crawler.workspace import Workspace
from pipeline.evaluate.figures import Figure, kept_shares, wrong
from pipeline.evaluate.samples import FIELDS, PART, SampleArticle, SampleScore, fate_figures, operator_figures
from pipeline.store.reader import open_latest
from yuqi.building import build_workspace
from yuqi.crawling import shows_progress
from yuqi.demo import prepared
from yuqi.evaluating.found import FoundArticle, fates, found_articles
from yuqi.evaluating.truth import as_found, as_true
from yuqi.evaluating.unlisted import unlisted_figures
from yuqi.evaluating.wrong import Report, fault, wrong_rows
from yuqi.lock import alone
from yuqi.progress import Bars
from yuqi.samples import Farm, Sites, TruePage, serve, true_page, write_definitions
from yuqi.samples.farm import places
from yuqi.samples.paths import resolve

MACHINERY = ("robots", "sitemap")


def sample_figures(pages: int, report: Report) -> list[Figure]:
    """`report` is told each thing that is wrong."""
    farm = Farm(pages=pages)
    with TemporaryDirectory(prefix="yuqi-evaluate-") as folder:
        place = prepared(Path(folder) / "samples")
        served = _crawled(place, farm)
        build_workspace(place)
        with open_latest(place) as connection:
            found = figures(connection, served, report)
        return [*found, *unlisted_figures(place, report)]


def figures(connection: duckdb.DuckDBPyConnection, served: Sites, report: Report) -> list[Figure]:
    """`served`: the sites after the crawl, with their log."""
    scored = SampleScore()
    doubled = sum(
        _site(connection, served, number, scored, report) for number in range(len(served.farm.sites))
    )
    operators = dict(connection.execute("SELECT site_id, operator_id FROM sites").fetchall())
    known = {site.id for site in served.farm.sites}
    return [
        *_crawl_figures(connection, served, report),
        wrong(PART, "articles-doubled", doubled, scored.expected),
        *scored.figures(),
        *kept_shares(PART, _extractors(connection)),
        *operator_figures(
            {site: operators.get(site) for site in known},
            {site.id: site.operator for site in served.farm.sites},
        ),
    ]


def _extractors(connection: duckdb.DuckDBPyConnection) -> list[str]:
    asked = "SELECT extractor FROM articles WHERE is_current"
    return [name for (name,) in connection.execute(asked).fetchall()]


def _crawled(place: Workspace, farm: Farm) -> Sites:
    with alone(place), serve(farm) as running, Bars() as bars:
        write_definitions(farm, place.root, running.bases)
        sites = list(load_sites(place.sites).values())
        crawl(place, sites, CrawlOptions(on_progress=shows_progress(bars)))
    return running


def _crawl_figures(connection: duckdb.DuckDBPyConnection, served: Sites, report: Report) -> list[Figure]:
    numbers = {site.id: n for n, site in enumerate(served.farm.sites)}
    asked: set[str] = set()
    forbidden = 0
    for hit in served.hits:
        kind = resolve(served.farm, numbers[hit.site_id], hit.path).kind
        if kind == "disallowed":
            forbidden += 1
            report(fault(PART, served.bases[hit.site_id] + hit.path, "disallowed-fetched", hit.status, None))
        if kind not in MACHINERY and hit.path != "/robots.txt":
            asked.add(served.bases[hit.site_id] + hit.path)
    return [
        wrong(PART, "disallowed-fetched", forbidden, len(served.hits)),
        *fate_figures(asked, fates(connection)),
    ]


def _site(
    connection: duckdb.DuckDBPyConnection, served: Sites, number: int, scored: SampleScore, report: Report
) -> int:
    """Adds one site's pages to the score; how many articles stand there twice."""
    farm, base = served.farm, served.bases[served.farm.sites[number].id]
    pages: dict[int | None, list[FoundArticle]] = defaultdict(list)
    for article in found_articles(connection, farm.sites[number].id):
        pages[_index(farm, number, article.url.removeprefix(base))].append(article)
    for article in pages.pop(None, []):
        kind = resolve(farm, number, article.url.removeprefix(base)).kind
        report(fault(PART, article.url, "articles-extra", article.title, kind))
        _add(as_found(article, article.url), None, scored, report)
    doubled = sum(len(twins) - 1 for twins in pages.values())
    for place in places(farm, number):
        said = true_page(farm, place)
        if said.kind == "article":
            _page(min(pages[place.index], key=_length, default=None), said, base, scored, report)
    return doubled


def _index(farm: Farm, number: int, path: str) -> int | None:
    """Which page of the farm a path shows; None where it is no article."""
    stands = resolve(farm, number, path)
    return stands.place.index if stands.kind == "article" and stands.place else None


def _length(article: FoundArticle) -> int:
    """A page's own URL is the shortest one under which it stands."""
    return len(article.url)


def _page(found: FoundArticle | None, said: TruePage, base: str, scored: SampleScore, report: Report) -> None:
    true = as_true(said, base + said.path)
    if found is None:
        report(fault(PART, true.key, "articles-missing", None, said.title))
        _add(None, true, scored, report)
        return
    is_found = as_found(found, true.key)
    for name, ours, theirs in zip(FIELDS, is_found.values(), true.values(), strict=True):
        if ours != theirs:
            report(fault(PART, true.key, f"{name}-right", ours, theirs))
    _add(is_found, true, scored, report)


def _add(
    found: SampleArticle | None, true: SampleArticle | None, scored: SampleScore, report: Report
) -> None:
    article = true or found
    assert article is not None
    for kind, compared in scored.add(found, true).items():
        for row in wrong_rows(PART, article.key, article.reading.full, kind, compared):
            report(row)
