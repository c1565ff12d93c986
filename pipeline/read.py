"""Stage 1: one archived page → its candidate lines, repaired and redacted, or why there are none."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.page import Page
from crawler.released import CONTENT_TYPE
from crawler.sites import Site
from pipeline.decode import Decoded, decode
from pipeline.drafts import Draft, DraftContainer, DraftLine, DraftPassage
from pipeline.extract import Extracted, Known, Lost, PageWords, extract, published_at
from pipeline.extract.from_release import EXTRACTOR, extract_released
from pipeline.extract.outline import Outline, traces_of
from pipeline.fingerprints import TakeFingerprints
from pipeline.lines import classify, line_key
from pipeline.records import Drop, Fingerprint, Script
from pipeline.redact import keyed_hash, redact, redact_lines
from pipeline.repair import RepairedLine, RepairedPage, RepairRules, repair_page
from pipeline.script import simplify

STAGE = "read"
RECOVERABLE = ("no-article", "list-page")  # what a page is lost for that other pages may know better
ReadRow = Draft | DraftLine | DraftContainer | DraftPassage | Fingerprint | Drop


@dataclass(frozen=True)
class Read:
    """Decode, extract, take fingerprints, redact, repair, classify: in this order.

    Fingerprints need the contacts, everything after them must not see any. `key` is the workspace's secret.
    """

    sites: Mapping[str, Site]
    words: PageWords
    rules: RepairRules
    key: bytes

    def __call__(self, page: Page, run_id: str, known: Known | None = None) -> Iterator[ReadRow]:
        """Drops: `undecodable`, and what extraction gives as its reason.

        `known`: what the site's other pages have taught of this one.
        """
        decoded = decode(page.payload, page.content_type)
        if decoded is None:
            yield Drop(page.url, run_id, STAGE, "undecodable")
            return
        site = self.sites.get(page.site_id) or Site(page.site_id)
        extracted = (
            extract_released(page.payload)
            if page.content_type == CONTENT_TYPE
            else extract(page, decoded.text, site, self.words, known)
        )
        if isinstance(extracted, Lost) and known is not None:
            extracted = extract(page, decoded.text, site, self.words)
        if isinstance(extracted, Lost):
            yield Drop(page.url, run_id, STAGE, extracted.reason)
            if extracted.reason in RECOVERABLE:
                yield from _traces(page, extracted.outline, 0.0)
            return
        repaired = self._repaired(extracted)
        reasons = self._reasons(extracted, repaired)
        yield self._draft(page, run_id, decoded, extracted, repaired)
        yield from _lines(page, extracted, repaired, reasons)
        yield from _traces(page, extracted.outline, extracted.confidence)
        yield from self._fingerprints(page, decoded.text, extracted, (reasons, repaired.script))

    def _repaired(self, extracted: Extracted) -> RepairedPage:
        lines = redact_lines([_composed(line.text) for line in extracted.lines], self.rules.redact)
        return repair_page(self._redacted(extracted.title), lines, self.rules)

    def _redacted(self, text: str) -> str:
        return redact(_composed(text), self.rules.redact)

    def _reasons(self, extracted: Extracted, repaired: RepairedPage) -> tuple[str | None, ...]:
        texts = [line.text for line in repaired.lines]
        if extracted.extractor == EXTRACTOR:
            return (None,) * len(texts)  # what is no article's was taken out of it before
        kinds = [line.kind for line in extracted.lines]
        return classify(texts, kinds, repaired.title.text, self.words, extracted.head)

    def _draft(
        self, page: Page, run_id: str, decoded: Decoded, extracted: Extracted, repaired: RepairedPage
    ) -> Draft:
        return Draft(
            article_id=page.article_id,
            url=page.url,
            site_id=page.site_id,
            sourced=page.sourced,
            fetched_at=page.fetched_at,
            payload_sha256=page.payload_sha256,
            fetch_id=page.fetch_id,
            run_id=run_id,
            published_at=(at := published_at(extracted.published)),
            published_source=extracted.published_source if at else None,
            title_source=extracted.title_source,
            author=(author := self._author(extracted.author, repaired)),
            author_source=extracted.author_source if author else None,
            category=self._simplified(extracted.category, repaired),
            category_source=extracted.category_source,
            channel=self._simplified(extracted.channel, repaired),
            channel_source=extracted.channel_source,
            script=repaired.script,
            encoding=decoded.encoding,
            extractor=extracted.extractor,
            confidence=extracted.confidence,
            next_url=extracted.next_url,
            first_url=extracted.first_url,
        )

    def _author(self, text: str | None, repaired: RepairedPage) -> str | None:
        """A byline that holds a contact is a person's, not a pen name."""
        author = self._simplified(text, repaired)
        return author if author and "[" not in author else None

    def _simplified(self, text: str | None, repaired: RepairedPage) -> str | None:
        return simplify(self._redacted(text), repaired.script) if text else None

    def _fingerprints(
        self, page: Page, source: str, extracted: Extracted, how: tuple[Sequence[str | None], Script]
    ) -> Iterator[Fingerprint]:
        """Each once a place. What the article's own text names may be a lender's; `place` tells."""
        seen = TakeFingerprints(self.words, self.rules.redact)(source, extracted, *how)
        about = page.article_id
        for place, kind, hashed in dict.fromkeys((p, s.kind, keyed_hash(s, self.key)) for p, s in seen):
            yield Fingerprint(page.url, page.site_id, about, kind, place, hashed)


def _traces(
    page: Page, outline: Outline | None, confidence: float
) -> Iterator[DraftContainer | DraftPassage]:
    """For the site's memory; a page of unknown origin has no site."""
    if not page.sourced:
        return
    about, traces = (page.article_id, page.site_id, page.fetch_id), traces_of(outline)
    for ordinal, one in enumerate(traces.containers):
        size = one.chars, one.shared, one.own
        yield DraftContainer(*about, ordinal, confidence, one.name, one.later, *size, one.opens)
    for passage in traces.passages:
        yield DraftPassage(*about, passage.digest, passage.chars, passage.inside)


def _lines(
    page: Page, extracted: Extracted, repaired: RepairedPage, reasons: Iterable[str | None]
) -> Iterator[DraftLine]:
    about = page.article_id
    yield _line(about, 0, ("title", 0, ""), repaired.title, None)
    given = zip(extracted.lines, repaired.lines, reasons, strict=True)
    for ordinal, (raw, line, reason) in enumerate(given, start=1):
        yield _line(about, ordinal, (raw.kind, raw.level, raw.place), line, reason)


def _line(
    article_id: str, ordinal: int, kind: tuple[str, int, str], line: RepairedLine, reason: str | None
) -> DraftLine:
    text = line.text
    edits = [
        [e.kind, e.start, e.end, e.original, text[e.start : e.end], e.confidence] for e in line.edited.edits
    ]
    return DraftLine(
        article_id=article_id,
        ordinal=ordinal,
        kind=kind[0],
        level=kind[1],
        text=text,
        original=line.original,
        reason=reason,
        key=line_key(text),
        edits=_json(edits),
        notes=_json([[n.kind, n.start, n.end, n.replacement] for n in line.notes]),
        place=kind[2],
    )


def _json(rows: list[list[object]]) -> str:
    return json.dumps(rows, ensure_ascii=False) if rows else "[]"  # most lines have none


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
