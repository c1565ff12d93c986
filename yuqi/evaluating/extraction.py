"""Our main text and trafilatura's of the same decoded pages, beside text that people marked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from typing import Any, TypeVar

import trafilatura

from crawler.definitions import DefinitionError
from crawler.page import Page, payload_sha256
from crawler.sites import Site
from pipeline.assemble import Assemble, Result
from pipeline.decode import decode
from pipeline.drafts import Draft, DraftLine
from pipeline.evaluate.extraction import PART, Case, Extraction, extraction_figures
from pipeline.evaluate.figures import Figure
from pipeline.extract import Extracted, Lost, PageWords, extract
from pipeline.extract.score import gram_f1
from pipeline.read import Read
from pipeline.records import Original
from pipeline.repair import load_rules, repair_page
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.gold import read_object
from yuqi.evaluating.memories import memories
from yuqi.evaluating.wrong import Report, fault
from yuqi.progress import Bars

T = TypeVar("T")
PEER = "trafilatura"
SITE = Site("imported")
FAR = 0.7  # F1 below which a page is told
EPOCH = datetime(2100, 1, 1, tzinfo=UTC)  # later than any date on a page, which would be none otherwise


def has_marked_text(folder: Path) -> bool:
    return any((folder / "eval" / "extraction").glob("*/*.json"))


def text_figures(folder: Path, report: Report) -> list[Figure]:
    """`folder` holds eval/extraction/<set>/<id>.html and <id>.json with `text`."""
    stages = Stages()
    files = sorted((folder / "eval" / "extraction").glob("*/*.json"))
    cases = []
    with Bars() as bars:
        for done, path in enumerate(files, start=1):
            if path.with_suffix(".html").is_file():
                cases.append(_case(path, stages))
            bars("extraction", done, len(files))
    for case in cases:
        f1 = gram_f1(case.ours.text or "", case.gold).f1
        if f1 < FAR:
            theirs = gram_f1(case.peer.text or "", case.gold).f1
            report(fault(PART, f"{case.group}/{case.name}", "text-f1", round(f1, 3), f"{PEER} {theirs:.3f}"))
    return extraction_figures(cases, PEER)


class Stages:
    """The stages that make text of a page, without what only a whole site can show."""

    def __init__(self) -> None:
        topic = load_topic(topic_folder())
        self.words = PageWords.of(topic.tables["page"])
        self._rules = load_rules(topic)
        self._read = Read({}, self.words, self._rules, b"")
        self._assemble = Assemble(self.words, frozenset())

    def made(self, page: Page) -> Extraction:
        """In the page's own words and script, as the marked text has them; no time is taken."""
        draft, rows = self.assembled(page)
        text = next((row.text for row in rows if isinstance(row, Original) and row.field == "text"), None)
        return Extraction(text, 0.0, draft.extractor, draft.confidence) if draft else Extraction(text, 0.0)

    def extracted(self, page: Page, html: str) -> Extracted | Lost:
        """Text, title, date, author, category, next page, and what the site's memory learns from."""
        return extract(page, html, SITE, self.words)

    def repaired(self, page: Page) -> None:
        """Bytes to text: decoded, extracted, repaired, in simplified script."""
        decoded = decode(page.payload, page.content_type)
        found = self.extracted(page, decoded.text) if decoded else None
        if isinstance(found, Extracted):
            repair_page(found.title, [line.text for line in found.lines], self._rules)

    def assembled(self, page: Page) -> tuple[Draft | None, list[Result]]:
        """Bytes to article: contacts redacted and furniture told as well, fingerprints, sections, edits."""
        rows = list(self._read(page, ""))
        draft = next((row for row in rows if isinstance(row, Draft)), None)
        lines = [row for row in rows if isinstance(row, DraftLine)]
        return draft, list(self._assemble(draft, lines)) if draft else []


def _case(path: Path, stages: Stages) -> Case:
    said = read_object(path)
    if not isinstance(said.get("text"), str):
        raise DefinitionError(f"{path}: no text")
    page = as_page(path.with_suffix(".html"))
    decoded = decode(page.payload, page.content_type)
    html = decoded.text if decoded else ""
    ours = replace(
        stages.made(page),
        seconds=timed(lambda: stages.extracted(page, html))[1],
        chain_seconds=timed(lambda: stages.repaired(page))[1],
    )
    text, seconds = timed(lambda: by_peer(html))
    described = timed(lambda: by_peer(html, metadata=True))[1]
    theirs = Extraction(text, seconds, described_seconds=described)
    return Case(path.parent.name, path.stem, said["text"], ours, theirs)


def by_peer(html: str, *, metadata: bool = False) -> str | None:
    """With the settings that did best by its own defaults; fast settings lose text."""
    text = trafilatura.extract(html, include_comments=False, deduplicate=False, with_metadata=metadata)
    return text if isinstance(text, str) else None


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result and its CPU seconds, without what was remembered of the same page: a build meets it once."""
    for remembered in _memories():
        remembered.cache_clear()
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


@cache  # to look for them takes as long as to read a page
def _memories() -> list[_lru_cache_wrapper[Any]]:
    return memories()


def as_page(path: Path) -> Page:
    payload = path.read_bytes()
    digest = payload_sha256(payload)
    return Page(path.stem, SITE.site_id, path.name, EPOCH, 200, "text/html", payload, digest, True)
