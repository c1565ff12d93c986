"""Sample sites whose owners are known: read, placed, grouped and linked, without a workspace around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.page import Page, payload_sha256
from pipeline.assemble import Assemble
from pipeline.copies import SIGNATURE_TABLES, Folds, group, sign_from
from pipeline.drafts import Draft, DraftLine
from pipeline.duck import opened
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.owners import PART, Owned, owner_figures
from pipeline.extract import PageWords
from pipeline.read import Read
from pipeline.records import Article, Fingerprint, Mention, Practice
from pipeline.repair import load_rules
from pipeline.schema import table_name, to_arrow
from pipeline.topic import Topic, load_topic, topic_folder
from yuqi.evaluating.extraction import EPOCH
from yuqi.evaluating.wrong import Report, fault
from yuqi.samples.owners import OwnedPage, OwnedSite, owned_pages, owned_sites

TABLES = (Article, Fingerprint, Mention, Practice, *SIGNATURE_TABLES)
CURRENT = "CREATE TEMP TABLE versions AS SELECT article_id, true AS is_current FROM part_articles"
OPERATORS = "SELECT site_id, operator_id FROM site_operators"


def owned_site_figures(report: Report, sites: Sequence[OwnedSite] | None = None) -> list[Figure]:
    """`report` is told each site that is said to belong with others than its owner's."""
    held = sites or owned_sites()
    found = operators_of(held)
    true = {site.site_id: site.owner for site in held}
    for site in held:
        ours, theirs = _joined(site.site_id, found), _joined(site.site_id, true)
        if ours != theirs:
            report(fault(PART, site.site_id, "operator", ours, theirs))
    return owner_figures(found, [Owned(site.site_id, site.owner, site.kind) for site in held])


def operators_of(sites: Sequence[OwnedSite]) -> Mapping[str, str]:
    """Operator by site, of those that share one with another."""
    topic = load_topic(topic_folder())
    rows = list(_rows(sites, topic))
    with opened() as connection:
        for record in TABLES:
            connection.register("rows", to_arrow(record, [row for row in rows if isinstance(row, record)]))
            connection.execute(f"CREATE TEMP TABLE part_{table_name(record)} AS FROM rows")
        connection.execute(CURRENT)
        group(connection, Folds.of(topic), dict, PART)
        return dict(connection.execute(OPERATORS).fetchall())


def _rows(sites: Sequence[OwnedSite], topic: Topic) -> Iterator[Any]:
    """Articles, fingerprints and signatures; no page names a lender, so that there is nothing to find."""
    words, sign = PageWords.of(topic.tables["page"]), sign_from(topic)
    read, assemble = Read({}, words, load_rules(topic), PART.encode()), Assemble(words, frozenset())
    for page in (page for site in sites for page in owned_pages(site)):
        made = list(read(_page(page), ""))
        drafts = [row for row in made if isinstance(row, Draft)]
        lines = [row for row in made if isinstance(row, DraftLine)]
        yield from (row for row in made if isinstance(row, Fingerprint))
        for article in (
            row for draft in drafts for row in assemble(draft, lines) if isinstance(row, Article)
        ):
            yield from (article, *sign(article, (), ()))


def _page(page: OwnedPage) -> Page:
    payload = page.html.encode()
    digest = payload_sha256(payload)
    return Page("", page.site_id, page.url, EPOCH, 200, "text/html; charset=utf-8", payload, digest, True)


def _joined(site_id: str, groups: Mapping[str, str]) -> list[str]:
    group = groups.get(site_id)
    return sorted(other for other, held in groups.items() if group is not None and held == group) or [site_id]
