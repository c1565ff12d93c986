"""What pages said that are gone from the corpus, read from the archive: for a purge after a takedown."""

from __future__ import annotations

from collections.abc import Iterator, Set

from crawler.archive import ArchiveError, read_page
from crawler.page import Fetch, Page
from crawler.released import CONTENT_TYPE
from crawler.shards import reading
from crawler.sites import Site
from crawler.workspace import Workspace
from pipeline.decode import decode
from pipeline.extract import Extracted, Lost, PageWords, extract
from pipeline.extract.from_release import extract_released
from pipeline.store.repeated import sentences
from pipeline.topic import load_topic, topic_folder


def archived_sentences(place: Workspace, urls: Set[str]) -> frozenset[str]:
    """Of every archived payload of these pages that can be read; as the page has them, nothing repaired.

    Each page is read by itself: what only its site's other pages would show to be furniture stays among them.
    """
    if not urls:
        return frozenset()
    words = PageWords.of(load_topic(topic_folder(), place.overrides).tables["page"])
    with reading(place) as held:
        fetches = {(one.url, one.payload_sha256): one for one in held.fetches() if one.url in urls}
    return frozenset(
        said for fetch in fetches.values() for line in _lines(place, fetch, words) for said in sentences(line)
    )


def _lines(place: Workspace, fetch: Fetch, words: PageWords) -> Iterator[str]:
    if fetch.warc_file is None or fetch.payload_sha256 is None:
        return
    try:
        page = read_page(place.root, fetch, sourced=True)
    except ArchiveError:  # purged before
        return
    found = _extracted(page, words)
    if isinstance(found, Extracted):
        yield from (line.text for line in found.lines)


def _extracted(page: Page, words: PageWords) -> Extracted | Lost:
    if page.content_type == CONTENT_TYPE:
        return extract_released(page.payload)
    decoded = decode(page.payload, page.content_type)
    return Lost("undecodable") if decoded is None else extract(page, decoded.text, Site(page.site_id), words)
