"""Our main text and trafilatura's of the same decoded pages, beside text that people marked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import trafilatura

from crawler.definitions import DefinitionError
from crawler.page import Page, payload_sha256
from crawler.sites import Site
from pipeline.assemble import Assemble
from pipeline.decode import decode
from pipeline.evaluate.extraction import PART, Case, Extraction, extraction_figures
from pipeline.evaluate.figures import Figure
from pipeline.extract import PageWords, extract
from pipeline.extract.score import gram_f1
from pipeline.read import Read
from pipeline.records import Draft, DraftLine, Original
from pipeline.repair import load_rules
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.gold import read_object
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
        self._read = Read({}, self.words, load_rules(topic), b"")
        self._assemble = Assemble(self.words, frozenset())

    def made(self, page: Page) -> Extraction:
        """In the page's own words and script, as the marked text has them; the time is the whole chain's."""
        (text, draft), seconds = _timed(lambda: self._text(page))
        if draft is None:
            return Extraction(text, 0.0, chain_seconds=seconds)
        return Extraction(text, 0.0, draft.extractor, draft.confidence, seconds)

    def _text(self, page: Page) -> tuple[str | None, Draft | None]:
        rows = list(self._read(page, ""))
        drafts = [row for row in rows if isinstance(row, Draft)]
        lines = [row for row in rows if isinstance(row, DraftLine)]
        made = self._assemble(drafts[0], lines) if drafts else iter(())
        text = next((row.text for row in made if isinstance(row, Original) and row.field == "text"), None)
        return text, drafts[0] if drafts else None


def _case(path: Path, stages: Stages) -> Case:
    said = read_object(path)
    if not isinstance(said.get("text"), str):
        raise DefinitionError(f"{path}: no text")
    page = as_page(path.with_suffix(".html"))
    decoded = decode(page.payload, page.content_type)
    html = decoded.text if decoded else ""
    seconds = _timed(lambda: extract(page, html, SITE, stages.words))[1]
    ours = replace(stages.made(page), seconds=seconds)
    return Case(path.parent.name, path.stem, said["text"], ours, Extraction(*_timed(lambda: _peer(html))))


def _peer(html: str) -> str | None:
    """With the settings that did best by its own defaults; fast settings lose text."""
    text = trafilatura.extract(html, include_comments=False, deduplicate=False, with_metadata=False)
    return text if isinstance(text, str) else None


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def as_page(path: Path) -> Page:
    payload = path.read_bytes()
    digest = payload_sha256(payload)
    return Page(path.stem, SITE.site_id, path.name, EPOCH, 200, "text/html", payload, digest, True)
