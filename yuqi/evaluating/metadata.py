"""Dates, authors and titles that we and trafilatura find on pages of which people wrote them down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trafilatura.metadata import extract_metadata

from pipeline.decode import decode
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.metadata import (
    PART,
    Described,
    MetadataCase,
    date_fate,
    gold_date,
    gold_name,
    metadata_figures,
    name_fate,
)
from pipeline.extract import Extracted, PageWords, extract, published_at
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.extraction import PEER, SITE, as_page
from yuqi.evaluating.gold import read_object
from yuqi.evaluating.wrong import Report, fault

SURE = ("right", "none")
# The extensive search guesses from any digits, and tries 40 locales on each: half of htmldate's time.
PEER_DATES = {"extensive_search": False, "original_date": True}


def described_figures(folder: Path, report: Report) -> list[Figure]:
    """`folder` holds eval/extraction/<set>/<id>.html and <id>.json with `date`, `author` or `title`."""
    words = PageWords.of(load_topic(topic_folder()).tables["page"])
    files = sorted((folder / "eval" / "extraction").glob("*/*.json"))
    cases = [case for path in files if path.with_suffix(".html").is_file() and (case := _case(path, words))]
    for case in cases:
        for what, found, gold, fate in _judged(case):
            if fate not in SURE:
                report(fault(PART, case.name, f"{what}-{fate}", found, gold))
    return metadata_figures(cases, PEER) if cases else []


def _case(path: Path, words: PageWords) -> MetadataCase | None:
    said = read_object(path)
    published, knows_date = gold_date(said.get("date"))
    author, knows_author = gold_name(said.get("author"))
    title = said.get("title") if isinstance(said.get("title"), str) else None
    if not (knows_date or knows_author or title):
        return None
    page = as_page(path.with_suffix(".html"))
    decoded = decode(page.payload, page.content_type)
    html = decoded.text if decoded else ""
    found = extract(page, html, SITE, words)
    ours = (
        Described(published_at(found.published), found.author, found.title)
        if isinstance(found, Extracted)
        else Described()
    )
    gold = Described(published, author, title)
    return MetadataCase(f"{path.parent.name}/{path.stem}", gold, ours, _peer(html), knows_date, knows_author)


def _peer(html: str) -> Described:
    if not html:
        return Described()
    found = extract_metadata(html, date_config=PEER_DATES)
    return Described(published_at(found.date), found.author, found.title)


def _judged(case: MetadataCase) -> list[tuple[str, Any, Any, str]]:
    ours, gold = case.ours, case.gold
    judged: list[tuple[str, Any, Any, str]] = []
    if case.knows_date:
        fate = date_fate(ours.published, gold.published)
        judged.append(("date", _told(ours.published), _told(gold.published), fate))
    if case.knows_author:
        judged.append(("author", ours.author, gold.author, name_fate(ours.author, gold.author)))
    if gold.title:
        judged.append(("title", ours.title, gold.title, name_fate(ours.title, gold.title)))
    return judged


def _told(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
