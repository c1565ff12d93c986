"""Which parts an archive is read in, and by which keys: each is a stretch of a site's archive files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from crawler.page import Fetch
from pipeline.parts import part_key
from pipeline.stages import Fetches, ReadSource, chunks
from pipeline.store.load import Inputs

PAGES_PER_PART = 1000  # some ten seconds and a hundred megabytes in a worker, by the pages measured
FILES_TOGETHER = 8  # groups of files that make the next larger group
LISTS = ("list", "sitemap")
READABLE = ("new", "changed")  # outcomes that brought a payload not seen before at this URL


def read_sources(inputs: Inputs, root: Path, made_with: tuple[str, ...]) -> Iterator[tuple[str, ReadSource]]:
    """(key, source) of payloads that may be articles, by archive files of a site, at most a thousand a part.

    `made_with` tells the code, tables and workspace key that every key depends on.
    """
    known = inputs.pages.values("url", "kind", "sourced")
    wanted = {url: sourced for url, kind, sourced in known if kind not in LISTS}
    fetches = sorted(_first_of_each_payload(inputs, wanted), key=lambda f: (f.warc_file, f.warc_offset))
    for held in _together(fetches):
        for chunk in chunks(held, PAGES_PER_PART):
            unsourced = frozenset(f.url for f in chunk if not wanted[f.url])
            said = [(f.fetch_id, f.url, f.site_id, f.payload_sha256, f.run_id) for f in chunk]
            sites = sorted({(f.site_id, _site_digest(inputs, f.site_id)) for f in chunk})
            yield (
                part_key(made_with, said, sites, sorted(unsourced)),
                ReadSource(root, Fetches.of(chunk), unsourced),
            )


def _first_of_each_payload(inputs: Inputs, wanted: Mapping[str, bool]) -> Iterable[Fetch]:
    """A page may return to an earlier payload; it is read once."""
    first: dict[tuple[str, str | None], Fetch] = {}
    for fetch in inputs.fetches:
        if fetch.outcome in READABLE and fetch.warc_file and fetch.url in wanted:
            key = fetch.url, fetch.payload_sha256
            first[key] = min(first.get(key, fetch), fetch, key=lambda f: (f.fetched_at, f.fetch_id))
    return first.values()


def _together(fetches: Iterable[Fetch]) -> Iterator[list[Fetch]]:
    """Fetches, in the order of files, of files that are read in the same parts: neighbours of one folder."""
    files = {file: list(held) for file, held in groupby(fetches, key=lambda f: f.warc_file or "")}
    for _, folder in groupby(files, key=lambda file: file.rpartition("/")[0]):
        for names in tiers(list(folder)):
            yield [fetch for name in names for fetch in files[name]]


def tiers(files: Sequence[str]) -> Iterator[Sequence[str]]:
    """Groups of 64, of 8 and of 1: a year of nightly files is some twenty parts, and each is read thrice.

    A part a file would be a thousand folders a year and site, and a part for all would be read every night.

    >>> [len(group) for group in tiers([f"{n:03}.warc.gz" for n in range(75)])]
    [64, 8, 1, 1, 1]
    """
    start, size = 0, 1
    while size * FILES_TOGETHER <= len(files):
        size *= FILES_TOGETHER
    while start < len(files):
        while size > len(files) - start:
            size //= FILES_TOGETHER
        yield files[start : start + size]
        start += size


def _site_digest(inputs: Inputs, site_id: str) -> str:
    site = inputs.sites.get(site_id)
    return site.digest if site else ""
